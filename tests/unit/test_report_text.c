/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Whole outputs, byte for byte; the first rows are the examples of contract section 4.
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

#define WITHIN "none expired, none expiring within 15 days"
#define RENEW "Renew in the CWP console under Authorization Management."
#define RECIPE                                                                                     \
    RENEW " Expired orders that nobody will renew: delete them there, or accept them with"

static void test_contract_examples(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM " time=0.2141", .look.account = "prod" },
          "CWP LICENSE OK [prod] - 4 available, 46 used, " WITHIN "|expired=0;;0;0 "
          "near_expiry=0;0;;0 available=4;;;0 used=46;;;0 time=0.214s;;;0\n" },
        { { .overview = "expired=2 near_expiry=5 available=4 auto_purchase_renew=0 order_renew=0 "
            "time=0.214", .look.account = "prod" },
          "CWP LICENSE CRITICAL [prod] - 2 EXPIRED (allowed 0), 5 expire within 15 days (allowed "
          "0), 4 available|expired=2;;0;0 near_expiry=5;0;;0 available=4;;;0 time=0.214s;;;0\n"
          "[CRITICAL] expired: 2 (allowed 0)\n"
          "[WARNING] near_expiry: 5 (allowed 0), auto-renew is off\n"
          RECIPE " -c expired=2\n" },
        { { .overview = NO_PROBLEM " ultimate_available=1", .limits = "w:ultimate_available=3:" },
          "CWP LICENSE WARNING - Ultimate: 1 available (want 3 or more), " WITHIN "|expired=0;;0;0 "
          "near_expiry=0;0;;0 available=4;;;0 used=46;;;0 ultimate_available=1;3:;;0\n" },
        { { .look.account = "prod", .failure = { .kind = FAILURE_CLOCK, .explained = true,
            .text = "clock of this host is 7m12s behind Tencent Cloud (allowed 5m), fix time sync",
            .code = "AuthFailure.SignatureExpire", .message = "words", .request_id = REQUEST } },
          "CWP LICENSE UNKNOWN [prod] - clock of this host is 7m12s behind Tencent Cloud (allowed "
          "5m), fix time sync, licenses NOT checked\n"
          "Request ID for Tencent support: " REQUEST " (AuthFailure.SignatureExpire)\n" },
        { { .failure = { .kind = FAILURE_CREDENTIALS, .explained = true, .key_matters = true,
            .text = "API key AKID..q3Fz was refused: unknown, deleted or disabled",
            .code = "AuthFailure.SecretIdNotFound", .message = "words" },
            .key = { .source = "/etc/tencentcloud/credentials, profile default" } },
          "CWP LICENSE UNKNOWN - API key AKID..q3Fz was refused: unknown, deleted or disabled, "
          "licenses NOT checked\n"
          "The key came from /etc/tencentcloud/credentials, profile default. "
          "(AuthFailure.SecretIdNotFound)\n" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* Without performance data, to see the words. */
#define PLAIN(spec, limits_spec)                                                                   \
    { .overview = spec, .limits = limits_spec, .look.no_perfdata = true }

static void test_context(void **state)
{
    static const struct row ROW[] = {
        { PLAIN("expired=5 near_expiry=0 available=4 used=46", "c:expired=10"),
          "CWP LICENSE OK - 4 available, 46 used, 5 expired (allowed up to 10), none expiring "
          "within 15 days\n" },
        { PLAIN("expired=5 near_expiry=0 available=4 used=46", "c:expired=~:"),
          "CWP LICENSE OK - 4 available, 46 used, 5 expired, none expiring within 15 days\n" },
        { PLAIN("expired=5 near_expiry=7 available=4", "c:expired=9 w:expired=6 w:near_expiry=8"),
          "CWP LICENSE OK - 4 available, 5 expired (allowed up to 6), 7 expiring within 15 days "
          "(allowed up to 8)\n" },
        { PLAIN("expired=0 near_expiry=5 available=4 auto_purchase_renew=1 order_renew=1", "trust"),
          "CWP LICENSE OK - 4 available, none expired, 5 expire within 15 days, auto-renew is "
          "on\n" },
        { PLAIN("expired=0 near_expiry=1 available=4 auto_purchase_renew=1 order_renew=1", "trust"),
          "CWP LICENSE OK - 4 available, none expired, 1 expires within 15 days, auto-renew is "
          "on\n" },
        { PLAIN("expired=0 near_expiry=1 available=9007199254740992", ""),
          "CWP LICENSE WARNING - 1 expires within 15 days (allowed 0), 9007199254740992 available, "
          "none expired\n" RENEW "\n" },
        { PLAIN("expired=1 near_expiry=0 available=0 used=3", ""),
          "CWP LICENSE CRITICAL - 1 EXPIRED (allowed 0), 0 available, none expiring within 15 "
          "days\n" RECIPE " -c expired=1\n" },
        { PLAIN("expired=3 near_expiry=0 available=0", "w:expired=1 c:expired=2"),
          "CWP LICENSE CRITICAL - 3 EXPIRED (allowed up to 2), 0 available, none expiring within "
          "15 days\n" RECIPE " -w expired=3 -c expired=3\n" },
        { PLAIN("expired=3 near_expiry=0 available=0", "w:expired=1 c:expired=~:"),
          "CWP LICENSE WARNING - 3 EXPIRED (allowed up to 1), 0 available, none expiring within "
          "15 days\n" RECIPE " -w expired=3\n" },
        { PLAIN("expired=0 near_expiry=0 available=4", "c:expired=1:"),
          "CWP LICENSE CRITICAL - 0 EXPIRED (want 1 or more), 4 available, none expiring within "
          "15 days\n" },
        { PLAIN(NO_PROBLEM " time=2.5", "w:time=0.5"),
          "CWP LICENSE WARNING - the answer took 2.500s (allowed up to 0.5), 4 available, " WITHIN
          "\n" },
        { PLAIN(NO_PROBLEM " auto_upgrade=0", "c:auto_upgrade=1:1"),
          "CWP LICENSE CRITICAL - auto_upgrade is off (required), 4 available, " WITHIN "\n" },
        { PLAIN(NO_PROBLEM, "w:ai_available=5:"),
          "CWP LICENSE UNKNOWN - ai_available is not reported, 4 available, " WITHIN "\n" },
        { PLAIN(NO_PROBLEM, "w:available=@0:4"),
          "CWP LICENSE WARNING - 4 available (must not be 0 to 4), " WITHIN "\n" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

#define NONE_AT_ALL "this account has no CWP licenses at all"
#define EXPECTED_EMPTY "If an account without licenses is what you expect: --empty-state ok\n"

static void test_empty_account(void **state)
{
    static const struct row ROW[] = {
        { PLAIN("expired=0 near_expiry=0 available=0", ""),
          "CWP LICENSE UNKNOWN - " NONE_AT_ALL ", wrong account or key?, 0 available, none "
          "expired\n" EXPECTED_EMPTY },
        { PLAIN("expired=0 near_expiry=0 available=0 used=0", "empty:ok"),
          "CWP LICENSE OK - " NONE_AT_ALL ", 0 available, 0 used, " WITHIN "\n" },
        { PLAIN("expired=0 near_expiry=0 available=0", "empty:critical w:available=5:"),
          "CWP LICENSE CRITICAL - " NONE_AT_ALL ", wrong account or key?, 0 available (want 5 or "
          "more), none expired\n"
          "[CRITICAL] " NONE_AT_ALL ", wrong account or key?\n"
          "[WARNING] available: 0 (want 5 or more)\n" EXPECTED_EMPTY },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* One line a problem, in the same order; the words of the first line may be cut, these are not. */
static void test_problem_lines(void **state)
{
    static const struct row ROW[] = {
        { PLAIN("expired=2 near_expiry=5 available=4 auto_purchase_renew=1 order_renew=0 time=9.5 "
                "auto_downgrade=0", "c:near_expiry=4 w:time=@9:10 w:auto_downgrade=1:1 "
                "w:ai_total=1: c:available=10:20 w:pro_total=7:"),
          "CWP LICENSE CRITICAL - 2 EXPIRED (allowed 0), 5 expire within 15 days (allowed up to "
          "4), 4 available (want 10 to 20), and 4 more\n"
          "[CRITICAL] expired: 2 (allowed 0)\n"
          "[CRITICAL] near_expiry: 5 (allowed up to 4), auto-renew is on for some orders only\n"
          "[CRITICAL] available: 4 (want 10 to 20)\n"
          "[WARNING] auto_downgrade: off (required)\n"
          "[WARNING] time: 9.500 (must not be 9 to 10)\n"
          "[UNKNOWN] pro_total: not reported\n"
          "[UNKNOWN] ai_total: not reported\n" RECIPE " -c expired=2\n" },
        { PLAIN("expired=0 near_expiry=5 available=4 auto_purchase_renew=1 order_renew=1",
                "w:available=5:"),
          "CWP LICENSE WARNING - 5 expire within 15 days (allowed 0), 4 available (want 5 or "
          "more), none expired\n"
          "[WARNING] near_expiry: 5 (allowed 0), auto-renew is on\n"
          "[WARNING] available: 4 (want 5 or more)\n" RENEW "\n" },
        { PLAIN("expired=0 near_expiry=5 available=4", "w:available=5:"),
          "CWP LICENSE WARNING - 5 expire within 15 days (allowed 0), 4 available (want 5 or "
          "more), none expired\n"
          "[WARNING] near_expiry: 5 (allowed 0)\n"
          "[WARNING] available: 4 (want 5 or more)\n" RENEW "\n" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* The user's text, shortened only where that is exactly equal; no label for what was not said. */
static void test_perfdata(void **state)
{
    static const struct row ROW[] = {
        { { .overview = NO_PROBLEM " total=51 ai_total=8 destroyed_orders=6 auto_upgrade=1 "
            "upgrade_mode=X time=1", .limits = "c:expired=0:10 w:expired=:3 w:available=@0:2 "
            "c:available=00001: w:used=~:50 c:used=99.5 w:time=2.5 c:time=@~:0.1" },
          "CWP LICENSE OK - 4 available, 46 used, " WITHIN "|expired=0;3;10;0 near_expiry=0;0;;0 "
          "available=4;@0:2;00001:;0 used=46;~:50;99.5;0 total=51;;;0 ai_total=8;;;0 "
          "destroyed_orders=6;;;0 time=1.000s;2.5;@~:0.1;0\n" },
        { { .overview = "expired=0 near_expiry=0 available=9007199254740992",
            .limits = "c:expired=~:" },
          "CWP LICENSE OK - 9007199254740992 available, " WITHIN "|expired=0;;~:;0 "
          "near_expiry=0;0;;0 available=9007199254740992;;;0\n" },
        { { .overview = NO_PROBLEM, .from_file = true },
          "CWP LICENSE OK [from file] - 4 available, 46 used, " WITHIN "|expired=0;;0;0 "
          "near_expiry=0;0;;0 available=4;;;0 used=46;;;0\n" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contract_examples), cmocka_unit_test(test_context),
        cmocka_unit_test(test_empty_account),     cmocka_unit_test(test_problem_lines),
        cmocka_unit_test(test_perfdata),
    };

    return cmocka_run_group_tests_name("report_text", tests, NULL, NULL);
}
