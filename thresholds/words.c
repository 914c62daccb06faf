/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"

#include <math.h>
#include <stdio.h>

/* %.15g prints every number that range_parse accepts as it was meant. */
static void outside_words(char *out, size_t size, double start, double end)
{
    if (isinf(start) && isinf(end))
        snprintf(out, size, "any value is allowed");
    else if (isinf(end))
        snprintf(out, size, "want %.15g or more", start);
    else if (start == 0 && end == 0)
        snprintf(out, size, "allowed 0");
    else if (isinf(start) || start == 0)
        snprintf(out, size, "allowed up to %.15g", end);
    else if (start == end)
        snprintf(out, size, "want %.15g", start);
    else
        snprintf(out, size, "want %.15g to %.15g", start, end);
}

static void inside_words(char *out, size_t size, double start, double end)
{
    if (isinf(start) && isinf(end))
        snprintf(out, size, "no value is allowed");
    else if (isinf(end))
        snprintf(out, size, "must not be %.15g or more", start);
    else if (isinf(start))
        snprintf(out, size, "must not be %.15g or less", end);
    else if (start == end)
        snprintf(out, size, "must not be %.15g", start);
    else
        snprintf(out, size, "must not be %.15g to %.15g", start, end);
}

void range_words(char *out, size_t size, const struct range *range)
{
    if (range->alert_inside)
        inside_words(out, size, range->start, range->end);
    else
        outside_words(out, size, range->start, range->end);
}
