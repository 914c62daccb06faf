/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "key_unit.h"

#define ENVIRONMENT "the environment (TENCENTCLOUD_SECRET_ID)"
#define HALF "credentials: half an API key: the secret "
#define NO_ID HALF "id is missing in " ENVIRONMENT
#define NO_KEY HALF "key is missing in the environment (TENCENTCLOUD_SECRET_KEY)"
#define DIFFER(a, b) "credentials: TENCENTCLOUD_" a " and TENCENTCLOUD_" b " differ, set only one "\
                     "of them"
#define OF(name, rest) "credentials: TENCENTCLOUD_" name " of the environment has a " rest
#define CONTROL "control character or a letter outside ASCII inside"

static void test_environment(void **state)
{
    static const struct {
        const char *values[VARIABLES], *told;
    } ROW[] = {
        { { ID, KEY }, FOUND(KEY "|", ENVIRONMENT) },
        { { " \"" ID "\"\n", "'" KEY "'\r\n" }, FOUND(KEY "|", ENVIRONMENT) },
        { { ID, KEY, TOKEN }, FOUND(KEY "|" TOKEN, ENVIRONMENT) },
        { { ID, KEY, NULL, TOKEN }, FOUND(KEY "|" TOKEN, ENVIRONMENT) },
        { { ID, KEY, NULL, NULL, TOKEN }, FOUND(KEY "|" TOKEN, ENVIRONMENT) },
        { { ID, KEY, TOKEN, TOKEN, TOKEN }, FOUND(KEY "|" TOKEN, ENVIRONMENT) },
        { { ID, KEY, "", "", TOKEN }, FOUND(KEY "|" TOKEN, ENVIRONMENT) },
        { { ID, KEY, "", "", "", "missing" }, FOUND(KEY "|", ENVIRONMENT) },
        { { ID, KEY, TOKEN, "other" }, DIFFER("TOKEN", "SESSION_TOKEN") },
        { { ID, KEY, TOKEN, NULL, "other" }, DIFFER("TOKEN", "SECURITY_TOKEN") },
        { { ID, KEY, NULL, "other", TOKEN }, DIFFER("SESSION_TOKEN", "SECURITY_TOKEN") },
        { { ID, KEY, TOKEN, TOKEN, "other" }, DIFFER("SESSION_TOKEN", "SECURITY_TOKEN") },
        { { ID }, NO_KEY },
        { { NULL, KEY }, NO_ID },
        { { ID, "" }, NO_KEY },
        { { "", KEY, TOKEN }, NO_ID },
        { { ID, " \t" }, NO_KEY },
        { { "''", KEY }, NO_ID },
        { { "None", NULL, NULL, NULL, NULL, "missing" }, NO_KEY },
        { { "AK " MARK, KEY }, OF("SECRET_ID", "blank inside, write the value alone on its line") },
        { { ID, MARK "\x1b" }, OF("SECRET_KEY", CONTROL) },
        { { ID, MARK "\na" }, OF("SECRET_KEY", CONTROL) },
        { { ID, KEY, MARK "\xc3\xbc" }, OF("TOKEN", CONTROL) },
        { { ID, KEY, NULL, NULL, "\x7f" MARK }, OF("SECURITY_TOKEN", CONTROL) },
        { { "", "", "", "", "", "" }, "absent" },
        { { NULL, NULL, TOKEN, "other" }, "absent" }, /* a token alone is no key */
        { { NULL, NULL, NULL, NULL, NULL, "missing" },
          "credentials: key file missing cannot be opened: No such file or directory"
          " // The environment names the file: TENCENTCLOUD_CREDENTIALS_FILE" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW) && !system_has_key(); i++) {
        set_environment(ROW[i].values);
        assert_string_equal(searched(NULL, NULL), ROW[i].told);
    }
}

static void test_lengths_in_environment(void **state)
{
    static const char *const NAMES[] = { "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY",
                                         "TENCENTCLOUD_TOKEN" };
    static const size_t MOST[] = { 1024, 1024, 4096 };
    char text[4098], wanted[120];

    (void)state;
    for (size_t i = 0; i < ROWS(MOST); i++) {
        const char *values[VARIABLES] = { ID, KEY };
        memset(text, 'x', sizeof text);
        text[MOST[i] + 1] = '\0';
        values[i] = text;
        set_environment(values);
        snprintf(wanted, sizeof wanted, "credentials: %s of the environment is longer than %zu "
                                        "bytes", NAMES[i], MOST[i]);
        assert_string_equal(searched(NULL, NULL), wanted);
        text[MOST[i]] = '\0';
        set_environment(values);
        assert_non_null(strstr(searched(NULL, NULL), text));
    }
}

/* Also what was not used: another name of the token, the second of two, all with --profile. */
static void test_wiped(void **state)
{
    static const char *const PROFILES[] = { NULL, "default" };
    extern char **environ;
    char **before = environ;

    (void)state;
    for (size_t i = 0; i < ROWS(PROFILES); i++) {
        char id[] = "TENCENTCLOUD_SECRET_ID=" ID, key[] = "TENCENTCLOUD_SECRET_KEY=" KEY;
        char again[] = "TENCENTCLOUD_SECRET_KEY=" MARK, token[] = "TENCENTCLOUD_TOKEN=" TOKEN;
        char session[] = "TENCENTCLOUD_SESSION_TOKEN=" TOKEN;
        char security[] = "TENCENTCLOUD_SECURITY_TOKEN=" TOKEN, other[] = "XTENCENTCLOUD_TOKEN=1";
        char *block[] = { id, key, again, token, session, security, other, NULL };

        environ = block;
        searched(NULL, PROFILES[i]);
        environ = before;
        assert_string_equal(id, "TENCENTCLOUD_SECRET_ID=" ID);
        assert_string_equal(other, "XTENCENTCLOUD_TOKEN=1");
        for (char **entry = block + 1; *entry != other; entry++)
            assert_string_equal(strchr(*entry, '='), "=");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_lengths_in_environment),
        cmocka_unit_test(test_wiped),
    };

    return cmocka_run_group_tests_name("key_environment", tests, enter_work_folder,
                                       leave_work_folder);
}
