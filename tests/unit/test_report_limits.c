/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The text format at its limits: 140 characters before the bar, one bar, less than 4 KiB in all.
 */
#include "report_unit.h"

#define LONG_NAME "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define ALL_FIELDS                                                                                 \
    "expired=9007199254740992 near_expiry=9007199254740992 available=9007199254740992 "            \
    "used=9007199254740992 not_expired=9007199254740992 total=9007199254740992 "                   \
    "pro_available=9007199254740992 pro_total=9007199254740992 "                                   \
    "ultimate_available=9007199254740992 ultimate_total=9007199254740992 "                         \
    "lite_available=9007199254740992 lite_total=9007199254740992 "                                 \
    "ai_available=9007199254740992 ai_total=9007199254740992 app_available=9007199254740992 "      \
    "destroyed_orders=9007199254740992 auto_upgrade=0 auto_upgrade_before=0 auto_purchase=0 "      \
    "auto_purchase_renew=0 order_renew=0 auto_bind_rasp=0 auto_open_rasp=0 auto_downgrade=0 "      \
    "upgrade_mode=" LONG_NAME LONG_NAME " request_id=" LONG_NAME LONG_NAME " time=300"

#define WIDE "-999999999999999:-00000099999999999999"

static void limit_everything(char out[SPEC])
{
    size_t used = 0;

    for (enum field f = 0; f < FIELD_END; f++) {
        if (field_is_metric(f))
            used += (size_t)snprintf(out + used, SPEC - used,
                                     "w:%s=" WIDE " c:%s=" WIDE " ", FIELD_INFO[f].name,
                                     FIELD_INFO[f].name);
        else if (FIELD_INFO[f].kind == FIELD_SWITCH)
            used += (size_t)snprintf(out + used, SPEC - used, "c:%s=1:1 ", FIELD_INFO[f].name);
    }
}

