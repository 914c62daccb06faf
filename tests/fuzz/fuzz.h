/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What the fuzz targets share. A target is libFuzzer's LLVMFuzzerTestOneInput; the same objects
 * are linked to libFuzzer by `make fuzz` and to replay.c by `make check`.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what does not hold, and crashes, so that the fuzzer keeps the input. */
#define HOLD(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* A NUL-terminated copy; free it. */
char *fuzz_text(const uint8_t *data, size_t size);

/* Splits text at its line ends, in place, into at most most words behind argv[0]; returns argc. */
int fuzz_words(char **argv, int most, char *text);

/* The promises of every text: printable ASCII, lines ended, one bar at most and on the first line,
 * which has none of the characters that Nagios strips and at most 140 before the bar. */
void hold_text(const char *text, size_t size);

/* And of those without a raw answer: below 4 KiB, no empty line. */
void hold_text_output(const char *text, size_t size);

/* One line, valid JSON. */
void hold_json_output(const char *text, size_t size);

/* Printable, NUL-terminated within size, and clean of what Nagios strips. */
void hold_clean(const char *text, size_t size);

#endif
