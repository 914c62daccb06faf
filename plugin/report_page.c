/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "report_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "failure.h"

enum { CUT_NOTE = 32 }; /* room for what says that something was left out */

void page_add(struct page *page, const char *format, ...)
{
    char text[PAGE_LINE];
    va_list args;

    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof text
        || page->length + (size_t)length > PAGE_SIZE - CUT_NOTE) {
        page->cut = true;
        return;
    }
    memcpy(page->text + page->length, text, (size_t)length + 1);
    page->length += (size_t)length;
}

void page_add_line(struct page *page, const char *format, ...)
{
    char raw[PAGE_LINE - 1], text[PAGE_LINE - 1];
    va_list args;

    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    clean_line(text, sizeof text, raw);
    page_add(page, "%s\n", text);
}
