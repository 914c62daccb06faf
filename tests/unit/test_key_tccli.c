/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "key_unit.h"

enum { NOW = 1735689600 };

#define PAIRS "\"secretId\":\"" ID "\",\"secretKey\":\"" KEY "\""
#define PLAIN FOUND(KEY "|", "keys")
#define WITH_TOKEN FOUND(KEY "|" TOKEN, "keys")

struct row {
    const char *text, *told;
};

/* Such a file holds one profile, so any name finds it. */
static void compare(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(parsed(rows[i].text, strlen(rows[i].text), "default", NOW),
                            rows[i].told);
        assert_string_equal(parsed(rows[i].text, strlen(rows[i].text), "x y", NOW), rows[i].told);
    }
}

static void test_read(void **state)
{
    static const struct row ROW[] = {
        { "{" PAIRS "}", PLAIN },
        { "\xef\xbb\xbf \r\n\t{" PAIRS "}\n", PLAIN },
        { "{\n  \"secretKey\": \"" KEY "\",\n  \"secretId\": \"" ID "\"\n}\n", PLAIN },
        { "{" PAIRS ",\"token\":\"" TOKEN "\"}", WITH_TOKEN },
        { "{" PAIRS ",\"token\":null,\"expiresAt\":null}", PLAIN },
        { "{" PAIRS ",\"token\":\"None\"}", PLAIN },
        { "{" PAIRS ",\"token\":\"\"}", PLAIN },
        { "{" PAIRS ",\"token\":\"" TOKEN "\",\"expiresAt\":1735689601}", WITH_TOKEN },
        { "{" PAIRS ",\"expiresAt\":1735689600.5}", PLAIN },
        { "{" PAIRS ",\"expiresAt\":99999999999999999999}", PLAIN },
        { "{" PAIRS ",\"type\":\"oauth\",\"oauth\":{\"expiresAt\":1,\"secretId\":5},\"sso\":[{}]}",
          PLAIN }, /* of the inner ones tccli takes care itself */
        { "{\"secretId\":\" " ID "\\n\",\"secretKey\":\"'" KEY "'\"}", PLAIN },
        { "{\"secret\\u0049d\":\"" ID "\",\"secretKey\":\"" KEY "\"}", PLAIN },
        { "{\"secretId\":\"" ID "\",\"secretKey\":\"none\"}", FOUND("none|", "keys") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

static void test_absent(void **state)
{
    static const struct row ROW[] = {
        { "{}", "absent" },
        { "{\"secretId\":\"None\",\"secretKey\":\"None\"}", "absent" },
        { "{\"secretId\":null,\"secretKey\":\"\"}", "absent" },
        { "{\"type\":\"cvm-role\",\"expiresAt\":1}", "absent" },
        { "{\"SecretId\":\"a\",\"secret_key\":\"b\",\"token\":\"" TOKEN "\"}", "absent" },
        { "{\"oauth\":{" PAIRS "}}", "absent" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

#define NO_JSON "credentials: key file keys is not valid JSON: "
#define HALF(what) "credentials: half an API key: the secret " what " is missing in keys"
#define EXPIRED "credentials: the key in keys is expired, run tccli"
#define CONTROL " of keys has a control character or a letter outside ASCII inside"

static void test_refused(void **state)
{
    static const struct row ROW[] = {
        { "{" PAIRS ",\"expiresAt\":1735689600}", EXPIRED },
        { "{" PAIRS ",\"expiresAt\":1735689599.9}", EXPIRED },
        { "{" PAIRS ",\"expiresAt\":0}", EXPIRED },
        { "{" PAIRS ",\"expiresAt\":-1e300}", EXPIRED },
        { "{" PAIRS ",\"expiresAt\":\"1735689601\"}",
          "credentials: expiresAt of keys is not a number" },
        { "{" PAIRS ",\"expiresAt\":true}", "credentials: expiresAt of keys is not a number" },
        { "{\"secretId\":\"" ID "\"}", HALF("key") },
        { "{\"secretId\":\"" ID "\",\"secretKey\":\"None\"}", HALF("key") },
        { "{\"secretId\":\"None\",\"secretKey\":\"" KEY "\"}", HALF("id") },
        { "{\"secretId\":\" \",\"secretKey\":\"" KEY "\"}", HALF("id") },
        { "{\"secretId\":5,\"secretKey\":\"" KEY "\"}",
          "credentials: secretId of keys is not a text" },
        { "{\"secretId\":\"" ID "\",\"secretKey\":[\"" KEY "\"]}",
          "credentials: secretKey of keys is not a text" },
        { "{" PAIRS ",\"token\":false}", "credentials: token of keys is not a text" },
        { "{\"secretId\":\"a\\u0001" MARK "\"}", "credentials: secretId" CONTROL },
        { "{\"secretKey\":\"a\\n" MARK "\"}", "credentials: secretKey" CONTROL },
        { "{" PAIRS ",\"token\":\"" MARK "\xc3\xbc\"}", "credentials: token" CONTROL },
        { "{\"secretKey\":\"a " MARK "\"}",
          "credentials: secretKey of keys has a blank inside, write the value alone on its line" },
        { "{" PAIRS, NO_JSON "it ends in the middle" },
        { "{", NO_JSON "it ends in the middle" },
        { "{" PAIRS "}" MARK, NO_JSON "something follows after the JSON value" },
        { "{" PAIRS ",\"secretKey\":\"" MARK "\"}", NO_JSON "a name occurs twice in one object" },
        { "{" PAIRS ",\"x\":{\"a\":1,\"a\":2}}", NO_JSON "a name occurs twice in one object" },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* What exactly is wrong with a text is for test_json.c; here, that it is never quoted. */
static void test_broken(void **state)
{
    static const char *const TEXTS[] = {
        "{" PAIRS ",}", "{'secretId':'" ID "'}", "{secretId:\"" MARK "\"}",
        "{\"secretId\":\"" MARK "\\u0000\"}", "{\"secretId\":\"" MARK "\xff\"}",
        "{\"secretId\":\"" MARK "\\q\"}", "{\"secretId\":\"" MARK "\n\"}",
        "{\"secretId\" \"" MARK "\"}", "{" PAIRS "}{" PAIRS "}", "{/*" MARK "*/}",
    };

    (void)state;
    for (size_t i = 0; i < ROWS(TEXTS); i++)
        assert_int_equal(strncmp(parsed(TEXTS[i], strlen(TEXTS[i]), "default", NOW), NO_JSON,
                                 strlen(NO_JSON)), 0);
}

/* A file of 16 KiB is read, one byte more is refused before it is parsed. */
static void test_size(void **state)
{
    static char text[16 * 1024 + 2];

    (void)state;
    memset(text, ' ', sizeof text - 1);
    memcpy(text, TEXT("{" PAIRS "}"));
    assert_string_equal(parsed(text, 16 * 1024, "default", NOW), PLAIN);
    assert_string_equal(parsed(text, 16 * 1024 + 1, "default", NOW),
                        "credentials: key file keys is larger than 16 KiB, too large for JSON");
}

static void test_lengths(void **state)
{
    static const struct {
        const char *name;
        int most;
    } ROW[] = { { "secretId", 1024 }, { "secretKey", 1024 }, { "token", 4096 } };
    char text[8192], wanted[80];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        for (int extra = 0; extra < 2; extra++) {
            snprintf(text, sizeof text, "{\"%s\":\"%0*d\"%s}", ROW[i].name, ROW[i].most + extra,
                     0, i == 2 ? "," PAIRS : "");
            snprintf(wanted, sizeof wanted, "credentials: %s of keys is longer than %d bytes",
                     ROW[i].name, ROW[i].most);
            const char *made = parsed(text, strlen(text), "default", NOW);
            assert_int_equal(strcmp(made, wanted) == 0, extra);
        }
    }
}

static void test_every_prefix(void **state)
{
    static const char WHOLE[] = "{" PAIRS ",\"token\":\"" TOKEN "\",\"expiresAt\":2e9}";

    (void)state;
    for (size_t length = 1; length < sizeof WHOLE - 1; length++)
        assert_string_equal(parsed(WHOLE, length, "default", NOW), NO_JSON "it ends in the middle");
    assert_string_equal(parsed(TEXT(WHOLE), "default", NOW), WITH_TOKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),   cmocka_unit_test(test_absent),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_broken),
        cmocka_unit_test(test_size),   cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_every_prefix),
    };

    return cmocka_run_group_tests_name("key_tccli", tests, enter_work_folder, leave_work_folder);
}
