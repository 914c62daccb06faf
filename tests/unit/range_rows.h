/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The rows of tests/data/ranges.tsv, one after the other.
 */
#ifndef RANGE_ROWS_H
#define RANGE_ROWS_H

#include "unit.h"

/* Copies the first column with its escapes taken off: \s, \t and (empty). */
static inline void range_row_text(char *out, size_t size, const char *row)
{
    size_t n = 0;

    for (; *row != '\t' && *row != '\0' && n < size - 1; row++) {
        if (*row == '\\')
            out[n++] = *++row == 's' ? ' ' : '\t';
        else
            out[n++] = *row;
    }
    out[n] = '\0';
    if (strcmp(out, "(empty)") == 0)
        out[0] = '\0';
}

/* Calls visit with each row, its end of line cut off, and with the text of its first column.
 * Returns the number of rows. */
static inline int each_range_row(void (*visit)(const char *row, const char *text))
{
    char row[256], text[64];
    int rows = 0;
    FILE *file = open_data("tests/data/ranges.tsv");

    while (fgets(row, sizeof row, file)) {
        if (row[0] == '#')
            continue;
        row[strcspn(row, "\n")] = '\0';
        range_row_text(text, sizeof text, row);
        visit(row, text);
        rows++;
    }
    fclose(file);
    return rows;
}

#endif
