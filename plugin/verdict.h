/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What the numbers mean: limits with their defaults, and all fields judged by them.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "fields.h"
#include "thresholds.h"

struct overview;

enum level { LEVEL_WARNING, LEVEL_CRITICAL, LEVELS };

/* A switch that must be on has the range 1:1. */
struct limits {
    struct range range[LEVELS][FIELD_END];
    bool trust_auto_renew;   /* near_expiry is no problem while both renewal switches are on */
    enum state empty_state;  /* of an account without any licenses */
};

/* The defaults of the table of fields. */
void limits_init(struct limits *out);

struct problem {
    enum field field;          /* FIELD_END: the account has no licenses at all */
    enum state state;
    const struct range *range; /* the one that is violated; NULL: not reported, or no licenses */
};

struct verdict {
    enum state state;
    bool empty;            /* every count but destroyed_orders is 0 */
    bool renewal_trusted;  /* near_expiry would be a problem but for trust_auto_renew */
    size_t count;
    struct problem problems[FIELD_END + 1]; /* worst first, then in the order of the table */
};

/* Keeps pointing into limits. */
void verdict_reach(struct verdict *out, const struct overview *overview,
                   const struct limits *limits);

/* NULL when the field is no problem. */
const struct problem *verdict_problem(const struct verdict *verdict, enum field field);

/* Both switches on, both off, one of each, or at least one not reported. */
enum renewal { RENEWAL_UNKNOWN, RENEWAL_OFF, RENEWAL_PARTLY, RENEWAL_ON };
enum renewal verdict_renewal(const struct overview *overview);

#endif
