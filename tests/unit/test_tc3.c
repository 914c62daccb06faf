/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "tc3.h"

#include <time.h>

#include "unit.h"

#define ID "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"
#define KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
#define STARS "********************************"
#define JSON "application/json"
#define JSON_UTF8 "application/json; charset=utf-8"
#define CWP_INTL "cwp.intl.tencentcloudapi.com"
#define INSTANCES                                                                                  \
    "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], "                      \
    "\"Name\": \"instance-name\"}]}"

/* One request with its key, in the terms of the vendor's pages; action NULL: not signed. */
struct vector {
    const char *name;
    int64_t timestamp;
    const char *service, *host, *content_type, *action, *body, *id, *key;
    const char *signature;
};

/* A and B are published on the vendor's international and Chinese "Signature v3" pages, where B
 * is computed with its own mask of asterisks. C1 to C8 were made with the vendor's Python SDK.
 * C8: its digest holds a zero byte, at which the vendor's own C example cuts the signature. */
static const struct vector VECTORS[] = {
    { "A", 1551113065, "cvm", "cvm.tencentcloudapi.com", JSON_UTF8, NULL, INSTANCES, ID, KEY,
      "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168" },
    { "B", 1551113065, "cvm", "cvm.tencentcloudapi.com", JSON_UTF8, "DescribeInstances", INSTANCES,
      "AKID" STARS, STARS, "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f" },
    { "C1", 1551113065, "cwp", CWP_INTL, JSON, NULL, "{}", ID, KEY,
      "a6c51168c607547d9ec357c742cd57e55de90594204401052328ef548dd5d92a" },
    { "C2", 1551113065, "cwp", CWP_INTL, JSON_UTF8, NULL, "{}", ID, KEY,
      "5bb2aec4731c99f496e460f3342aa7266a9e952db494650b33b5b27b06af3fbb" },
    { "C3", 1551113065, "cwp", CWP_INTL, JSON_UTF8, "DescribeLicenseGeneral", "{}", ID, KEY,
      "afb8f085b6e67b1683561b2b3f0e33e91d49cf0f2d3b443891a76bb389524d48" },
    { "C4", 1551139199, "cwp", CWP_INTL, JSON, NULL, "{}", ID, KEY, /* last second of the day */
      "639e13b5889691b1366354954e43635e76f9fd55515cccfd92ff7261565e891f" },
    { "C5", 1551139200, "cwp", CWP_INTL, JSON, NULL, "{}", ID, KEY, /* first of the next one */
      "ff5f5af2436765c165be6945173367a92f0097a9e2a1b9e1fccc9395ffa9e916" },
    { "C6", 1551113065, "cwp", CWP_INTL ":8443", JSON, NULL, "{}", ID, KEY,
      "aeefd487545685ec523b1ee14de1bcdab22eac1f21c3055fc9256548ef597e6b" },
    { "C7", 1551113065, "cwp", "cwp.tencentcloudapi.com", JSON, NULL, "{}", ID, KEY,
      "4388e56a6f4246d73acca61964f7037ef5966b2f142bddd4abf22c97b06bcf73" },
    { "C8", 1551113077, "cwp", CWP_INTL, JSON, NULL, "{}", ID, KEY,
      "210002010306bccfdca86ab3197dd6db06dc337ae927035a96b9793db6d754e0" },
    /* Header values are signed in lower case: this is C1 again. */
    { "C1", 1551113065, "cwp", "CWP.Intl.TencentCloudAPI.com", "Application/JSON", NULL, "{}", ID,
      KEY, "a6c51168c607547d9ec357c742cd57e55de90594204401052328ef548dd5d92a" },
};

/* Where the vector's headers stand while it is signed. */
static struct tc3_request request_of(struct tc3_header headers[3], const struct vector *vector)
{
    headers[0] = (struct tc3_header){ "content-type", vector->content_type };
    headers[1] = (struct tc3_header){ "host", vector->host };
    headers[2] = (struct tc3_header){ "x-tc-action", vector->action };
    return (struct tc3_request){ headers, vector->action ? 3 : 2, vector->service, vector->body,
                                 vector->timestamp };
}

static void compare_vectors(void)
{
    struct tc3_header headers[3];
    char made[TC3_AUTHORIZATION], wanted[TC3_AUTHORIZATION];

    for (size_t i = 0; i < ROWS(VECTORS); i++) {
        const struct vector *v = &VECTORS[i];
        struct tc3_request request = request_of(headers, v);
        snprintf(wanted, sizeof wanted,
                 "TC3-HMAC-SHA256 Credential=%s/2019-02-2%d/%s/tc3_request, "
                 "SignedHeaders=content-type;host%s, Signature=%s",
                 v->id, v->timestamp < 1551139200 ? 5 : 6, v->service,
                 v->action ? ";x-tc-action" : "", v->signature);
        assert_true(tc3_authorize(made, &request, v->id, v->key));
        assert_string_equal(made, wanted);
    }
}

