/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Whole lines; that each is JSON is asked of json_check, which test_json_check.c tests.
 */
#include "report_unit.h"

#include "json.h"

struct row {
    struct scene scene;
    const char *json;
};

static void check_line(const char *text)
{
    size_t length = strlen(text);
    const char *why = json_check(text, length, NULL, NULL);

    if (why)
        print_error("%s: %s", why, text);
    assert_null(why);
    assert_ptr_equal(strchr(text, '\n'), text + length - 1);
    for (size_t i = 0; i < length - 1; i++)
        assert_in_range(text[i], ' ', '~');
}

static void compare(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = output(&rows[i].scene, report_json);
        check_line(text);
        assert_string_equal(text, rows[i].json);
    }
}

#define BEGIN(state, code, summary, account)                                                       \
    "{\"schema\":1,\"state\":\"" state "\",\"exit_code\":" code ",\"summary\":\"" summary          \
    "\",\"account\":" account
#define END(error, request, duration, attempts)                                                    \
    ",\"error\":" error ",\"request_id\":" request ",\"checked_at\":\"2025-12-31T23:59:59Z\","     \
    "\"duration_s\":" duration ",\"attempts\":" attempts ",\"version\":\"" VERSION "\"}\n"
#define NOTHING ",\"metrics\":{},\"switches\":{},\"upgrade_mode\":null,\"problems\":[]"
#define WITHIN "none expired, none expiring within 15 days"

