/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "failure.h"
#include "http.h"
#include "http_fault.h"

/* As libcurl numbers them, for ever: CURLcode, and one CURLproxycode. */
enum { NO_PROXY_NAME = 5, NO_HOST_NAME = 6, PEER_FAILED_VERIFICATION = 60, PROXY_FAULT = 97 };
enum { HOST_NAME_BEHIND_PROXY = 27 };

#define NAME "is for another name or cannot be trusted"
#define STRANGER "is signed by an authority that this host does not trust"
#define NOT_YET "is not yet valid (or the clock of this host is behind)"
#define EXPIRED "has expired (or the clock of this host is ahead)"

/* GnuTLS: 2 invalid, 32 revoked, 64 signer not found, 128 signer is no authority, 512 not yet
 * activated, 1024 expired. */
static void test_certificates(void **state)
{
    static const struct {
        bool gnutls;
        long result;
        const char *words;
    } ROW[] = {
        { false, 0, NAME },        { false, 9, NOT_YET },         { false, 10, EXPIRED },
        { false, 2, STRANGER },    { false, 18, "is signed by itself" },
        { false, 19, STRANGER },   { false, 20, STRANGER },       { false, 21, STRANGER },
        { false, 66, NAME },       { false, 1026, NAME },         { true, 0, NAME },
        { true, 2, NAME },         { true, 34, NAME },            { true, 10, NAME },
        { true, 66, STRANGER },    { true, 130, STRANGER },       { true, 514, NOT_YET },
        { true, 1026, EXPIRED },   { true, 512, NOT_YET },        { true, 1024, EXPIRED },
        { true, 1090, STRANGER },  { true, -49, NAME },
    };
    static const struct http_reply reply;
    char wanted[FAILURE_TEXT];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct http_fault fault = { .code = PEER_FAILED_VERIFICATION, .gnutls = ROW[i].gnutls,
                                    .verify_result = ROW[i].result, .host = "h.example",
                                    .detail = "words", .reply = &reply };
        struct failure why = { 0 };

        assert_false(http_fault_explain(&fault, &why));
        snprintf(wanted, sizeof wanted, "the certificate of h.example %s", ROW[i].words);
        assert_string_equal(why.text, wanted);
        assert_string_equal(why.hint, "words. A private authority is named with --ca-file.");
        assert_int_equal(why.kind, FAILURE_TLS);
        assert_int_equal(why.retry, RETRY_NEVER);
        assert_true(why.outage);
    }
}

/* Which of libcurl's codes comes depends on how quick the name server is. */
static void test_names_with_socks(void **state)
{
#define OF_PROXY "the address of the proxy to h.example cannot be resolved"
#define OF_HOST "the name h.example cannot be resolved"
#define OF_EITHER "the name of the proxy or of h.example cannot be resolved"
    static const struct {
        int code;
        long proxy_error;
        bool set, opened;
        const char *text;
    } ROW[] = {
        { NO_PROXY_NAME, 0, true, false, OF_PROXY },
        { NO_PROXY_NAME, 0, false, false, OF_PROXY },
        { NO_HOST_NAME, 0, true, false, OF_PROXY },
        { NO_HOST_NAME, 0, false, false, OF_EITHER },
        { NO_HOST_NAME, 0, true, true, OF_HOST },
        { NO_HOST_NAME, 0, false, true, OF_HOST },
        { PROXY_FAULT, HOST_NAME_BEHIND_PROXY, true, true, OF_HOST },
        { PROXY_FAULT, 0, true, true, "the proxy does not connect to h.example" },
    };
    static const struct http_reply reply;

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct http_sockets sockets = { .proxy_set = ROW[i].set, .socks = true,
                                        .opened = ROW[i].opened, .proxied = ROW[i].opened };
        struct http_fault fault = { .code = ROW[i].code, .proxy_error = ROW[i].proxy_error,
                                    .sockets = sockets, .host = "h.example", .detail = "words",
                                    .reply = &reply };
        struct failure why = { 0 };

        assert_false(http_fault_explain(&fault, &why));
        assert_string_equal(why.text, ROW[i].text);
        assert_string_equal(why.hint, "words");
        assert_int_equal(why.kind, FAILURE_NETWORK);
        assert_int_equal(why.retry, RETRY_AGAIN);
        assert_true(why.outage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_certificates),
        cmocka_unit_test(test_names_with_socks),
    };

    return cmocka_run_group_tests_name("http_fault", tests, NULL, NULL);
}
