/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Strict JSON on top of cJSON, which by itself accepts much that is not JSON (RFC 8259).
 */
#ifndef JSON_H
#define JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

enum { JSON_DEPTH = 32 };

/* The clause of json_parse that does not blame the text; to be compared by its address. */
extern const char JSON_NO_MEMORY[];

/* A part of the text; not NUL-terminated. */
struct json_span {
    const char *at;
    size_t length;
};

/* A number as it was written: cJSON keeps only a double, in which 2^53 + 1 and 2^53 are one. */
struct json_number {
    struct json_span key, text;
    struct json_span parent; /* the key of the object that it is a member of; empty: it has none */
    int depth;               /* of that object; 1 is the outermost */
};

/* True when the key, as it is written, means name: escapes are resolved. name is ASCII. */
bool json_key_is(struct json_span key, const char *name);

/* Called for each number that is a direct member of an object. */
typedef void json_number_visit(void *context, const struct json_number *number);

/* NULL when the text is one JSON value and nothing else: grammar, UTF-8, depth of JSON_DEPTH at
 * most. Else a static clause that says what is wrong. visit may be NULL. */
const char *json_check(const char *text, size_t length, json_number_visit *visit, void *context);

/* Parses what json_check accepts and refuses keys that occur twice in one object. The caller
 * frees with cJSON_Delete. NULL: *why is a static clause that says what is wrong. */
cJSON *json_parse(const char *text, size_t length, json_number_visit *visit, void *context,
                  const char **why);

/* The same for a text with secrets: the tree stands in guarded memory and is freed, wiped, with
 * json_free_secret, which accepts NULL. */
cJSON *json_parse_secret(const char *text, size_t length, const char **why);
void json_free_secret(cJSON *tree);

/* The member of that name; NULL when object is not one, lacks it or has null there. */
const cJSON *json_member(const cJSON *object, const char *name);

#endif
