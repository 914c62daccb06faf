/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * One row an option: how it is written, what it does, what the help says. Parser, help, and the
 * checks of the documents all read this table.
 */
#ifndef OPTION_TABLE_H
#define OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct failure;
struct options;

/* What an apply function gets: the option as the user wrote it, such as "-w", and its argument,
 * NULL when there is none. */
struct given {
    const char *option, *argument;
};

enum argument { ARGUMENT_NONE, ARGUMENT_REQUIRED, ARGUMENT_OPTIONAL };

struct option_row {
    char letter; /* 0: none */
    const char *name;
    enum argument argument;
    const char *argument_name; /* for the help; "" when there is none */
    bool (*apply)(struct options *, const struct given *, struct failure *);
    const char *help; /* lines of at most 72 columns */
};

extern const struct option_row OPTION_TABLE[];
extern const size_t OPTION_COUNT;

#endif
