/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Prints an outcome, one file a format.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "failure.h"
#include "verdict.h"

struct credentials;
struct cwp_target;
struct fetched;

enum output_format { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_PROMETHEUS, OUTPUT_FORMATS };

/* How it shall look; texts borrowed. */
struct look {
    enum output_format format;
    const char *account; /* NULL: none */
    bool no_perfdata, detail;
    int verbosity; /* 0 to 3 */
};

/* All that is known at the end. The pointers are borrowed and never NULL. When failure.kind is
 * FAILURE_NONE the licenses were read and verdict holds; otherwise it does not. */
struct outcome {
    enum state state;
    int exit_code;
    int64_t checked_at; /* seconds since the epoch */
    bool from_file;
    const struct look *look;
    const struct limits *limits;
    const struct cwp_target *target;
    const struct credentials *key; /* what is shown of it */
    const struct fetched *fetched;
    const struct verdict *verdict;
    const struct failure *failure;
};

/* The names of the formats, in the order of the enum. */
extern const char *const OUTPUT_FORMAT_NAMES[OUTPUT_FORMATS];

/* Prints in the format of outcome->look; the caller checks the stream. */
void report(FILE *stream, const struct outcome *outcome);

void report_text(FILE *stream, const struct outcome *outcome);
void report_json(FILE *stream, const struct outcome *outcome);
void report_prometheus(FILE *stream, const struct outcome *outcome);

enum {
    SUMMARY_SIZE = 141, /* 140 characters, contract section 4 */
    ACCOUNT_SIZE = 33,  /* longest account name that options accept, with the final NUL */
};

/* The first line of the text format without perfdata and end of line. */
void report_summary(char out[SUMMARY_SIZE], const struct outcome *outcome);

/* The same without state and account: what the JSON calls the summary. */
void report_message(char *out, size_t size, const struct outcome *outcome);

/* Says that the warning of a metric can never be seen, because its critical range alerts on the
 * same values and more; "" when that is not so. */
void report_hidden_warning(char *out, size_t size, enum field f, const struct limits *limits);

/* One problem as it stands on the first line: "2 EXPIRED (allowed 0)". */
void report_problem(char *out, size_t size, const struct problem *problem,
                    const struct outcome *outcome);

#endif
