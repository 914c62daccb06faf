/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"

#include "consumers.h"
#include "range_rows.h"

static consumer *const CONSUMERS[] = { icinga, pnp, nagflux, checkmk };

/* Every kind of item that is printed, and what each consumer keeps of it, as
 * label|value|unit|warning|critical|minimum. The losses are theirs and known: Icinga's writers
 * keep no ranges, Checkmk only what follows the last colon and no '@'. */
static const struct {
    const char *label;
    double value;
    int decimals;
    const char *unit, *warning, *critical; /* NULL: not given */
    const char *item;
    const char *kept[ROWS(CONSUMERS)];
} ITEM[] = {
    { "used", 46, 0, "", NULL, NULL, "used=46;;;0",
      { "used|46||||0", "used|46||||0", "used|46||||0", "used|46||||0" } },
    { "expired", 2, 0, "", NULL, "0", "expired=2;;0;0",
      { "expired|2|||0|0", "expired|2|||0|0", "expired|2|||0|0", "expired|2|||0|0" } },
    { "near_expiry", 5, 0, "", "0", NULL, "near_expiry=5;0;;0",
      { "near_expiry|5||0||0", "near_expiry|5||0||0", "near_expiry|5||0||0",
        "near_expiry|5||0||0" } },
    { "destroyed_orders", 0, 0, "", "0:10", ":20", "destroyed_orders=0;10;20;0",
      { "destroyed_orders|0||10|20|0", "destroyed_orders|0||10|20|0",
        "destroyed_orders|0||10|20|0", "destroyed_orders|0||10|20|0" } },
    { "available", 4, 0, "", "5:", "2:", "available=4;5:;2:;0",
      { "available|4||||0", "available|4||out 5 to |out 2 to |0", "available|4||5|2|0",
        "available|4||||0" } },
    { "ultimate_available", 1, 0, "", "3:10", "@0:2", "ultimate_available=1;3:10;@0:2;0",
      { "ultimate_available|1||||0", "ultimate_available|1||out 3 to 10|in 0 to 2|0",
        "ultimate_available|1||out 3 to 10|in 0 to 2|0", "ultimate_available|1||10|2|0" } },
    { "ai_total", 0, 0, "", "~:10", "@~:-1", "ai_total=0;~:10;@~:-1;0",
      { "ai_total|0||||0", "ai_total|0||out ~ to 10|in ~ to -1|0", "ai_total|0||10|-1|0",
        "ai_total|0||10|-1|0" } },
    { "lite_total", 7, 0, "", "@5", "~:", "lite_total=7;@5;~:;0",
      { "lite_total|7||||0", "lite_total|7||5|out ~ to |0", "lite_total|7||5||0",
        "lite_total|7||||0" } },
    { "pro_total", 3, 0, "", "0:", "-5:2.5", "pro_total=3;0:;-5:2.5;0",
      { "pro_total|3||||0", "pro_total|3||out 0 to |out -5 to 2.5|0",
        "pro_total|3||0|out -5 to 2.5|0", "pro_total|3|||2.5|0" } },
    { "total", 9007199254740992, 0, "", "999999999999999", NULL,
      "total=9007199254740992;999999999999999;;0",
      { "total|9007199254740992||999999999999999||0", "total|9007199254740992||999999999999999||0",
        "total|9007199254740992||999999999999999||0",
        "total|9007199254740992||999999999999999||0" } },
    { "time", 0.2144, 3, "s", "5", "7.5", "time=0.214s;5;7.5;0",
      { "time|0.214|s|5|7.5|0", "time|0.214|s|5|7.5|0", "time|0.214|s|5|7.5|0",
        "time|0.214||5|7.5|0" } },
    { "time", 299.9996, 3, "s", NULL, "0.5:2", "time=300.000s;;0.5:2;0",
      { "time|300.000|s|||0", "time|300.000|s||out 0.5 to 2|0", "time|300.000|s||out 0.5 to 2|0",
        "time|300.000|||2|0" } },
    { "time", 0.0001, 3, "s", NULL, NULL, "time=0.000s;;;0",
      { "time|0.000|s|||0", "time|0.000|s|||0", "time|0.000|s|||0", "time|0.000||||0" } },
};

static struct range range_of(const char *text)
{
    struct range range = range_none();
    const char *why;

    assert_true(!text || range_parse(&range, text, &why));
    return range;
}

static void test_items(void **state)
{
    char made[PERFDATA_MAX];

    (void)state;
    for (size_t i = 0; i < ROWS(ITEM); i++) {
        struct range warning = range_of(ITEM[i].warning), critical = range_of(ITEM[i].critical);
        struct perfdata item = { ITEM[i].label, ITEM[i].value, ITEM[i].decimals,
                                 ITEM[i].unit,  &warning,      &critical };
        perfdata_format(made, sizeof made, &item);
        assert_string_equal(made, ITEM[i].item);
    }
}

