/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The credentials file of the vendor's SDKs:
 *
 *   [default]
 *   secret_id = AKID...
 *   secret_key = ...
 *   token = ...              (of a temporary key)
 *
 * Whole lines that start with # or ; are comments. Messages name line numbers and never quote a
 * line: it may hold the secret.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "credentials.h"
#include "failure.h"
#include "key_file.h"

struct span {
    const char *at;
    size_t length;
};

struct ini {
    const struct key_file *file;
    const char *profile;
    char source[KEY_SOURCE]; /* "PATH, profile NAME" */
    unsigned line;
    bool in_profile, found;
};

static struct span trim(struct span s)
{
    while (s.length > 0 && strchr(" \t\r", s.at[0])) {
        s.at++;
        s.length--;
    }
    while (s.length > 0 && strchr(" \t\r", s.at[s.length - 1]))
        s.length--;
    return s;
}

static bool span_is(struct span s, const char *text)
{
    return s.length == strlen(text) && strncasecmp(s.at, text, s.length) == 0;
}

static bool wrong_line(const struct ini *ini, struct failure *why, const char *text)
{
    return fail(why, FAILURE_CREDENTIALS, "line %u of key file %s %s", ini->line, ini->file->path,
                text);
}

static bool read_header(struct ini *ini, struct span line, struct failure *why)
{
    const char *close = memchr(line.at, ']', line.length);

    if (!close || close != line.at + line.length - 1)
        return wrong_line(ini, why, "is no section, write [PROFILE] alone on it");
    struct span name = trim((struct span){ line.at + 1, line.length - 2 });
    ini->in_profile = name.length == strlen(ini->profile)
                      && memcmp(name.at, ini->profile, name.length) == 0;
    ini->found = ini->found || ini->in_profile;
    return true;
}

/* Other names, such as region or role_arn, belong to other programs. */
static bool read_pair(struct credentials *out, const struct ini *ini, struct span name,
                      struct span value, struct failure *why)
{
    const struct {
        const char *name;
        char *out;
        size_t size;
    } SLOTS[] = {
        { "secret_id", out->secret->id, sizeof out->secret->id },
        { "secret_key", out->secret->key, sizeof out->secret->key },
        { "token", out->secret->token, sizeof out->secret->token },
    };

    for (size_t i = 0; i < sizeof SLOTS / sizeof *SLOTS; i++) {
        if (!span_is(name, SLOTS[i].name))
            continue;
        if (SLOTS[i].out[0] != '\0')
            return fail(why, FAILURE_CREDENTIALS, "%s occurs twice in %s", SLOTS[i].name,
                        ini->source);
        return credentials_set(SLOTS[i].out, SLOTS[i].size, value.at, value.length, SLOTS[i].name,
                               ini->source, why);
    }
    return true;
}

static bool read_line(struct credentials *out, struct ini *ini, struct span line,
                      struct failure *why)
{
    line = trim(line);
    if (line.length == 0 || line.at[0] == '#' || line.at[0] == ';')
        return true;
    if (line.at[0] == '[')
        return read_header(ini, line, why);
    if (!ini->in_profile)
        return true;

    const char *equals = memchr(line.at, '=', line.length);
    if (!equals)
        return wrong_line(ini, why, "has no equals sign, write NAME = VALUE");
    size_t length = (size_t)(equals - line.at);
    struct span value = { equals + 1, line.length - length - 1 };
    return read_pair(out, ini, trim((struct span){ line.at, length }), value, why);
}

static bool read_lines(struct credentials *out, struct ini *ini, struct failure *why)
{
    const char *at = ini->file->text, *end = at + ini->file->length;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        ini->line++;
        if (!read_line(out, ini, (struct span){ at, (size_t)(stop - at) }, why))
            return false;
        at = stop + 1;
    }
    return true;
}

enum lookup key_ini_find(struct credentials *out, const struct key_file *file, const char *profile,
                         struct failure *why)
{
    struct ini ini = { .file = file, .profile = profile };

    snprintf(ini.source, sizeof ini.source, "%s, profile %s", file->path, profile);
    if (!read_lines(out, &ini, why))
        return LOOKUP_FAILED;
    if (!ini.found || (out->secret->id[0] == '\0' && out->secret->key[0] == '\0')) {
        fail_hint(why,
                  ini.found ? "Its [%s] has neither secret_id nor secret_key."
                            : "It has no line [%s]; --profile chooses another profile.",
                  profile);
        return LOOKUP_ABSENT;
    }
    return credentials_complete(out, ini.source, why) ? LOOKUP_FOUND : LOOKUP_FAILED;
}
