/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Signature version 3 of Tencent Cloud API 3.0, TC3-HMAC-SHA256: a pure function of the request,
 * its time and the key. Source: "Signature v3" of the vendor's API documentation.
 */
#ifndef TC3_H
#define TC3_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TC3_HASH = 32,           /* bytes of a SHA-256 digest, and of each derived key */
    TC3_HEX = 65,            /* the same in hex, with the final NUL */
    TC3_SECRET_MAX = 1024,   /* longest id and secret key, from the vendor's STS data types */
    TC3_AUTHORIZATION = 1600 /* size that holds every Authorization value */
};

struct tc3_header {
    const char *name, *value; /* name in lower case; value as it is sent, without outer blanks */
};

struct tc3_request {
    const struct tc3_header *headers; /* signed, sorted by name; content-type and host at least */
    size_t header_count;
    const char *service;   /* "cwp"; not derived from the host */
    const char *body;      /* of the POST to "/" */
    int64_t timestamp;     /* seconds since the epoch, the very X-TC-Timestamp that is sent */
};

/* What is signed, none of it secret. */
struct tc3_digest {
    char payload[TC3_HEX];       /* hex(sha256(body)) */
    char canonical[TC3_HEX];     /* hex(sha256(canonical request)) */
    char scope[64];              /* DATE/SERVICE/tc3_request */
    char string_to_sign[192];
};

/* The derived keys; secrets, to be wiped by the caller. */
struct tc3_keys {
    unsigned char date[TC3_HASH], service[TC3_HASH], signing[TC3_HASH];
};

/* False when the request does not fit: too many or too long headers, a time outside the years
 * 1970 to 9999. */
bool tc3_digest(struct tc3_digest *out, const struct tc3_request *request);

/* scope as in tc3_digest. False when secret is empty or longer than TC3_SECRET_MAX. */
bool tc3_derive(struct tc3_keys *out, const char *secret, const char *scope);

/* Writes the value of the Authorization header. False as above, nothing secret is copied then. */
bool tc3_authorize(char out[TC3_AUTHORIZATION], const struct tc3_request *request, const char *id,
                   const char *secret);

#endif
