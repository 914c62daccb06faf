/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"
#include "unit.h"

/* The wording of contract section 4, then every other shape that a range can have. */
static void test_wording(void **state)
{
    static const struct {
        const char *text, *words;
    } ROW[] = {
        { "0", "allowed 0" },
        { "10", "allowed up to 10" },
        { "~:10", "allowed up to 10" },
        { "5:", "want 5 or more" },
        { "0.00001", "allowed up to 0.00001" }, /* no exponent */
        { "0.000000123:5", "want 0.000000123 to 5" },
        { "-0.0000001:", "want -0.0000001 or more" },
        { "3:10", "want 3 to 10" },
        { "@0:2", "must not be 0 to 2" },

        { "0:0", "allowed 0" },
        { ":0", "allowed 0" },
        { "-0", "allowed 0" },
        { ":10", "allowed up to 10" },
        { "0:10", "allowed up to 10" },
        { "00010", "allowed up to 10" },
        { "~:0", "allowed up to 0" },
        { "~:-5", "allowed up to -5" },
        { "0:", "want 0 or more" },
        { "-5:", "want -5 or more" },
        { "10:10", "want 10" },
        { "-10:10", "want -10 to 10" },
        { "-10:0", "want -10 to 0" },
        { "0.5:2.25", "want 0.5 to 2.25" },
        { "~:", "any value is allowed" },

        { "@2", "must not be 0 to 2" },
        { "@:2", "must not be 0 to 2" },
        { "@0", "must not be 0" },
        { "@0:0", "must not be 0" },
        { "@7:7", "must not be 7" },
        { "@5:", "must not be 5 or more" },
        { "@~:5", "must not be 5 or less" },
        { "@~:", "no value is allowed" },

        { "999999999999999", "allowed up to 999999999999999" },
        { "0.001:12345.6789012345", "want 0.001 to 12345.6789012345" },
        { "-999999999999999:-999999999999998", "want -999999999999999 to -999999999999998" },
    };
    char words[80];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct range range;
        const char *why;
        assert_true(range_parse(&range, ROW[i].text, &why));
        range_words(words, sizeof words, &range);
        assert_string_equal(words, ROW[i].words);
    }
}

static void test_none(void **state)
{
    struct range none = range_none();
    char words[80];

    (void)state;
    range_words(words, sizeof words, &none);
    assert_string_equal(words, "any value is allowed");
}

/* A small buffer cuts and never overflows. */
static void test_small_buffer(void **state)
{
    struct range range;
    const char *why;
    char words[] = "untouched";

    (void)state;
    assert_true(range_parse(&range, "5:", &why));
    range_words(words, 8, &range);
    assert_string_equal(words, "want 5 ");
    assert_int_equal(words[8], 'd');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wording),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_small_buffer),
    };

    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
