/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "overview.h"

#include "failure.h"
#include "unit.h"

/* All that was decoded in one text: "name=value ..." in the order of printing, or the failure,
 * and behind it the request ID that the failure carries. */
static const char *decoded(const char *text, size_t length)
{
    static char made[4096];
    char *copy = exact_copy(text, length);
    struct overview overview;
    struct failure why = { 0 };
    size_t n = 0;

    made[0] = '\0';
    if (!overview_decode(&overview, copy, length, &why)) {
        snprintf(made, sizeof made, "%s: %s%s%s%s%s", failure_kind_name(why.kind), why.text,
                 why.code[0] ? " / " : "", why.code, why.request_id[0] ? " @" : "", why.request_id);
    } else {
        assert_int_equal(why.kind, FAILURE_NONE);
        assert_string_equal(why.request_id, overview.text[FIELD_REQUEST_ID]);
        for (enum field f = 0; f < FIELD_END; f++) {
            const char *gap = n > 0 ? " " : "";
            if (overview.number[f] != NOT_REPORTED)
                n += (size_t)snprintf(made + n, sizeof made - n, "%s%s=%.0f", gap,
                                      FIELD_INFO[f].name, overview.number[f]);
            if (overview.text[f][0] != '\0')
                n += (size_t)snprintf(made + n, sizeof made - n, "%s%s=%s", gap,
                                      FIELD_INFO[f].name, overview.text[f]);
        }
    }
    exact_free(copy);
    return made;
}

static void compare(const char *text, const char *result)
{
    assert_string_equal(decoded(text, strlen(text)), result);
}

static void test_sample(void **state)
{
    size_t length;
    char *text = read_data("tests/data/sample-answer.json", &length);

    (void)state;
    assert_string_equal(
        decoded(text, length),
        "expired=10 near_expiry=0 available=0 used=0 not_expired=0 total=0 pro_available=0 "
        "pro_total=0 ultimate_available=0 ultimate_total=0 lite_available=0 lite_total=0 "
        "ai_available=0 ai_total=0 app_available=0 destroyed_orders=1 auto_upgrade=0 "
        "auto_upgrade_before=0 auto_purchase=0 auto_purchase_renew=0 order_renew=0 "
        "auto_bind_rasp=0 auto_open_rasp=0 auto_downgrade=0 upgrade_mode=FLAGSHIP_PREPAY "
        "request_id=98fd0d2c-c27c-43f3-8622-1b5fe386c5fa");
    /* No beginning of it passes for an answer. */
    for (size_t cut = 1; cut < length - 1; cut++)
        assert_string_equal(decoded(text, cut),
                            "malformed: malformed answer: not valid JSON: it ends in the middle");
    exact_free(text);
}

/* The sample is mostly zeros: with a value of its own each field must land in its own place. */
static void test_each_field(void **state)
{
    char text[2048], wanted[2048];
    int n = snprintf(text, sizeof text, "{\"Response\":{"), w = 0;

    (void)state;
    for (enum field f = 0; f < FIELD_TIME; f++) {
        const char *quote = FIELD_INFO[f].kind == FIELD_TEXT ? "\"" : "";
        bool is_switch = FIELD_INFO[f].kind == FIELD_SWITCH;
        unsigned value = is_switch ? f % 2 : 100 + f;
        char json[16];
        snprintf(json, sizeof json, "%s%u%s", quote, value, quote);
        n += snprintf(text + n, sizeof text - (size_t)n, "%s\"%s\":%s", f > 0 ? "," : "",
                      FIELD_INFO[f].api_name, is_switch ? (value ? "true" : "false") : json);
        w += snprintf(wanted + w, sizeof wanted - (size_t)w, "%s%s=%u", f > 0 ? " " : "",
                      FIELD_INFO[f].name, value);
    }
    snprintf(text + n, sizeof text - (size_t)n, "}}");
    compare(text, wanted);
}

