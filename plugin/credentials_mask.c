/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "credentials.h"

/* Real ids, keys and tokens are longer; a short one could be a part of any answer. */
enum { LEAST_MASKED = 16 };

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* How many bytes at data mean the character c: 1 as it is, more for an escape of JSON; 0: none.
 * It is asked up to a billion times of an answer that is made for that. */
static size_t means(const char *data, size_t left, char c)
{
    if (left > 0 && data[0] == c)
        return 1;
    if (left < 2 || data[0] != '\\')
        return 0;
    if (data[1] != 'u')
        return data[1] == c ? 2 : 0; /* \/ and the like */
    return left >= 6 && memcmp(data + 1, "u00", 3) == 0 && hex(data[4]) == c >> 4
                   && hex(data[5]) == (c & 15)
               ? 6
               : 0;
}

/* How many bytes at data repeat the word or its beginning: a long one is often cut. 0: none, or
 * too few to matter. */
static size_t repeated(const char *data, size_t left, const char *word)
{
    size_t used = 0, same = 0;

    for (; word[same] != '\0'; same++) {
        size_t n = means(data + used, left - used, word[same]);
        if (n == 0)
            break;
        used += n;
    }
    return same >= LEAST_MASKED ? used : 0;
}

/* An answer may be long, and most have no escape at all. */
static size_t cannot_begin(const char *data, size_t length, char c, bool escapes)
{
    const char *found = escapes ? NULL : memchr(data, c, length);
    size_t n = 0;

    if (!escapes)
        return found ? (size_t)(found - data) : length;
    while (n < length && data[n] != c && data[n] != '\\')
        n++;
    return n;
}

static void mask(char *data, size_t length, const char *word)
{
    const char *end = data + length;
    bool escapes = memchr(data, '\\', length) != NULL;

    if (strlen(word) < LEAST_MASKED)
        return;
    for (data += cannot_begin(data, length, *word, escapes); data < end;
         data += cannot_begin(data, (size_t)(end - data), *word, escapes)) {
        size_t used = repeated(data, (size_t)(end - data), word);

        memset(data, '*', used);
        data += used > 0 ? used : 1;
    }
}

void credentials_mask(const struct credentials *key, char *data, size_t length)
{
    mask(data, length, key->secret->key);
    mask(data, length, key->secret->token);
    mask(data, length, key->secret->signature);
    mask(data, length, key->secret->id);
}
