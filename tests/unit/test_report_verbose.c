/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The further lines of the text format: after failures, with --detail, and with -v to -vvv.
 */
#include "report_unit.h"

struct row {
    struct scene scene;
    const char *text;
};

static void compare(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(output(&rows[i].scene, report_text), rows[i].text);
}

#define UNKNOWN "CWP LICENSE UNKNOWN - "
#define NOT_CHECKED ", licenses NOT checked\n"
#define T10 "tttttttttt"
#define T90 T10 T10 T10 T10 T10 T10 T10 T10 T10

static void test_failures(void **state)
{
    static const struct row ROW[] = {
        { { .failure = { .kind = FAILURE_USAGE, .text = "-t 0: write", .hint = "See --help" } },
          UNKNOWN "-t 0: write\nSee --help\n" }, /* a usage error has checked nothing anyway */
        { { .failure = { .kind = FAILURE_CREDENTIALS, .text = "no API key found" } },
          UNKNOWN "no API key found" NOT_CHECKED },
        { { .look.account = "a|b;c", .failure = { .kind = FAILURE_TLS, .text = "x" } },
          "CWP LICENSE UNKNOWN [a?b?c] - x" NOT_CHECKED },
        { { .from_file = true, .failure = { .kind = FAILURE_MALFORMED, .text = "x" } },
          "CWP LICENSE UNKNOWN [from file] - x" NOT_CHECKED },
        { { .failure = { .kind = FAILURE_TIMEOUT, .outage = true, .text = "x" },
            .outage_state = STATE_CRITICAL }, "CWP LICENSE CRITICAL - x" NOT_CHECKED },
        { { .failure = { .kind = FAILURE_TIMEOUT, .outage = true, .text = "x" },
            .outage_state = STATE_OK }, "CWP LICENSE OK - x" NOT_CHECKED },
        { { .failure = { .kind = FAILURE_SERVICE, .text = "x", .hint = "h | i", .code = "Code.A",
            .message = "its words|", .request_id = REQUEST } },
          UNKNOWN "x" NOT_CHECKED "h ? i\nRequest ID for Tencent support: " REQUEST " (Code.A)\n"
          "Tencent Cloud says: its words?\n" },
        { { .failure = { .kind = FAILURE_SERVICE, .text = "x", .code = "Code.A" } },
          UNKNOWN "x" NOT_CHECKED "Error code: Code.A\n" },
        { { .failure = { .kind = FAILURE_PERMISSION, .text = "x", .code = "C", .request_id = "r",
            .key_matters = true }, .key.source = "k" },
          UNKNOWN "x" NOT_CHECKED "The key came from k. (C)\n"
          "Request ID for Tencent support: r\n" },
        { { .failure = { .kind = FAILURE_PERMISSION, .text = "x", .code = "C",
            .key_matters = true } }, UNKNOWN "x" NOT_CHECKED "Error code: C\n" },
        { { .failure = { .kind = FAILURE_SERVICE, .text = T90 T10 } },
          UNKNOWN T90 "ttt..." NOT_CHECKED
          "In full: " T90 T10 "\n" },
        { { .failure = { .kind = FAILURE_SERVICE, .text = T90 "tttttt" } },
          UNKNOWN T90 "tttttt" NOT_CHECKED },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Every field in the order of the table; a failure has none to show. */
static void test_detail(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM " ai_total=8 auto_upgrade=1 order_renew=0 upgrade_mode=A|B "
            "request_id=" REQUEST " time=0.2", .look = { .detail = true, .no_perfdata = true } },
          "CWP LICENSE OK - 4 available, 46 used, none expired, none expiring within 15 days\n"
          "expired: 0\nnear_expiry: 0\navailable: 4\nused: 46\nnot_expired: not reported\n"
          "total: not reported\npro_available: not reported\npro_total: not reported\n"
          "ultimate_available: not reported\nultimate_total: not reported\n"
          "lite_available: not reported\nlite_total: not reported\nai_available: not reported\n"
          "ai_total: 8\napp_available: not reported\ndestroyed_orders: not reported\n"
          "auto_upgrade: on\nauto_upgrade_before: not reported\nauto_purchase: not reported\n"
          "auto_purchase_renew: not reported\norder_renew: off\nauto_bind_rasp: not reported\n"
          "auto_open_rasp: not reported\nauto_downgrade: not reported\nupgrade_mode: A?B\n"
          "request_id: " REQUEST "\ntime: 0.200\n" },
        { { .failure = { .kind = FAILURE_NETWORK, .text = "x" }, .look.detail = true },
          UNKNOWN "x" NOT_CHECKED },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

#define FETCHED .target = { .host = "cwp.example.com", .port = 443 },                              \
    .key = { .shown_id = "AKID..q3Fz", .source = "k, profile p" },                                 \
    .fetched = {                                                                                   \
        .attempts = 2, .seconds = 1.25, .skew_known = true, .skew_s = -3,                        \
        .reply = { .status = 200, .length = 12, .data = (char *)"{\"a\":\t\"b|\"}\n",             \
                   .address = "192.0.2.1", .tls = "system bundle", .resolved = 0.001,              \
                   .connected = 0.01, .secured = 0.05, .answered = 0.1, .total = 0.123 },          \
        .sent.headers = "Host: cwp.example.com\nX: y|\nAuthorization: cut\n",                      \
    }
#define FACTS                                                                                      \
    "Key: AKID..q3Fz, from k, profile p\n"                                                         \
    "Host: cwp.example.com, port 443, address 192.0.2.1\n"                                         \
    "Trust: system bundle\n"                                                                       \
    "Tries: 2, 1.250s in all\n"                                                                    \
    "Last try: name resolved at 0.001s, connected at 0.010s, TLS at 0.050s, first byte at 0.100s, "\
    "end at 0.123s\n"                                                                              \
    "Clock: Tencent Cloud minus this host is -3s\n"
#define SENT "Request: POST / with\n  Host: cwp.example.com\n  X: y?\n  Authorization: cut\n"
#define FIRST "CWP LICENSE OK - 4 available, 46 used, none expired, none expiring within 15 days\n"

static void test_verbosity(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM, .look = { .no_perfdata = true }, FETCHED }, FIRST },
        { { .overview = NO_PROBLEM, .look = { .no_perfdata = true, .verbosity = 1 }, FETCHED },
          FIRST FACTS },
        { { .overview = NO_PROBLEM, .look = { .no_perfdata = true, .verbosity = 2 }, FETCHED },
          FIRST FACTS SENT },
        { { .overview = NO_PROBLEM, .look = { .no_perfdata = true, .verbosity = 3 }, FETCHED },
          FIRST FACTS SENT "Answer: HTTP 200, 12 bytes\n{\"a\": \"b\\u007c\"} \n" },
        { { .failure = { .kind = FAILURE_CLOCK, .explained = true, .message = "m", .text = "x" },
            .look.verbosity = 1, FETCHED },
          UNKNOWN "x" NOT_CHECKED "Tencent Cloud says: m\n" FACTS },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* What was not reached is not told: no key, no connection, no answer. */
