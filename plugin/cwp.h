/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * One signed call of DescribeLicenseGeneral.
 */
#ifndef CWP_H
#define CWP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http.h"

struct credentials;
struct failure;

#define CWP_HOST "cwp.intl.tencentcloudapi.com"

enum { CWP_PORT = 443, CWP_ANSWER_MAX = 256 * 1024 };

/* Whom to ask; texts borrowed. host and region hold only what belongs in a header. */
struct cwp_target {
    const char *host;
    int port;
    const char *region; /* NULL: none is sent */
    struct network network;
};

/* What was sent, for -vv: header lines, each with its end of line, Authorization cut to its scope
 * and the token left out. */
struct cwp_sent {
    char headers[1024];
};

/* When, and how long it may take. */
struct cwp_moment {
    int64_t now; /* seconds since the epoch: what is signed */
    long timeout_ms, connect_timeout_ms;
    int limit_s; /* what the user allowed in all, for messages */
    bool last;   /* no other try will follow: the key is wiped once it has signed */
};

/* Signs and sends. reply->data must have room for CWP_ANSWER_MAX bytes. True: an answer came, of
 * whatever status. */
bool cwp_ask(struct http_reply *reply, struct cwp_sent *sent, const struct cwp_target *target,
             const struct credentials *key, const struct cwp_moment *moment, struct failure *why);

#endif
