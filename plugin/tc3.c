/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * In the order of the specification: canonical request, string to sign, derived keys, signature,
 * authorization. libsodium's initialization is not needed by what is used of it here.
 */
#include "tc3.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "utc.h"

#define ALGORITHM "TC3-HMAC-SHA256"

_Static_assert(TC3_HASH == crypto_hash_sha256_BYTES && TC3_HASH == crypto_auth_hmacsha256_BYTES,
               "one size of digest");

struct text {
    char *at;
    size_t left;
    bool fits;
};

static void append(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void append(struct text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = vsnprintf(text->at, text->left, format, args);
    va_end(args);
    text->fits = text->fits && length >= 0 && (size_t)length < text->left;
    if (text->fits) {
        text->at += length;
        text->left -= (size_t)length;
    }
}

/* Header values are lowercased in the canonical form; they are ASCII. */
static void append_lower(struct text *text, const char *value)
{
    for (; *value != '\0'; value++)
        append(text, "%c", *value >= 'A' && *value <= 'Z' ? *value + ('a' - 'A') : *value);
}

static void signed_headers(struct text *text, const struct tc3_request *request)
{
    for (size_t i = 0; i < request->header_count; i++)
        append(text, "%s%s", i == 0 ? "" : ";", request->headers[i].name);
}

static void sha256_hex(char out[TC3_HEX], const char *text)
{
    unsigned char hash[TC3_HASH];

    crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
    sodium_bin2hex(out, TC3_HEX, hash, sizeof hash);
}

static bool canonical_request(char *out, size_t size, const struct tc3_request *request,
                              const char *payload)
{
    struct text text = { out, size, true };

    append(&text, "POST\n");
    append(&text, "/\n"); /* the path is always "/" */
    append(&text, "\n");  /* no query string in a POST */
    for (size_t i = 0; i < request->header_count; i++) {
        append(&text, "%s:", request->headers[i].name);
        append_lower(&text, request->headers[i].value);
        append(&text, "\n");
    }
    append(&text, "\n");
    signed_headers(&text, request);
    append(&text, "\n%s", payload);
    return text.fits;
}

/* In UTC: a local date fails for hours around midnight. */
static bool utc_date(char out[UTC_SIZE], int64_t timestamp)
{
    bool ok = utc_format(out, timestamp);

    out[ok ? UTC_DATE : 0] = '\0';
    return ok;
}

bool tc3_digest(struct tc3_digest *out, const struct tc3_request *request)
{
    char canonical[1024], date[UTC_SIZE];
    struct text scope = { out->scope, sizeof out->scope, true };
    struct text to_sign = { out->string_to_sign, sizeof out->string_to_sign, true };

    sha256_hex(out->payload, request->body);
    if (!canonical_request(canonical, sizeof canonical, request, out->payload)
        || !utc_date(date, request->timestamp))
        return false;
    sha256_hex(out->canonical, canonical);
    append(&scope, "%s/%s/tc3_request", date, request->service);
    append(&to_sign, ALGORITHM "\n%lld\n%s\n%s", (long long)request->timestamp, out->scope,
           out->canonical);
    return scope.fits && to_sign.fits;
}

static void hmac(unsigned char out[TC3_HASH], const void *key, size_t key_length, const void *text,
                 size_t length)
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key, key_length);
    crypto_auth_hmacsha256_update(&state, text, length);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

bool tc3_derive(struct tc3_keys *out, const char *secret, const char *scope)
{
    char first[3 + TC3_SECRET_MAX];
    size_t length = strlen(secret);
    const char *service = strchr(scope, '/');
    const char *tail = service ? strchr(service + 1, '/') : NULL;

    if (length == 0 || length > TC3_SECRET_MAX || !tail)
        return false;
    memcpy(first, "TC3", 3);
    memcpy(first + 3, secret, length);
    hmac(out->date, first, 3 + length, scope, (size_t)(service - scope));
    sodium_memzero(first, sizeof first);
    hmac(out->service, out->date, TC3_HASH, service + 1, (size_t)(tail - service - 1));
    hmac(out->signing, out->service, TC3_HASH, tail + 1, strlen(tail + 1));
    return true;
}

bool tc3_authorize(char out[TC3_AUTHORIZATION], const struct tc3_request *request, const char *id,
                   const char *secret)
{
    struct text text = { out, TC3_AUTHORIZATION, true };
    unsigned char signature[TC3_HASH];
    char hex[TC3_HEX];
    struct tc3_digest digest;
    struct tc3_keys keys;

    if (!tc3_digest(&digest, request) || !tc3_derive(&keys, secret, digest.scope))
        return false;
    hmac(signature, keys.signing, TC3_HASH, digest.string_to_sign, strlen(digest.string_to_sign));
    sodium_memzero(&keys, sizeof keys);
    sodium_bin2hex(hex, sizeof hex, signature, sizeof signature);

    append(&text, ALGORITHM " Credential=%s/%s, SignedHeaders=", id, digest.scope);
    signed_headers(&text, request);
    append(&text, ", Signature=%s", hex);
    return text.fits;
}
