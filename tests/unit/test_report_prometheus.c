/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "report_unit.h"

struct row {
    struct scene scene;
    const char *text;
};

static void compare(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(output(&rows[i].scene, report_prometheus), rows[i].text);
}

#define P "tencent_cwp_license_"
#define HEAD(name, type, help) "# HELP " P name " " help "\n# TYPE " P name " " type "\n"
#define CHECK(labels, success, state)                                                              \
    HEAD("check_success", "gauge", "1 when the licenses were read")                                \
    P "check_success{" labels "} " success "\n"                                                    \
    HEAD("check_state", "gauge", "0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN")                         \
    P "check_state{" labels "} " state "\n"                                                        \
    HEAD("check_timestamp_seconds", "gauge", "when the check ran")                                 \
    P "check_timestamp_seconds{" labels "} 1767225599\n"
#define NO_ACCOUNT "account=\"\""
#define SWITCHES HEAD("switch", "gauge", "switches of the account, 1 on and 0 off")

static void test_judged(void **state)
{
    static const struct row ROW[] = {
        { { .overview = "expired=2 near_expiry=0 available=9007199254740992 total=5 auto_upgrade=1 "
            "order_renew=0 upgrade_mode=X request_id=Y time=0.2141",
            .look = { .account = "prod", .detail = true, .verbosity = 3 } },
          HEAD("expired", "gauge", "expired, deleted records not counted")
          P "expired{account=\"prod\"} 2\n"
          HEAD("near_expiry", "gauge", "expire within 15 days")
          P "near_expiry{account=\"prod\"} 0\n"
          HEAD("available", "gauge", "available, all editions")
          P "available{account=\"prod\"} 9007199254740992\n"
          HEAD("total", "untyped", "all, isolated and expired ones included")
          P "total{account=\"prod\"} 5\n"
          HEAD("time", "gauge", "seconds that the request took, retries included")
          P "time{account=\"prod\"} 0.214\n"
          SWITCHES
          P "switch{account=\"prod\",switch=\"auto_upgrade\"} 1\n"
          P "switch{account=\"prod\",switch=\"order_renew\"} 0\n"
          CHECK("account=\"prod\"", "1", "2") },
        { { .overview = "expired=0 near_expiry=0 available=0", .limits = "empty:warning" },
          HEAD("expired", "gauge", "expired, deleted records not counted")
          P "expired{" NO_ACCOUNT "} 0\n"
          HEAD("near_expiry", "gauge", "expire within 15 days")
          P "near_expiry{" NO_ACCOUNT "} 0\n"
          HEAD("available", "gauge", "available, all editions")
          P "available{" NO_ACCOUNT "} 0\n"
          SWITCHES CHECK(NO_ACCOUNT, "1", "1") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Only the check's own metrics, so that old numbers do not live on. */
static void test_failed(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM " auto_upgrade=1", .failure = { .kind = FAILURE_TLS,
            .text = "x" } }, CHECK(NO_ACCOUNT, "0", "3") },
        { { .failure = { .kind = FAILURE_NETWORK, .outage = true, .text = "x" },
            .outage_state = STATE_OK }, CHECK(NO_ACCOUNT, "0", "0") },
        { { .failure = { .kind = FAILURE_USAGE, .text = "x" }, .look.account = "a" },
          CHECK("account=\"a\"", "0", "3") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Backslash, quote and end of line are the three that the format escapes, and the only ones. */
static void test_labels(void **state)
{
    static const struct row ROW[] = {
        { { .look.account = "q\" b\\ {}=,'|", .failure = { .kind = FAILURE_TLS, .text = "x" } },
          CHECK("account=\"q\\\" b\\\\ {}=,'|\"", "0", "3") },
        { { .look.account = "a\nb\\n", .failure = { .kind = FAILURE_TLS, .text = "x" } },
          CHECK("account=\"a\\nb\\\\n\"", "0", "3") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Through the table of formats. */
static void test_formats(void **state)
{
    static void (*const PRINT[])(FILE *, const struct outcome *) = { report_text, report_json,
                                                                     report_prometheus };
    static const char *const NAMES[] = { "text", "json", "prometheus" };

    (void)state;
    assert_int_equal(OUTPUT_FORMATS, ROWS(PRINT));
    for (enum output_format f = 0; f < OUTPUT_FORMATS; f++) {
        struct scene scene = { .overview = NO_PROBLEM, .look.format = f };
        char direct[4096];
        snprintf(direct, sizeof direct, "%s", output(&scene, PRINT[f]));
        assert_string_equal(output(&scene, report), direct);
        assert_string_equal(OUTPUT_FORMAT_NAMES[f], NAMES[f]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judged), cmocka_unit_test(test_failed),
        cmocka_unit_test(test_labels), cmocka_unit_test(test_formats),
    };

    return cmocka_run_group_tests_name("report_prometheus", tests, NULL, NULL);
}
