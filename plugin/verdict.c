/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "verdict.h"

#include "overview.h"

static const enum state LEVEL_STATE[LEVELS] = {
    [LEVEL_WARNING] = STATE_WARNING,
    [LEVEL_CRITICAL] = STATE_CRITICAL,
};

static struct range default_range(const char *text)
{
    struct range range = range_none();
    const char *why;

    if (text)
        (void)range_parse(&range, text, &why); /* the table's own texts; a test reads them all */
    return range;
}

void limits_init(struct limits *out)
{
    *out = (struct limits){ .empty_state = STATE_UNKNOWN };
    for (enum field f = 0; f < FIELD_END; f++) {
        out->range[LEVEL_WARNING][f] = default_range(FIELD_INFO[f].warning);
        out->range[LEVEL_CRITICAL][f] = default_range(FIELD_INFO[f].critical);
    }
}

enum renewal verdict_renewal(const struct overview *overview)
{
    double bought = overview->number[FIELD_AUTO_PURCHASE_RENEW];
    double ordered = overview->number[FIELD_ORDER_RENEW];

    if (bought == NOT_REPORTED || ordered == NOT_REPORTED)
        return RENEWAL_UNKNOWN;
    if (bought != ordered)
        return RENEWAL_PARTLY;
    return bought == 1 ? RENEWAL_ON : RENEWAL_OFF;
}

/* Terminated orders are history; the counts that are not reported say nothing. */
static bool is_empty(const struct overview *overview)
{
    for (enum field f = 0; f < FIELD_END; f++) {
        if (FIELD_INFO[f].kind == FIELD_COUNT && f != FIELD_DESTROYED_ORDERS
            && overview->number[f] > 0)
            return false;
    }
    return true;
}

/* Whether there is a problem at all; a range that was not given has no text. */
static bool judge(struct problem *out, enum field f, double number, const struct limits *limits)
{
    *out = (struct problem){ f, STATE_OK, NULL };
    for (enum level level = LEVEL_WARNING; level < LEVELS; level++) {
        const struct range *range = &limits->range[level][f];
        if (number == NOT_REPORTED && range->text && range_can_alert(range))
            out->state = STATE_UNKNOWN;
        if (number != NOT_REPORTED && range_alerts(range, number)) {
            out->state = LEVEL_STATE[level];
            out->range = range;
        }
    }
    return out->state != STATE_OK;
}

/* Behind all that are as bad or worse, so that the order of the table holds within a state. */
static void insert(struct verdict *out, struct problem problem)
{
    size_t i = out->count++;

    for (; i > 0 && state_worst(out->problems[i - 1].state, problem.state)
                        != out->problems[i - 1].state; i--)
        out->problems[i] = out->problems[i - 1];
    out->problems[i] = problem;
    out->state = state_worst(out->state, problem.state);
}

void verdict_reach(struct verdict *out, const struct overview *overview,
                   const struct limits *limits)
{
    bool renewing = limits->trust_auto_renew && verdict_renewal(overview) == RENEWAL_ON;

    *out = (struct verdict){ .state = STATE_OK, .empty = is_empty(overview) };
    for (enum field f = 0; f < FIELD_END; f++) {
        struct problem problem;
        if (!judge(&problem, f, overview->number[f], limits))
            continue;
        if (f == FIELD_NEAR_EXPIRY && renewing)
            out->renewal_trusted = true;
        else
            insert(out, problem);
    }
    if (out->empty && limits->empty_state != STATE_OK)
        insert(out, (struct problem){ FIELD_END, limits->empty_state, NULL });
}

const struct problem *verdict_problem(const struct verdict *verdict, enum field field)
{
    for (size_t i = 0; i < verdict->count; i++) {
        if (verdict->problems[i].field == field)
            return &verdict->problems[i];
    }
    return NULL;
}
