/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>
#include <time.h>

#include "utc.h"

static void test_moments(void **state)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } ROWS[] = {
        { 0, "1970-01-01T00:00:00Z" },
        { 86399, "1970-01-01T23:59:59Z" },
        { 86400, "1970-01-02T00:00:00Z" },
        { 951782400, "2000-02-29T00:00:00Z" },
        { 951868800, "2000-03-01T00:00:00Z" },
        { 1551113065, "2019-02-25T16:44:25Z" }, /* of the vendor's example of a signature */
        { 2147483648, "2038-01-19T03:14:08Z" },
        { 4107542400, "2100-03-01T00:00:00Z" }, /* no leap year */
        { 253402300799, "9999-12-31T23:59:59Z" },
    };
    char text[UTC_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        assert_true(utc_format(text, ROWS[i].seconds));
        assert_string_equal(text, ROWS[i].text);
    }
}

static void test_outside(void **state)
{
    static const int64_t ROWS[] = { -1, INT64_MIN, 253402300800, INT64_MAX };
    char text[UTC_SIZE] = "old";

    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        assert_false(utc_format(text, ROWS[i]));
        assert_string_equal(text, "");
    }
}

/* Each day of eight centuries, with a time of day that moves along. */
static void test_against_the_c_library(void **state)
{
    char text[UTC_SIZE], expected[UTC_SIZE];

    (void)state;
    for (int64_t seconds = 0; seconds < INT64_C(800) * 366 * 86400; seconds += 86400 + 7) {
        time_t when = (time_t)seconds;
        struct tm tm;
        assert_non_null(gmtime_r(&when, &tm));
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &tm);
        assert_true(utc_format(text, seconds));
        assert_string_equal(text, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_outside),
        cmocka_unit_test(test_against_the_c_library),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
