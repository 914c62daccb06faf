/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "api_error.h"
#include "failure.h"
#include "fuzz.h"

/* Code and message of an error, a line each. Neither gets through uncleaned or too long. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size), *message = strchr(text, '\n');
    struct failure why = { 0 };

    if (message)
        *message++ = '\0';
    api_error_explain(&why, text, message ? message : "");
    api_error_name_key(&why, "AKID..q3Fz");
    HOLD(why.kind != FAILURE_NONE && why.text[0] != '\0' && strlen(why.message) <= 160);
    hold_clean(why.text, sizeof why.text);
    hold_clean(why.code, sizeof why.code);
    hold_clean(why.message, sizeof why.message);
    free(text);
    return 0;
}
