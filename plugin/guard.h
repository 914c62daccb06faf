/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The process' manners: its descriptors, signals and hard time limit. Whatever happens, one line
 * is printed that was made beforehand, since a signal handler can do no more than write it.
 */
#ifndef GUARD_H
#define GUARD_H

#include <stddef.h>
#include <stdint.h>

enum guard_line { GUARD_DEADLINE, GUARD_STOPPED, GUARD_CRASHED, GUARD_LINES };
enum { GUARD_LINE_SIZE = 1024 };

/* First thing in main: no core dumps, SIGPIPE and SIGXFSZ ignored, no closed standard descriptor
 * that a socket could take the place of, and nothing on standard error whoever writes there. */
void guard_process(void);

/* Where to put the line for each case, NUL-terminated, before guard_start. */
char *guard_line(enum guard_line which);

/* From now on SIGTERM, SIGINT and the like, the time limit in ms from now, and the signals of a
 * crash print their line and end the process with the exit code. */
void guard_start(int64_t limit_ms, int exit_code);

/* What to wipe when a signal ends the process; NULL and 0 before it is freed. */
void guard_secret(void *data, size_t size);

/* The result is being printed: end without a second one. */
void guard_speaking(void);

/* It is out: whatever still comes, the exit code is the one that belongs to it. */
void guard_spoken(int exit_code);

/* The last thing in main: ends the process without what libraries do at exit, which is to give
 * back memory piece by piece that the system takes back at once. */
void guard_leave(int exit_code);

#endif
