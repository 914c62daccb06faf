/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * With its family, http_*.c, the only file that knows libcurl. CURLOPT_VERBOSE is never used: it
 * would print the headers.
 */
#include "http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"
#include "http_answer.h"
#include "http_fault.h"
#include "http_memory.h"
#include "http_proxy.h"
#include "http_sockets.h"
#include "trust.h"

struct transfer {
    CURL *easy;
    const struct http_request *request;
    const struct network *network;
    struct http_reply *reply;
    struct http_answer answer;
    struct http_sockets sockets;
    bool options_ok;
    long verify_result; /* of TLS: that of the first try, where the second found no authorities */
    char error[CURL_ERROR_SIZE];
    char detail[CURL_ERROR_SIZE + HTTP_TEXT];
};

bool http_start(void)
{
    /* libcurl would write the keys of each TLS connection into the file that this one names. */
    unsetenv("SSLKEYLOGFILE");
    /* Where OpenSSL looks at a certificate's dates the C library would read a time zone's file. */
    setenv("TZ", "UTC0", 1);
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, http_memory_get, http_memory_drop,
                                http_memory_resize, http_memory_copy, http_memory_get_zeroed)
           == CURLE_OK;
}

void http_stop(void)
{
    curl_global_cleanup();
}

#ifdef LIBCURL_BUILT_IN
#define BUILT_IN ", libcurl is built in from " LIBCURL_BUILT_IN
#else
#define BUILT_IN ""
#endif

void http_version(char *out, size_t size)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);

    snprintf(out, size, "libcurl/%s %s" BUILT_IN, info->version,
             info->ssl_version ? info->ssl_version : "without TLS");
}

#define SET(t, option, value)                                                                      \
    ((t)->options_ok = curl_easy_setopt((t)->easy, option, value) == CURLE_OK && (t)->options_ok)