#define RESPONSE(members) "{\"Response\":{" members "}}"
#define REST "\"NearExpiryLicenseCnt\":2,\"AvailableLicenseCnt\":3"
#define EXPIRED(value) RESPONSE("\"ExpireLicenseCnt\":" value "," REST)
#define WITH(members) EXPIRED("1," members)
#define DATA "expired=1 near_expiry=2 available=3"
#define BAD "malformed: malformed answer: "
#define NOT_WHOLE BAD "ExpireLicenseCnt (expired) is not a whole number from 0 to 2^53"
#define SIXTY "012345678901234567890123456789012345678901234567890123456789"
#define EXPIRED_IS(value) "expired=" value " near_expiry=2 available=3"

/* Absent and null are the same. What is not reported is never 0. */
static void test_values(void **state)
{
    static const struct {
        const char *text, *result;
    } ROW[] = {
        { EXPIRED("0"), EXPIRED_IS("0") },
        { EXPIRED("9007199254740991"), EXPIRED_IS("9007199254740991") },
        { EXPIRED("9007199254740992"), EXPIRED_IS("9007199254740992") },
        { EXPIRED("9007199254740993"), NOT_WHOLE },
        { EXPIRED("9007199254740994"), NOT_WHOLE },
        { EXPIRED("9007199254741002"), NOT_WHOLE },
        { EXPIRED("90071992547409920"), NOT_WHOLE },
        { EXPIRED("18446744073709551617"), NOT_WHOLE },
        { EXPIRED("100000000000000000000000000000000000000000000000"), NOT_WHOLE },
        { EXPIRED("1.0"), NOT_WHOLE },
        { EXPIRED("0.5"), NOT_WHOLE },
        { EXPIRED("1e3"), NOT_WHOLE },
        { EXPIRED("1E0"), NOT_WHOLE },
        { EXPIRED("-0"), NOT_WHOLE },
        { EXPIRED("-1"), NOT_WHOLE },
        { EXPIRED("\"5\""), NOT_WHOLE },
        { EXPIRED("true"), NOT_WHOLE },
        { EXPIRED("false"), NOT_WHOLE },
        { EXPIRED("[5]"), NOT_WHOLE },
        { EXPIRED("{\"ExpireLicenseCnt\":5}"), NOT_WHOLE },
        { EXPIRED("null"), BAD "ExpireLicenseCnt (expired) is missing" },
        { RESPONSE(REST), BAD "ExpireLicenseCnt (expired) is missing" },
        { RESPONSE("\"ExpireLicenseCnt\":1,\"AvailableLicenseCnt\":3"),
          BAD "NearExpiryLicenseCnt (near_expiry) is missing" },
        { RESPONSE("\"ExpireLicenseCnt\":1,\"NearExpiryLicenseCnt\":2"),
          BAD "AvailableLicenseCnt (available) is missing" },
        { RESPONSE(""), BAD "ExpireLicenseCnt (expired) is missing" },
        { RESPONSE("\"expireLicenseCnt\":1," REST), BAD "ExpireLicenseCnt (expired) is missing" },
        { RESPONSE("\"ExpireLicenseCn\":1," REST), BAD "ExpireLicenseCnt (expired) is missing" },
        { RESPONSE("\"Expire\\u004cicenseCnt\":1," REST), DATA },
        { RESPONSE("\"Expire\\u014cicenseCnt\":1," REST),
          BAD "ExpireLicenseCnt (expired) is missing" },
        { WITH("\"UsedLicenseCnt\":null,\"AutoOpenStatus\":null,\"ProtectType\":null"), DATA },
        { WITH("\"UsedLicenseCnt\":0"), DATA " used=0" },
        { WITH("\"AutoOpenStatus\":false,\"AutoDowngradeSwitch\":true"),
          DATA " auto_upgrade=0 auto_downgrade=1" },
        { WITH("\"ProtectType\":\"\",\"RequestId\":\"\""), DATA },
        { WITH("\"ProtectType\":\"P|`\\n\\u00fc\",\"RequestId\":\"a;b\""),
          DATA " upgrade_mode=P????? request_id=a?b" },
        { WITH("\"RequestId\":\"" SIXTY "0123\""), DATA " request_id=" SIXTY "0123" },
        { WITH("\"RequestId\":\"" SIXTY "01234\""), DATA " request_id=" SIXTY "0..." },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        compare(ROW[i].text, ROW[i].result);
}

/* Unknown fields are ignored, whatever they hold and wherever they stand: a count of the same name
 * in another object is not the answer's. */
static void test_unknown_fields(void **state)
{
    static const struct {
        const char *text, *result;
    } ROW[] = {
        { WITH("\"NewCnt\":-1.5,\"DeprecatedWarning\":{\"UsedLicenseCnt\":7},\"time\":3"), DATA },
        { WITH("\"List\":[{\"ExpireLicenseCnt\":9},9]"), DATA },
        { "{\"UsedLicenseCnt\":7,\"Other\":{\"UsedLicenseCnt\":8},\"Response\":{"
          "\"ExpireLicenseCnt\":1," REST "}}", DATA },
        { "{\"Response\":{\"ExpireLicenseCnt\":1," REST "},\"Other\":{\"ExpireLicenseCnt\":0}}",
          DATA },
        { "{\"Response\":{\"ExpireLicenseCnt\":1.5," REST "},\"Other\":{\"ExpireLicenseCnt\":0}}",
          NOT_WHOLE },
        { "{\"Response\":{\"ExpireLicenseCnt\":1," REST "},\"Other\":{\"ExpireLicenseCnt\":1.5}}",
          DATA },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        compare(ROW[i].text, ROW[i].result);
}

/* Each field by itself refuses a value of another type, and the message names it. */
static void test_wrong_types(void **state)
{
    static const struct {
        const char *value, *wanted; /* wanted: by the kind that refuses the value */
        enum field_kind kind;
    } ROW[] = {
        { "\"5\"", "a whole number from 0 to 2^53", FIELD_COUNT },
        { "true", "a whole number from 0 to 2^53", FIELD_COUNT },
        { "1.5", "a whole number from 0 to 2^53", FIELD_COUNT },
        { "{}", "a whole number from 0 to 2^53", FIELD_COUNT },
        { "0", "true or false", FIELD_SWITCH },
        { "1", "true or false", FIELD_SWITCH },
        { "\"true\"", "true or false", FIELD_SWITCH },
        { "[]", "true or false", FIELD_SWITCH },
        { "7", "a text", FIELD_TEXT },
        { "false", "a text", FIELD_TEXT },
        { "[\"a\"]", "a text", FIELD_TEXT },
    };
    char text[300], wanted[200];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        for (enum field f = FIELD_USED; f < FIELD_TIME; f++) {
            if (FIELD_INFO[f].kind != ROW[i].kind)
                continue;
            snprintf(text, sizeof text, RESPONSE("\"ExpireLicenseCnt\":1," REST ",\"%s\":%s"),
                     FIELD_INFO[f].api_name, ROW[i].value);
            snprintf(wanted, sizeof wanted, BAD "%s (%s) is not %s", FIELD_INFO[f].api_name,
                     FIELD_INFO[f].name, ROW[i].wanted);
            compare(text, wanted);
        }
    }
}

#define NOT_JSON BAD "not valid JSON: "
#define ERROR(error) RESPONSE("\"Error\":" error ",\"RequestId\":\"r-1\"")
#define NO_CODE BAD "Error has no Code and Message @r-1"
#define TWICE NOT_JSON "a name occurs twice in one object"

static void test_answers(void **state)
{
    static const struct {
        const char *text, *result;
    } ROW[] = {
        { "", NOT_JSON "it is empty" },
        { " \n", NOT_JSON "it is empty" },
        { "<html><body>502</body></html>",
          NOT_JSON "a value is expected (it looks like an HTML page)" },
        { "\r\n <!DOCTYPE html>", NOT_JSON "a value is expected (it looks like an HTML page)" },
        { "Bad Gateway", NOT_JSON "a value is expected" },
        { "\xef\xbb\xbf{}", NOT_JSON "a value is expected" },
        { EXPIRED("1") "x", NOT_JSON "something follows after the JSON value" },
        { "null", BAD "it is not a JSON object" },
        { "[]", BAD "it is not a JSON object" },
        { "[" EXPIRED("1") "]", BAD "it is not a JSON object" },
        { "\"Response\"", BAD "it is not a JSON object" },
        { "42", BAD "it is not a JSON object" },
        { "{}", BAD "Response is missing" },
        { "{\"Response\":null}", BAD "Response is missing" },
        { "{\"response\":{}}", BAD "Response is missing" },
        { "{\"code\":4100,\"message\":\"m\",\"codeDesc\":\"d\"}", BAD "Response is missing" },
        { "{\"Error\":{\"Code\":\"InternalError\"}}", BAD "Response is missing" },
        { "{\"Response\":[]}", BAD "Response is not an object" },
        { "{\"Response\":\"ok\"}", BAD "Response is not an object" },
        { "{\"Response\":7}", BAD "Response is not an object" },
        { "{\"Response\":false}", BAD "Response is not an object" },
        { "{\"Response\":{},\"Response\":{}}", TWICE },
        { EXPIRED("1,\"ExpireLicenseCnt\":1"), TWICE },
        { WITH("\"Unknown\":1,\"Unknown\":1"), TWICE },
        { WITH("\"Unknown\":[{\"a\":1,\"a\":1}]"), TWICE },
        { RESPONSE("\"RequestId\":\"r-1\",\"UsedLicenseCnt\":\"x\"," REST),
          BAD "ExpireLicenseCnt (expired) is missing @r-1" },
        { WITH("\"RequestId\":5"), BAD "RequestId (request_id) is not a text" },

        { ERROR("{\"Code\":\"InternalError\",\"Message\":\"m\"}"),
          "service: Tencent Cloud had an internal error / InternalError @r-1" },
        { ERROR("{\"Code\":\"InternalError\"}"),
          "service: Tencent Cloud had an internal error / InternalError @r-1" },
        { ERROR("{\"Code\":\"InternalError\",\"Message\":null}"),
          "service: Tencent Cloud had an internal error / InternalError @r-1" },
        { WITH("\"Error\":{\"Code\":\"InternalError\",\"Message\":\"m\"}"), /* never half success */
          "service: Tencent Cloud had an internal error / InternalError" },
        { RESPONSE("\"Error\":{\"Code\":\"InternalError\"},\"RequestId\":7"),
          "service: Tencent Cloud had an internal error / InternalError" },
        { ERROR("{\"Code\":\"InternalError\",\"Message\":7}"), NO_CODE },
        { ERROR("{\"Code\":7,\"Message\":\"m\"}"), NO_CODE },
        { ERROR("{\"Code\":null,\"Message\":\"m\"}"), NO_CODE },
        { ERROR("{\"Message\":\"m\"}"), NO_CODE },
        { ERROR("{}"), NO_CODE },
        { ERROR("[]"), NO_CODE },
        { ERROR("\"InternalError\""), NO_CODE },
        { ERROR("null"), BAD "ExpireLicenseCnt (expired) is missing @r-1" },
        { WITH("\"Error\":null"), DATA },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        compare(ROW[i].text, ROW[i].result);
}

static void test_clear(void **state)
{
    struct overview overview;

    (void)state;
    memset(&overview, 'x', sizeof overview);
    overview_clear(&overview);
    for (enum field f = 0; f < FIELD_END; f++) {
        assert_true(overview.number[f] == NOT_REPORTED);
        assert_string_equal(overview.text[f], "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sample),         cmocka_unit_test(test_each_field),
        cmocka_unit_test(test_values),         cmocka_unit_test(test_unknown_fields),
        cmocka_unit_test(test_wrong_types),    cmocka_unit_test(test_answers),
        cmocka_unit_test(test_clear),
    };

    return cmocka_run_group_tests_name("overview", tests, NULL, NULL);
}
