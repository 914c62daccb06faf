/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "judge_unit.h"

/* "STATE: problems in order; flags" */
static const char *verdict_text(const struct verdict *verdict)
{
    static char text[2048];
    size_t n = (size_t)snprintf(text, sizeof text, "%s:", state_name(verdict->state));

    for (size_t i = 0; i < verdict->count; i++) {
        const struct problem *p = &verdict->problems[i];
        n += (size_t)snprintf(text + n, sizeof text - n, "%s %s %s%s%s", i > 0 ? "," : "",
                              state_name(p->state),
                              p->field == FIELD_END ? "(none at all)" : FIELD_INFO[p->field].name,
                              p->range ? " " : "", p->range ? p->range->text : "");
        assert_ptr_equal(verdict_problem(verdict, p->field), p);
    }
    snprintf(text + n, sizeof text - n, "%s%s", verdict->empty ? "; empty" : "",
             verdict->renewal_trusted ? "; trusted" : "");
    return text;
}

struct row {
    const char *overview, *limits, *verdict;
};

static void compare(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct overview overview;
        struct limits limits;
        struct verdict verdict;
        char room[SPEC];
        memset(&verdict, 0xa5, sizeof verdict);
        read_overview(&overview, rows[i].overview);
        read_limits(&limits, room, rows[i].limits);
        verdict_reach(&verdict, &overview, &limits);
        assert_string_equal(verdict_text(&verdict), rows[i].verdict);
    }
}

#define OK4 "expired=0 near_expiry=0 available=4"

