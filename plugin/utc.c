/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "utc.h"

#include <stdio.h>

enum { DAY_S = 24 * 60 * 60, MONTHS = 12 };

/* The rule of the Gregorian calendar. */
static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned days_of_year(unsigned year)
{
    return is_leap(year) ? 366 : 365;
}

static unsigned days_of_month(unsigned year, unsigned month)
{
    static const unsigned char DAYS[MONTHS] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 1 && is_leap(year) ? 29 : DAYS[month];
}

bool utc_format(char out[UTC_SIZE], int64_t seconds_since_epoch)
{
    unsigned year = 1970, month = 0;

    out[0] = '\0';
    if (seconds_since_epoch < 0 || seconds_since_epoch > INT64_C(253402300799))
        return false;

    unsigned day = (unsigned)(seconds_since_epoch / DAY_S);
    unsigned second = (unsigned)(seconds_since_epoch % DAY_S);
    for (; day >= days_of_year(year); year++)
        day -= days_of_year(year);
    for (; day >= days_of_month(year, month); month++)
        day -= days_of_month(year, month);
    snprintf(out, UTC_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ", year % 10000, (month + 1) % 100,
             (day + 1) % 100, second / 3600 % 100, second / 60 % 60, second % 60);
    return true;
}
