/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "json.h"
#include "unit.h"

#define TWICE "a name occurs twice in one object"

/* On a copy that ends where the text ends: an answer of the network has no NUL behind it. */
static const char *parsed(const char *text, size_t length)
{
    char *copy = exact_copy(text, length);
    const char *why;
    cJSON *tree = json_parse(copy, length, NULL, NULL, &why);

    assert_int_equal(tree == NULL, why != NULL);
    cJSON_Delete(tree);
    exact_free(copy);
    return why ? why : "accepted";
}

/* What a checker of the grammar need not care about, but a parser may stumble over. */
static void test_parsed(void **state)
{
    static const struct {
        const char *text;
        size_t length;
        const char *why;
    } ROW[] = {
        { TEXT("{}"), "accepted" },
        { TEXT("0"), "accepted" },
        { TEXT(" [ ] "), "accepted" },
        { TEXT("[1e999,-1e999,1e-999,-0,123456789012345678901234567890]"), "accepted" },
        { TEXT("\"\\ud83d\\ude00\\u0001\\/\""), "accepted" },
        { TEXT(""), "it is empty" },
        { TEXT("{\"a\":1"), "it ends in the middle" },
        { TEXT("\xef\xbb\xbf{}"), "a value is expected" },
        { TEXT("{}\0"), "something follows after the JSON value" },
        { TEXT("{} {}"), "something follows after the JSON value" },
        { TEXT("\"\\u0000\""), "an escape is no character" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_string_equal(parsed(ROW[i].text, ROW[i].length), ROW[i].why);
}

#define ALL_KINDS                                                                                  \
    "{\"first\":[1,-2.5e+3,{\"b\":\"\\u00fc\\n \xc3\xbc \\ud83d\\ude00\"},true,false,null],"       \
    "\"second\":{}} "

/* Each byte replaced by each other one: whatever the checker accepts, cJSON must accept too. */
static void test_cjson_agrees(void **state)
{
    char text[] = ALL_KINDS;

    (void)state;
    for (size_t at = 0; at < sizeof text - 1; at++) {
        for (int byte = 0; byte < 256; byte++) {
            text[at] = (char)byte;
            const char *why = json_check(text, sizeof text - 1, NULL, NULL);
            assert_string_equal(parsed(text, sizeof text - 1), why ? why : "accepted");
        }
        text[at] = ALL_KINDS[at];
    }
}

static void test_duplicates(void **state)
{
    static const struct {
        const char *text;
        const char *why;
    } ROW[] = {
        { "{\"a\":1,\"a\":1}", TWICE },
        { "{\"a\":1,\"b\":2,\"a\":null}", TWICE },
        { "{\"x\":{\"a\":1,\"a\":2}}", TWICE },
        { "[0,[{\"b\":0},{\"a\":1,\"a\":2}]]", TWICE },
        { "{\"z\":[[{\"y\":{\"a\":[],\"a\":{}}}]]}", TWICE },
        { "{\"a\":1,\"\\u0061\":2}", TWICE },
        { "{\"/\":1,\"\\/\":2}", TWICE },
        { "{\"\":1,\"\":2}", TWICE },
        { "{\"\\u00fc\":1,\"\xc3\xbc\":2}", TWICE },
        { "{\"a\":1,\"A\":2}", "accepted" },
        { "{\"a\":1,\"ab\":2,\"b\":3,\"\":4}", "accepted" },
        { "{\"a\":{\"a\":{\"a\":1}}}", "accepted" },
        { "[{\"a\":1},{\"a\":1}]", "accepted" },
        { "{\"a\":\"b\",\"b\":\"a\"}", "accepted" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_string_equal(parsed(ROW[i].text, strlen(ROW[i].text)), ROW[i].why);
}

static void note_key(void *context, const struct json_number *number)
{
    static const char *const NAMES[] = { "UsedCnt", "Used", "UsedCntX", "" };
    char *found = context;

    for (size_t i = 0; i < ROWS(NAMES); i++)
        found[i] = json_key_is(number->key, NAMES[i]) ? '=' : '-';
}

/* The names are UsedCnt, Used, UsedCntX and the empty one. */
static void test_key_is(void **state)
{
    static const struct {
        const char *key, *found;
    } ROW[] = {
        { "UsedCnt", "=---" },
        { "\\u0055sedCnt", "=---" },
        { "UsedCn\\u0074", "=---" },
        { "\\u0055\\u0073\\u0065\\u0064", "-=--" },
        { "UsedCnt\\u0058", "--=-" },
        { "UsedCn\\u0174", "----" },
        { "\\u5555sedCnt", "----" },
        { "\\\\u0055sedCnt", "----" },
        { "UsedCnt\\n", "----" },
        { "usedcnt", "----" },
        { "UsedCn", "----" },
        { "UsedCntXX", "----" },
        { "", "---=" },
    };
    char text[80];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        char found[5] = "????";
        int length = snprintf(text, sizeof text, "{\"%s\":1}", ROW[i].key);
        char *copy = exact_copy(text, (size_t)length);
        assert_null(json_check(copy, (size_t)length, note_key, found));
        assert_string_equal(found, ROW[i].found);
        exact_free(copy);
    }
}

static void test_member(void **state)
{
    const char *why;
    cJSON *tree = json_parse(TEXT("{\"a\":1,\"n\":null,\"A\":2,\"l\":[3]}"), NULL, NULL, &why);

    (void)state;
    assert_non_null(tree);
    assert_int_equal(json_member(tree, "a")->valueint, 1);
    assert_int_equal(json_member(tree, "A")->valueint, 2);
    assert_null(json_member(tree, "n"));
    assert_null(json_member(tree, "L"));
    assert_null(json_member(tree, ""));
    assert_null(json_member(json_member(tree, "a"), "a"));
    assert_null(json_member(json_member(tree, "l"), "a"));
    assert_null(json_member(NULL, "a"));
    cJSON_Delete(tree);
}

/* The same rules; between and after them cJSON must be back to plain memory. */
static void test_secret(void **state)
{
    static const char *const REFUSED[][2] = {
        { "", "it is empty" },
        { "{\"k\":1", "it ends in the middle" },
        { "{\"k\":1,\"k\":2}", TWICE },
    };
    const char *why;

    (void)state;
    assert_true(sodium_init() >= 0);
    for (size_t i = 0; i < ROWS(REFUSED); i++) {
        assert_null(json_parse_secret(REFUSED[i][0], strlen(REFUSED[i][0]), &why));
        assert_string_equal(why, REFUSED[i][1]);
    }
    cJSON *tree = json_parse_secret(TEXT("{\"k\":\"s\\u00e9cret\",\"l\":[1,{}]}"), &why);
    assert_non_null(tree);
    char *plain = cJSON_PrintUnformatted(json_member(tree, "l"));
    assert_string_equal(plain, "[1,{}]");
    free(plain); /* a crash, were it guarded memory */
    assert_string_equal(json_member(tree, "k")->valuestring, "s\xc3\xa9" "cret");
    json_free_secret(tree);
    cJSON *number = cJSON_CreateNumber(1);
    free(number);
    json_free_secret(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parsed),     cmocka_unit_test(test_cjson_agrees),
        cmocka_unit_test(test_duplicates), cmocka_unit_test(test_key_is),
        cmocka_unit_test(test_member),     cmocka_unit_test(test_secret),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