static void test_defaults(void **state)
{
    static const struct row ROW[] = {
        { OK4, "", "OK:" },
        { "expired=1 near_expiry=0 available=4", "", "CRITICAL: CRITICAL expired 0" },
        { "expired=0 near_expiry=1 available=4", "", "WARNING: WARNING near_expiry 0" },
        { "expired=2 near_expiry=5 available=0", "",
          "CRITICAL: CRITICAL expired 0, WARNING near_expiry 0" },
        { "expired=10 near_expiry=0 available=0 total=0 destroyed_orders=1", "", /* the sample */
          "CRITICAL: CRITICAL expired 0" },
        { OK4 " used=999 not_expired=0 total=0 pro_available=0 destroyed_orders=9 auto_upgrade=0 "
          "order_renew=0 time=300", "", "OK:" },
        { "expired=0 near_expiry=0 available=0 used=3", "", "OK:" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* The worse level counts, and each level by its own range. */
static void test_levels(void **state)
{
    static const struct row ROW[] = {
        { OK4, "w:available=5:", "WARNING: WARNING available 5:" },
        { OK4, "c:available=5:", "CRITICAL: CRITICAL available 5:" },
        { OK4, "w:available=5: c:available=4:", "WARNING: WARNING available 5:" },
        { OK4, "w:available=5: c:available=5:", "CRITICAL: CRITICAL available 5:" },
        { OK4, "w:available=4: c:available=@4:4", "CRITICAL: CRITICAL available @4:4" },
        { OK4, "w:available=~: c:available=~:", "OK:" },
        { OK4, "w:available=@~:", "WARNING: WARNING available @~:" },
        { "expired=2 near_expiry=0 available=4", "w:expired=1",
          "CRITICAL: CRITICAL expired 0" },
        { "expired=2 near_expiry=0 available=4", "w:expired=1 c:expired=5",
          "WARNING: WARNING expired 1" },
        { "expired=2 near_expiry=0 available=4", "c:expired=2", "OK:" },
        { "expired=2 near_expiry=0 available=4", "c:expired=~: w:expired=0",
          "WARNING: WARNING expired 0" },
        { "expired=0 near_expiry=0 available=4", "c:expired=1:",
          "CRITICAL: CRITICAL expired 1:" },
        { "expired=0 near_expiry=9 available=4", "w:near_expiry=~:", "OK:" },
        { "expired=0 near_expiry=9 available=4", "c:near_expiry=8",
          "CRITICAL: CRITICAL near_expiry 8" },
        { OK4 " total=9007199254740992", "w:total=~:900719925474099",
          "WARNING: WARNING total ~:900719925474099" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* conformance.md section 1.3. The time may be a fraction; its -1 would mean: not reported. */
static void test_two_ranges(void **state)
{
    static const struct row ROW[] = {
        { OK4 " time=15", "w:time=30 c:time=60", "OK:" },
        { OK4 " time=30", "w:time=30 c:time=60", "OK:" },
        { OK4 " time=30.0001", "w:time=30 c:time=60", "WARNING: WARNING time 30" },
        { OK4 " time=60", "w:time=30 c:time=60", "WARNING: WARNING time 30" },
        { OK4 " time=69", "w:time=30 c:time=60", "CRITICAL: CRITICAL time 60" },
        { OK4 " time=-31", "w:time=-10:-2 c:time=-30:20", "CRITICAL: CRITICAL time -30:20" },
        { OK4 " time=-29", "w:time=-10:-2 c:time=-30:20", "WARNING: WARNING time -10:-2" },
        { OK4 " time=-10", "w:time=-10:-2 c:time=-30:20", "OK:" },
        { OK4 " time=-2", "w:time=-10:-2 c:time=-30:20", "OK:" },
        { OK4 " time=-1.9", "w:time=-10:-2 c:time=-30:20", "WARNING: WARNING time -10:-2" },
        { OK4 " time=20", "w:time=-10:-2 c:time=-30:20", "WARNING: WARNING time -10:-2" },
        { OK4 " time=21", "w:time=-10:-2 c:time=-30:20", "CRITICAL: CRITICAL time -30:20" },
        { OK4 " total=0", "w:total=2:100 c:total=1:150", "CRITICAL: CRITICAL total 1:150" },
        { OK4 " total=1", "w:total=2:100 c:total=1:150", "WARNING: WARNING total 2:100" },
        { OK4 " total=2", "w:total=2:100 c:total=1:150", "OK:" },
        { OK4 " total=100", "w:total=2:100 c:total=1:150", "OK:" },
        { OK4 " total=101", "w:total=2:100 c:total=1:150", "WARNING: WARNING total 2:100" },
        { OK4 " total=150", "w:total=2:100 c:total=1:150", "WARNING: WARNING total 2:100" },
        { OK4 " total=151", "w:total=2:100 c:total=1:150", "CRITICAL: CRITICAL total 1:150" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* A limit on what the answer does not have is UNKNOWN for that field; the others are judged. */
static void test_not_reported(void **state)
{
    static const struct row ROW[] = {
        { OK4, "w:ai_available=5:", "UNKNOWN: UNKNOWN ai_available" },
        { OK4, "c:ai_available=5: w:ai_available=9:", "UNKNOWN: UNKNOWN ai_available" },
        { OK4, "w:ai_available=~:", "OK:" }, /* never alerts */
        { OK4, "w:ai_available=~: c:ai_available=5:", "UNKNOWN: UNKNOWN ai_available" },
        { OK4, "w:ai_available=@~:", "UNKNOWN: UNKNOWN ai_available" },
        { OK4, "w:time=5", "UNKNOWN: UNKNOWN time" }, /* as with --input */
        { OK4, "c:auto_bind_rasp=1:1", "UNKNOWN: UNKNOWN auto_bind_rasp" },
        { OK4, "w:used=1 w:ai_total=5: w:available=5:",
          "WARNING: WARNING available 5:, UNKNOWN used, UNKNOWN ai_total" },
        { "expired=1 near_expiry=0 available=4", "w:ai_total=5:",
          "CRITICAL: CRITICAL expired 0, UNKNOWN ai_total" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

static void test_switches(void **state)
{
    static const struct row ROW[] = {
        { OK4 " auto_upgrade=0", "w:auto_upgrade=1:1", "WARNING: WARNING auto_upgrade 1:1" },
        { OK4 " auto_upgrade=0", "c:auto_upgrade=1:1", "CRITICAL: CRITICAL auto_upgrade 1:1" },
        { OK4 " auto_upgrade=1", "c:auto_upgrade=1:1", "OK:" },
        { OK4 " auto_upgrade=1 order_renew=0", "c:auto_upgrade=1:1 w:order_renew=1:1",
          "WARNING: WARNING order_renew 1:1" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Worst first, and within a state in the order of the table, whatever comes when. */
static void test_order(void **state)
{
    static const struct row ROW[] = {
        { "expired=1 near_expiry=1 available=0 used=5 auto_upgrade=0 order_renew=0 time=9",
          "w:expired=0 c:near_expiry=0 w:available=1: w:ai_total=1: c:used=1 w:auto_upgrade=1:1 "
          "c:order_renew=1:1 c:app_available=1: c:time=1",
          "CRITICAL: CRITICAL expired 0, CRITICAL near_expiry 0, CRITICAL used 1, "
          "CRITICAL order_renew 1:1, CRITICAL time 1, WARNING available 1:, "
          "WARNING auto_upgrade 1:1, UNKNOWN ai_total, UNKNOWN app_available" },
        { "expired=0 near_expiry=1 available=0 used=5", "w:used=1 w:total=1 w:ai_total=1: empty:ok",
          "WARNING: WARNING near_expiry 0, WARNING used 1, UNKNOWN total, UNKNOWN ai_total" },
        { "expired=0 near_expiry=0 available=0", "c:available=1: w:total=1 empty:warning",
          "CRITICAL: CRITICAL available 1:, WARNING (none at all), UNKNOWN total; empty" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

#define NONE "expired=0 near_expiry=0 available=0"

static void test_empty_account(void **state)
{
    static const struct row ROW[] = {
        { NONE, "", "UNKNOWN: UNKNOWN (none at all); empty" },
        { NONE " used=0 total=0 app_available=0 ai_total=0", "",
          "UNKNOWN: UNKNOWN (none at all); empty" },
        { NONE " destroyed_orders=5 auto_upgrade=1 time=3 upgrade_mode=X", "",
          "UNKNOWN: UNKNOWN (none at all); empty" },
        { NONE, "empty:ok", "OK:; empty" },
        { NONE, "empty:warning", "WARNING: WARNING (none at all); empty" },
        { NONE, "empty:critical", "CRITICAL: CRITICAL (none at all); empty" },
        { NONE, "w:available=1:",
          "WARNING: WARNING available 1:, UNKNOWN (none at all); empty" },
        { NONE, "empty:ok w:available=1:", "WARNING: WARNING available 1:; empty" },
        { NONE " app_available=1", "", "OK:" },
        { NONE " lite_total=1", "empty:critical", "OK:" },
        { "expired=0 near_expiry=0 available=1", "empty:critical", "OK:" },
        { "expired=1 near_expiry=0 available=0", "empty:ok", "CRITICAL: CRITICAL expired 0" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

#define NEAR "expired=0 near_expiry=5 available=4 "
#define RENEWING "auto_purchase_renew=1 order_renew=1"

static void test_trust_auto_renew(void **state)
{
    static const struct row ROW[] = {
        { NEAR RENEWING, "", "WARNING: WARNING near_expiry 0" },
        { NEAR RENEWING, "trust", "OK:; trusted" },
        { NEAR RENEWING, "trust c:near_expiry=1", "OK:; trusted" },
        { NEAR "auto_purchase_renew=1 order_renew=0", "trust", "WARNING: WARNING near_expiry 0" },
        { NEAR "auto_purchase_renew=0 order_renew=1", "trust", "WARNING: WARNING near_expiry 0" },
        { NEAR "auto_purchase_renew=1", "trust", "WARNING: WARNING near_expiry 0" },
        { NEAR "order_renew=1", "trust", "WARNING: WARNING near_expiry 0" },
        { NEAR, "trust", "WARNING: WARNING near_expiry 0" },
        { OK4 " " RENEWING, "trust", "OK:" },
        { "expired=1 near_expiry=5 available=4 " RENEWING, "trust w:available=5:",
          "CRITICAL: CRITICAL expired 0, WARNING available 5:; trusted" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

static void test_renewal(void **state)
{
    static const struct {
        const char *overview;
        enum renewal renewal;
    } ROW[] = {
        { "", RENEWAL_UNKNOWN },
        { "order_renew=1", RENEWAL_UNKNOWN },
        { "auto_purchase_renew=0", RENEWAL_UNKNOWN },
        { "auto_purchase_renew=0 order_renew=0", RENEWAL_OFF },
        { "auto_purchase_renew=1 order_renew=0", RENEWAL_PARTLY },
        { "auto_purchase_renew=0 order_renew=1", RENEWAL_PARTLY },
        { RENEWING, RENEWAL_ON },
    };
    struct overview overview;

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        read_overview(&overview, ROW[i].overview);
        assert_int_equal(verdict_renewal(&overview), ROW[i].renewal);
    }
}

/* Everything wrong at once fits, whatever field is added to the table. */
static void test_all_at_once(void **state)
{
    struct overview overview;
    struct limits limits;
    struct verdict verdict;
    const char *why;

    (void)state;
    limits_init(&limits);
    overview_clear(&overview);
    for (enum field f = 0; f < FIELD_END; f++) {
        overview.number[f] = 0;
        assert_true(range_parse(&limits.range[f % LEVELS][f], "1:1", &why));
    }
    verdict_reach(&verdict, &overview, &limits);
    assert_int_equal(verdict.count, FIELD_END + 1);
    assert_int_equal(verdict.problems[FIELD_END].field, FIELD_END);
    assert_null(verdict_problem(&(struct verdict){ .count = 0 }, FIELD_EXPIRED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),   cmocka_unit_test(test_levels),
        cmocka_unit_test(test_two_ranges), cmocka_unit_test(test_not_reported),
        cmocka_unit_test(test_switches),   cmocka_unit_test(test_order),
        cmocka_unit_test(test_empty_account), cmocka_unit_test(test_trust_auto_renew),
        cmocka_unit_test(test_renewal),    cmocka_unit_test(test_all_at_once),
    };

    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