/* C4 and C5 part at midnight UTC, wherever the host stands: eight hours east and west. CST-8 is
 * Shanghai's time where the system has no tables of time zones. */
static void test_vectors(void **state)
{
    static const char *const ZONES[] = { "UTC", "Asia/Shanghai", "CST-8", "PST8" };

    (void)state;
    for (size_t i = 0; i < ROWS(ZONES); i++) {
        assert_int_equal(setenv("TZ", ZONES[i], 1), 0);
        tzset();
        compare_vectors();
    }
    unsetenv("TZ");
    tzset();
}

static const char *hex(const unsigned char bytes[TC3_HASH])
{
    static char out[TC3_HEX];

    for (size_t i = 0; i < TC3_HASH; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return out;
}

/* Only the letters change, and none is forgotten. */
static void test_lower_case(void **state)
{
    static const char *const HOSTS[] = { "ABCXYZ@[`{09-.", "abcxyz@[`{09-." };
    struct tc3_digest digest[ROWS(HOSTS)];

    (void)state;
    for (size_t i = 0; i < ROWS(HOSTS); i++) {
        struct tc3_header host = { "host", HOSTS[i] };
        struct tc3_request request = { &host, 1, "cwp", "{}", 1551113065 };
        assert_true(tc3_digest(&digest[i], &request));
    }
    assert_string_equal(digest[0].canonical, digest[1].canonical);
}

/* Every step on the way to the signatures of A and B, and the keys of C1. */
static void test_steps(void **state)
{
    static const struct {
        const struct vector *vector;
        const char *payload, *canonical, *scope, *date, *service, *signing;
    } ROW[] = {
        { &VECTORS[0], "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064",
          "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
          "2019-02-25/cvm/tc3_request",
          "d1308c81fe71cfd4e06437bbc067b2b8a3d2d8c0e375d547f15c41d5214b395a",
          "3c7cb7c7795393edc14fd2e0e6434a518564b4504b88e94f5d11bf59ba3e7050",
          "ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1" },
        { &VECTORS[1], "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064",
          "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
          "2019-02-25/cvm/tc3_request",
          "da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0",
          "8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f",
          "b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af" },
        /* The canonical hash of C1 with Python's hashlib, from the text that the pages describe. */
        { &VECTORS[2], "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
          "b3e48b83adbfffb641219c7a9013c220018ccdb97d67d3d2cab07ef2d4410bd3",
          "2019-02-25/cwp/tc3_request",
          "d1308c81fe71cfd4e06437bbc067b2b8a3d2d8c0e375d547f15c41d5214b395a",
          "d181cbad9f59da070fd31ea0480d5343ee95823e64ee414c6a6e5a7546f4ea58",
          "cb02e311e87f89edece7e15e211027f0274b3f3ffdabbfd1db4e39ad25a82d5f" },
    };
    char to_sign[192];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct tc3_header headers[3];
        struct tc3_request request = request_of(headers, ROW[i].vector);
        struct tc3_digest digest;
        struct tc3_keys keys;
        assert_true(tc3_digest(&digest, &request));
        assert_string_equal(digest.payload, ROW[i].payload);
        assert_string_equal(digest.canonical, ROW[i].canonical);
        assert_string_equal(digest.scope, ROW[i].scope);
        snprintf(to_sign, sizeof to_sign, "TC3-HMAC-SHA256\n1551113065\n%s\n%s", ROW[i].scope,
                 ROW[i].canonical);
        assert_string_equal(digest.string_to_sign, to_sign);
        assert_true(tc3_derive(&keys, ROW[i].vector->key, digest.scope));
        assert_string_equal(hex(keys.date), ROW[i].date);
        assert_string_equal(hex(keys.service), ROW[i].service);
        assert_string_equal(hex(keys.signing), ROW[i].signing);
    }
}

