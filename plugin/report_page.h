/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The text of a result as it grows, line by line. It stays below 4 KiB, for some schedulers cut at
 * that, and no line of it is cut in its middle.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    PAGE_SIZE = 4096,
    PAGE_LINE = 640, /* the longest piece, with the final NUL */
};

/* Valid when zeroed. */
struct page {
    char text[PAGE_SIZE];
    size_t length;
    bool cut; /* something was left out */
};

/* Adds all of it or nothing. */
void page_add(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a line of what may hold anybody's text, made clean. */
void page_add_line(struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
