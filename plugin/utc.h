/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The date and time that belong to a number of seconds. The C library's own way asks for the time
 * zone of the host first, which costs files read at each check and can be set to count leap
 * seconds; the API does not count them.
 */
#ifndef UTC_H
#define UTC_H

#include <stdbool.h>
#include <stdint.h>

enum { UTC_DATE = 10, UTC_SIZE = sizeof "2026-01-31T23:59:59Z" };

/* Writes RFC 3339 in UTC, of which the first UTC_DATE characters are the date. False, and an empty
 * text, outside the years 1970 to 9999. */
bool utc_format(char out[UTC_SIZE], int64_t seconds_since_epoch);

#endif