static void test_verbosity_of_less(void **state)
{
    static const struct row ROW[] = {
        { { .failure = { .kind = FAILURE_USAGE, .text = "x" }, .look.verbosity = 3 },
          UNKNOWN "x\n" },
        { { .failure = { .kind = FAILURE_CREDENTIALS, .text = "x" }, .look.verbosity = 3,
            .key = { .shown_id = "AKID..q3Fz", .source = "k" } },
          UNKNOWN "x" NOT_CHECKED "Key: AKID..q3Fz, from k\n" },
        { { .overview = NO_PROBLEM, .look = { .no_perfdata = true, .verbosity = 3 },
            .from_file = true,
            .fetched.reply = { .data = (char *)"\x01\xc3\xbc\x7f", .length = 4 } },
          "CWP LICENSE OK [from file] - 4 available, 46 used, none expired, none expiring within "
          "15 days\n" }, /* a file named by mistake may hold a key */
        { { .failure = { .kind = FAILURE_NETWORK, .text = "x" }, .look.verbosity = 3,
            .target = { .host = "h", .port = 8443 },
            .fetched = { .attempts = 1, .seconds = 0.5,
                         .reply = { .data = (char *)"", .tls = "options" },
                         .sent.headers = "Host: h:8443" } },
          UNKNOWN "x" NOT_CHECKED "Host: h, port 8443, address none\nTrust: options\n"
          "Tries: 1, 0.500s in all\n"
          "Last try: nothing was reached\n"
          "Request: POST / with\n  Host: h:8443\nAnswer: none\n" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failures),  cmocka_unit_test(test_detail),
        cmocka_unit_test(test_verbosity), cmocka_unit_test(test_verbosity_of_less),
    };

    return cmocka_run_group_tests_name("report_verbose", tests, NULL, NULL);
}
