/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "http_memory.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Stands before what libcurl sees, and keeps it aligned. */
struct prefix {
    _Alignas(max_align_t) size_t size;
};

static struct prefix *prefix_of(void *memory)
{
    return (struct prefix *)memory - 1;
}

void *http_memory_get(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct prefix))
        return NULL;

    struct prefix *prefix = malloc(sizeof *prefix + size);
    if (!prefix)
        return NULL;
    prefix->size = size;
    return prefix + 1;
}

void *http_memory_get_zeroed(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;

    void *memory = http_memory_get(count * size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}

/* Never in place: the C library would not wipe what it moves. */
void *http_memory_resize(void *old, size_t size)
{
    void *memory = http_memory_get(size);

    if (memory && old) {
        size_t before = prefix_of(old)->size;
        memcpy(memory, old, before < size ? before : size);
        http_memory_drop(old);
    }
    return memory;
}

char *http_memory_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *memory = http_memory_get(size);

    if (memory)
        memcpy(memory, text, size);
    return memory;
}

void http_memory_drop(void *memory)
{
    if (!memory)
        return;
    sodium_memzero(memory, prefix_of(memory)->size);
    free(prefix_of(memory));
}
