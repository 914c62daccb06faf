/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "failure.h"
#include "fuzz.h"
#include "overview.h"

/* Bytes of an answer. What is decoded has whole counts and the required fields. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct overview overview;
    struct failure why = { 0 };

    if (overview_decode(&overview, (const char *)data, size, &why)) {
        for (enum field f = 0; f < FIELD_END; f++) {
            double n = overview.number[f];
            HOLD(n == NOT_REPORTED || (n >= 0 && n <= 9007199254740992.0 && n == floor(n)));
            HOLD(n != NOT_REPORTED || FIELD_INFO[f].presence == OPTIONAL);
            HOLD(FIELD_INFO[f].kind != FIELD_SWITCH || n <= 1);
            hold_clean(overview.text[f], sizeof overview.text[f]);
        }
    } else {
        HOLD(why.kind != FAILURE_NONE && why.text[0] != '\0');
    }
    hold_clean(why.text, sizeof why.text);
    hold_clean(why.message, sizeof why.message);
    return 0;
}
