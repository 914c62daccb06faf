/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"

#include <strings.h>

static const struct {
    const char *name;
    int severity; /* the exit codes do not sort by severity: UNKNOWN is 3 but outranks only OK */
} STATES[] = {
    [STATE_OK] = { "OK", 0 },
    [STATE_WARNING] = { "WARNING", 2 },
    [STATE_CRITICAL] = { "CRITICAL", 3 },
    [STATE_UNKNOWN] = { "UNKNOWN", 1 },
};

const char *state_name(enum state state)
{
    return STATES[state].name;
}

bool state_parse(enum state *out, const char *word)
{
    for (enum state s = STATE_OK; s <= STATE_UNKNOWN; s++) {
        if (strcasecmp(word, STATES[s].name) == 0) {
            *out = s;
            return true;
        }
    }
    return false;
}

enum state state_worst(enum state a, enum state b)
{
    return STATES[a].severity >= STATES[b].severity ? a : b;
}
