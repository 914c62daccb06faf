/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "key_unit.h"

#include <pwd.h>

#define INI(id, key) "[default]\nsecret_id = " id "\nsecret_key = " key "\n"
#define ENVIRONMENT "the environment (TENCENTCLOUD_SECRET_ID)"
#define HOME_FILE "home/.tencentcloud/credentials"
#define TCCLI_FILE "home/.tccli/default.credential"

static int make_home(void **state)
{
    if (enter_work_folder(state) != 0)
        return 1;
    return mkdir("home", 0700) || mkdir("home/.tencentcloud", 0700) || mkdir("home/.tccli", 0700);
}

/* Every source has another key; the first is taken away again and again. */
static void test_order(void **state)
{
    static const char *const SET[VARIABLES] = { "env-id", "env-key", NULL, NULL, NULL, "variable" };
    static const char *const ONLY_FILE[VARIABLES] = { NULL, NULL, NULL, NULL, NULL, "variable" };

    (void)state;
    put_file("option", INI("option-id", "1"), 0600);
    put_file("variable", INI("variable-id", "3"), 0600);
    put_file(HOME_FILE, INI("home-file-id", "4"), 0600);
    put_file(TCCLI_FILE, "{\"secretId\":\"tccli-id-0123\",\"secretKey\":\"5\"}", 0600);

    set_environment(SET);
    assert_string_equal(searched("option", NULL),
                        "option-id|1||op..|option, profile default");
    set_environment(SET); /* each search wipes it */
    assert_string_equal(searched(NULL, NULL), "env-id|env-key||en..|" ENVIRONMENT);
    set_environment(ONLY_FILE);
    assert_string_equal(searched(NULL, NULL), "variable-id|3||va..|variable, profile default");
    set_environment(NULL);
    assert_string_equal(searched(NULL, NULL),
                        "home-file-id|4||home..e-id|" HOME_FILE ", profile default");
    unlink(HOME_FILE);
    if (system_has_key())
        return;
    assert_string_equal(searched(NULL, NULL), "tccli-id-0123|5||tccl..0123|" TCCLI_FILE);
    unlink(TCCLI_FILE);
    assert_string_equal(searched(NULL, NULL), "absent");
}

/* Half a key or a broken file in front of a good one ends the search. */
static void test_no_further_search(void **state)
{
    static const struct {
        const char *text, *told;
        mode_t mode;
    } ROW[] = {
        { "[default]\nsecret_id = " ID "\n", "credentials: half an API key: the secret key is "
          "missing in " HOME_FILE ", profile default", 0600 },
        { INI(ID, KEY), "credentials: key file " HOME_FILE " can be read by all users, run chmod "
          "640 on it", 0604 },
        { "{\"secretId\":\"\xff\"}", "credentials: key file " HOME_FILE " is not valid JSON: it is "
          "not UTF-8", 0600 },
    };

    (void)state;
    set_environment(NULL);
    put_file(TCCLI_FILE, "{\"secretId\":\"a\",\"secretKey\":\"5\"}", 0600);
    for (size_t i = 0; i < ROWS(ROW); i++) {
        put_file(HOME_FILE, ROW[i].text, ROW[i].mode);
        assert_string_equal(searched(NULL, NULL), ROW[i].told);
    }
    unlink(HOME_FILE);
    if (!system_has_key())
        assert_string_equal(searched(NULL, NULL), "a|5||a..|" TCCLI_FILE);
    put_file(TCCLI_FILE, "{\"secretId\":\"a\",\"secretKey\":\"5\",\"expiresAt\":1735689600}", 0600);
    if (!system_has_key())
        assert_string_equal(searched(NULL, NULL),
                            "credentials: the key in " TCCLI_FILE " is expired, run tccli");
    unlink(TCCLI_FILE);
}

