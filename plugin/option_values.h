/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Readers of the options' arguments. Each checks all of the text; on false *out is untouched and
 * why names the option, quotes the text and says what to write.
 */
#ifndef OPTION_VALUES_H
#define OPTION_VALUES_H

#include <stdbool.h>

#include "option_table.h"
#include "report.h"
#include "thresholds.h"
#include "verdict.h"

/* A mistake about the argument of an option. Always returns false. */
bool usage_error(const struct given *given, struct failure *why, const char *explanation);

bool value_threshold(struct limits *out, enum level level, const struct given *given,
                     struct failure *why);
bool value_switch(struct limits *out, const struct given *given, struct failure *why);
bool value_state(enum state *out, const struct given *given, struct failure *why);
bool value_integer(int *out, int least, int most, const struct given *given, struct failure *why);
bool value_format(enum output_format *out, const struct given *given, struct failure *why);

/* Any text but the empty one. */
bool value_path(const char **out, const struct given *given, struct failure *why);

/* A path that can be read now. */
bool value_file(const char **out, const struct given *given, struct failure *why);
bool value_directory(const char **out, const struct given *given, struct failure *why);

/* Texts of a certain alphabet and length, fit for a file name, a header or a line of output. */
bool value_profile(const char **out, const struct given *given, struct failure *why);
bool value_role(const char **out, const struct given *given, struct failure *why);
bool value_region(const char **out, const struct given *given, struct failure *why);
bool value_account(const char **out, const struct given *given, struct failure *why);
bool value_hostname(const char **out, const struct given *given, struct failure *why);

/* Never quotes a password. */
bool value_proxy(const char **out, const struct given *given, struct failure *why);

#endif
