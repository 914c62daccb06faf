/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "key_unit.h"

#define PAIRS "secret_id = " ID "\nsecret_key = " KEY "\n"
#define PLAIN FOUND(KEY "|", "keys, profile default")
#define WITH_TOKEN FOUND(KEY "|" TOKEN, "keys, profile default")
#define BOM "\xef\xbb\xbf"

struct row {
    const char *text, *told;
};

static void compare(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(parsed(rows[i].text, strlen(rows[i].text), "default", 0),
                            rows[i].told);
}

static void test_read(void **state)
{
    static const struct row ROW[] = {
        { "[default]\n" PAIRS, PLAIN },
        { "[default]\nsecret_key=" KEY "\nsecret_id=" ID, PLAIN }, /* no final newline */
        { "[default]\r\nsecret_id = " ID "\r\nsecret_key = " KEY "\r\n", PLAIN },
        { BOM "[default]\n" PAIRS, PLAIN },
        { "\n \t \n" BOM "[ignored]\n[default]\n" PAIRS, PLAIN }, /* a BOM only counts in front */
        { " \t[default] \t\n \t secret_id \t= \t" ID " \t\n\tsecret_key\t=\t" KEY "\t\n", PLAIN },
        { "[ default\t]\n" PAIRS, PLAIN },
        { "[default]\nsecret_id = \"" ID "\"\nsecret_key = '" KEY "'\n", PLAIN },
        { "[default]\nsecret_id = \" " ID "\t\"\nsecret_key = ' " KEY " '\n", PLAIN },
        { "# c\n;c\n[default]\n  # c = d\n" PAIRS ";[other]\n\n#secret_id = x\n", PLAIN },
        { "[default]\n" PAIRS "token = " TOKEN "\n", WITH_TOKEN },
        { "[default]\n" PAIRS "token =\n", PLAIN },
        { "[default]\n" PAIRS "token = \"\"\n", PLAIN },
        { "[default]\ntoken =\nSECRET_ID = " ID "\nSecret_Key = " KEY "\nToken = " TOKEN "\n",
          WITH_TOKEN },
        { "[default]\nregion = ap-hongkong\nrole_arn = qcs::cam::uin/1:x y\nsecret_id2 = x\n= x\n"
          PAIRS, PLAIN },
        { "[default]\nsecret_id =\n" PAIRS, PLAIN }, /* an empty one does not count as the first */
        { "[default]\nsecret_id = " ID "\n[other]\nsecret_id = x\n[default]\nsecret_key = " KEY,
          PLAIN },
        { "[other]\n[default2]\nno pair\nsecret_id = a b\nsecret_id = \x01\n[defaul]\n=\n"
          "[default]\n" PAIRS "[next]\nsecret_id = x\nno pair", PLAIN },
        { "secret_id = x\nno pair\n[default]\n" PAIRS, PLAIN }, /* in no section: in no profile */
        { "[]\nsecret_id = x\n[default]\n" PAIRS, PLAIN },
        { "[default]\nsecret_id = " ID "\nsecret_key = a=b#c;d\\e",
          FOUND("a=b#c;d\\e|", "keys, profile default") },
        { "[default]\nsecret_id = " ID "\nsecret_key = \"ab'", /* quotes that do not match */
          FOUND("\"ab'|", "keys, profile default") },
        { "[default]\nsecret_id = " ID "\nsecret_key = \"'ab'\"", /* one pair is enough */
          FOUND("'ab'|", "keys, profile default") },
        { "[default]\nsecret_id = " ID "\nsecret_key = \"", /* a quote alone is no pair */
          FOUND("\"|", "keys, profile default") },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

static void test_absent(void **state)
{
    static const char *const TEXTS[] = {
        "", "\n", " \t\r\n\r\n", BOM, "# nothing", PAIRS, "[Default]\n" PAIRS,
        "[defaults]\n" PAIRS, "[defaul]\n" PAIRS, "[]\n" PAIRS, "[other]\n" PAIRS,
        "<html>\n<body>", "#[default]\n" PAIRS,
    };

    (void)state;
    for (size_t i = 0; i < ROWS(TEXTS); i++)
        assert_string_equal(parsed(TEXTS[i], strlen(TEXTS[i]), "default", 0), "absent");
}

#define LINE(number, rest) "credentials: line " number " of key file keys " rest
#define NO_SECTION "is no section, write [PROFILE] alone on it"
#define NO_EQUALS "has no equals sign, write NAME = VALUE"
#define OF(name, rest) "credentials: " name " of keys, profile default " rest
#define BLANK "has a blank inside, write the value alone on its line"
#define CONTROL "has a control character or a letter outside ASCII inside"
#define HALF(what) "credentials: half an API key: the secret " what                                \
                   " is missing in keys, profile default"
#define TWICE(name) "credentials: " name " occurs twice in keys, profile default"

static void test_refused(void **state)
{
    static const struct row ROW[] = {
        { "[default\n" PAIRS, LINE("1", NO_SECTION) },
        { "[default] " MARK "\n" PAIRS, LINE("1", NO_SECTION) },
        { "[default]]\n" PAIRS, LINE("1", NO_SECTION) },
        { "[default]\n" PAIRS "[", LINE("4", NO_SECTION) },
        { "\r\n# c\r\n [other\r\n[default]\r\n" PAIRS, LINE("3", NO_SECTION) },
        { "[default]\r" PAIRS, LINE("1", NO_SECTION) }, /* line ends of an old Mac */
        { "[default]\n" MARK "\n" PAIRS, LINE("2", NO_EQUALS) },
        { "[default]\nsecret_id: " ID "\n", LINE("2", NO_EQUALS) },
        { "[default]\n" PAIRS "\n\n" KEY, LINE("6", NO_EQUALS) },
        { "[default]\n" PAIRS "secret_id = " ID, TWICE("secret_id") },
        { "[default]\n" PAIRS "[x]\n[default]\nSECRET_KEY = x" MARK, TWICE("secret_key") },
        { "[default]\ntoken = a\n" PAIRS "token = " TOKEN, TWICE("token") },
        { "[default]\nsecret_id = " ID "\n", HALF("key") },
        { "[default]\nsecret_id = " ID "\nsecret_key =\n", HALF("key") },
        { "[default]\nsecret_id = " ID "\nsecret_key = ' '\n", HALF("key") },
        { "[default]\nsecret_key = " KEY "\n", HALF("id") },
        { "[default]\nsecret_key = " KEY "\n[other]\nsecret_id = x\n", HALF("id") },
        { "[default]\nsecret_id = a " MARK "\n", OF("secret_id", BLANK) },
        { "[default]\nsecret_id = " ID "\nsecret_key = " KEY " ; note", OF("secret_key", BLANK) },
        { "[default]\nsecret_key = '" KEY "' # note", OF("secret_key", BLANK) },
        { "[default]\nsecret_key = a\t" MARK, OF("secret_key", CONTROL) },
        { "[default]\nsecret_key = a\r" MARK, OF("secret_key", CONTROL) },
        { "[default]\nsecret_key = \x01" MARK, OF("secret_key", CONTROL) },
        { "[default]\nsecret_key = " MARK "\x7f", OF("secret_key", CONTROL) },
        { "[default]\nsecret_id = " MARK "\xc2\xa0", OF("secret_id", CONTROL) },
        { "[default]\nsecret_id = \xef\xbc\x91" MARK, OF("secret_id", CONTROL) },
        { "[default]\n" PAIRS "token = " MARK "\xff", OF("token", CONTROL) },
    };

    (void)state;
    compare(ROW, ROWS(ROW));
}

/* A profile with no key at all is not half of one. */
static void test_empty_profile(void **state)
{
    static const char *const TEXTS[] = { "[default]", "[default]\nregion = ap-hongkong\n",
                                         "[default]\nsecret_id =\nsecret_key = \"\"\n",
                                         ("[default]\ntoken = " TOKEN) };

    (void)state;
    for (size_t i = 0; i < ROWS(TEXTS); i++)
        assert_string_equal(parsed(TEXTS[i], strlen(TEXTS[i]), "default", 0), "absent");
}

static void test_nul(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } ROW[] = {
        { TEXT("[default]\n" PAIRS "\0") },
        { TEXT("[default]\nsecret_id = " ID "\0\nsecret_key = " KEY "\n") },
        { TEXT("\0") },
        { TEXT(BOM "\0[default]\n" PAIRS) },
        { TEXT("[\0d\0e\0f\0a\0u\0l\0t\0]\0\n\0") },
        { TEXT("\xff\xfe[\0d\0e\0f\0a\0u\0l\0t\0]\0\n\0") },
        { TEXT("{\"secretId\":\"\0\"}") },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_string_equal(parsed(ROW[i].text, ROW[i].length, "default", 0),
                            "credentials: key file keys has a NUL byte in it, is it a text file?");
}

/* NAME = QUOTE, length times 'k', QUOTE */
static void append_pair(char *out, const char *name, const char *quote, size_t length)
{
    out += strlen(out) + (size_t)sprintf(out + strlen(out), "%s = %s", name, quote);
    memset(out, 'k', length);
    sprintf(out + length, "%s\n", quote);
}

/* Ids and keys up to 1,024 bytes, tokens up to 4,096; quotes around them do not count. */
static void test_lengths(void **state)
{
    static const struct {
        size_t id, key, token;
        const char *quote, *told;
    } ROW[] = {
        { 1024, 1024, 4096, "", NULL },
        { 1024, 1024, 4096, "\"", NULL },
        { 1, 1, 0, "'", NULL },
        { 1025, 1, 0, "", OF("secret_id", "is longer than 1024 bytes") },
        { 1025, 1, 0, "\"", OF("secret_id", "is longer than 1024 bytes") },
        { 1, 1025, 0, "", OF("secret_key", "is longer than 1024 bytes") },
        { 1, 1, 4097, "", OF("token", "is longer than 4096 bytes") },
        { 1, 1, 30000, "'", OF("token", "is longer than 4096 bytes") },
    };
    static char text[40000];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        snprintf(text, sizeof text, "[default]\n");
        append_pair(text, "secret_id", ROW[i].quote, ROW[i].id);
        append_pair(text, "secret_key", ROW[i].quote, ROW[i].key);
        append_pair(text, "token", ROW[i].quote, ROW[i].token);
        const char *made = parsed(text, strlen(text), "default", 0);
        if (ROW[i].told) {
            assert_string_equal(made, ROW[i].told);
            continue;
        }
        const size_t lengths[] = { ROW[i].id, ROW[i].key, ROW[i].token };
        for (size_t part = 0; part < ROWS(lengths); part++) {
            assert_int_equal(strspn(made, "k"), lengths[part]);
            made += lengths[part] + 1;
        }
    }
}

static void test_other_profiles(void **state)
{
    static const char FILE_TEXT[] = "[a]\nsecret_id = first-" ID "\nsecret_key = x\n"
                                    "[b c.d]\nsecret_id = " ID "\nsecret_key = " KEY "\n"
                                    "[broken]\nsecret_id = x\n";
    static const struct {
        const char *profile, *told;
    } ROW[] = {
        { "b c.d", FOUND(KEY "|", "keys, profile b c.d") },
        { "a", "first-" ID "|x||firs..q3Fz|keys, profile a" },
        { "broken", "credentials: half an API key: the secret key is missing in keys, profile "
                    "broken" },
        { "default", "absent" }, { "A", "absent" }, { "b", "absent" }, { "b c.d ", "absent" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_string_equal(parsed(FILE_TEXT, strlen(FILE_TEXT), ROW[i].profile, 0),
                            ROW[i].told);
}

/* A file cut anywhere: never a message with a part of the key, nothing read past the end. */
static void test_every_prefix(void **state)
{
    static const char WHOLE[] = BOM "# c\r\n[other]\r\nx\r\n[ default ]\r\nsecret_id = \"" ID
                                "\"\r\nsecret_key = '" KEY "'\r\ntoken = " TOKEN "\r\n";

    (void)state;
    for (size_t length = 0; length < sizeof WHOLE; length++)
        parsed(WHOLE, length, "default", 0);
    assert_string_equal(parsed(TEXT(WHOLE), "default", 0), WITH_TOKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),    cmocka_unit_test(test_absent),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_empty_profile),
        cmocka_unit_test(test_nul),     cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_other_profiles), cmocka_unit_test(test_every_prefix),
    };

    return cmocka_run_group_tests_name("key_ini", tests, enter_work_folder, leave_work_folder);
}