static void test_profile(void **state)
{
    static const char *const SET[VARIABLES] = { ID, KEY, TOKEN, "other" };
    static const char *const WITH_FILE[VARIABLES] = { ID, KEY, NULL, NULL, NULL, "profiles" };

    (void)state;
    put_file("profiles",
             INI("id-of-default", "1") "[p 2]\nsecret_id=" ID "\nsecret_key=" KEY, 0600);
    set_environment(SET);
    assert_string_equal(searched("profiles", "p 2"), FOUND(KEY "|", "profiles, profile p 2"));
    assert_string_equal(searched("profiles", "p 3"),
                        "credentials: key file profiles has no profile p 3 with a key"
                        " // It has no line [p 3]; --profile chooses another profile.");
    put_file("named", "[default]\nsecretId=" ID "\nsecretKey=" KEY "\n", 0600);
    assert_string_equal(searched("named", NULL),
                        "credentials: key file named has no profile default with a key"
                        " // Its [default] has neither secret_id nor secret_key.");
    put_file("empty", "", 0600);
    assert_string_equal(searched("empty", NULL),
                        "credentials: key file empty has no profile default with a key"
                        " // It has no line [default]; --profile chooses another profile.");
    put_file("json", "{\"secretId\":\"None\"}", 0600);
    assert_string_equal(searched("json", NULL),
                        "credentials: key file json has no profile default with a key"
                        " // It is JSON, and has neither secretId nor secretKey.");
    put_file("json", "{\"secretId\":\"" ID "\",\"secretKey\":\"" KEY "\"}", 0600);
    assert_string_equal(searched("json", "p 2"), FOUND(KEY "|", "json"));

    set_environment(WITH_FILE);
    assert_string_equal(searched(NULL, "p 2"), FOUND(KEY "|", "profiles, profile p 2"));
    if (system_has_key())
        return;
    set_environment(SET);
    assert_string_equal(searched(NULL, "p 2"), "absent"); /* the environment is skipped */
    put_file("home/.tccli/p 2.credential",
             "{\"secretId\":\"" ID "\",\"secretKey\":\"" KEY "\"}", 0600);
    assert_string_equal(searched(NULL, "p 2"), FOUND(KEY "|", "home/.tccli/p 2.credential"));
}

#define NO_KEY "credentials: no API key found for profile "
#define SYSTEM "/etc/tencentcloud/credentials (not there)"
#define ENDING ". Name a file with --credentials-file."

/* What is told when the whole chain has nothing. */
static const char *missing(const char *profile)
{
    static struct credentials key;
    struct credentials_wish wish = { .profile = profile };
    struct failure why = { 0 };

    assert_false(credentials_find(&key, &wish, 0, &why));
    assert_false(credentials_missing(&wish, &why));
    return told(LOOKUP_FAILED, &key, &why);
}

static void test_missing(void **state)
{
    (void)state;
    if (system_has_key())
        return; /* the chain has something here */
    set_environment(NULL);
    setenv("HOME", "/h", 1);
    assert_string_equal(missing(NULL),
                        NO_KEY "default // Looked at: TENCENTCLOUD_SECRET_ID (not set), "
                        "/h/.tencentcloud/credentials (not there), " SYSTEM
                        ", /h/.tccli/default.credential (not there)" ENDING);
    setenv("TENCENTCLOUD_SECRET_ID", "x", 1);
    assert_string_equal(missing("p 2"),
                        NO_KEY "p 2 // Looked at: TENCENTCLOUD_SECRET_ID (skipped for --profile), "
                        "/h/.tencentcloud/credentials (not there), " SYSTEM
                        ", /h/.tccli/p 2.credential (not there)" ENDING);
}

#define NO_HOME "HOME is not set, or too long"

/* A HOME that is not set, or set to nothing, is that of the user database; one too long is none. */
static void test_homes(void **state)
{
    const struct passwd *entry = getpwuid(geteuid());
    char wanted[600], home[420];

    (void)state;
    if (system_has_key())
        return; /* the chain has something here */
    set_environment(NULL);
    for (int set = 0; entry && set < 2; set++) {
        setenv("HOME", "", 1);
        if (!set)
            unsetenv("HOME");
        snprintf(wanted, sizeof wanted, "%s/.tencentcloud/credentials (not there), " SYSTEM,
                 entry->pw_dir);
        assert_non_null(strstr(missing(NULL), wanted));
    }
    memset(home, 'x', sizeof home - 1);
    home[sizeof home - 1] = '\0';
    setenv("HOME", home, 1);
    assert_string_equal(missing(NULL), NO_KEY "default // Looked at: TENCENTCLOUD_SECRET_ID (not "
                                       "set), ~/.tencentcloud/credentials (" NO_HOME "), " SYSTEM
                                       ", ~/.tccli (" NO_HOME ")" ENDING);
}

/* Sent as an id, the secret key would be on the wire, and parts of it in the output. */
static void test_swapped(void **state)
{
    static const struct {
        const char *id, *key, *told;
    } ROW[] = {
        { "S3CRkey", "AKIDxyz", "credentials: secret id and secret key are swapped in here" },
        { "AKIDxyz", "AKIDabc", NULL },
        { "S3CRid", "S3CRkey", NULL },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct credentials key = { 0 };
        struct failure why = { 0 };
        assert_true(credentials_allocate(&key, &why));
        snprintf(key.secret->id, sizeof key.secret->id, "%s", ROW[i].id);
        snprintf(key.secret->key, sizeof key.secret->key, "%s", ROW[i].key);
        assert_int_equal(credentials_complete(&key, "here", &why), ROW[i].told == NULL);
        if (ROW[i].told)
            assert_string_equal(told(LOOKUP_FAILED, &key, &why), ROW[i].told);
        credentials_clear(&key);
    }
}

