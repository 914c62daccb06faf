/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "json.h"
#include "unit.h"

/* On a copy that ends where the text ends: an answer of the network has no NUL behind it. */
static const char *checked(const char *text, size_t length)
{
    char *copy = exact_copy(text, length);
    const char *why = json_check(copy, length, NULL, NULL);

    exact_free(copy);
    return why ? why : "accepted";
}

static void test_accepted(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } ROW[] = {
        { TEXT("{}") }, { TEXT("[]") }, { TEXT("\"\"") }, { TEXT("0") }, { TEXT("null") },
        { TEXT("true") }, { TEXT("false") }, { TEXT(" \t\r\n{ } \t\r\n") },
        { TEXT("[ 1 , 2 ]") }, { TEXT("{ \"a\" : 1 , \"b\" : [ ] }") }, { TEXT("{\"\":0}") },
        { TEXT("-0") }, { TEXT("-1") }, { TEXT("10") }, { TEXT("0.0") }, { TEXT("-0.5e-3") },
        { TEXT("1E+30") }, { TEXT("1e5") }, { TEXT("1e999") }, { TEXT("123456789012345678901") },
        { TEXT("[0.1000000000000000055511151231257827021181583404541015625]") },
        { TEXT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00E9\"") }, { TEXT("\"\\u0001\"") },
        { TEXT("\"\\uabcd\\uEFab\"") },
        { TEXT("\"\\ud83d\\ude00\"") }, { TEXT("\"\\uD800\\uDC00\\uDBFF\\uDFFF\"") },
        { TEXT("\"\\ud7ff\\ue000\\uffff\"") }, { TEXT("\"/'<>\x7f\"") },
        { TEXT("\"\xc2\x80 \xdf\xbf\"") }, { TEXT("\"\xe0\xa0\x80 \xed\x9f\xbf\"") },
        { TEXT("\"\xe1\x80\x80 \xec\xbf\xbf\"") }, { TEXT("\"\xee\x80\x80 \xef\xbf\xbf\"") },
        { TEXT("\"\xf0\x90\x80\x80 \xf1\x80\x80\x80 \xf4\x8f\xbf\xbf\"") },
        { TEXT("{\"M\xc3\xbcll\":\"\xe4\xbd\xa0\"}") },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_string_equal(checked(ROW[i].text, ROW[i].length), "accepted");
}

#define CUT "it ends in the middle"
#define VALUE "a value is expected"
#define NUMBER "a number is not complete"
#define AFTER "something follows after the JSON value"
#define COMMA "a comma or a closing bracket is expected"
#define COLON "a colon is expected"
#define NAME "a name in double quotes is expected"
#define ESCAPE "an escape is not known"
#define NO_CHARACTER "an escape is no character"
#define CONTROL "a text has a control character in it"
#define UTF8 "it is not UTF-8"
#define EMPTY "it is empty"

