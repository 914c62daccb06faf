/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "failure.h"
#include "option_values.h"

enum { LIST = 320 };

/* Names of the fields that a test accepts, with commas. */
static void list_fields(char out[LIST], bool (*wanted)(enum field))
{
    size_t used = 0;

    out[0] = '\0';
    for (enum field f = 0; f < FIELD_END && used < LIST; f++) {
        if (wanted(f))
            used += (size_t)snprintf(out + used, LIST - used, "%s%s", used > 0 ? ", " : "",
                                     FIELD_INFO[f].name);
    }
}

static bool is_switch(enum field f)
{
    return FIELD_INFO[f].kind == FIELD_SWITCH;
}

/* The metric is named once: with its name three times the first line would be cut. What to write
 * instead stands whole below it. */
static bool refuse_bare(enum field f, const char *range, const struct given *given,
                        struct failure *why)
{
    const char *name = FIELD_INFO[f].name;

    if (strcmp(range, "0") == 0)
        return fail(why, FAILURE_USAGE,
                    "%s %s=0 alarms on MORE than 0: write 1: to alarm when none is left, or 0:0 if "
                    "you mean it", given->option, name);
    fail(why, FAILURE_USAGE,
         "%s %s=%s alarms on MORE than %s: write %s: for below %s, or 0:%s if you mean it",
         given->option, name, range, range, range, range, range);
    return fail_hint(why, "Write %s %s=%s: to alarm below %s, or %s %s=0:%s to alarm above %s.",
                     given->option, name, range, range, given->option, name, range, range);
}

/* What a second shell, or none, makes of quotes and lists. NULL: nothing of that kind. */
static const char *misquoted(const char *text)
{
    if (strpbrk(text, "'\""))
        return "the quotes arrived with it, leave them out";
    return strpbrk(text, ",;") ? "each METRIC=RANGE needs an option of its own" : NULL;
}

static bool refuse_metric(const struct given *given, struct failure *why)
{
    const char *reason = misquoted(given->argument);
    char list[LIST];

    if (!reason && strcspn(given->argument, " \t") < strcspn(given->argument, "="))
        reason = "write METRIC=RANGE without blanks";
    if (reason)
        return usage_error(given, why, reason);
    list_fields(list, field_is_metric);
    fail_hint(why, "The metrics are: %s", list);
    return usage_error(given, why, "there is no metric of that name");
}

bool value_threshold(struct limits *out, enum level level, const struct given *given,
                     struct failure *why)
{
    const char *equals = strchr(given->argument, '=');
    const char *reason;
    struct range range;

    if (!equals)
        return usage_error(given, why, "write METRIC=RANGE, for example available=5: or "
                                       "expired=0");
    enum field f = field_find(given->argument, (size_t)(equals - given->argument));
    if (f == FIELD_END || !field_is_metric(f))
        return refuse_metric(given, why);
    if (equals[1] == '/')
        return usage_error(given, why, "the shell put a folder in place of a tilde, quote the "
                                       "range");
    if (!range_parse(&range, equals + 1, &reason))
        return usage_error(given, why,
                           misquoted(given->argument) ? misquoted(given->argument) : reason);
    if (FIELD_INFO[f].bad == BAD_LESS && range_is_bare(&range))
        return refuse_bare(f, range.text, given, why);
    out->range[level][f] = range;
    return true;
}

bool value_switch(struct limits *out, const struct given *given, struct failure *why)
{
    size_t length = strcspn(given->argument, "=");
    enum field f = field_find(given->argument, length);
    enum state state = STATE_WARNING;
    struct range on;
    char list[LIST];

    if (f == FIELD_END || !is_switch(f)) {
        list_fields(list, is_switch);
        fail_hint(why, "The switches are: %s", list);
        return usage_error(given, why, "there is no switch of that name");
    }
    if (given->argument[length] == '='
        && (!state_parse(&state, given->argument + length + 1)
            || (state != STATE_WARNING && state != STATE_CRITICAL)))
        return usage_error(given, why, "write warning or critical after the equals sign");

    range_parse(&on, "1:1", &(const char *){ NULL });
    out->range[LEVEL_WARNING][f] = state == STATE_WARNING ? on : range_none();
    out->range[LEVEL_CRITICAL][f] = state == STATE_CRITICAL ? on : range_none();
    return true;
}