static void set_protocol(struct transfer *t)
{
    bool plain = t->request->plain;

#if LIBCURL_VERSION_NUM >= 0x075500
    SET(t, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
#else
    SET(t, CURLOPT_PROTOCOLS, (long)(plain ? CURLPROTO_HTTP : CURLPROTO_HTTPS));
#endif
    SET(t, CURLOPT_URL, t->request->url);
    SET(t, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(t, CURLOPT_FOLLOWLOCATION, 0L);
    SET(t, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2); /* the least, not the most */
    /* Not every libcurl has https proxies. */
    (void)curl_easy_setopt(t->easy, CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    /* One request needs no store of sessions; libcurl 7.88 frees one twice when memory is short. */
    SET(t, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    SET(t, CURLOPT_SSL_VERIFYPEER, 1L);
    SET(t, CURLOPT_SSL_VERIFYHOST, 2L);
}

static void set_times(struct transfer *t)
{
    SET(t, CURLOPT_NOSIGNAL, 1L); /* the deadline of the process is its own */
    SET(t, CURLOPT_TIMEOUT_MS, t->request->timeout_ms);
    SET(t, CURLOPT_CONNECTTIMEOUT_MS, t->request->connect_timeout_ms);
#if LIBCURL_VERSION_NUM >= 0x075700
    SET(t, CURLOPT_QUICK_EXIT, 1L); /* do not wait for a name resolution that hangs */
#endif
}

static void set_network(struct transfer *t, const struct network *network)
{
    static const long FAMILIES[] = {
        [ADDRESS_ANY] = CURL_IPRESOLVE_WHATEVER,
        [ADDRESS_V4] = CURL_IPRESOLVE_V4,
        [ADDRESS_V6] = CURL_IPRESOLVE_V6,
    };

    SET(t, CURLOPT_IPRESOLVE, FAMILIES[network->family]);
    if (network->no_proxy || t->request->plain) {
        SET(t, CURLOPT_PROXY, "");
    } else if (network->proxy) {
        SET(t, CURLOPT_PROXY, network->proxy);
        SET(t, CURLOPT_NOPROXY, ""); /* an option beats the environment's exceptions */
    }
}

static void set_exchange(struct transfer *t, const struct curl_slist *headers)
{
    SET(t, CURLOPT_UPLOAD_BUFFERSIZE, 16384L); /* the least: all of it is wiped in the end */
    SET(t, CURLOPT_HTTPHEADER, headers);
    if (t->request->body)
        SET(t, CURLOPT_POSTFIELDS, t->request->body); /* borrowed by libcurl as well */
    SET(t, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* the clock of a proxy is not the API's */
    SET(t, CURLOPT_ERRORBUFFER, t->error);
    t->options_ok = http_answer_take(&t->answer, t->easy)
                    && http_sockets_watch(&t->sockets, t->easy) && t->options_ok;
}

/* An https proxy is verified by the same store; a libcurl without such proxies needs no telling. */
static void set_trust(struct transfer *t, const struct trust *trust)
{
    if (trust->defaults)
        return;
    SET(t, CURLOPT_CAINFO, trust->file);
    SET(t, CURLOPT_CAPATH, trust->path);
    (void)curl_easy_setopt(t->easy, CURLOPT_PROXY_CAINFO, trust->file);
    (void)curl_easy_setopt(t->easy, CURLOPT_PROXY_CAPATH, trust->path);
}

static double seconds(CURL *easy, CURLINFO which)
{
    curl_off_t microseconds = 0;

    (void)curl_easy_getinfo(easy, which, &microseconds);
    return (double)microseconds / 1e6;
}

static void note_facts(struct transfer *t)
{
    struct http_reply *reply = t->reply;
    char *text = NULL;

    (void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &reply->status);
    /* Whole or not at all: a part of something secret could not be told and masked. */
    if (curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text)
        clean_text(reply->content_type, sizeof reply->content_type,
                   strlen(text) < sizeof reply->content_type ? text : "too long to show");
    if (curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &text) == CURLE_OK && text)
        snprintf(reply->address, sizeof reply->address, "%s", text);
    reply->proxied = t->sockets.proxied || http_proxy_was_used(t->easy);
    if (reply->proxied || t->sockets.proxy_set)
        http_proxy_name(reply->proxy, sizeof reply->proxy, t->network);
    reply->resolved = seconds(t->easy, CURLINFO_NAMELOOKUP_TIME_T);
    reply->connected = seconds(t->easy, CURLINFO_CONNECT_TIME_T);
    reply->secured = seconds(t->easy, CURLINFO_APPCONNECT_TIME_T);
    reply->answered = seconds(t->easy, CURLINFO_STARTTRANSFER_TIME_T);
    reply->total = seconds(t->easy, CURLINFO_TOTAL_TIME_T);
}

/* The directory lacks the root: an administrator may have added it to the bundle alone. The
 * handshake failed, so nothing was sent yet. The numbers are X509_V_ERR_*: unable to get (local)
 * issuer certificate, self-signed alone or in chain, unable to verify the leaf. */
static bool may_fall_back(long verify_result, CURLcode code, const struct trust *trust)
{
    return code == CURLE_PEER_FAILED_VERIFICATION && trust->fallback
           && (verify_result == 2 || (verify_result >= 18 && verify_result <= 21));
}

static CURLcode try_once(struct transfer *t)
{
    CURLcode code = t->options_ok ? curl_easy_perform(t->easy) : CURLE_FAILED_INIT;

    if (code == CURLE_SSL_CACERT_BADFILE)
        return code;
    (void)curl_easy_getinfo(t->easy, CURLINFO_SSL_VERIFYRESULT, &t->verify_result);
    if (t->verify_result == 0)
        (void)curl_easy_getinfo(t->easy, CURLINFO_PROXY_SSL_VERIFYRESULT, &t->verify_result);
    return code;
}

/* A bundle that cannot be read is no news: the first try said what is wrong. */
static CURLcode try_bundle(struct transfer *t, const struct trust *trust, long left_ms)
{
    struct trust bundle = { false, trust->fallback, NULL, NULL, "system bundle, not yet rehashed" };

    set_trust(t, &bundle);
    SET(t, CURLOPT_TIMEOUT_MS, left_ms);
    CURLcode code = try_once(t);
    bool failed = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE;
    snprintf(t->reply->tls, sizeof t->reply->tls, "%s",
             failed ? "system directory and bundle" : bundle.words);
    return failed ? CURLE_PEER_FAILED_VERIFICATION : code;
}

static CURLcode perform(struct transfer *t, const struct trust *trust)
{
    set_trust(t, trust);
    snprintf(t->reply->tls, sizeof t->reply->tls, "%s", trust->words);
    CURLcode code = try_once(t);
    if (!may_fall_back(t->verify_result, code, trust))
        return code;
    note_facts(t);
    long left_ms = t->request->timeout_ms - (long)(t->reply->total * 1000);
    bool readable = access(trust->fallback, R_OK) == 0;
    return left_ms > 0 && readable ? try_bundle(t, trust, left_ms) : code;
}

static struct http_fault describe(struct transfer *t, const struct tls_build *build, CURLcode code)
{
    struct http_fault fault = { .host = t->request->host, .detail = t->error, .reply = t->reply };

    fault.code = (int)code;
    fault.plain = t->request->plain;
    fault.sockets = t->sockets;
    fault.sockets.proxied = t->reply->proxied;
    fault.gnutls = tls_is(build, "GnuTLS/");
    fault.limit_s = t->request->limit_s;
    fault.verify_result = t->verify_result;
    (void)curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &fault.proxy_status);
    (void)curl_easy_getinfo(t->easy, CURLINFO_PROXY_ERROR, &fault.proxy_error);
    (void)curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &fault.sent);
    /* libcurl quotes the URL of a proxy that it does not understand, with the password, or takes
     * a part of the password for the proxy's name. */
    if (fault.detail[0] == '\0' || code == CURLE_COULDNT_RESOLVE_PROXY
        || strchr(fault.detail, '@') || strstr(fault.detail, "://"))
        fault.detail = curl_easy_strerror(code);
    if (t->reply->proxy[0] != '\0') {
        snprintf(t->detail, sizeof t->detail, "%s. The proxy is %s", fault.detail,
                 t->reply->proxy);
        fault.detail = t->detail;
    }
    fault.answering = t->answer.header_bytes > 0;
    return fault;
}

static bool exchange(struct transfer *t, const struct network *network,
                     const struct curl_slist *headers, struct failure *why)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    struct tls_build build = { info->ssl_version, info->cainfo, info->capath };
    struct trust trust;

    trust_choose(&trust, network->ca_file, network->ca_path, &build);
    set_protocol(t);
    set_times(t);
    set_network(t, network);
    set_exchange(t, headers);
    CURLcode code = perform(t, &trust);
    /* libcurl takes an answer that is cut in its head for one without a body. */
    if (code == CURLE_OK && !t->answer.head_complete)
        code = CURLE_PARTIAL_FILE;
    note_facts(t);
    if (code == CURLE_OK)
        return true;
    struct http_fault fault = describe(t, &build, code);
    return http_fault_explain(&fault, why);
}

static bool copy_headers(struct curl_slist **out, const char *const *headers)
{
    for (; *headers; headers++) {
        struct curl_slist *longer = curl_slist_append(*out, *headers);
        if (!longer)
            return false;
        *out = longer;
    }
    return true;
}

bool http_send(struct http_reply *reply, const struct http_request *request,
               const struct network *network, struct failure *why)
{
    struct transfer t = { .easy = curl_easy_init(), .request = request, .network = network,
                          .reply = reply,
                          .answer = { .reply = reply }, .sockets = { .port = request->port } };
    struct curl_slist *headers = NULL;
    bool ok;

    reply->date = -1;
    t.options_ok = true;
    t.sockets.proxy_set = !request->plain && http_proxy_is_set(network);
    t.sockets.socks = !request->plain && http_proxy_is_socks(network);
    if (t.easy && copy_headers(&headers, request->headers))
        ok = exchange(&t, network, headers, why);
    else
        ok = fail(why, FAILURE_INTERNAL, "there is not enough memory for a request");
    curl_easy_cleanup(t.easy);
    curl_slist_free_all(headers);
    return ok;
}