static void test_refused(void **state)
{
    static const struct {
        const char *text;
        size_t length;
        const char *why;
    } ROW[] = {
        { TEXT(""), EMPTY }, { TEXT(" \n"), EMPTY }, { TEXT("\0"), VALUE },
        { TEXT("\xef\xbb\xbf{}"), VALUE }, { TEXT("\x1f\x8b\x08"), VALUE },
        { TEXT("<html>"), VALUE }, { TEXT("// a\n1"), VALUE }, { TEXT("\v1"), VALUE },
        { TEXT("True"), VALUE }, { TEXT("nil"), VALUE }, { TEXT("NaN"), VALUE },
        { TEXT("Infinity"), VALUE }, { TEXT("'a'"), VALUE }, { TEXT("nul\0"), VALUE },
        { TEXT("\xc3\xbc"), VALUE }, { TEXT("]"), VALUE }, { TEXT("[,1]"), VALUE },
        { TEXT("[1,]"), VALUE }, { TEXT("{\"a\":}"), VALUE }, { TEXT("{\"a\":,}"), VALUE },
        { TEXT("tru"), CUT }, { TEXT("["), CUT }, { TEXT("{"), CUT }, { TEXT("[1"), CUT },
        { TEXT("{\"a"), CUT }, { TEXT("{\"a\""), CUT }, { TEXT("{\"a\":"), CUT },
        { TEXT("\""), CUT }, { TEXT("\"\\"), CUT }, { TEXT("\"\\u"), CUT },
        { TEXT("\"a\\\""), CUT },
        { TEXT("\"\\ud83d"), CUT }, { TEXT("-"), CUT }, { TEXT("1."), CUT }, { TEXT("1e-"), CUT },
        { TEXT("+1"), VALUE }, { TEXT(".5"), VALUE }, { TEXT("-.5"), VALUE },
        { TEXT("--1"), VALUE }, { TEXT("-a"), VALUE },
        { TEXT("[1.]"), NUMBER }, { TEXT("[1.e3]"), NUMBER },
        { TEXT("[1e]"), NUMBER }, { TEXT("[1e+-2]"), NUMBER }, { TEXT("[1E +2]"), NUMBER },
        { TEXT("01"), AFTER }, { TEXT("-01"), AFTER }, { TEXT("0x10"), AFTER },
        { TEXT("1e5.5"), AFTER }, { TEXT("1,5"), AFTER }, { TEXT("{}{}"), AFTER },
        { TEXT("{}\0"), AFTER }, { TEXT("{},"), AFTER }, { TEXT("truee"), AFTER },
        { TEXT("[1 2]"), COMMA }, { TEXT("[1}"), COMMA }, { TEXT("{\"a\":1]"), COMMA },
        { TEXT("{\"a\":1 \"b\":2}"), COMMA }, { TEXT("[01]"), COMMA }, { TEXT("[1\0]"), COMMA },
        { TEXT("{\"a\"}"), COLON }, { TEXT("{\"a\" 1}"), COLON }, { TEXT("{\"a\",1}"), COLON },
        { TEXT("{a:1}"), NAME }, { TEXT("{'a':1}"), NAME }, { TEXT("{1:1}"), NAME },
        { TEXT("{\"a\":1,}"), NAME }, { TEXT("{,}"), NAME }, { TEXT("{null}"), NAME },
        { TEXT("\"\\x41\""), ESCAPE }, { TEXT("\"\\'\""), ESCAPE }, { TEXT("\"\\\0\""), ESCAPE },
        { TEXT("\"\\U0041\""), ESCAPE }, { TEXT("\"\\\n\""), ESCAPE },
        { TEXT("\"\\u0000\""), NO_CHARACTER }, { TEXT("\"\\u12g4\""), NO_CHARACTER },
        { TEXT("\"\\u123\""), NO_CHARACTER }, { TEXT("\"\\u+123\""), NO_CHARACTER },
        { TEXT("\"\\ud800\""), NO_CHARACTER }, { TEXT("\"\\udc00\""), NO_CHARACTER },
        { TEXT("\"\\udfff\""), NO_CHARACTER },
        { TEXT("\"\\udfff\\ud800\""), NO_CHARACTER }, { TEXT("\"\\ud83d\\u0041\""), NO_CHARACTER },
        { TEXT("\"\\ud83d\\ud83d\""), NO_CHARACTER }, { TEXT("\"\\ud83dx\""), NO_CHARACTER },
        { TEXT("\"\\ud83d\\n\""), NO_CHARACTER }, { TEXT("\"\\udbff\\ue000\""), NO_CHARACTER },
        { TEXT("\"a\nb\""), CONTROL }, { TEXT("\"\t\""), CONTROL }, { TEXT("\"\x1f\""), CONTROL },
        { TEXT("\"a\0b\""), CONTROL }, { TEXT("{\"\r\":1}"), CONTROL },
        { TEXT("\"\x80\""), UTF8 }, { TEXT("\"\xbf\""), UTF8 }, { TEXT("\"\xc0\x80\""), UTF8 },
        { TEXT("\"\xc1\xbf\""), UTF8 }, { TEXT("\"\xc3\""), UTF8 }, { TEXT("\"\xc3("), UTF8 },
        { TEXT("\"\xe0\x9f\xbf\""), UTF8 }, { TEXT("\"\xed\xa0\x80\""), UTF8 },
        { TEXT("\"\xed\xbf\xbf\""), UTF8 }, { TEXT("\"\xe4\xbd\""), UTF8 },
        { TEXT("\"\xe4\xbd(\""), UTF8 }, { TEXT("\"\xf0\x8f\xbf\xbf\""), UTF8 },
        { TEXT("\"\xf4\x90\x80\x80\""), UTF8 }, { TEXT("\"\xf5\x80\x80\x80\""), UTF8 },
        { TEXT("\"\xf1\x80\x80(\""), UTF8 }, { TEXT("\"\xf1\x80(\x80\""), UTF8 },
        { TEXT("\"\xf8\x88\x80\x80\x80\""), UTF8 }, { TEXT("\"\xff\""), UTF8 },
        { TEXT("\"\xe4\xbd"), UTF8 }, { TEXT("{\"\xfc\":1}"), UTF8 },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_string_equal(checked(ROW[i].text, ROW[i].length), ROW[i].why);
}

static void test_depth(void **state)
{
    static const struct {
        int depth;
        const char *open, *close, *why;
    } ROW[] = {
        { 32, "[", "]", "accepted" },
        { 33, "[", "]", "it is nested more than 32 deep" },
        { 32, "{\"a\":", "}", "accepted" },
        { 33, "{\"a\":", "}", "it is nested more than 32 deep" },
        { 16, "[{\"a\":", "}]", "accepted" },
        { 17, "[{\"a\":", "}]", "it is nested more than 32 deep" },
        { 10000, "[", "]", "it is nested more than 32 deep" },
        { 100, "[],[", "]", "it is nested more than 32 deep" },
    };
    static char text[40000];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        int n = snprintf(text, sizeof text, "%s", i == 7 ? "[" : "");
        for (int d = 0; d < ROW[i].depth; d++)
            n += snprintf(text + n, sizeof text - (size_t)n, "%s", ROW[i].open);
        n += snprintf(text + n, sizeof text - (size_t)n, "1");
        for (int d = 0; d < ROW[i].depth; d++)
            n += snprintf(text + n, sizeof text - (size_t)n, "%s", ROW[i].close);
        assert_string_equal(checked(text, (size_t)n), ROW[i].why);
    }
    /* Many side by side are not deep. */
    assert_string_equal(checked(TEXT("[[[],[]],[[[]]],{},{\"a\":{},\"b\":[]}]")), "accepted");
}

