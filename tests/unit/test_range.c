/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "range_rows.h"
#include "thresholds.h"

#include <math.h>

static const double VALUES[] = { -1, 0, 1, 5, 10, 10.5, 20, 21 }; /* the columns of ranges.tsv */

/* Whether the range alerts for each of VALUES. */
static void alerts_of(char out[ROWS(VALUES) + 1], const struct range *range)
{
    for (size_t i = 0; i < ROWS(VALUES); i++)
        out[i] = range_alerts(range, VALUES[i]) ? 'A' : '.';
    out[ROWS(VALUES)] = '\0';
}

/* Builds the row that ranges.tsv ought to hold, so that one comparison judges all of it. */
static void compare_row(const char *row, const char *text)
{
    char made[256], alerts[ROWS(VALUES) + 1];
    int shown = (int)strcspn(row, "\t");
    struct range range;
    const char *why = NULL;

    if (!range_parse(&range, text, &why)) {
        snprintf(made, sizeof made, "%.*s\tbad\t-\t-\t-\t-", shown, row);
        assert_non_null(why);
    } else {
        alerts_of(alerts, &range);
        snprintf(made, sizeof made, "%.*s\tok\t%.15g\t%.15g\t%s\t%s", shown, row, range.start,
                 range.end, range.alert_inside ? "inside" : "outside", alerts);
        assert_ptr_equal(range.text, text);
        assert_null(why);
    }
    assert_string_equal(made, row);
}

static void test_vectors(void **state)
{
    (void)state;
    assert_int_equal(each_range_row(compare_row), 79);
}

#define Z39 "000000000000000000000000000000000000000"

/* What is accepted at the edges, and as which two numbers. */
static void test_limits(void **state)
{
    static const struct {
        const char *text, *range;
    } ROW[] = {
        { "123456789012345", "0 123456789012345 outside" },
        { "-999999999999999:999999999999999", "-999999999999999 999999999999999 outside" },
        { "12345.6789012345", "0 12345.6789012345 outside" },
        { "0.123456789012345", "0 0.123456789012345 outside" },
        { "0.000123456789012345", "0 0.000123456789012345 outside" },
        { "000123456789012345", "0 123456789012345 outside" },
        { "1.00000000000000", "0 1 outside" },
        { "-0.5:2.25", "-0.5 2.25 outside" },
        { "@0.5:0.5", "0.5 0.5 inside" },
        { "-0:-0.0", "0 0 outside" },
        { "@:5", "0 5 inside" },
        { "@-5:", "-5 inf inside" },
        { "-00010:00010", "-10 10 outside" },
        { Z39 "5", "0 5 outside" }, /* 40 characters */
        { "@-0.123456789012345:0.123456789012345", "-0.123456789012345 0.123456789012345 inside" },
    };
    char made[80];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct range range = { 0 };
        const char *why = "accepted";
        bool ok = range_parse(&range, ROW[i].text, &why);
        snprintf(made, sizeof made, "%.15g %.15g %s", range.start, range.end,
                 range.alert_inside ? "inside" : "outside");
        assert_string_equal(why, "accepted");
        assert_true(ok);
        assert_string_equal(made, ROW[i].range);
        assert_false(signbit(range.start) && range.start == 0); /* or -0 would be printed */
        assert_false(signbit(range.end) && range.end == 0);
    }
}

#define NUMBER_MISSING "a number such as 10 or 2.5 is missing"
#define TOO_PRECISE "a number has at most 15 significant digits"
#define DISORDER                                                                                   \
    "the start is greater than the end, for negative numbers write both, such as -20:-10"
#define LETTERS "numbers take no units, exponents or letters"
#define COMMA "use a point, not a comma, and no thousands separators"
#define BLANKS "a range has no blanks in it"
#define TILDE "a tilde stands only for the start, with a colon behind it"
#define POINT_FIRST "a number needs a digit before the point, such as 0.5"
#define POINT_LAST "a number needs a digit after the point, such as 5.0"
#define PLUS "a number takes no plus sign"
#define REST "something follows after the range"

