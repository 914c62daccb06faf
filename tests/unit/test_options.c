/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What options do when they are written well. The mistakes: test_options_refused.c.
 */
#include "options_unit.h"

#include "option_table.h"
#include "range_rows.h"

/* Contract section 3, row by row: letter, name, argument. */
static const char *const CONTRACT[] = {
    "w warning METRIC=RANGE",
    "c critical METRIC=RANGE",
    "- require-switch NAME[=STATE]",
    "- trust-auto-renew ",
    "- empty-state STATE",
    "- api-error-state STATE",
    "- credentials-file FILE",
    "- profile NAME",
    "- role [=NAME]",
    "H hostname NAME",
    "p port N",
    "- region NAME",
    "- proxy URL",
    "- no-proxy ",
    "- ca-file FILE",
    "- ca-path DIR",
    "4 use-ipv4 ", /* the contract has no long names for these two */
    "6 use-ipv6 ",
    "t timeout SECONDS",
    "- retries N",
    "- input FILE",
    "- account NAME",
    "- output-format FORMAT",
    "- no-perfdata ",
    "- detail ",
    "v verbose ",
    "- exit-ok ",
    "h help ",
    "V version ",
};

static void test_table(void **state)
{
    char made[80];

    (void)state;
    assert_int_equal(OPTION_COUNT, ROWS(CONTRACT));
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &OPTION_TABLE[i];
        snprintf(made, sizeof made, "%c %s %s", row->letter ? row->letter : '-', row->name,
                 row->argument_name);
        assert_string_equal(made, CONTRACT[i]);
    }
}