#define ALL_KINDS                                                                                  \
    "{\"first\":[1,-2.5e+3,{\"b\":\"\\u00fc\\n \xc3\xbc \\ud83d\\ude00\"},true,false,null],"       \
    "\"second\":{}} "

/* No beginning of a JSON object is one itself. */
static void test_cut_everywhere(void **state)
{
    (void)state;
    for (size_t length = 1; length < sizeof ALL_KINDS - 2; length++) {
        const char *why = checked(ALL_KINDS, length);
        /* Between the two bytes of a character the text is seen to be wrong one byte earlier. */
        assert_string_equal(why, ALL_KINDS[length - 1] == '\xc3' ? UTF8 : CUT);
    }
    assert_string_equal(checked(TEXT(ALL_KINDS)), "accepted");
}

/* Writes each number down as depth, name and text. */
static void note(void *context, const struct json_number *number)
{
    char *log = context;
    size_t length = strlen(log);

    snprintf(log + length, 200 - length, "%d %.*s=%.*s\n", number->depth, (int)number->key.length,
             number->key.at, (int)number->text.length, number->text.at);
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text, *log;
    } ROW[] = {
        { "{\"a\":1,\"b\":{\"c\":-2.5e3 ,\"d\":[7,{\"e\":8}]},\"f\":\"9\",\"g\":[10],\"h\":true,"
          "\"i\": 0}", "1 a=1\n2 c=-2.5e3\n4 e=8\n1 i=0\n" },
        { "{\"a\":[],\"b\":{},\"c\":null,\"d\":[1,2],\"e\":3}", "1 e=3\n" },
        { "{\"n\":9007199254740993}", "1 n=9007199254740993\n" }, /* not rounded */
        { "[{\"a\":1}]", "2 a=1\n" },
        { "{\"\":1}", "1 =1\n" },
        { "{\"\\u0061\":1}", "1 \\u0061=1\n" }, /* as written */
        { "[1,[2],\"3\"]", "" },
        { "5", "" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        char log[200] = "";
        assert_null(json_check(ROW[i].text, strlen(ROW[i].text), note, log));
        assert_string_equal(log, ROW[i].log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_depth),    cmocka_unit_test(test_cut_everywhere),
        cmocka_unit_test(test_numbers),
    };

    return cmocka_run_group_tests_name("json_check", tests, NULL, NULL);
}