/* Each refusal says what is wrong, and leaves the range alone. */
static void test_refusals(void **state)
{
    static const struct {
        const char *text, *why;
    } ROW[] = {
        { "", NUMBER_MISSING }, { ":", NUMBER_MISSING }, { "@", NUMBER_MISSING },
        { "@:", NUMBER_MISSING }, { "-", NUMBER_MISSING }, { "--5", NUMBER_MISSING },
        { "abc", NUMBER_MISSING }, { "nan", NUMBER_MISSING }, { "-inf:5", NUMBER_MISSING },
        { "10:abc", NUMBER_MISSING }, { "1:-", NUMBER_MISSING }, { "@@5", NUMBER_MISSING },
        { "::5", NUMBER_MISSING }, { "\xef\xbc\x91", NUMBER_MISSING }, { "$ARG1$", NUMBER_MISSING },
        { "~", TILDE }, { "@~", TILDE }, { "~5:10", TILDE }, { "~:~", TILDE }, { "10:~", TILDE },
        { "5~:10", TILDE },
        { "+5", PLUS }, { "5:+10", PLUS },
        { ".5", POINT_FIRST }, { "1:.5", POINT_FIRST }, { "-.5", POINT_FIRST },
        { "5.", POINT_LAST }, { "5.:6.", POINT_LAST }, { "1..2", POINT_LAST },
        { " 10", BLANKS }, { "\t10", BLANKS }, { "10 ", BLANKS }, { "10\t", BLANKS },
        { "1 0", BLANKS }, { "10: 20", BLANKS }, { "- 5", BLANKS },
        { "1e3", LETTERS }, { "0x10", LETTERS }, { "10s", LETTERS }, { "5:10%", LETTERS },
        { "10a", LETTERS }, { "10z", LETTERS }, { "10A", LETTERS }, { "10Z", LETTERS },
        { "10inf", LETTERS }, { "10,5", COMMA }, { "1.000,5", COMMA },
        { "1:2:3", REST }, { "10@", REST }, { "10;20", REST }, { "1-10", REST }, { "1.2.3", REST },
        { "1_000", REST }, { "10\n", REST }, { "10\"", REST },
        { "-5", DISORDER }, { ":-5", DISORDER }, { "20:10", DISORDER }, { "@-10:-20", DISORDER },
        { "0.2:0.1", DISORDER },
        { "1234567890123456", TOO_PRECISE }, { "1000000000000000", TOO_PRECISE },
        { "1.000000000000000", TOO_PRECISE }, { "0.1234567890123456", TOO_PRECISE },
        { "1:12345678.90123456", TOO_PRECISE },
        { "0" Z39 "5", "a range has at most 40 characters" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct range range = { 7, 8, true, "old" };
        const char *why = "accepted";
        bool ok = range_parse(&range, ROW[i].text, &why);
        assert_string_equal(why, ROW[i].why);
        assert_false(ok);
        assert_true(range.start == 7 && range.end == 8 && range.alert_inside);
        assert_string_equal(range.text, "old");
    }
}

/* Two thresholds at once, from the test suites of the Monitoring Plugins and of Linuxfabrik. */
static void test_pairs(void **state)
{
    static const struct {
        const char *warning, *critical; /* NULL: not given */
        double value;
        const char *state;
    } ROW[] = {
        { "30", "60", 15, "OK" }, { "30", "60", 30, "OK" }, { "30", "60", 30.0001, "WARNING" },
        { "30", "60", 60, "WARNING" }, { "30", "60", 69, "CRITICAL" },
        { "-10:-2", "-30:20", -31, "CRITICAL" }, { "-10:-2", "-30:20", -29, "WARNING" },
        { "-10:-2", "-30:20", -10, "OK" }, { "-10:-2", "-30:20", -2, "OK" },
        { "-10:-2", "-30:20", -1, "WARNING" }, { "-10:-2", "-30:20", 20, "WARNING" },
        { "-10:-2", "-30:20", 21, "CRITICAL" },
        { "2:100", "1:150", 0, "CRITICAL" }, { "2:100", "1:150", 1, "WARNING" },
        { "2:100", "1:150", 2, "OK" }, { "2:100", "1:150", 100, "OK" },
        { "2:100", "1:150", 101, "WARNING" }, { "2:100", "1:150", 150, "WARNING" },
        { "2:100", "1:150", 151, "CRITICAL" },
        { NULL, "0", 0, "OK" }, { NULL, "0", 1, "CRITICAL" },
        { "0", NULL, 0, "OK" }, { "0", NULL, 1, "WARNING" },
        { NULL, NULL, -1e300, "OK" }, { NULL, NULL, 1e300, "OK" },
        { "5", "5", 5, "OK" }, { "5", "5", 6, "CRITICAL" },
        { "~:", "0", 9, "CRITICAL" }, { "0", "~:", 9, "WARNING" }, { "~:", "~:", 9, "OK" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct range warning = range_none(), critical = range_none();
        const char *why;
        assert_true(!ROW[i].warning || range_parse(&warning, ROW[i].warning, &why));
        assert_true(!ROW[i].critical || range_parse(&critical, ROW[i].critical, &why));
        assert_string_equal(
            state_name(state_worst(range_alerts(&warning, ROW[i].value) ? STATE_WARNING : STATE_OK,
                                   range_alerts(&critical, ROW[i].value) ? STATE_CRITICAL
                                                                         : STATE_OK)),
            ROW[i].state);
    }
}

/* Both ends count as inside, with and without '@'. */
static void test_ends(void **state)
{
    static const struct {
        const char *text;
        double value;
        bool alerts;
    } ROW[] = {
        { "0.5:1.5", 0.49, true }, { "0.5:1.5", 0.5, false }, { "0.5:1.5", 1.5, false },
        { "0.5:1.5", 1.51, true }, { "@0.5:1.5", 0.5, true }, { "@0.5:1.5", 1.5, true },
        { "@0.5:1.5", 1.51, false }, { "2.5", 2.5, false }, { "2.5", 2.501, true },
        { "~:10", 10, false }, { "~:10", 11, true }, { "~:10", -1e300, false },
        { "10:", 1e300, false }, { "10:", 9, true }, { "999999999999999", 1e15, true },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct range range;
        const char *why;
        assert_true(range_parse(&range, ROW[i].text, &why));
        assert_int_equal(range_alerts(&range, ROW[i].value), ROW[i].alerts);
    }
}

static void test_none_and_bare(void **state)
{
    static const struct {
        const char *text;
        bool bare;
    } ROW[] = {
        { "5", true }, { "-0", true }, { "2.5", true }, { "0:5", false },
        { ":5", false }, { "5:", false }, { "~:5", false }, { "@5", false },
    };
    struct range range = range_none();
    const char *why;

    (void)state;
    assert_null(range.text);
    assert_false(range_is_bare(&range));
    assert_false(range_alerts(&range, -INFINITY));
    assert_false(range_alerts(&range, INFINITY));
    for (size_t i = 0; i < ROWS(ROW); i++) {
        assert_true(range_parse(&range, ROW[i].text, &why));
        assert_int_equal(range_is_bare(&range), ROW[i].bare);
    }
}

/* Held against each quarter from 0 to 12, for all pairs of a set in which every order and touch of
 * the ends occurs. */
static void test_hides(void **state)
{
    static const char *const TEXT[] = {
        "0", "3", "5", "8:", "5:", "3:", "~:5", "~:", "0:", "3:5", "5:8", "3:8", "5:5", "-2:5",
        "-4:-2", "2.5", "@0", "@3", "@5:", "@3:", "@~:5", "@3:5", "@4:5", "@5:8", "@3:8", "@5:5",
        "@~:", "@-4:-2",
    };
    struct range loud, quiet;
    const char *why;

    (void)state;
    for (size_t i = 0; i < ROWS(TEXT) * ROWS(TEXT); i++) {
        bool all = true, any = false;
        assert_true(range_parse(&loud, TEXT[i / ROWS(TEXT)], &why));
        assert_true(range_parse(&quiet, TEXT[i % ROWS(TEXT)], &why));
        for (double value = 0; value <= 12; value += 0.25) {
            any = any || range_alerts(&quiet, value);
            all = all && (!range_alerts(&quiet, value) || range_alerts(&loud, value));
        }
        if (range_hides(&loud, &quiet) != (any && all))
            print_error("%s and %s\n", loud.text, quiet.text);
        assert_int_equal(range_hides(&loud, &quiet), any && all);
    }
    loud = range_none();
    assert_false(range_hides(&loud, &quiet));
    assert_false(range_hides(&quiet, &loud));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_ends), cmocka_unit_test(test_none_and_bare),
        cmocka_unit_test(test_hides),
    };

    return cmocka_run_group_tests_name("range", tests, NULL, NULL);
}
