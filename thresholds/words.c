/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A number as range_parse accepts it: at most 15 digits, and up to 40 places. */
struct number {
    char text[RANGE_TEXT_MAX + 24];
};

/* %.15g prints each of them as it was meant, but small ones with an exponent. */
static struct number number_text(double value)
{
    struct number n;

    snprintf(n.text, sizeof n.text, "%.15g", value);
    const char *exponent = strchr(n.text, 'e');
    if (exponent) {
        snprintf(n.text, sizeof n.text, "%.*f", 14 - (int)strtol(exponent + 1, NULL, 10), value);
        for (size_t last = strlen(n.text) - 1; n.text[last] == '0'; last--)
            n.text[last] = '\0';
    }
    return n;
}

static void outside_words(char *out, size_t size, const struct range *range)
{
    struct number start = number_text(range->start), end = number_text(range->end);

    if (isinf(range->start) && isinf(range->end))
        snprintf(out, size, "any value is allowed");
    else if (isinf(range->end))
        snprintf(out, size, "want %s or more", start.text);
    else if (range->start == 0 && range->end == 0)
        snprintf(out, size, "allowed 0");
    else if (isinf(range->start) || range->start == 0)
        snprintf(out, size, "allowed up to %s", end.text);
    else if (range->start == range->end)
        snprintf(out, size, "want %s", start.text);
    else
        snprintf(out, size, "want %s to %s", start.text, end.text);
}

static void inside_words(char *out, size_t size, const struct range *range)
{
    struct number start = number_text(range->start), end = number_text(range->end);

    if (isinf(range->start) && isinf(range->end))
        snprintf(out, size, "no value is allowed");
    else if (isinf(range->end))
        snprintf(out, size, "must not be %s or more", start.text);
    else if (isinf(range->start))
        snprintf(out, size, "must not be %s or less", end.text);
    else if (range->start == range->end)
        snprintf(out, size, "must not be %s", start.text);
    else
        snprintf(out, size, "must not be %s to %s", start.text, end.text);
}

void range_words(char *out, size_t size, const struct range *range)
{
    if (range->alert_inside)
        inside_words(out, size, range);
    else
        outside_words(out, size, range);
}
