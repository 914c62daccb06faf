/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What the tests of the key's sources share: a key that no message may hold any of, a folder of
 * their own with relative paths, so that messages are the same everywhere, and one text for all
 * that a look-up tells.
 */
#ifndef KEY_UNIT_H
#define KEY_UNIT_H

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "credentials.h"
#include "failure.h"
#include "key_file.h"
#include "unit.h"

#define MARK "S3CR"
#define ID "AKIDS3CR0123456789q3Fz"
#define KEY "S3CRkeyGu5t9xGARNpq86cd98joQYCN3"
#define TOKEN "S3CRtoken/0123/+=="
#define FOUND(key_and_token, source) ID "|" key_and_token "|AKID..q3Fz|" source

/* "id|key|token|shown id|source", "absent", or "kind: text // hint"; wipes the key. Every result
 * is held against what holds for all of them. */
static inline const char *told(enum lookup result, struct credentials *key,
                               const struct failure *why)
{
    static char text[sizeof(struct secret) + sizeof(struct credentials) + 8];

    assert_int_equal(result == LOOKUP_FAILED, why->kind != FAILURE_NONE);
    if (result == LOOKUP_FOUND)
        snprintf(text, sizeof text, "%s|%s|%s|%s|%s", key->secret->id, key->secret->key,
                 key->secret->token, key->shown_id, key->source);
    else if (result == LOOKUP_ABSENT)
        snprintf(text, sizeof text, "absent");
    else
        snprintf(text, sizeof text, "%s: %s%s%s", failure_kind_name(why->kind), why->text,
                 why->hint[0] == '\0' ? "" : " // ", why->hint);
    if (result != LOOKUP_FOUND)
        assert_null(strstr(text, MARK));
    assert_null(strstr(key->shown_id, MARK));
    assert_null(strstr(key->source, MARK));
    credentials_clear(key);
    assert_null(key->secret);
    return text;
}

/* Parses text as the file "keys". The copy ends with the NUL that key_file_read writes. */
static inline const char *parsed(const char *text, size_t length, const char *profile, int64_t now)
{
    char *copy = exact_copy(text, length + 1);
    struct key_file file = { .path = "keys", .text = copy, .length = length };
    struct credentials key = { 0 };
    struct failure why = { 0 };

    copy[length] = '\0';
    assert_true(credentials_allocate(&key, &why));
    enum lookup result = key_file_find(&key, &file, profile, now, &why);
    exact_free(copy);
    return told(result, &key, &why);
}

static char work_folder[] = "/tmp/cwp-unit-XXXXXX";

static inline int enter_work_folder(void **state)
{
    (void)state;
    umask(0);
    return sodium_init() < 0 || !mkdtemp(work_folder) || chdir(work_folder) != 0;
}

static inline int leave_work_folder(void **state)
{
    char command[sizeof work_folder + 16];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", work_folder);
    return chdir("/") != 0 || system(command) != 0;
}

static inline void put_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

/* The program's variables; those that a test gives no value are not set. */
enum { VARIABLES = 6 };

static inline void set_environment(const char *const values[])
{
    static const char *const NAMES[VARIABLES] = {
        "TENCENTCLOUD_SECRET_ID",     "TENCENTCLOUD_SECRET_KEY",     "TENCENTCLOUD_TOKEN",
        "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN",
        "TENCENTCLOUD_CREDENTIALS_FILE",
    };

    for (size_t i = 0; i < VARIABLES; i++) {
        unsetenv(NAMES[i]);
        if (values && values[i])
            setenv(NAMES[i], values[i], 1);
    }
    setenv("HOME", "home", 1);
}

static inline const char *searched(const char *file, const char *profile)
{
    struct credentials_wish wish = { .file = file, .profile = profile };
    struct credentials key = { 0 };
    struct failure why = { 0 };
    bool found = credentials_find(&key, &wish, 1735689600, &why);

    if (!found)
        assert_null(key.secret);
    enum lookup missed = why.kind == FAILURE_NONE ? LOOKUP_ABSENT : LOOKUP_FAILED;
    return told(found ? LOOKUP_FOUND : missed, &key, &why);
}

/* A key in this file of the machine would be found before the last sources. */
static inline bool system_has_key(void)
{
    return access("/etc/tencentcloud/credentials", F_OK) == 0;
}

#endif
