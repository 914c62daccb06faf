/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The only module that reads a clock; everything else is given the time.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/* Seconds since the epoch, of the wall clock, which may jump. */
int64_t clock_wall_s(void);

/* Milliseconds since some moment, never going back. */
int64_t clock_monotonic_ms(void);

/* Returns after that many milliseconds, or sooner when a signal was handled. */
void clock_sleep_ms(int64_t ms);

#endif