static void test_each_option(void **state)
{
    static const struct command ROW[] = {
        { { NULL }, "" },
        { { "-w", "available=5:" }, "w available=5:" },
        { { "-wtime=2.5" }, "w time=2.5" },
        { { "--warning", "lite_total=@0:2" }, "w lite_total=@0:2" },
        { { "--warning=destroyed_orders=0" }, "w destroyed_orders=0" },
        { { "-c", "total=~:10" }, "c total=~:10" },
        { { "--critical=ai_available=0:5" }, "c ai_available=0:5" },
        { { "--require-switch", "auto_bind_rasp" }, "w auto_bind_rasp=1:1" },
        { { "--require-switch=order_renew=warning" }, "w order_renew=1:1" },
        { { "--require-switch", "auto_upgrade=CRITICAL" }, "c auto_upgrade=1:1" },
        { { "--trust-auto-renew" }, "trust_auto_renew" },
        { { "--empty-state", "ok" }, "empty_state OK" },
        { { "--empty-state=Warning" }, "empty_state WARNING" },
        { { "--empty-state", "unknown" }, "" },
        { { "--api-error-state", "critical" }, "api_error_state CRITICAL" },
        { { "--credentials-file", "/a b/c" }, "credentials_file /a b/c" },
        { { "--credentials-file", "-x" }, "credentials_file -x" },
        { { "--profile", "a b@c.d+e_f-G" }, "profile a b@c.d+e_f-G" },
        { { "--role" }, "role" },
        { { "--role=Mon_1-.@+=," }, "role, role_name Mon_1-.@+=," },
        { { "-H", "cwp.ap-hongkong.tencentcloudapi.com" },
          "hostname cwp.ap-hongkong.tencentcloudapi.com" },
        { { "--hostname=127.0.0.1" }, "hostname 127.0.0.1" },
        { { "-H", "x" }, "hostname x" },
        { { "-p", "1" }, "port 1" },
        { { "--port=65535" }, "port 65535" },
        { { "--region", "ap-singapore" }, "region ap-singapore" },
        { { "--proxy", "http://proxy:3128" }, "proxy http://proxy:3128" },
        { { "--proxy=SOCKS5H://u:p%40@[::1]:1080/" }, "proxy SOCKS5H://u:p%40@[::1]:1080/" },
        { { "--proxy", "proxy:3128" }, "proxy proxy:3128" },
        { { "--no-proxy" }, "no_proxy" },
        { { "--ca-file", "tests/data/ranges.tsv" }, "ca_file tests/data/ranges.tsv" },
        { { "--ca-path", "tests/data" }, "ca_path tests/data" },
        { { "-4" }, "family 4" },
        { { "-6" }, "family 6" },
        { { "-t", "1" }, "timeout 1" },
        { { "--timeout=300" }, "timeout 300" },
        { { "-t", "00007" }, "timeout 7" },
        { { "--retries", "0" }, "retries 0" },
        { { "--retries=3" }, "retries 3" },
        { { "--input", "-" }, "input -" },
        { { "--input", "no such file" }, "input no such file" }, /* told when it is opened */
        { { "--account", "prod | eu - ]" }, "account prod | eu - ]" },
        { { "--account", "12345678901234567890123456789012" },
          "account 12345678901234567890123456789012" },
        { { "--output-format", "json" }, "format json" },
        { { "--output-format=PROMETHEUS" }, "format prometheus" },
        { { "--output-format", "text" }, "" },
        { { "--no-perfdata" }, "no_perfdata" },
        { { "--detail" }, "detail" },
        { { "-v" }, "verbosity 1" },
        { { "-vv" }, "verbosity 2" },
        { { "-vv", "--verbose" }, "verbosity 3" },
        { { "-vvvvvvv", "-v" }, "verbosity 3" },
        { { "--exit-ok" }, "exit_ok" },
        { { "-h" }, "help" },
        { { "--help" }, "help" },
        { { "-V" }, "version" },
        { { "--version" }, "version" },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

/* One word may carry several letters, and a long name may be shortened while it is unique. */
static void test_ways_to_write(void **state)
{
    static const struct command ROW[] = {
        { { "-v4t7", "-Vp8" }, "port 8, family 4, timeout 7, verbosity 1, version" },
        { { "-vwused=1" }, "w used=1, verbosity 1" },
        { { "--timeo", "7", "--detai", "--warn=used=1" }, "w used=1, timeout 7, detail" },
        { { "-t", "7", "--" }, "timeout 7" },
        { { "--role", "--detail" }, "role, detail" },
        { { "-H", "x", "-w", "used=1", "-c", "used=2", "--account", "--" },
          "w used=1, c used=2, hostname x, account --" },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

static void test_last_one_wins(void **state)
{
    static const struct command ROW[] = {
        { { "-t", "5", "--timeout", "6", "-t7" }, "timeout 7" },
        { { "-w", "used=1", "-w", "total=2", "-w", "used=3:" }, "w used=3:, w total=2" },
        { { "--require-switch=auto_upgrade", "--require-switch=auto_upgrade=critical" },
          "c auto_upgrade=1:1" },
        { { "--require-switch=auto_upgrade=critical", "--require-switch=auto_upgrade" },
          "w auto_upgrade=1:1" },
        { { "--require-switch=auto_upgrade", "--require-switch=order_renew=critical" },
          "w auto_upgrade=1:1, c order_renew=1:1" },
        { { "-H", "a", "-H", "b", "-p", "1", "-p", "443" }, "hostname b" },
        { { "--account", "a", "--account", "b", "--profile", "a", "--profile", "b" },
          "profile b, account b" },
        { { "--output-format", "json", "--output-format", "text" }, "" },
        { { "--empty-state", "ok", "--empty-state", "critical" }, "empty_state CRITICAL" },
        { { "-4", "-6" }, "family 6" },
        { { "-6", "-4" }, "family 4" },
        { { "--proxy", "a", "--no-proxy" }, "proxy a, no_proxy" },
        { { "--no-proxy", "--proxy", "a" }, "proxy a" },
        { { "--role=a", "--role=b" }, "role, role_name b" },
        { { "--role=a", "--role" }, "role" },
        { { "--credentials-file=a", "--credentials-file=b", "--input=a", "--input=b" },
          "credentials_file b, input b" },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

/* A default holds until the same level of the same metric is given. */
static void test_defaults(void **state)
{
    static const struct {
        const char *words[WORDS], *expired, *near_expiry; /* warning and critical of each */
    } ROW[] = {
        { { NULL }, "- 0", "0 -" },
        { { "-w", "expired=0" }, "0 0", "0 -" },
        { { "-w", "expired=5" }, "5 0", "0 -" },
        { { "-c", "expired=5" }, "- 5", "0 -" },
        { { "-c", "expired=~:" }, "- ~:", "0 -" },
        { { "-c", "expired=~:", "-w", "expired=0" }, "0 ~:", "0 -" },
        { { "-c", "near_expiry=3" }, "- 0", "0 3" },
        { { "-w", "near_expiry=~:", "-c", "near_expiry=3" }, "- 0", "~: 3" },
        { { "-w", "available=5:", "-c", "used=1" }, "- 0", "0 -" },
    };
    char made[2][40];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        assert_true(parse(ROW[i].words));
        for (enum field f = FIELD_EXPIRED; f <= FIELD_NEAR_EXPIRY; f++) {
            const char *w = parsed.limits.range[LEVEL_WARNING][f].text;
            const char *c = parsed.limits.range[LEVEL_CRITICAL][f].text;
            snprintf(made[f], sizeof *made, "%s %s", w ? w : "-", c ? c : "-");
        }
        assert_string_equal(made[FIELD_EXPIRED], ROW[i].expired);
        assert_string_equal(made[FIELD_NEAR_EXPIRY], ROW[i].near_expiry);
    }
}

#define PRINTABLE "abcdefghijklmnopqrstuvwxyzE0123456789 :;,.%@~_=+-"

/* Each row of ranges.tsv through the option: taken or refused, and with the same alerts. */
static void compare_range(const char *row, const char *text)
{
    static const double VALUES[] = { -1, 0, 1, 5, 10, 10.5, 20, 21 };
    char word[80], alerts[ROWS(VALUES) + 1] = "-";
    const char *words[WORDS] = { "-w", word };

    snprintf(word, sizeof word, "expired=%s", text);
    bool ok = parse(words);
    assert_int_equal(strncmp(strchr(row, '\t'), ok ? "\tok\t" : "\tbad\t", ok ? 4 : 5), 0);
    for (size_t i = 0; ok && i < ROWS(VALUES); i++)
        alerts[i] = range_alerts(&parsed.limits.range[LEVEL_WARNING][FIELD_EXPIRED], VALUES[i])
                        ? 'A' : '.';
    if (ok)
        alerts[ROWS(VALUES)] = '\0';
    assert_string_equal(alerts, strrchr(row, '\t') + 1);
    /* The text as it was written is quoted on one line or the other. */
    if (!ok && strspn(word, PRINTABLE) == strlen(word))
        assert_true(strstr(mistake.text, word) || strstr(mistake.hint, word));
}

static void test_ranges(void **state)
{
    (void)state;
    assert_int_equal(each_range_row(compare_range), 79);
}

/* A bare number is refused exactly where less is bad, at both levels. */
static void test_bare_numbers(void **state)
{
    static const char *const OPTIONS[LEVELS] = { "-w", "-c" };
    char word[80];

    (void)state;
    for (enum field f = 0; f < FIELD_END; f++) {
        for (enum level level = LEVEL_WARNING; field_is_metric(f) && level < LEVELS; level++) {
            const char *words[WORDS] = { OPTIONS[level], word };
            snprintf(word, sizeof word, "%s=5", FIELD_INFO[f].name);
            assert_int_equal(parse(words), FIELD_INFO[f].bad != BAD_LESS);
            snprintf(word, sizeof word, "%s=5:", FIELD_INFO[f].name);
            assert_true(parse(words));
            snprintf(word, sizeof word, "%s=0:5", FIELD_INFO[f].name);
            assert_true(parse(words));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),         cmocka_unit_test(test_each_option),
        cmocka_unit_test(test_ways_to_write), cmocka_unit_test(test_last_one_wins),
        cmocka_unit_test(test_defaults),      cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_bare_numbers),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
