/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "thresholds.h"

/* What is accepted prints in words, and its echo in the perfdata means the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const double VALUES[] = { -21, -1, 0, 0.5, 1, 5, 10, 1e9 };
    char *text = fuzz_text(data, size), words[80], item[PERFDATA_MAX];
    struct range range, again, none = range_none();
    const char *why = NULL;

    if (range_parse(&range, text, &why)) {
        struct perfdata perfdata = { "expired", 1, 0, "", &range, &none };
        range_words(words, sizeof words, &range);
        perfdata_format(item, sizeof item, &perfdata);
        HOLD(range.start <= range.end && words[0] != '\0' && strlen(words) < sizeof words - 1);
        *strrchr(item, ';') = '\0';
        *strrchr(item, ';') = '\0';
        HOLD(range_parse(&again, strchr(item, ';') + 1, &why));
        for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++)
            HOLD(range_alerts(&range, VALUES[i]) == range_alerts(&again, VALUES[i]));
    } else {
        HOLD(why && why[0] != '\0');
    }
    free(text);
    return 0;
}
