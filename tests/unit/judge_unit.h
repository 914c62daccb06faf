/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Overviews and limits written as one text each, so that a test is a row:
 *
 *   "expired=2 available=4 auto_purchase_renew=1 upgrade_mode=X"    all else is not reported
 *   "c:expired=2 w:available=5: w:auto_upgrade=1:1 trust empty:ok"  on top of the defaults
 */
#ifndef JUDGE_UNIT_H
#define JUDGE_UNIT_H

#include "overview.h"
#include "unit.h"
#include "verdict.h"

enum { SPEC = 4096 };

static inline enum field field_of(const char *word)
{
    enum field f = field_find(word, strcspn(word, "="));

    if (f == FIELD_END)
        print_error("no such field: %s\n", word);
    assert_int_not_equal(f, FIELD_END);
    return f;
}

static inline void read_overview(struct overview *out, const char *spec)
{
    char words[SPEC];

    overview_clear(out);
    snprintf(words, sizeof words, "%s", spec);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        enum field f = field_of(word);
        const char *value = strchr(word, '=') + 1;
        if (FIELD_INFO[f].kind == FIELD_TEXT)
            snprintf(out->text[f], sizeof out->text[f], "%s", value);
        else
            out->number[f] = strtod(value, NULL);
    }
}

/* The limits keep pointing into room. */
static inline void read_limits(struct limits *out, char room[SPEC], const char *spec)
{
    const char *why = NULL;

    limits_init(out);
    snprintf(room, SPEC, "%s", spec);
    for (char *word = strtok(room, " "); word; word = strtok(NULL, " ")) {
        enum level level = word[0] == 'w' ? LEVEL_WARNING : LEVEL_CRITICAL;
        if (strcmp(word, "trust") == 0)
            out->trust_auto_renew = true;
        else if (strncmp(word, "empty:", 6) == 0)
            assert_true(state_parse(&out->empty_state, word + 6));
        else
            assert_true(range_parse(&out->range[level][field_of(word + 2)],
                                    strchr(word, '=') + 1, &why));
    }
}

#endif
