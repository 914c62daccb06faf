/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "failure.h"
#include "unit.h"

/* Contract section 5 promises these words; "none" never gets that far. */
static void test_kind_names(void **state)
{
    static const char NAMES[] = "none usage credentials permission clock network tls http "
                                "throttled service malformed timeout empty internal ";
    char made[200];
    size_t length = 0;

    (void)state;
    for (int kind = FAILURE_NONE; kind <= FAILURE_INTERNAL; kind++)
        length += (size_t)snprintf(made + length, sizeof made - length, "%s ",
                                   failure_kind_name((enum failure_kind)kind));
    assert_string_equal(made, NAMES);
}

#define PLAIN "plain text, 100% (of #1) = [x] {y} /a\\b *."

/* One text for both cleaners: the first line is stricter than those below it. */
static void test_cleaning(void **state)
{
    static const struct {
        const char *text, *first_line, *further_line;
    } ROW[] = {
        { "", "", "" },
        { PLAIN, PLAIN, PLAIN },
        { "`~$&|'\"<>;", "??????????", "`~$&?'\"<>;" },
        { "a\nb\rc\td\x01\x1f\x7f", "a?b?c?d???", "a?b?c?d???" },
        { "\x1b[31mred\x1b[0m", "?[31mred?[0m", "?[31mred?[0m" },
        { "M\xc3\xbcll", "M??ll", "M??ll" },
        { "\xe4\xbd\xa0\xff\x80", "?????", "?????" },
        { "!\"#%()*+,-./09:=?@AZ[\\]^_az{}", "!?#%()*+,-./09:=?@AZ[\\]^_az{}",
          "!\"#%()*+,-./09:=?@AZ[\\]^_az{}" },
        { "%s%n%d", "%s%n%d", "%s%n%d" },
    };
    char out[80];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        clean_text(out, sizeof out, ROW[i].text);
        assert_string_equal(out, ROW[i].first_line);
        clean_line(out, sizeof out, ROW[i].text);
        assert_string_equal(out, ROW[i].further_line);
    }
}

/* A cut text shows that it is cut, and nothing is written behind size. */
static void test_cutting(void **state)
{
    static const struct {
        size_t size;
        const char *text, *cut;
    } ROW[] = {
        { 9, "12345678", "12345678" }, { 9, "123456789", "12345..." }, { 4, "123", "123" },
        { 4, "1234", "..." },          { 3, "1234", "12" },            { 1, "1234", "" },
        { 1, "", "" },                 { 9, "1234567\n9", "12345..." },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        char out[] = "xxxxxxxxxxxx";
        clean_text(out, ROW[i].size, ROW[i].text);
        assert_string_equal(out, ROW[i].cut);
        assert_int_equal(out[ROW[i].size], 'x');
        clean_line(out, ROW[i].size, ROW[i].text);
        assert_string_equal(out, ROW[i].cut);
    }
}

/* All of a failure in one text. */
static const char *shown(const struct failure *why)
{
    static char text[sizeof *why + 80];

    snprintf(text, sizeof text, "%s|retry %d|%s|%s|%s|%s|%s|%s|%s|%s", failure_kind_name(why->kind),
             why->retry, why->outage ? "outage" : "-", why->text, why->hint, why->code,
             why->message, why->request_id, why->explained ? "explained" : "-",
             why->key_matters ? "key" : "-");
    return text;
}

static void test_first_reason_stays(void **state)
{
    struct failure why = { 0 };

    (void)state;
    assert_string_equal(shown(&why), "none|retry 0|-||||||-|-");
    assert_false(fail(&why, FAILURE_TLS, "certificate of %s <expired>", "host\n1"));
    assert_string_equal(shown(&why), "tls|retry 0|-|certificate of host?1 ?expired?|||||-|-");
    assert_false(fail(&why, FAILURE_USAGE, "second"));
    assert_false(fail_outage(&why, FAILURE_NETWORK, RETRY_AGAIN, "third"));
    assert_string_equal(shown(&why), "tls|retry 0|-|certificate of host?1 ?expired?|||||-|-");
}

static void test_outage(void **state)
{
    struct failure why = { 0 };

    (void)state;
    assert_false(fail_outage(&why, FAILURE_TIMEOUT, RETRY_AGAIN, "no answer in %ds", 10));
    assert_false(fail(&why, FAILURE_INTERNAL, "second"));
    assert_false(fail_outage(&why, FAILURE_NETWORK, RETRY_AGAIN, "third"));
    assert_string_equal(shown(&why), "timeout|retry 1|outage|no answer in 10s|||||-|-");
}

/* The hint stands on a line of its own, so it keeps what only the first line loses. */
static void test_hint(void **state)
{
    struct failure why = { 0 };

    (void)state;
    assert_false(fail(&why, FAILURE_CREDENTIALS, "%s is open to others", "/etc/key"));
    assert_false(fail_hint(&why, "chmod 640 '%s' | ~/x\n", "/etc/key"));
    assert_false(fail_hint(&why, "another"));
    assert_string_equal(shown(&why), "credentials|retry 0|-|/etc/key is open to others|"
                                     "chmod 640 '/etc/key' ? ~/x?||||-|-");
}

/* A text of exactly the room there is, and one character more. */
static void test_long_texts(void **state)
{
    static const struct {
        int length;
        const char *text_end;
        size_t text_length;
        const char *hint_end;
        size_t hint_length;
    } ROW[] = {
        { FAILURE_TEXT - 1, "000", FAILURE_TEXT - 1, "000", FAILURE_TEXT - 1 },
        { FAILURE_TEXT, "...", FAILURE_TEXT - 1, "000", FAILURE_TEXT },
        { 2 * FAILURE_TEXT - 1, "...", FAILURE_TEXT - 1, "000", 2 * FAILURE_TEXT - 1 },
        { 2 * FAILURE_TEXT, "...", FAILURE_TEXT - 1, "...", 2 * FAILURE_TEXT - 1 },
        { 9999, "...", FAILURE_TEXT - 1, "...", 2 * FAILURE_TEXT - 1 },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct failure why = { 0 };
        fail(&why, FAILURE_HTTP, "%0*d", ROW[i].length, 0);
        fail_hint(&why, "%0*d", ROW[i].length, 0);
        assert_int_equal(strlen(why.text), ROW[i].text_length);
        assert_string_equal(why.text + ROW[i].text_length - 3, ROW[i].text_end);
        assert_int_equal(strlen(why.hint), ROW[i].hint_length);
        assert_string_equal(why.hint + ROW[i].hint_length - 3, ROW[i].hint_end);
        assert_string_equal(why.code, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kind_names),  cmocka_unit_test(test_cleaning),
        cmocka_unit_test(test_cutting),     cmocka_unit_test(test_first_reason_stays),
        cmocka_unit_test(test_outage),      cmocka_unit_test(test_hint),
        cmocka_unit_test(test_long_texts),
    };

    return cmocka_run_group_tests_name("failure", tests, NULL, NULL);
}
