/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "cwp.h"

#include <stdio.h>
#include <string.h>

#include "credentials.h"
#include "failure.h"
#include "tc3.h"

#define CONTENT_TYPE "application/json"
#define BODY "{}"

/* A host name has at most 253 characters, then comes the port. */
enum { HEADER = 320, HOST_TEXT = 264 };

/* The request's headers, Authorization and X-TC-Token apart. */
struct headers {
    char host[HEADER], timestamp[32], region[HEADER];
    char authorization[sizeof "Authorization: " + TC3_AUTHORIZATION];
    const char *list[12];
    size_t count;
};

static void add(struct headers *h, const char *line)
{
    h->list[h->count++] = line;
    h->list[h->count] = NULL;
}

/* The line is as secret as the token, so it is composed in guarded memory as well. */
static void add_token(struct headers *h, struct secret *secret)
{
    if (secret->token[0] == '\0')
        return;
    snprintf(secret->token_header, sizeof secret->token_header, "X-TC-Token: %s", secret->token);
    add(h, secret->token_header);
}

/* The port belongs to the signed host when it is not the scheme's own, as it is sent. */
static void host_header(char out[HOST_TEXT], const struct cwp_target *target)
{
    if (target->port == CWP_PORT)
        snprintf(out, HOST_TEXT, "%s", target->host);
    else
        snprintf(out, HOST_TEXT, "%s:%d", target->host, target->port);
}

static bool sign(struct headers *h, const char *host, const struct credentials *key,
                 int64_t timestamp)
{
    struct tc3_header signed_headers[] = { { "content-type", CONTENT_TYPE }, { "host", host } };
    struct tc3_request request = {
        .headers = signed_headers, .header_count = 2, .service = "cwp", .body = BODY,
        .timestamp = timestamp,
    };
    char value[TC3_AUTHORIZATION];

    if (!tc3_authorize(value, &request, key->secret->id, key->secret->key))
        return false;
    snprintf(h->authorization, sizeof h->authorization, "Authorization: %s", value);
    snprintf(key->secret->signature, sizeof key->secret->signature, "%s", strrchr(value, '=') + 1);
    return true;
}

static bool compose(struct headers *h, const struct cwp_target *target,
                    const struct credentials *key, int64_t timestamp)
{
    char host[HOST_TEXT];

    host_header(host, target);
    if (!sign(h, host, key, timestamp))
        return false;
    snprintf(h->host, sizeof h->host, "Host: %s", host);
    snprintf(h->timestamp, sizeof h->timestamp, "X-TC-Timestamp: %lld", (long long)timestamp);
    add(h, h->host);
    add(h, "Content-Type: " CONTENT_TYPE);
    add(h, "X-TC-Action: DescribeLicenseGeneral");
    add(h, "X-TC-Version: 2018-02-28");
    add(h, "X-TC-Language: en-US");
    add(h, h->timestamp);
    if (target->region) {
        snprintf(h->region, sizeof h->region, "X-TC-Region: %.255s", target->region);
        add(h, h->region);
    }
    add(h, "User-Agent: check_tencent_cwp_license/" VERSION);
    return true;
}

/* For the reader's eyes: the signature and the token stay out. */
static void show(struct cwp_sent *sent, const struct headers *h, const struct credentials *key)
{
    size_t used = 0;

    for (size_t i = 0; i < h->count && used < sizeof sent->headers; i++)
        used += (size_t)snprintf(sent->headers + used, sizeof sent->headers - used, "%s\n",
                                 h->list[i]);
    const char *scope = strchr(h->authorization, '=') + 1 + strlen(key->secret->id);
    if (used < sizeof sent->headers)
        snprintf(sent->headers + used, sizeof sent->headers - used,
                 "Authorization: TC3-HMAC-SHA256 Credential=%s%.*s\n%s", key->shown_id,
                 (int)strcspn(scope, ","), scope,
                 key->secret->token[0] == '\0' ? "" : "X-TC-Token: (not shown)\n");
}

bool cwp_ask(struct http_reply *reply, struct cwp_sent *sent, const struct cwp_target *target,
             const struct credentials *key, const struct cwp_moment *moment, struct failure *why)
{
    struct headers h = { .count = 0 };
    char host[HOST_TEXT], url[sizeof "https:///" + HOST_TEXT];
    struct http_request request = {
        .url = url, .host = target->host, .port = target->port, .headers = h.list, .body = BODY,
        .timeout_ms = moment->timeout_ms, .connect_timeout_ms = moment->connect_timeout_ms,
        .limit_s = moment->limit_s,
    };

    if (!compose(&h, target, key, moment->now))
        return fail(why, FAILURE_INTERNAL, "the request cannot be signed");
    show(sent, &h, key);
    if (moment->last)
        credentials_forget_key(key);
    add(&h, h.authorization);
    add_token(&h, key->secret);
    host_header(host, target);
    snprintf(url, sizeof url, "https://%s/", host);
    reply->length = 0;
    return http_send(reply, &request, &target->network, why);
}