/* Fills in all items of a line, one after the other, as each consumer would have them. */
static void test_consumers(void **state)
{
    char line[ROWS(ITEM) * PERFDATA_MAX] = "", made[sizeof(struct kept) + 8];
    size_t length = 0;

    (void)state;
    for (size_t i = 0; i < ROWS(ITEM); i++)
        length += (size_t)snprintf(line + length, sizeof line - length, "%s%s", i > 0 ? " " : "",
                                   ITEM[i].item);
    for (size_t c = 0; c < ROWS(CONSUMERS); c++) {
        const char *at = line;
        for (size_t i = 0; i < ROWS(ITEM); i++) {
            struct kept kept;
            at = CONSUMERS[c](&kept, at);
            assert_non_null(at);
            snprintf(made, sizeof made, "%s|%s|%s|%s|%s|%s", kept.label, kept.value, kept.unit,
                     kept.warning, kept.critical, kept.minimum);
            assert_string_equal(made, ITEM[i].kept[c]);
        }
        assert_string_equal(at, "");
    }
}

/* The oracles must see what is wrong, or the tests above would prove nothing. */
static void test_oracles_refuse(void **state)
{
    static const struct {
        const char *item;
        const char *refused; /* by the consumers with a '-' in their place */
    } ROW[] = {
        { "a=1;;;0", "...." },     { "a=U;;;0", "----" },   { "a=;;;0", "----" },
        { "'a b'=1;;;0", "...-" }, { "a=x;;;0", "----" },   { "a=1,5;;;0", "-..." },
        { "a=1;1,5;;0", "-..." },  { "a=inf;;;0", "----" }, { "a=1licenses;;;0", "-..." },
        { "a:b=1;;;0", "...-" },   { "=1;;;0", ".---" },
    };
    char refused[ROWS(CONSUMERS) + 1] = "";

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        for (size_t c = 0; c < ROWS(CONSUMERS); c++) {
            struct kept kept = { "", "", "", "", "", "" };
            refused[c] = CONSUMERS[c](&kept, ROW[i].item) ? '.' : '-';
        }
        assert_string_equal(refused, ROW[i].refused);
    }
}

/* The only rows of ranges.tsv that may be shortened. "00010" stays: Perl reads it the same, and
 * the user's text is easier to find again. */
static const char *expected_echo(const char *text)
{
    static const char *const SHORTER[][2] = { { ":10", "10" }, { "0:0", "0" }, { "0:5", "5" } };

    for (size_t i = 0; i < ROWS(SHORTER); i++) {
        if (strcmp(text, SHORTER[i][0]) == 0)
            return SHORTER[i][1];
    }
    return text;
}

/* What is echoed must mean the same when it is read again, and no consumer may lose the item. */
static void compare_echo(const char *row, const char *text)
{
    struct range range, again;
    char made[PERFDATA_MAX], wanted[PERFDATA_MAX];
    const char *echo = expected_echo(text), *why;
    struct perfdata item = { "expired", 1, 0, "", &range, &range };

    if (!strstr(row, "\tok\t"))
        return;
    assert_true(range_parse(&range, text, &why));
    assert_true(range_parse(&again, echo, &why));
    assert_true(range.start == again.start && range.end == again.end
                && range.alert_inside == again.alert_inside);
    perfdata_format(made, sizeof made, &item);
    snprintf(wanted, sizeof wanted, "expired=1;%s;%s;0", echo, echo);
    assert_string_equal(made, wanted);
    for (size_t c = 0; c < ROWS(CONSUMERS); c++) {
        struct kept kept;
        assert_string_equal(CONSUMERS[c](&kept, made), "");
    }
}

static void test_echo(void **state)
{
    (void)state;
    assert_int_equal(each_range_row(compare_echo), 79);
}

/* PERFDATA_MAX holds the longest item; a smaller buffer cuts and never overflows. */
static void test_size(void **state)
{
    static const char LONGEST[] = "@-0.1234567890123450:00.1234567890123450";
    struct range range = { -1, 1, true, LONGEST };
    struct perfdata item = { "abcdefghijklmnopqrs", 9007199254740992, 3, "s", &range, &range };
    char made[2 * PERFDATA_MAX], small[8] = "1234567";

    (void)state;
    assert_int_equal(strlen(LONGEST), RANGE_TEXT_MAX);
    perfdata_format(made, sizeof made, &item);
    assert_string_equal(made, "abcdefghijklmnopqrs=9007199254740992.000s;"
                              "@-0.1234567890123450:00.1234567890123450;"
                              "@-0.1234567890123450:00.1234567890123450;0");
    assert_in_range(strlen(made), 1, PERFDATA_MAX - 1);
    perfdata_format(small, 6, &item);
    assert_memory_equal(small, "abcde\0007", 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items),          cmocka_unit_test(test_consumers),
        cmocka_unit_test(test_oracles_refuse), cmocka_unit_test(test_echo),
        cmocka_unit_test(test_size),
    };

    return cmocka_run_group_tests_name("perfdata", tests, NULL, NULL);
}