/* What holds for every output without -vvv; the lines, the first one without its bar. */
static void check(const char *text)
{
    size_t first = strcspn(text, "|\n"), length = strlen(text);
    const char *bar = strchr(text, '|');

    assert_in_range(first, 1, 140);
    assert_in_range(length, 1, 4095);
    assert_int_equal(text[length - 1], '\n');
    assert_null(memchr(text, '\0', length));
    assert_null(bar ? strchr(bar + 1, '|') : NULL);
    assert_true(!bar || bar < strchr(text, '\n'));
    assert_true(text[first - 1] != ' ');
    for (size_t i = 0; i < length; i++) {
        assert_true(text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~'));
        if (i < first)
            assert_null(strchr("`~$&'\"<>;", text[i]));
    }
}

static void test_widest_verdict(void **state)
{
    static char limits[SPEC];
    struct scene scene = { .overview = ALL_FIELDS, .from_file = true };
    struct look *look = &scene.look;

    (void)state;
    limit_everything(limits);
    scene.limits = limits;
    scene.key = (struct credentials){ NULL, "AKID..q3Fz", "" };
    memset(scene.key.source, 's', sizeof scene.key.source - 1);
    scene.target.host = "h";
    scene.target.port = 65535;
    scene.fetched.attempts = 4;
    memset(scene.fetched.sent.headers, 'h', sizeof scene.fetched.sent.headers - 1);
    for (look->verbosity = 0; look->verbosity <= 2; look->verbosity++) {
        for (int flags = 0; flags < 8; flags++) {
            look->account = flags & 1 ? LONG_NAME : NULL;
            look->detail = flags & 2;
            look->no_perfdata = flags & 4;
            const char *text = output(&scene, report_text);
            check(text);
            /* Performance data is whole or not there, and in front of all that may be cut. */
            assert_int_equal(strstr(text, " time=300.000s;") != NULL, !look->no_perfdata);
        }
    }
    assert_non_null(strstr(output(&scene, report_text), "\n(more was left out)\n"));
}

/* A line that does not fit is left out as a whole. */
static void test_failure_texts(void **state)
{
    static const size_t LENGTHS[] = { 1, 60, 95, 96, 97, 118, 119, 120, 239 };
    struct scene scene = { .failure.kind = FAILURE_SERVICE };
    struct failure *why = &scene.failure;

    (void)state;
    for (size_t i = 0; i < ROWS(LENGTHS); i++) {
        for (int flags = 0; flags < 8; flags++) {
            memset(why->text, 't', sizeof why->text);
            why->text[LENGTHS[i]] = '\0';
            memset(why->hint, 'h', sizeof why->hint - 1);
            memset(why->message, 'm', sizeof why->message - 1);
            memset(why->code, 'c', sizeof why->code - 1);
            memset(why->request_id, 'r', sizeof why->request_id - 1);
            memset(scene.key.source, 's', sizeof scene.key.source - 1);
            why->key_matters = flags & 1;
            why->kind = flags & 2 ? FAILURE_USAGE : FAILURE_SERVICE;
            scene.look.account = flags & 4 ? LONG_NAME : NULL;
            const char *text = output(&scene, report_text);
            check(text);
            const char *end = strchr(text, '\n') - strlen(", licenses NOT checked");
            assert_int_equal(strncmp(end, ", licenses NOT checked\n", 23) == 0,
                             why->kind != FAILURE_USAGE);
            /* What was cut from the first line stands whole on another. */
            assert_non_null(strstr(text, why->text));
        }
    }
}

/* With the longest name there is room for one problem or none: it must not be lost in the cut. */
static void test_one_wide_problem(void **state)
{
    static const struct {
        const char *overview, *limits, *fact;
    } ROW[] = {
        { "expired=0 near_expiry=0 available=4 app_available=9007199254740992",
          "w:app_available=-99999999999.1234:-9999999999.12345", "-9999999999.12345" },
        { "expired=0 near_expiry=0 available=9007199254740992",
          "c:available=-99999999999.1234:-9999999999.12345", "-9999999999.12345" },
        { "expired=0 near_expiry=0 available=0", "", "wrong account or key?" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct scene scene = { .overview = ROW[i].overview, .limits = ROW[i].limits,
                               .from_file = true,
                               .look = { .account = LONG_NAME, .no_perfdata = true } };
        const char *text = output(&scene, report_text);
        check(text);
        assert_non_null(strstr(text, ROW[i].fact));
    }
}

/* Dropped from the end: first the context, then problems, which are counted. */
static void test_what_is_dropped(void **state)
{
    static const struct {
        const char *account, *first;
    } ROW[] = {
        { NULL, "CWP LICENSE CRITICAL - 2 EXPIRED (allowed 0), 5 expire within 15 days (allowed "
                "0), 46 used (allowed up to 40), and 2 more" },
        { "prod", "CWP LICENSE CRITICAL [prod] - 2 EXPIRED (allowed 0), 5 expire within 15 days "
                  "(allowed 0), 46 used (allowed up to 40), and 2 more" },
        { "prod account no 2345", "CWP LICENSE CRITICAL [prod account no 2345] - 2 EXPIRED "
                                  "(allowed 0), 5 expire within 15 days (allowed 0), and 3 more" },
        { LONG_NAME, "CWP LICENSE CRITICAL [" LONG_NAME "] - 2 EXPIRED (allowed 0), 5 expire "
                     "within 15 days (allowed 0), and 3 more" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct scene scene = { .overview = "expired=2 near_expiry=5 available=4 used=46",
                               .limits = "w:used=40 w:ai_total=1: w:pro_total=1:",
                               .look.account = ROW[i].account };
        char wanted[200];
        snprintf(wanted, sizeof wanted, "%s|expired=2;;0;0 ", ROW[i].first);
        const char *text = output(&scene, report_text);
        check(text);
        assert_int_equal(strncmp(text, wanted, strlen(wanted)), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widest_verdict),   cmocka_unit_test(test_failure_texts),
        cmocka_unit_test(test_one_wide_problem), cmocka_unit_test(test_what_is_dropped),
    };

    return cmocka_run_group_tests_name("report_limits", tests, NULL, NULL);
}
