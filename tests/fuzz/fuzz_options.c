/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "failure.h"
#include "fuzz.h"
#include "options.h"

/* A line a word. What is accepted is fit for headers and file names; what is not is explained. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size), *argv[66];
    struct options options;
    struct failure why = { 0 };

    if (options_parse(&options, fuzz_words(argv, 64, text), argv, &why)) {
        HOLD(why.kind == FAILURE_NONE);
        HOLD(options.timeout_s >= 1 && options.timeout_s <= 300);
        HOLD(options.retries >= 0 && options.retries <= 3);
        HOLD(options.target.port >= 1 && options.target.port <= 65535);
        HOLD(!strpbrk(options.target.host, " \r\n/@:") && options.target.host[0] != '\0');
        HOLD(!options.target.region || !strpbrk(options.target.region, " \r\n:"));
        HOLD(!options.credentials.profile || !strchr(options.credentials.profile, '/'));
    } else {
        HOLD(why.kind == FAILURE_USAGE && why.text[0] != '\0');
        hold_clean(why.text, sizeof why.text);
    }
    free(text);
    return 0;
}
