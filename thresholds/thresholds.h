/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Ranges, states and performance data of the monitoring plugins' world. Needs libc only and
 * knows nothing of clouds. Grammar and meaning: the Monitoring Plugins development guidelines,
 * read strictly: a text that is not wholly a range is refused, never half understood.
 */
#ifndef THRESHOLDS_H
#define THRESHOLDS_H

#include <stdbool.h>
#include <stddef.h>

/* The values are the exit codes of the plugin interface. */
enum state { STATE_OK, STATE_WARNING, STATE_CRITICAL, STATE_UNKNOWN };

/* "OK", "WARNING", "CRITICAL", "UNKNOWN". */
const char *state_name(enum state state);

/* Reads ok, warning, critical or unknown in any case; false leaves *out alone. */
bool state_parse(enum state *out, const char *word);

/* The worse of two states: CRITICAL, then WARNING, then UNKNOWN, then OK. */
enum state state_worst(enum state a, enum state b);

/* Longest text of a range: two numbers of 15 digits with sign and point, ':' and '@', and
 * room for leading zeros. */
enum { RANGE_TEXT_MAX = 40 };

/* start and end count as inside; either may be infinite. Alerts outside, or inside with '@'. */
struct range {
    double start, end;
    bool alert_inside;
    const char *text; /* borrowed, as the user wrote it; NULL: no range was given */
};

/* The range that nothing violates: what an unset threshold is. */
struct range range_none(void);

/* Reads all of text, and keeps borrowing it. On false *out is untouched and *why is a static
 * clause that says what is wrong and what to write instead. */
bool range_parse(struct range *out, const char *text, const char **why);

/* True when value must raise an alert. */
bool range_alerts(const struct range *range, double value);

/* False for the range that nothing violates, "~:". */
bool range_can_alert(const struct range *range);

/* True when both alert on every value from 0 up that quiet alerts on, and there is one: then quiet
 * is never seen where loud is worse. */
bool range_hides(const struct range *loud, const struct range *quiet);

/* True when the text is one number without '@' and ':', which means 0 to that number. */
bool range_is_bare(const struct range *range);

/* Writes what the range asks for in plain words, such as "allowed up to 10" or "want 5 or more";
 * at most size bytes with the final NUL. */
void range_words(char *out, size_t size, const struct range *range);

/* One performance data item. Integers print without fraction: decimals is 0 for counts. */
struct perfdata {
    const char *label; /* [a-z][a-z0-9_]*, at most 19 characters: no consumer needs quotes */
    double value;
    int decimals;
    const char *unit;             /* "" or "s" */
    const struct range *warning;  /* neither is ever NULL; an unset one prints empty */
    const struct range *critical;
};

/* Longest item that perfdata_format writes, with the final NUL. */
enum { PERFDATA_MAX = 160 };

/* Writes label=value[unit];warning;critical;0 without a leading blank. The user's range text is
 * echoed, shortened only where exactly equal (0:N and :N to N), since a bare number is the only
 * form that every consumer keeps. */
void perfdata_format(char *out, size_t size, const struct perfdata *item);

#endif
