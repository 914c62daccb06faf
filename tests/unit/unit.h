/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What the unit tests share: cmocka with what it needs before it, and the reading of tests/data.
 * The tests run from the root of the source tree.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* cmocka's macros of these names would hide functions. fail_msg goes with them. */
#undef fail
#undef skip

#define ROWS(array) (sizeof(array) / sizeof *(array))

/* A literal and its length, for texts with a NUL inside. */
#define TEXT(literal) literal, sizeof(literal) - 1

/* A copy that ends where a page ends that is followed by a forbidden one: the first byte read past
 * the end is a crash, also when a function of libc reads it, which the sanitizers do not see. */
static inline char *exact_copy(const char *text, size_t length)
{
    assert_true(sodium_init() >= 0);
    char *copy = sodium_malloc(length);

    assert_non_null(copy);
    memcpy(copy, text, length);
    return copy;
}

static inline void exact_free(char *copy)
{
    sodium_free(copy);
}

/* path is relative to the root of the tree. */
static inline FILE *open_data(const char *path)
{
    FILE *file = fopen(path, "r");

    if (!file)
        print_error("%s: not found, run the tests from the root of the source tree\n", path);
    assert_non_null(file);
    return file;
}

/* All of a file, as exact_copy. */
static inline char *read_data(const char *path, size_t *length)
{
    char buffer[8192];
    FILE *file = open_data(path);

    *length = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    assert_in_range(*length, 1, sizeof buffer - 1);
    return exact_copy(buffer, *length);
}

#endif
