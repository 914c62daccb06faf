/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The API key: where it may come from, and the guarded memory it lives in from its first byte.
 */
#ifndef CREDENTIALS_H
#define CREDENTIALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct failure;

/* FILE_ROOM is what the rest leaves of three pages: guarded memory comes in pages, and a second
 * piece of it takes ten system calls. */
enum { SECRET_MAX = 1024, TOKEN_MAX = 4096, SHOWN_ID = 16, KEY_SOURCE = 512, FILE_ROOM = 1900 };

/* The part that lives in guarded memory; NUL-terminated texts, "" for what there is not. */
struct secret {
    char id[SECRET_MAX + 1], key[SECRET_MAX + 1], token[TOKEN_MAX + 1];
    char token_header[TOKEN_MAX + 32]; /* room for whoever sends the token */
    char signature[65];                /* of the last request, which it could repeat for minutes */
    char file[FILE_ROOM];              /* room for a small key file while it is read */
};

struct credentials {
    struct secret *secret;      /* of sodium_malloc; NULL: no key */
    char shown_id[SHOWN_ID];    /* "AKID..q3Fz" */
    char source[KEY_SOURCE];    /* "/etc/tencentcloud/credentials, profile default" */
};

/* What the user said about where to look; texts borrowed. */
struct credentials_wish {
    const char *file;    /* --credentials-file; NULL: the chain */
    const char *profile; /* --profile; NULL: "default", and the environment counts */
    bool role;           /* --role: the metadata service is asked last */
    const char *role_name; /* NULL: the one that is bound */
};

/* Walks the chain of contract section 7 up to the files. now is in seconds since the epoch.
 * False: an error, why says which, or there is no key: then only its hint is set. */
bool credentials_find(struct credentials *out, const struct credentials_wish *wish, int64_t now,
                      struct failure *why);

/* Says that there was none. Always returns false. */
bool credentials_missing(const struct credentials_wish *wish, struct failure *why);

/* An empty secret in guarded memory, in the place of one that is there; a signal that ends the
 * process wipes it first. False: no memory. */
bool credentials_allocate(struct credentials *out, struct failure *why);

/* Copies one of the three texts, with blanks and matching quotes around it taken off. length is
 * that of text; size that of out. name and source are for the message, which never quotes text. */
bool credentials_set(char *out, size_t size, const char *text, size_t length, const char *name,
                     const char *source, struct failure *why);

/* Checks that id and key are both there, and fills shown_id and source. */
bool credentials_complete(struct credentials *out, const char *source, struct failure *why);

/* Overwrites with asterisks what an answer repeats of id, key, token and signature, whole or from
 * their beginnings, as error pages of gateways do with the request they got. */
void credentials_mask(const struct credentials *key, char *data, size_t length);

/* Wipes the key, when all that it was to sign is signed; id and token stay for the mask. */
void credentials_forget_key(const struct credentials *key);

/* Wipes all of the secret; it may be NULL. */
void credentials_wipe(const struct credentials *key);

/* Wipes and frees the secret; what is shown stays. Accepts the zero value. */
void credentials_clear(struct credentials *out);

#endif
