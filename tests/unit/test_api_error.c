/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "api_error.h"

#include "failure.h"
#include "unit.h"

#define N "never"
#define R "again outage"
#define SAID " explained" /* our sentence says it all: the API's own text is for -v */
#define KEY " key"        /* the user must look where the key came from */

/* Every common error code of the vendor's documentation, with those of its subcodes that are
 * listed there, and CWP's own list. Tried again is only what is a fault of network or service. */
static const struct {
    const char *code, *kind, *rule;
} CODES[] = {
    { "ActionOffline", "service", N SAID },
    { "AuthFailure", "credentials", N KEY },
    { "AuthFailure.InvalidAuthorization", "credentials", N KEY },
    { "AuthFailure.InvalidSecretId", "credentials", N SAID KEY },
    { "AuthFailure.MFAFailure", "credentials", N SAID KEY },
    { "AuthFailure.SecretIdNotFound", "credentials", N SAID KEY },
    { "AuthFailure.SignatureExpire", "clock", N SAID },
    { "AuthFailure.SignatureFailure", "credentials", N SAID KEY },
    { "AuthFailure.TokenFailure", "credentials", N SAID KEY },
    { "AuthFailure.UnauthorizedOperation", "permission", N SAID KEY },
    { "DryRunOperation", "service", N },
    { "FailedOperation", "service", N },
    { "InternalError", "service", R SAID },
    { "InvalidAction", "service", N },
    { "InvalidParameter", "service", N },
    { "InvalidParameterValue", "service", N },
    { "InvalidRequest", "service", N },
    { "IpInBlacklist", "permission", N SAID KEY },
    { "IpNotInWhitelist", "permission", N SAID KEY },
    { "LimitExceeded", "service", N },
    { "MissingParameter", "service", N },
    { "NoSuchProduct", "service", N },
    { "NoSuchVersion", "service", N },
    { "OperationDenied", "service", N },
    { "RequestLimitExceeded", "throttled", R SAID },
    { "RequestLimitExceeded.GlobalRegionUinLimitExceeded", "throttled", R SAID },
    { "RequestLimitExceeded.IPLimitExceeded", "throttled", R SAID },
    { "RequestLimitExceeded.UinLimitExceeded", "throttled", R SAID },
    { "RequestSizeLimitExceeded", "service", N },
    { "ResourceInUse", "service", N },
    { "ResourceInsufficient", "service", N },
    { "ResourceNotFound", "service", N },
    { "ResourceUnavailable", "service", N },
    { "ResponseSizeLimitExceeded", "service", N },
    { "ServiceUnavailable", "service", R SAID },
    { "UnauthorizedOperation", "permission", N SAID KEY },
    { "UnknownParameter", "service", N },
    { "UnsupportedOperation", "service", N },
    { "UnsupportedProtocol", "service", N },
    { "UnsupportedRegion", "service", N },
};

static struct failure explained(const char *code, const char *message)
{
    struct failure why = { 0 };

    api_error_explain(&why, code, message);
    return why;
}

static const char *rule_of(const struct failure *why)
{
    static const char *const RETRIES[] = { "never", "again" };
    static char rule[80];

    snprintf(rule, sizeof rule, "%s %s%s%s%s", failure_kind_name(why->kind), RETRIES[why->retry],
             why->outage ? " outage" : "", why->explained ? " explained" : "",
             why->key_matters ? " key" : "");
    return rule;
}

/* A code of its own sentence is one that is known: the general one quotes the code. */
static void test_codes(void **state)
{
    char wanted[80];

    (void)state;
    for (size_t i = 0; i < ROWS(CODES); i++) {
        struct failure why = explained(CODES[i].code, "text");
        snprintf(wanted, sizeof wanted, "%s %s", CODES[i].kind, CODES[i].rule);
        assert_string_equal(rule_of(&why), wanted);
        assert_null(strstr(why.text, CODES[i].code));
        assert_string_equal(why.code, CODES[i].code);
        assert_string_equal(why.message, "text");
    }
}

/* Whatever stands in the table must survive the shortening of the first line, with the state
 * before it and the closing words behind it, and no mark may be left in it. */
static void test_sentences_fit(void **state)
{
    char line[400];

    (void)state;
    for (size_t i = 0; i < ROWS(CODES); i++) {
        struct failure why = explained(CODES[i].code, "");
        api_error_name_key(&why, "AKID..q3Fz");
        assert_null(strchr(why.text, '#'));
        snprintf(line, sizeof line, "CWP LICENSE UNKNOWN - %s, licenses NOT checked", why.text);
        if (strlen(line) > 140)
            assert_string_equal(line, "at most 140 characters");
    }
}

/* Subcodes are added freely: what is not listed is judged by the part before its first dot. */
static void test_subcodes(void **state)
{
    static const struct {
        const char *code, *like;
    } ROW[] = {
        { "InternalError.MainDBFail", "InternalError" },
        { "InternalError.A.B", "InternalError" },
        { "InternalError.", "InternalError" },
        { "ServiceUnavailable.X", "ServiceUnavailable" },
        { "RequestLimitExceeded.New", "RequestLimitExceeded" },
        { "RequestLimitExceeded.IPLimitExceeded.X", "RequestLimitExceeded" },
        { "AuthFailure.New", "AuthFailure" },
        { "UnauthorizedOperation.Cam", "UnauthorizedOperation" },
        { "FailedOperation.APIServerFail", "FailedOperation" },
        { "InvalidParameter.DateRange", "InvalidParameter" },
        { "LimitExceeded.AreaQuota", "LimitExceeded" },
        { "ResourceNotFound.MachineNotFound", "ResourceNotFound" },
    };
    char rule[80];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct failure why = explained(ROW[i].code, ""), like = explained(ROW[i].like, "");
        snprintf(rule, sizeof rule, "%s", rule_of(&like));
        assert_string_equal(rule_of(&why), rule);
        assert_string_equal(why.text, like.text);
        assert_string_equal(why.hint, like.hint);
        assert_string_equal(why.code, ROW[i].code);
    }
}

