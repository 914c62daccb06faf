/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Memory for libcurl that is wiped when it is given back: copies of the request's headers, and of
 * what the metadata service answers, would be left in it.
 */
#ifndef HTTP_MEMORY_H
#define HTTP_MEMORY_H

#include <stddef.h>

/* As malloc, calloc, realloc, strdup and free; not to be mixed with those. */
void *http_memory_get(size_t size);
void *http_memory_get_zeroed(size_t count, size_t size);
void *http_memory_resize(void *old, size_t size);
char *http_memory_copy(const char *text);
void http_memory_drop(void *memory);

#endif
