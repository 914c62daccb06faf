/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "json.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

const char JSON_NO_MEMORY[] = "there is not enough memory to read it";

/* The character that the key begins with; json_check has seen that an escape is complete. */
static unsigned long first_character(const char *key, size_t *length)
{
    char digits[5] = "";

    *length = 1;
    if (key[0] != '\\' || key[1] != 'u')
        return (unsigned char)key[0];
    *length = 6;
    memcpy(digits, key + 2, 4);
    return strtoul(digits, NULL, 16);
}

bool json_key_is(struct json_span key, const char *name)
{
    const char *at = key.at, *end;
    size_t length;

    if (!at) /* an object in an array has no key */
        return false;
    end = at + key.length;
    for (; at < end && first_character(at, &length) == (unsigned char)*name; name++)
        at += length;
    return at == end && *name == '\0';
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted first: a hostile answer may have many thousand members. */
static bool keys_differ(const cJSON *object, bool *out_of_memory)
{
    size_t count = (size_t)cJSON_GetArraySize(object), n = 0;
    const char **keys = count < 2 ? NULL : malloc(count * sizeof *keys);
    bool differ = true;

    *out_of_memory = count >= 2 && !keys;
    if (!keys)
        return true;
    for (const cJSON *item = object->child; item; item = item->next)
        keys[n++] = item->string;
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 1; i < n && differ; i++)
        differ = strcmp(keys[i - 1], keys[i]) != 0;
    free(keys);
    return differ;
}

/* Recursion is bounded by JSON_DEPTH. */
static const char *find_duplicate(const cJSON *tree)
{
    bool out_of_memory = false;
    const char *why = NULL;

    if (cJSON_IsObject(tree) && !keys_differ(tree, &out_of_memory))
        return "a name occurs twice in one object";
    if (out_of_memory)
        return JSON_NO_MEMORY;
    for (const cJSON *item = tree->child; item && !why; item = item->next)
        why = find_duplicate(item);
    return why;
}

cJSON *json_parse(const char *text, size_t length, json_number_visit *visit, void *context,
                  const char **why)
{
    *why = json_check(text, length, visit, context);
    if (*why)
        return NULL;

    /* cJSON does not say which it was; what allocates does. */
    errno = 0;
    cJSON *tree = cJSON_ParseWithLength(text, length);
    *why = tree ? find_duplicate(tree) : errno == ENOMEM ? JSON_NO_MEMORY : "it cannot be read";
    if (*why) {
        cJSON_Delete(tree);
        return NULL;
    }
    return tree;
}

/* sodium_free wipes what it frees. */
static void use_guarded_memory(bool guarded)
{
    cJSON_Hooks hooks = { sodium_malloc, sodium_free };

    cJSON_InitHooks(guarded ? &hooks : NULL);
}

cJSON *json_parse_secret(const char *text, size_t length, const char **why)
{
    use_guarded_memory(true);
    cJSON *tree = json_parse(text, length, NULL, NULL, why);
    use_guarded_memory(false);
    return tree;
}

void json_free_secret(cJSON *tree)
{
    use_guarded_memory(true);
    cJSON_Delete(tree);
    use_guarded_memory(false);
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsNull(item) ? NULL : item;
}
