/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "credentials.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "failure.h"
#include "guard.h"

bool credentials_allocate(struct credentials *out, struct failure *why)
{
    struct secret *room = out->secret ? out->secret : sodium_malloc(sizeof *room);

    *out = (struct credentials){ .secret = room };
    if (!room) {
        fail(why, FAILURE_INTERNAL, "there is not enough memory for the API key");
        return false;
    }
    credentials_wipe(out);
    guard_secret(room, sizeof *room);
    return true;
}

void credentials_forget_key(const struct credentials *key)
{
    sodium_memzero(key->secret->key, sizeof key->secret->key);
}

void credentials_wipe(const struct credentials *key)
{
    if (key->secret)
        sodium_memzero(key->secret, sizeof *key->secret);
}

void credentials_clear(struct credentials *out)
{
    guard_secret(NULL, 0);
    sodium_free(out->secret);
    out->secret = NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && is_blank(**text)) {
        ++*text;
        --*length;
    }
    while (*length > 0 && is_blank((*text)[*length - 1]))
        --*length;
}

bool credentials_set(char *out, size_t size, const char *text, size_t length, const char *name,
                     const char *source, struct failure *why)
{
    trim(&text, &length);
    if (length >= 2 && (text[0] == '"' || text[0] == '\'') && text[length - 1] == text[0]) {
        text++;
        length -= 2;
        trim(&text, &length);
    }
    if (length >= size)
        return fail(why, FAILURE_CREDENTIALS, "%s of %s is longer than %zu bytes", name, source,
                    size - 1);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ')
            return fail(why, FAILURE_CREDENTIALS,
                        "%s of %s has a blank inside, write the value alone on its line", name,
                        source);
        if (text[i] < '!' || text[i] > '~')
            return fail(why, FAILURE_CREDENTIALS,
                        "%s of %s has a control character or a letter outside ASCII inside", name,
                        source);
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

/* Enough to tell keys apart, too little to use one. */
static void show_id(char out[SHOWN_ID], const char *id)
{
    size_t length = strlen(id);
    char raw[SHOWN_ID];

    if (length >= 12)
        snprintf(raw, sizeof raw, "%.4s..%s", id, id + length - 4);
    else
        snprintf(raw, sizeof raw, "%.2s..", id);
    clean_text(out, SHOWN_ID, raw);
}

bool credentials_complete(struct credentials *out, const char *source, struct failure *why)
{
    const struct secret *s = out->secret;

    if (s->id[0] == '\0' || s->key[0] == '\0')
        return fail(why, FAILURE_CREDENTIALS, "half an API key: %s is missing in %s",
                    s->id[0] == '\0' ? "the secret id" : "the secret key", source);
    if (strncmp(s->key, "AKID", 4) == 0 && strncmp(s->id, "AKID", 4) != 0)
        return fail(why, FAILURE_CREDENTIALS, "secret id and secret key are swapped in %s", source);
    show_id(out->shown_id, s->id);
    snprintf(out->source, sizeof out->source, "%s", source);
    return true;
}
