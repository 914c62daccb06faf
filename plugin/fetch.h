/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The license overview from the API: as many tries as the time and the faults allow.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "cwp.h"
#include "http.h"
#include "overview.h"

struct credentials;
struct failure;

struct fetch_budget {
    int64_t deadline_ms; /* of clock_monotonic_ms */
    int limit_s;         /* the same as the user said it, for messages */
    int retries;
};

/* What came, and how. Owns the bytes of the answer. */
struct fetched {
    struct overview overview;
    struct http_reply reply; /* of the last try; data is owned, or NULL */
    struct cwp_sent sent;
    int attempts;
    double seconds; /* of wall time, all tries and the waits between them */
    bool skew_known;
    int64_t skew_s; /* the API's clock minus this host's, from the last Date header */
};

/* False: the last failure is in why. Each try is signed anew. */
bool fetch(struct fetched *out, const struct cwp_target *target, const struct credentials *key,
           const struct fetch_budget *budget, struct failure *why);

/* Frees the answer; accepts the zero value. */
void fetched_clear(struct fetched *fetched);

#endif
