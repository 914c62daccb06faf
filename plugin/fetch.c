/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "fetch.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "credentials.h"
#include "failure.h"

enum {
    ALLOWED_SKEW_S = 300, /* the API's own tolerance */
    LEAST_TRY_MS = 500,   /* a try that has less time left is not worth starting */
    SHARED_MS = 6000,     /* with less than this all of the time belongs to the first try */
};

/* The Error object of an answer counts whatever the status; without one the status does. */
static bool explain_status(const struct http_reply *reply, const char *host, struct failure *why)
{
    long status = reply->status;

    if (status == 429)
        return fail_outage(why, FAILURE_THROTTLED, RETRY_AGAIN,
                           "%.80s is throttling, it answered HTTP 429 (%zu bytes)", host,
                           reply->length);
    if (status >= 500)
        return fail_outage(why, FAILURE_HTTP, RETRY_AGAIN, "%.80s answered HTTP %ld (%zu bytes)",
                           host, status, reply->length);
    fail(why, FAILURE_HTTP, "%.80s answered HTTP %ld (%zu bytes)%s", host, status, reply->length,
         status >= 300 && status < 400 ? ", redirects are not followed" : "");
    return fail_hint(why, "Something other than the API answered: check -H, -p and the proxy.");
}

static bool decode(struct fetched *out, const char *host, struct failure *why)
{
    const struct http_reply *reply = &out->reply;
    struct failure inner = { 0 };
    bool ok = overview_decode(&out->overview, reply->data, reply->length, &inner);

    if (inner.code[0] == '\0' && (reply->status < 200 || reply->status > 299)) {
        memcpy(why->request_id, inner.request_id, sizeof why->request_id);
        return explain_status(reply, host, why);
    }
    if (!ok)
        *why = inner;
    if (!ok && inner.code[0] == '\0')
        fail_hint(why, "It came from %s with HTTP %ld, Content-Type %s, %zu bytes.", host,
                  reply->status, reply->content_type[0] == '\0' ? "none" : reply->content_type,
                  reply->length);
    return ok;
}

static void format_duration(char *out, size_t size, int64_t seconds)
{
    if (seconds < 60)
        snprintf(out, size, "%" PRId64 "s", seconds);
    else if (seconds < 3600)
        snprintf(out, size, "%" PRId64 "m%" PRId64 "s", seconds / 60, seconds % 60);
    else if (seconds < 86400)
        snprintf(out, size, "%" PRId64 "h%" PRId64 "m", seconds / 3600, seconds / 60 % 60);
    else
        snprintf(out, size, "%" PRId64 " days", seconds / 86400);
}

/* The API calls the request too old: say by how much the clocks differ, and do not blame the
 * clock when they do not. */
static void explain_clock(struct failure *why, const struct fetched *fetched)
{
    int64_t skew = fetched->skew_s < 0 ? -fetched->skew_s : fetched->skew_s;
    char duration[32];

    format_duration(duration, sizeof duration, skew);
    if (!fetched->skew_known)
        fail_hint(why, "The answer has no usable Date header to measure by. Check time sync.");
    else if (skew >= ALLOWED_SKEW_S)
        snprintf(why->text, sizeof why->text,
                 "clock of this host is %s %s Tencent Cloud (allowed 5m), fix time sync", duration,
                 fetched->skew_s > 0 ? "behind" : "ahead of");
    else {
        why->kind = FAILURE_CREDENTIALS;
        snprintf(why->text, sizeof why->text,
                 "Tencent Cloud calls the signature expired, but the clocks differ by %s only",
                 duration);
        fail_hint(why, "If it stays, something on the way holds requests back: check the proxy.");
    }
}

static void note_skew(struct fetched *out)
{
    out->skew_known = out->reply.date > 0;
    out->skew_s = out->skew_known ? out->reply.date - clock_wall_s() : 0;
}

/* Until the connection stands a try may use half of the time, so that the next one has some. */
static struct cwp_moment plan(const struct fetch_budget *budget, int attempts)
{
    int64_t left = budget->deadline_ms - clock_monotonic_ms();
    struct cwp_moment moment = {
        .now = clock_wall_s(), .limit_s = budget->limit_s, .last = attempts >= budget->retries,
    };

    moment.timeout_ms = left < 1 ? 1 : (long)left;
    moment.connect_timeout_ms = attempts < budget->retries && left >= SHARED_MS
                                    ? (long)(left / 2)
                                    : moment.timeout_ms;
    return moment;
}

static bool attempt(struct fetched *out, const struct cwp_target *target,
                    const struct credentials *key, const struct fetch_budget *budget,
                    struct failure *why)
{
    struct cwp_moment moment = plan(budget, out->attempts);
    struct http_reply fresh = { .data = out->reply.data, .size = CWP_ANSWER_MAX };

    out->attempts++;
    out->reply = fresh;
    bool ok = cwp_ask(&out->reply, &out->sent, target, key, &moment, why);
    credentials_mask(key, out->reply.data, out->reply.length);
    credentials_mask(key, out->reply.content_type, strlen(out->reply.content_type));
    note_skew(out);
    ok = ok && decode(out, target->host, why);
    if (!ok && why->kind == FAILURE_CLOCK)
        explain_clock(why, out);
    return ok;
}

/* Waits when another try is allowed, worth it, and can end in time. */
static bool wait_to_retry(const struct failure *why, const struct fetch_budget *budget,
                          int attempts)
{
    int64_t wait = why->kind == FAILURE_THROTTLED ? 1000 : 500;

    wait += randombytes_uniform(1001); /* jitter: a thousand checks shall not come back at once */
    if (why->retry == RETRY_NEVER || attempts > budget->retries
        || clock_monotonic_ms() + wait + LEAST_TRY_MS > budget->deadline_ms)
        return false;
    clock_sleep_ms(wait);
    return true;
}

static void count_tries(struct failure *why, int attempts)
{
    size_t used = strlen(why->text);

    if (attempts > 1)
        snprintf(why->text + used, sizeof why->text - used, ", %d tries", attempts);
}

bool fetch(struct fetched *out, const struct cwp_target *target, const struct credentials *key,
           const struct fetch_budget *budget, struct failure *why)
{
    int64_t begin = clock_monotonic_ms();
    bool ok;

    overview_clear(&out->overview);
    out->reply.data = malloc(CWP_ANSWER_MAX);
    if (!out->reply.data)
        return fail(why, FAILURE_INTERNAL, "there is not enough memory for an answer");
    while (!(ok = attempt(out, target, key, budget, why))
           && wait_to_retry(why, budget, out->attempts))
        *why = (struct failure){ 0 };

    out->seconds = (double)(clock_monotonic_ms() - begin) / 1000;
    out->overview.number[FIELD_TIME] = out->seconds;
    if (!ok)
        count_tries(why, out->attempts);
    return ok;
}

void fetched_clear(struct fetched *fetched)
{
    free(fetched->reply.data);
    fetched->reply.data = NULL;
}
