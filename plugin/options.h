/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The words of the command line, made into what each stage declares that it needs.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "credentials.h"
#include "cwp.h"
#include "report.h"
#include "thresholds.h"
#include "verdict.h"

struct options {
    struct credentials_wish credentials;
    struct cwp_target target;
    struct limits limits;
    struct look look;
    enum state api_error_state;
    int timeout_s, retries;
    const char *input; /* NULL: ask the API */
    bool exit_ok, help, version;
};

/* Reads all of argv and borrows from it. False: the first mistake is in why; the rest is read all
 * the same, so that the mistake is told in the format that was asked for. */
bool options_parse(struct options *out, int argc, char **argv, struct failure *why);

void options_print_help(FILE *stream);
void options_print_version(FILE *stream);

#endif
