/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Each mistake on the command line: the option is named, the text quoted, the remedy said.
 */
#include "options_unit.h"

#define BARE(option, metric, n)                                                                    \
    option " " metric "=" n " alarms on MORE than " n ": write " n ": for below " n ", or 0:" n    \
    " if you mean it // Write " option " " metric "=" n ": to alarm below " n ", or " option " "   \
    metric "=0:" n " to alarm above " n "."
#define NO_METRIC                                                                                  \
    ": there is no metric of that name // The metrics are: expired, near_expiry, available, used, "\
    "not_expired, total, pro_available, pro_total, ultimate_available, ultimate_total, "           \
    "lite_available, lite_total, ai_available, ai_total, app_available, destroyed_orders, time"
#define BLANKS ": write METRIC=RANGE without blanks" SEE_HELP
#define QUOTES ": the quotes arrived with it, leave them out // Given was: "
#define LISTED ": each METRIC=RANGE needs an option of its own"
#define EXAMPLE                                                                                    \
    ": write METRIC=RANGE, for example available=5: or expired=0" SEE_HELP
#define NUMBER ": a number such as 10 or 2.5 is missing" SEE_HELP
#define LETTERS ": numbers take no units, exponents or letters" SEE_HELP

static void test_thresholds(void **state)
{
    static const struct command ROW[] = {
        { { "-w", "10" }, "-w 10" EXAMPLE },
        { { "-w", "" }, "-w " EXAMPLE },
        { { "-w", "expired" }, "-w expired" EXAMPLE },
        { { "--critical", "5:" }, "--critical 5:" EXAMPLE },
        { { "-wnope=1" }, "-w nope=1" NO_METRIC },
        { { "-w", "=" }, "-w =" NO_METRIC },
        { { "-w", "=5" }, "-w =5" NO_METRIC },
        { { "-c", "Expired=1" }, "-c Expired=1" NO_METRIC },
        { { "-w", " expired=1" }, "-w  expired=1" BLANKS },
        { { "-w", "expired =1" }, "-w expired =1" BLANKS },
        { { "-w", "'expired=1'" }, "-w ?expired=1?" QUOTES "-w 'expired=1'" },
        { { "-c", "expired=\"1\"" }, "-c expired=?1?" QUOTES "-c expired=\"1\"" },
        { { "-w", "used=1,expired=1" }, "-w used=1,expired=1" LISTED SEE_HELP },
        { { "-w", "used=1:;expired=1" }, "-w used=1:?expired=1" LISTED
          " // Given was: -w used=1:;expired=1" },
        { { "-w", "ExpireLicenseCnt=1" }, "-w ExpireLicenseCnt=1" NO_METRIC },
        { { "--warning", "auto_upgrade=1" }, "--warning auto_upgrade=1" NO_METRIC },
        { { "--critical=upgrade_mode=1" }, "--critical upgrade_mode=1" NO_METRIC },
        { { "-w", "available=5" }, BARE("-w", "available", "5") },
        { { "--critical", "app_available=2.5" }, BARE("--critical", "app_available", "2.5") },
        { { "-c", "not_expired=0" }, "-c not_expired=0 alarms on MORE than 0: write 1: to "
          "alarm when none is left, or 0:0 if you mean it" },
        { { "-w", "expired=5:1" }, "-w expired=5:1: the start is greater than the end, for "
          "negative numbers write both, such as -20:-10" SEE_HELP },
        { { "-w", "expired=" }, "-w expired=" NUMBER },
        { { "-w", "available=" }, "-w available=" NUMBER },
        { { "-w", "expired=1=2" },
          "-w expired=1=2: something follows after the range" SEE_HELP },
        { { "-w", "time=1s" }, "-w time=1s" LETTERS },
        { { "-c", "used=1e3" }, "-c used=1e3" LETTERS },
        { { "-w", "used=a`b" },
          "-w used=a?b: a number such as 10 or 2.5 is missing // Given was: -w used=a`b" },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

#define NO_SWITCH                                                                                  \
    ": there is no switch of that name // The switches are: auto_upgrade, auto_upgrade_before, "   \
    "auto_purchase, auto_purchase_renew, order_renew, auto_bind_rasp, auto_open_rasp, "            \
    "auto_downgrade"
#define SWITCH(text) { { "--require-switch", text }, "--require-switch " text NO_SWITCH }
#define SWITCH_STATE(text)                                                                         \
    { { "--require-switch=" text }, "--require-switch " text                                       \
      ": write warning or critical after the equals sign" SEE_HELP }
#define STATE(name, text)                                                                          \
    { { "--" name, text }, "--" name " " text ": write ok, warning, critical or unknown" SEE_HELP }

static void test_states(void **state)
{
    static const struct command ROW[] = {
        SWITCH(""), SWITCH("nope"), SWITCH("expired"), SWITCH("upgrade_mode"), SWITCH("=critical"),
        SWITCH("auto_upgrade:critical"), SWITCH("AUTO_UPGRADE"), SWITCH_STATE("auto_upgrade="),
        SWITCH_STATE("auto_upgrade=ok"), SWITCH_STATE("auto_upgrade=unknown"),
        SWITCH_STATE("auto_upgrade=critical "), SWITCH_STATE("auto_upgrade==critical"),
        STATE("empty-state", ""), STATE("empty-state", "2"), STATE("empty-state", " ok"),
        STATE("api-error-state", "warn"), STATE("api-error-state", "ok,critical"),
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

#define TIMEOUT(text)                                                                              \
    { { "-t", text }, "-t " text ": write a whole number from 1 to 300" SEE_HELP }
#define RETRIES(text)                                                                              \
    { { "--retries=" text }, "--retries " text ": write a whole number from 0 to 3" SEE_HELP }
#define PORT(text) { { "-p" text }, "-p " text ": write a whole number from 1 to 65535" SEE_HELP }

static void test_numbers(void **state)
{
    static const struct command ROW[] = {
        TIMEOUT("0"), TIMEOUT("abc"), TIMEOUT("301"), TIMEOUT("-1"), TIMEOUT("1.5"), TIMEOUT(""),
        TIMEOUT("5 "), TIMEOUT(" 5"), TIMEOUT("+5"), TIMEOUT("0x10"), TIMEOUT("5s"),
        TIMEOUT("99999"), TIMEOUT("4294967297"), TIMEOUT("000005"), RETRIES("4"), RETRIES("-1"),
        RETRIES(""), RETRIES("1,0"), PORT("0"), PORT("65536"), PORT("70000"), PORT("https"),
        PORT("443/"),
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

#define HOST(text, shown)                                                                          \
    { { "-H", text }, "-H " shown ": a host name has only letters, digits, hyphens and dots, and " \
      "no port or path" SEE_HELP }
#define REGION(text, shown)                                                                        \
    { { "--region", text }, "--region " shown ": a region has 1 to 64 letters, digits or hyphens, "\
      "such as ap-singapore" SEE_HELP }
#define PROFILE(text, shown)                                                                       \
    { { "--profile", text }, "--profile " shown ": a profile has 1 to 64 letters, digits, blanks " \
      "or _ - . @ +" SEE_HELP }
#define ROLE(text)                                                                                 \
    { { "--role=" text }, "--role " text ": a role has 1 to 128 letters, digits or _ - . @ + = ,"  \
      SEE_HELP }
#define ACCOUNT(text, shown)                                                                       \
    { { "--account", text }, "--account " shown ": a name has 1 to 32 printable ASCII characters"  \
      SEE_HELP }

static void test_names(void **state)
{
    static const struct command ROW[] = {
        HOST("", ""), HOST("a b", "a b"), HOST("evil\r\nX: y", "evil??X: y"), HOST("a..b", "a..b"),
        HOST(".a", ".a"), HOST("a.", "a."), HOST("-a", "-a"), HOST("a-.b", "a-.b"),
        HOST("a_b", "a_b"), HOST("https://a", "https://a"), HOST("a:443", "a:443"),
        HOST("a/b", "a/b"), HOST("::1", "::1"), HOST("m\xc3\xbc", "m??"), HOST("a\t", "a?"),
        REGION("", ""), REGION("ap singapore", "ap singapore"), REGION("x\r\nX: y", "x??X: y"),
        PROFILE("", ""), PROFILE("a/b", "a/b"), PROFILE("a\nb", "a?b"), PROFILE("a]", "a]"),
        { { "--profile", "../x" }, "--profile ../x: a profile does not begin with a dot" SEE_HELP },
        ROLE(""), ROLE("a b"), ROLE("a/b"), ROLE("a%2f"),
        ACCOUNT("", ""), ACCOUNT("a\tb", "a?b"), ACCOUNT("a\x7f", "a?"),
        ACCOUNT("\xe4\xbd\xa0", "???"),
        ACCOUNT("123456789012345678901234567890123", "123456789012345678901234567890123"),
        { { "--output-format", "xml" }, "--output-format xml: write text, json or prometheus"
          SEE_HELP },
        { { "--output-format=" }, "--output-format : write text, json or prometheus" SEE_HELP },
        { { "--output-format", "json " }, "--output-format json : write text, json or prometheus"
          SEE_HELP },
        { { "--credentials-file", "" },
          "--credentials-file : the name of a file is missing" SEE_HELP },
        { { "--input=" }, "--input : the name of a file is missing" SEE_HELP },
        { { "--ca-file", "" }, "--ca-file : the name of a file is missing" SEE_HELP },
        { { "--ca-path", "tests/data/no" },
          "--ca-path tests/data/no: No such file or directory" SEE_HELP },
        { { "--ca-path", "" }, "--ca-path : the name of a directory is missing" SEE_HELP },
        { { "--ca-path", "/etc/passwd" },
          "--ca-path /etc/passwd: that is no directory, use --ca-file for a file" SEE_HELP },
        { { "--ca-file", "/etc" },
          "--ca-file /etc: that is a directory, name a file or use --ca-path" SEE_HELP },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

/* One character more than allowed; the name itself is too long for the line, the remedy is not. */
static void test_lengths(void **state)
{
    static const struct {
        const char *option;
        size_t most;
        const char *remedy;
    } ROW[] = {
        { "--region", 64, "1 to 64 letters" },
        { "--profile", 64, "1 to 64 letters" },
        { "--role", 128, "1 to 128 letters" },
        { "--account", 32, "1 to 32 printable" },
        { "-H", 63, "a host name has only letters" }, /* of one label */
        { "--timeout", 0, "a whole number from 1 to 300" },
    };
    char word[600];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        int option = (int)strlen(ROW[i].option);
        const char *words[WORDS] = { word };
        const size_t lengths[] = { ROW[i].most, ROW[i].most + 1, 500 };
        for (size_t j = 0; j < ROWS(lengths); j++) {
            snprintf(word, sizeof word, "%s%s%0*d", ROW[i].option, option > 2 ? "=" : "",
                     lengths[j] > 0 ? (int)lengths[j] : 1, 0);
            assert_int_equal(parse(words), j == 0 && ROW[i].most > 0);
            if (j > 0)
                assert_true(strstr(mistake.text, ROW[i].remedy)
                            || strstr(mistake.hint, ROW[i].remedy));
        }
    }
}

#define PROXY(text, shown)                                                                         \
    { { "--proxy", text }, "--proxy " shown ": write a URL such as http://HOST:PORT (http, https, "\
      "socks4, socks4a, socks5 or socks5h)" SEE_HELP }

#define SPLIT ": write @ / ? and # of a password as %40 %2F %3F and %23" SEE_HELP

/* Whatever is wrong with the URL, its password is not shown. */
static void test_proxies(void **state)
{
    static const struct command ROW[] = {
        PROXY("", ""), PROXY("ftp://x", "ftp://x"), PROXY("http://", "http://"),
        PROXY("http://a b", "http://a b"), PROXY("://a", "://a"), PROXY("h\xc3\xbc", "h??"),
        PROXY("http://h:0", "http://h:0"), PROXY("http://h:65536", "http://h:65536"),
        PROXY("h:", "h:"), PROXY("h:a", "h:a"), PROXY("h:-1", "h:-1"), PROXY(":80", ":80"),
        PROXY("http://[::1", "http://[::1"), PROXY("http://[]:80", "http://[]:80"),
        PROXY("http://h/path", "http://h/path"), PROXY("http://@/", "http://@/"),
        PROXY("http://u:" MARK "@", "http://u:***@"),
        PROXY("ftp://u:" MARK "@h:1", "ftp://u:***@h:1"),
        PROXY("http://u:a " MARK "@h:1", "http://u:***@h:1"),
        PROXY("u:" MARK "@" MARK "@h:1\n", "u:***@h:1?"),
        PROXY("ftp://:" MARK "@h", "ftp://:***@h"),
        PROXY("ftp://u@x:" MARK "@h", "ftp://u@x:***@h"),
        PROXY("ftp://u:" MARK "://x@h", "ftp://u:***@h"),
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

static void test_a_password_that_splits_the_url(void **state)
{
    static const struct command ROW[] = {
        { { "--proxy", "http://u:a/" MARK "@h" }, "--proxy http://u:***@h" SPLIT },
        { { "--proxy", "u:a@" MARK "@h:1" }, "--proxy u:***@h:1" SPLIT },
        { { "--proxy", "socks5://u:a?" MARK "@h" }, "--proxy socks5://u:***@h" SPLIT },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

static void test_password_before_a_scheme(void **state)
{
    static const struct command ROW[] = { PROXY("u:" MARK "://x@h:1", "u:***@h:1") };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thresholds), cmocka_unit_test(test_states),
        cmocka_unit_test(test_numbers),    cmocka_unit_test(test_names),
        cmocka_unit_test(test_lengths),    cmocka_unit_test(test_proxies),
        cmocka_unit_test(test_a_password_that_splits_the_url),
        cmocka_unit_test(test_password_before_a_scheme),
    };

    return cmocka_run_group_tests_name("options_refused", tests, NULL, NULL);
}
