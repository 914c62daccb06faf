/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"
#include "unit.h"

/* The values are exit codes, so they may never change. */
static void test_names(void **state)
{
    static const char *const NAMES[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };

    (void)state;
    for (size_t i = 0; i < ROWS(NAMES); i++)
        assert_string_equal(state_name((enum state)i), NAMES[i]);
    assert_int_equal(STATE_OK, 0);
    assert_int_equal(STATE_WARNING, 1);
    assert_int_equal(STATE_CRITICAL, 2);
    assert_int_equal(STATE_UNKNOWN, 3);
}

static void test_words_read(void **state)
{
    static const struct {
        const char *word, *name;
    } ROW[] = {
        { "ok", "OK" }, { "OK", "OK" }, { "Ok", "OK" }, { "warning", "WARNING" },
        { "WARNING", "WARNING" }, { "Critical", "CRITICAL" }, { "critical", "CRITICAL" },
        { "unknown", "UNKNOWN" }, { "uNKNOWN", "UNKNOWN" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        enum state read = ROW[i].name[0] == 'O' ? STATE_UNKNOWN : STATE_OK;
        assert_true(state_parse(&read, ROW[i].word));
        assert_string_equal(state_name(read), ROW[i].name);
    }
}

/* Numbers, prefixes and blanks are no states: a mistyped state must not become one. */
static void test_words_refused(void **state)
{
    static const char *const WORDS[] = { "", "0", "2", "warn", "crit", "w", "okay", " ok", "ok ",
                                         "criticals", "none", "\xc3\x96k", "ok\n" };

    (void)state;
    for (size_t i = 0; i < ROWS(WORDS); i++) {
        enum state read = STATE_CRITICAL;
        assert_false(state_parse(&read, WORDS[i]));
        assert_int_equal(read, STATE_CRITICAL);
    }
}

/* CRITICAL, WARNING, UNKNOWN, OK: one character a pair, for all sixteen. */
static void test_worst(void **state)
{
    char table[17] = "";

    (void)state;
    for (int i = 0; i < 16; i++)
        table[i] = state_name(state_worst((enum state)(i / 4), (enum state)(i % 4)))[0];
    assert_string_equal(table, "OWCU"
                               "WWCW"
                               "CCCC"
                               "UWCU");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_words_read),
        cmocka_unit_test(test_words_refused),
        cmocka_unit_test(test_worst),
    };

    return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