#define GENERAL "Tencent Cloud refused the request with the error "
#define UNKNOWN_ERROR "Tencent Cloud refused the request with an unknown error"
#define Z80 "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"

/* No fault of network or service: an unknown code is not retried and not an outage. */
static void test_unknown_codes(void **state)
{
    static const struct {
        const char *code, *text, *shown;
    } ROW[] = {
        { "Brand.New", GENERAL "Brand.New", "Brand.New" },
        { "internalerror", GENERAL "internalerror", "internalerror" },
        { "InternalErrorX", GENERAL "InternalErrorX", "InternalErrorX" },
        { "InternalErro", GENERAL "InternalErro", "InternalErro" },
        { " InternalError", UNKNOWN_ERROR, " InternalError" },
        { ".InternalError", GENERAL ".InternalError", ".InternalError" },
        { "A|B`\n\xff#", UNKNOWN_ERROR, "A?B???#" },
        { "%s%n", UNKNOWN_ERROR, "%s%n" },
        { "OK - all is fine", UNKNOWN_ERROR, "OK - all is fine" },
        { Z80, GENERAL Z80, Z80 },
        { Z80 "tail", GENERAL Z80, NULL },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct failure why = explained(ROW[i].code, "Message");
        api_error_name_key(&why, "AKID..q3Fz"); /* changes nothing: no key is to blame */
        assert_string_equal(rule_of(&why), "service never");
        assert_string_equal(why.text, ROW[i].text);
        if (ROW[i].shown)
            assert_string_equal(why.code, ROW[i].shown);
        assert_string_equal(why.message, "Message");
    }
}

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

/* The API's own text is hostile: contract section 6 sets 160 characters. */
static void test_messages(void **state)
{
    static const struct {
        const char *message, *shown;
    } ROW[] = {
        { "", "" },
        { "[request id:\"x\"]you are not authorized (sms:SendSms)\nresource (*)\n",
          "[request id:?x?]you are not authorized (sms:SendSms)?resource (*)?" },
        { "a|b`c~d$e&f'g\"h<i>j;k\x1b[0m\x7f", "a?b?c?d?e?f?g?h?i?j?k?[0m?" },
        { "\xe7\xad\xbe\xe5\x90\x8d", "??????" },
        { "%s%n%500d", "%s%n%500d" },
        { FIFTY FIFTY FIFTY TEN, FIFTY FIFTY FIFTY TEN },
        { FIFTY FIFTY FIFTY TEN "x", FIFTY FIFTY FIFTY "0123456..." },
        { FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY, FIFTY FIFTY FIFTY "0123456..." },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct failure why = explained("LimitExceeded", ROW[i].message);
        assert_string_equal(why.message, ROW[i].shown);
        assert_string_equal(why.text, "a quota of the account is used up");
    }
}

/* The id stands where the table says; the contract shows it shortened, as AKID..q3Fz. */
static void test_key_named(void **state)
{
    static const struct {
        const char *code, *id, *text;
    } ROW[] = {
        { "AuthFailure.SecretIdNotFound", "AKID..q3Fz",
          "API key AKID..q3Fz was refused: unknown, deleted or disabled" },
        { "AuthFailure.SignatureFailure", "AKID..q3Fz",
          "signature refused: the secret key does not belong to key AKID..q3Fz, or was cut "
          "when copied" },
        { "AuthFailure.UnauthorizedOperation", "AKID..q3Fz",
          "API key AKID..q3Fz may not call cwp:DescribeLicenseGeneral (CAM policy or source IP "
          "rule)" },
        { "AuthFailure.New", "#", "Tencent Cloud refused to authenticate API key #" },
        { "AuthFailure.New", "", "Tencent Cloud refused to authenticate API key " },
        { "AuthFailure.SignatureExpire", "AKID..q3Fz",
          "Tencent Cloud found the time of the request off by more than 5m" },
        { "RequestLimitExceeded", "AKID..q3Fz",
          "Tencent Cloud is throttling this account (limit 20 calls per second)" },
        { "FailedOperation", "AKID..q3Fz", "Tencent Cloud says that the operation failed" },
        { "IpInBlacklist", "AKID..q3Fz",
          "Tencent Cloud refuses the address of this host: it is on a block list" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct failure why = explained(ROW[i].code, "");
        api_error_name_key(&why, ROW[i].id);
        assert_string_equal(why.text, ROW[i].text);
    }
}

/* An id that is far too long is cut within the sentence. */
static void test_long_id(void **state)
{
    struct failure why = explained("AuthFailure.SecretIdNotFound", "");

    (void)state;
    api_error_name_key(&why, FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY);
    assert_int_equal(strlen(why.text), FAILURE_TEXT - 1);
    assert_memory_equal(why.text, "API key " FIFTY, 58);
    assert_string_equal(why.hint, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),         cmocka_unit_test(test_sentences_fit),
        cmocka_unit_test(test_subcodes),      cmocka_unit_test(test_unknown_codes),
        cmocka_unit_test(test_messages),      cmocka_unit_test(test_key_named),
        cmocka_unit_test(test_long_id),
    };

    return cmocka_run_group_tests_name("api_error", tests, NULL, NULL);
}
