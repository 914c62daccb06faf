/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Files that hold API keys: opening and checking one, and the two formats.
 */
#ifndef KEY_FILE_H
#define KEY_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct credentials;
struct failure;

/* Absent means: look further. Failed means: why says what is wrong, do not look further. */
enum lookup { LOOKUP_FOUND, LOOKUP_ABSENT, LOOKUP_FAILED };

/* What it means when a file cannot be opened. HOME may be that of another user, whose folder this
 * one cannot even search; then a file in it is as good as absent. */
enum key_place { KEY_PLACE_HOME, KEY_PLACE_NAMED, KEY_PLACE_SYSTEM };

/* A whole file in guarded memory, NUL-terminated. */
struct key_file {
    const char *path; /* borrowed */
    char *text;       /* room, or of sodium_malloc */
    size_t length;
    char *room; /* borrowed guarded memory for a small file; NULL: none */
    size_t room_size;
};

/* Reads the file at path without stdio, whose buffers would keep a copy. Checks the open file:
 * regular, not for others to read, not for group or others to write, owned by root or by the
 * running user. A file that was named and is not there is a failure. */
enum lookup key_file_read(struct key_file *out, const char *path, enum key_place place,
                          struct failure *why);

/* Wipes the text, and frees it unless it is in room; accepts the zero value. */
void key_file_clear(struct key_file *file);

/* Looks the profile up in a file of either format: INI with [profile], secret_id, secret_key and
 * optionally token, or the JSON of tccli, which holds one profile and may say when it expires.
 * out has an empty secret. Absent: no such profile, or one without keys; the hint of why says
 * which. now is in seconds since the epoch. */
enum lookup key_file_find(struct credentials *out, const struct key_file *file, const char *profile,
                          int64_t now, struct failure *why);

enum lookup key_ini_find(struct credentials *out, const struct key_file *file, const char *profile,
                         struct failure *why);

enum lookup key_tccli_find(struct credentials *out, const struct key_file *file, int64_t now,
                           struct failure *why);

#endif