/* C1 with another body and at the ends of time. Expected values: Python's hmac and hashlib. */
static void test_times_and_bodies(void **state)
{
    static const struct {
        int64_t timestamp;
        const char *body, *scope, *payload; /* scope NULL: refused */
    } ROW[] = {
        { 0, "", "1970-01-01/cwp/tc3_request",
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { 951827696, "{}", "2000-02-29/cwp/tc3_request",
          "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" },
        { INT64_C(2147483648), "{}", "2038-01-19/cwp/tc3_request",
          "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" },
        { INT64_C(253402300799), "{}", "9999-12-31/cwp/tc3_request",
          "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" },
        { INT64_C(253402300800), "{}", NULL, NULL },
        { INT64_MAX, "{}", NULL, NULL },
        { -1, "{}", NULL, NULL },
        { INT64_MIN, "{}", NULL, NULL },
    };
    char made[TC3_AUTHORIZATION];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct tc3_header headers[3];
        struct tc3_request request = request_of(headers, &VECTORS[2]);
        struct tc3_digest digest;
        request.timestamp = ROW[i].timestamp;
        request.body = ROW[i].body;
        assert_int_equal(tc3_digest(&digest, &request), ROW[i].scope != NULL);
        assert_int_equal(tc3_authorize(made, &request, ID, KEY), ROW[i].scope != NULL);
        if (ROW[i].scope) {
            assert_string_equal(digest.scope, ROW[i].scope);
            assert_string_equal(digest.payload, ROW[i].payload);
        }
    }
}

/* C1 with the letter k so many times as the key. HMAC hashes keys longer than its block of 64
 * bytes first, and "TC3" stands before ours: the sides of that step are 61 and 62 bytes.
 * Expected values: hmac.new(k, text, hashlib.sha256) in Python 3, four times in a row from
 * k = b"TC3" + b"k" * length over 2019-02-25, cwp, tc3_request and the string to sign. */
static void test_key_lengths(void **state)
{
    static const struct {
        size_t length;
        const char *signature; /* NULL: refused */
    } ROW[] = {
        { 0, NULL },
        { 1, "04333620bb500ed6c093dce5ee5cc8d646ff574a1b30ff5f5bd40120d3ba43f6" },
        { 61, "8e6ff0a60f43b763fd110125aaa18112049828c9e489d8327cdf3f02e71a9b1f" },
        { 62, "a43b5abb8640e853d05fb598492cf5882648e75d3d70fcd91b6cd31126ac9723" },
        { 64, "2e9930898420100279a8801d841d816392da94d43b9af63e3f65da7173c1473e" },
        { 65, "9305a1e2bfed868ace40c95adb510af520220d8a968e190c7887481094c326ea" },
        { 1024, "821549d3309be6101bb5e162cd0470001f3716fffa031730c7b66522e1817cb1" },
        { 1025, NULL },
        { 5000, NULL },
    };
    char made[TC3_AUTHORIZATION], *key;
    struct tc3_keys keys;

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct tc3_header headers[3];
        struct tc3_request request = request_of(headers, &VECTORS[2]);
        assert_non_null(key = calloc(ROW[i].length + 1, 1));
        memset(key, 'k', ROW[i].length);
        assert_int_equal(tc3_authorize(made, &request, ID, key), ROW[i].signature != NULL);
        assert_int_equal(tc3_derive(&keys, key, "2019-02-25/cwp/tc3_request"),
                         ROW[i].signature != NULL);
        if (ROW[i].signature)
            assert_string_equal(strstr(made, "Signature=") + 10, ROW[i].signature);
        free(key);
    }
    assert_false(tc3_derive(&keys, KEY, "2019-02-25/cwp"));
    assert_false(tc3_derive(&keys, KEY, ""));
}

/* What does not fit is refused, never cut: a cut text would be signed all the same. */
static void test_too_long(void **state)
{
    static const struct {
        size_t host, service, id, headers;
        bool digest, authorized;
    } ROW[] = {
        { 253, 3, 36, 2, true, true },    /* the longest name there is */
        { 253, 40, 1024, 2, true, true },
        { 2000, 3, 36, 2, false, false },
        { 253, 41, 36, 2, false, false }, /* the scope has room for 40 */
        { 253, 3, 36, 9, false, false },
        { 20, 3, 1600, 2, true, false },
        { 20, 3, 100000, 2, true, false },
    };
    struct tc3_header headers[9];
    struct tc3_digest digest;
    char host[2001], service[42], made[TC3_AUTHORIZATION], *id;

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        snprintf(host, sizeof host, "%0*d", (int)ROW[i].host, 0);
        snprintf(service, sizeof service, "%0*d", (int)ROW[i].service, 0);
        assert_non_null(id = calloc(ROW[i].id + 1, 1));
        memset(id, 'i', ROW[i].id);
        for (size_t h = 0; h < ROWS(headers); h++)
            headers[h] = (struct tc3_header){ "host", host };
        struct tc3_request request = { headers, ROW[i].headers, service, "{}", 1551113065 };
        assert_int_equal(tc3_digest(&digest, &request), ROW[i].digest);
        assert_int_equal(tc3_authorize(made, &request, id, KEY), ROW[i].authorized);
        free(id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),     cmocka_unit_test(test_lower_case),
        cmocka_unit_test(test_steps),       cmocka_unit_test(test_times_and_bodies),
        cmocka_unit_test(test_key_lengths), cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests_name("tc3", tests, NULL, NULL);
}