static void test_judged(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM " ai_total=9007199254740992 auto_upgrade=1 order_renew=0 "
            "upgrade_mode=FLAGSHIP_PREPAY request_id=" REQUEST " time=0.2141",
            .look.account = "prod", .fetched = { .attempts = 1, .seconds = 0.2141 } },
          BEGIN("OK", "0", "4 available, 46 used, " WITHIN, "\"prod\"")
          ",\"metrics\":{\"expired\":0,\"near_expiry\":0,\"available\":4,\"used\":46,"
          "\"ai_total\":9007199254740992,\"time\":0.214},\"switches\":{\"auto_upgrade\":true,"
          "\"order_renew\":false},\"upgrade_mode\":\"FLAGSHIP_PREPAY\",\"problems\":[]"
          END("null", "\"" REQUEST "\"", "0.214", "1") },
        { { .overview = "expired=2 near_expiry=0 available=4 auto_upgrade=0 time=1.5",
            .limits = "c:time=0.5 w:auto_upgrade=1:1 w:ai_total=1:", .from_file = true },
          BEGIN("CRITICAL", "2", "[from file] 2 EXPIRED (allowed 0), the answer took 1.500s "
                "(allowed up to 0.5), auto_upgrade is off (required), ai_total is not reported, "
                "4 available", "null")
          ",\"metrics\":{\"expired\":2,\"near_expiry\":0,\"available\":4,\"time\":1.500},"
          "\"switches\":{\"auto_upgrade\":false},\"upgrade_mode\":null,\"problems\":["
          "{\"metric\":\"expired\",\"state\":\"CRITICAL\",\"value\":2,\"range\":\"0\","
          "\"text\":\"2 EXPIRED (allowed 0)\"},"
          "{\"metric\":\"time\",\"state\":\"CRITICAL\",\"value\":1.500,\"range\":\"0.5\","
          "\"text\":\"the answer took 1.500s (allowed up to 0.5)\"},"
          "{\"metric\":\"auto_upgrade\",\"state\":\"WARNING\",\"value\":0,\"range\":\"1:1\","
          "\"text\":\"auto_upgrade is off (required)\"},"
          "{\"metric\":\"ai_total\",\"state\":\"UNKNOWN\",\"value\":null,\"range\":null,"
          "\"text\":\"ai_total is not reported\"}]"
          END("null", "null", "0.000", "0") },
        { { .overview = "expired=0 near_expiry=0 available=0" },
          BEGIN("UNKNOWN", "3", "this account has no CWP licenses at all, wrong account or key?, 0 "
                "available, " WITHIN, "null")
          ",\"metrics\":{\"expired\":0,\"near_expiry\":0,\"available\":0},\"switches\":{},"
          "\"upgrade_mode\":null,\"problems\":[{\"metric\":null,\"state\":\"UNKNOWN\","
          "\"value\":null,\"range\":null,\"text\":\"this account has no CWP licenses at all, "
          "wrong account or key?\"}]"
          END("{\"kind\":\"empty\",\"code\":null,\"message\":\"no licenses in the account\","
              "\"retryable\":false}", "null", "0.000", "0") },
        { { .overview = "expired=0 near_expiry=0 available=0", .limits = "empty:ok" },
          BEGIN("OK", "0", "this account has no CWP licenses at all, 0 available, " WITHIN, "null")
          ",\"metrics\":{\"expired\":0,\"near_expiry\":0,\"available\":0},\"switches\":{},"
          "\"upgrade_mode\":null,\"problems\":[]" END("null", "null", "0.000", "0") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

#define ERROR(kind, code, message, retryable)                                                      \
    "{\"kind\":\"" kind "\",\"code\":" code ",\"message\":\"" message "\",\"retryable\":" retryable\
    "}"

/* No metric of a failed check, so that nobody takes it for one that passed. */
static void test_failed(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM " auto_upgrade=1 upgrade_mode=X request_id=not-this",
            .failure = { .kind = FAILURE_SERVICE, .retry = RETRY_AGAIN, .outage = true,
                         .text = "Tencent Cloud had an internal error", .code = "InternalError",
                         .message = "its words", .request_id = REQUEST },
            .outage_state = STATE_WARNING, .fetched = { .attempts = 2, .seconds = 1.25 } },
          BEGIN("WARNING", "1", "Tencent Cloud had an internal error, licenses NOT checked", "null")
          NOTHING END(ERROR("service", "\"InternalError\"", "its words", "true"),
                      "\"" REQUEST "\"", "1.250", "2") },
        { { .failure = { .kind = FAILURE_SERVICE, .retry = RETRY_AGAIN, .text = "x",
                         .code = "C" } },
          BEGIN("UNKNOWN", "3", "x, licenses NOT checked", "null")
          NOTHING END(ERROR("service", "\"C\"", "x", "true"), "null", "0.000", "0") },
        { { .failure = { .kind = FAILURE_USAGE, .text = "-t 0: write", .hint = "not this" },
            .look = { .verbosity = 3, .detail = true, .account = "a - b" } },
          BEGIN("UNKNOWN", "3", "-t 0: write", "\"a - b\"")
          NOTHING END(ERROR("usage", "null", "-t 0: write. not this", "false"), "null", "0.000",
                      "0") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

static void test_account(void **state)
{
    static const struct row ROW[] = {
        { { .look.account = "q\" b\\ s/ |;<> ]", .failure = { .kind = FAILURE_TLS, .text = "x" } },
          BEGIN("UNKNOWN", "3", "x, licenses NOT checked", "\"q\\\" b\\\\ s/ |;<> ]\"")
          NOTHING END(ERROR("tls", "null", "x", "false"), "null", "0.000", "0") },
        { { .look.account = "a\nb\x7f", .failure = { .kind = FAILURE_TLS, .text = "x" } },
          BEGIN("UNKNOWN", "3", "x, licenses NOT checked", "\"a\\u000ab\\u007f\"")
          NOTHING END(ERROR("tls", "null", "x", "false"), "null", "0.000", "0") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Every kind of failure has its word of contract section 5. */
static void test_kinds(void **state)
{
    char wanted[60];

    (void)state;
    for (enum failure_kind kind = FAILURE_USAGE; kind <= FAILURE_INTERNAL; kind++) {
        struct scene scene = { .failure = { .kind = kind, .text = "x" } };
        const char *text = output(&scene, report_json);
        check_line(text);
        snprintf(wanted, sizeof wanted, "\"error\":{\"kind\":\"%s\",", failure_kind_name(kind));
        assert_non_null(strstr(text, wanted));
    }
}

/* Times at the edges of the calendar. */
static void test_checked_at(void **state)
{
    static const struct {
        int64_t seconds;
        const char *shown;
    } ROW[] = {
        { 0, "\"1970-01-01T00:00:00Z\"" },
        { 951782400, "\"2000-02-29T00:00:00Z\"" },
        { 4102444799, "\"2099-12-31T23:59:59Z\"" },
    };
    struct limits limits;
    struct fetched fetched = { .attempts = 0 };
    const struct look look = { .account = NULL };
    const struct failure failure = { .kind = FAILURE_TLS, .text = "x" };
    const struct verdict verdict = { .count = 0 };
    struct outcome outcome = { .look = &look, .limits = &limits, .fetched = &fetched,
                               .verdict = &verdict, .failure = &failure };

    (void)state;
    limits_init(&limits);
    for (size_t i = 0; i < ROWS(ROW); i++) {
        char text[1024] = "", wanted[80];
        FILE *stream = fmemopen(text, sizeof text, "w");
        outcome.checked_at = ROW[i].seconds;
        report_json(stream, &outcome);
        fclose(stream);
        snprintf(wanted, sizeof wanted, "\"checked_at\":%s,", ROW[i].shown);
        assert_non_null(strstr(text, wanted));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judged),  cmocka_unit_test(test_failed),
        cmocka_unit_test(test_account), cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_checked_at),
    };

    return cmocka_run_group_tests_name("report_json", tests, NULL, NULL);
}
