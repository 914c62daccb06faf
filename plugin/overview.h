/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The license overview: the bytes of an answer of DescribeLicenseGeneral made into values.
 */
#ifndef OVERVIEW_H
#define OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "fields.h"

struct failure;

#define NOT_REPORTED (-1.0)

enum { OVERVIEW_TEXT = 65 };

/* Counts up to 2^53 are exact in a double. A text that was not reported is "". */
struct overview {
    double number[FIELD_END]; /* counts, switches (0 or 1), seconds; or NOT_REPORTED */
    char text[FIELD_END][OVERVIEW_TEXT];
};

/* Nothing is reported yet. */
void overview_clear(struct overview *out);

/* Reads an answer; text need not end in NUL. False when it is malformed or holds an Error of the
 * API: why says which. The request ID is set in both as far as the answer has one. */
bool overview_decode(struct overview *out, const char *text, size_t length, struct failure *why);

#endif