/* Enough of an id to tell keys apart; a source too long for its room is cut. */
static void test_complete(void **state)
{
    static const struct {
        const char *id, *shown;
    } ROW[] = {
        { "AKIDz8krbsJ5yKBZQpn74WFkmLPx3", "AKID..LPx3" }, { "123456789012", "1234..9012" },
        { "A|;`xxxxxxxxq'Fz", "A???..q?Fz" }, { "12345678901", "12.." }, { "123", "12.." },
        { "1", "1.." },
    };
    char source[1000];

    (void)state;
    memset(source, 's', sizeof source);
    source[sizeof source - 1] = '\0';
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct credentials key = { 0 };
        struct failure why = { 0 };
        assert_true(credentials_allocate(&key, &why));
        snprintf(key.secret->id, sizeof key.secret->id, "%s", ROW[i].id);
        assert_false(credentials_complete(&key, "here", &why)); /* no key yet */
        why = (struct failure){ 0 };
        snprintf(key.secret->key, sizeof key.secret->key, "%s", "k");
        assert_true(credentials_complete(&key, source, &why));
        assert_string_equal(key.shown_id, ROW[i].shown);
        assert_int_equal(strspn(key.source, "s"), KEY_SOURCE - 1);
        assert_true(credentials_allocate(&key, &why)); /* lets go of the first */
        assert_string_equal(key.secret->id, "");
        credentials_clear(&key);
        credentials_clear(&key);
    }
}

/* What an answer repeats is overwritten, and nothing else of it. */
static void test_mask(void **state)
{
    static const struct {
        const char *data, *token, *masked;
    } ROW[] = {
        { "", TOKEN, "" },
        { "nothing of it", TOKEN, "nothing of it" },
        { "a " ID " b", TOKEN, "a ********************** b" },
        { "a\\n" ID "\\t" ID, TOKEN, "a\\n**********************\\t**********************" },
        { KEY, TOKEN, "********************************" },
        { TOKEN "," TOKEN TOKEN, TOKEN, "******************,************************************" },
        { MARK ID, TOKEN, MARK "**********************" },
        { "S3CRtoken" TOKEN, TOKEN, "S3CRtoken******************" },
        { "S3CRtoken/0123/+=", TOKEN, "*****************" }, /* cut before its end */
        { "S3CRtoken/0123/+...", TOKEN, "****************..." },
        { "S3CRtoken/0123/...", TOKEN, "S3CRtoken/0123/..." }, /* too short to matter */
        { "S3CRtoken\\/0123\\/\\u002b, and", TOKEN, "***********************, and" },
        { "s3crtoken/0123/+==", TOKEN, "s3crtoken/0123/+==" },
        { "a 15-byte token", "a 15-byte token", "a 15-byte token" }, /* could stand anywhere */
        { "a 16-byte token.", "a 16-byte token.", "****************" },
        { TOKEN, "", TOKEN },
        /* As JSON may write it: any character by its number, also the u, and slashes. */
        { "\\u0075\\u0053er\\/token-0123", "uSer/token-0123/", "\\u0075\\u0053er\\/token-0123" },
        { "\\u0075\\u0053er\\/token-0123\\/", "uSer/token-0123/", "****************************" },
        { "\\u007E\\u007er-token-01234.", "~~r-token-01234.", "**************************" },
        { "uSer/token-0123\\u002", "uSer/token-0123/", "uSer/token-0123\\u002" },
        { "\\user-token-0123456", "user-token-0123456", "\\******************" },
    };
    struct credentials key = { 0 };
    struct failure why = { 0 };

    (void)state;
    assert_true(credentials_allocate(&key, &why));
    snprintf(key.secret->id, sizeof key.secret->id, "%s", ID);
    snprintf(key.secret->key, sizeof key.secret->key, "%s", KEY);
    for (size_t i = 0; i < ROWS(ROW); i++) {
        size_t length = strlen(ROW[i].data);
        char *copy = exact_copy(ROW[i].data, length);
        snprintf(key.secret->token, sizeof key.secret->token, "%s", ROW[i].token);
        credentials_mask(&key, copy, length);
        assert_memory_equal(copy, ROW[i].masked, length);
        exact_free(copy);
    }
    credentials_clear(&key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),   cmocka_unit_test(test_no_further_search),
        cmocka_unit_test(test_profile), cmocka_unit_test(test_missing),
        cmocka_unit_test(test_homes),   cmocka_unit_test(test_complete),
        cmocka_unit_test(test_mask),    cmocka_unit_test(test_swapped),
    };

    return cmocka_run_group_tests_name("credentials", tests, make_home, leave_work_folder);
}
