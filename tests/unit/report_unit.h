/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * An outcome as a literal, and all that a report prints of it.
 */
#ifndef REPORT_UNIT_H
#define REPORT_UNIT_H

#include "credentials.h"
#include "cwp.h"
#include "failure.h"
#include "fetch.h"
#include "judge_unit.h"
#include "report.h"

/* What is left out is what a healthy run without options has. */
struct scene {
    const char *overview, *limits; /* as judge_unit.h says; NULL: "" */
    struct look look;
    struct failure failure;
    enum state outage_state; /* of a failure that is an outage */
    bool from_file;
    struct credentials key;
    struct cwp_target target;
    struct fetched fetched; /* but for its overview */
};

enum { CHECKED_AT = 1767225599 }; /* 2025-12-31T23:59:59Z */

#define REQUEST "98fd0d2c-c27c-43f3-8622-1b5fe386c5fa"
#define NO_PROBLEM "expired=0 near_expiry=0 available=4 used=46"

static inline const char *output(const struct scene *scene,
                                 void (*print)(FILE *, const struct outcome *))
{
    static char text[1 << 17];
    struct fetched fetched = scene->fetched;
    struct limits limits;
    struct verdict verdict = { .state = STATE_OK };
    char room[SPEC];
    struct outcome outcome = {
        .checked_at = CHECKED_AT, .from_file = scene->from_file, .look = &scene->look,
        .limits = &limits, .target = &scene->target, .key = &scene->key, .fetched = &fetched,
        .verdict = &verdict, .failure = &scene->failure,
    };

    read_overview(&fetched.overview, scene->overview ? scene->overview : "");
    read_limits(&limits, room, scene->limits ? scene->limits : "");
    if (scene->failure.kind == FAILURE_NONE)
        verdict_reach(&verdict, &fetched.overview, &limits);
    outcome.state = scene->failure.kind == FAILURE_NONE ? verdict.state
                    : scene->failure.outage             ? scene->outage_state
                                                        : STATE_UNKNOWN;
    outcome.exit_code = (int)outcome.state;

    FILE *stream = fmemopen(text, sizeof text, "w");
    assert_non_null(stream);
    print(stream, &outcome);
    assert_int_equal(fclose(stream), 0);
    return text;
}

#endif
