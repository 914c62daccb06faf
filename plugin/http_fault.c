/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "http_fault.h"

#include <curl/curl.h>
#include <stddef.h>
#include <string.h>

#include "failure.h"
#include "http.h"

/* Of a header line, since libcurl 8.6. */
enum { TOO_LARGE = 100 };

/* One row a result code. */
static const struct row {
    CURLcode code;
    enum failure_kind kind;
    enum retry retry;
    bool outage; /* of network or service, rather than of the configuration here */
    const char *before, *after; /* the host's name stands between them */
} ROWS[] = {
    { CURLE_COULDNT_RESOLVE_HOST, FAILURE_NETWORK, RETRY_AGAIN, true, "the name ",
      " cannot be resolved" },
    { CURLE_COULDNT_RESOLVE_PROXY, FAILURE_NETWORK, RETRY_AGAIN, true,
      "the address of the proxy to ", " cannot be resolved" },
    { CURLE_COULDNT_CONNECT, FAILURE_NETWORK, RETRY_AGAIN, true, "cannot connect to ", "" },
    { CURLE_PROXY, FAILURE_NETWORK, RETRY_AGAIN, true, "the proxy does not connect to ", "" },
    { CURLE_SEND_ERROR, FAILURE_NETWORK, RETRY_AGAIN, true, "the connection to ",
      " broke while sending" },
    { CURLE_RECV_ERROR, FAILURE_NETWORK, RETRY_AGAIN, true, "the connection to ",
      " broke before the answer was complete" },
    { CURLE_GOT_NOTHING, FAILURE_NETWORK, RETRY_AGAIN, true, "",
      " closed the connection without an answer" },
    { CURLE_PARTIAL_FILE, FAILURE_NETWORK, RETRY_AGAIN, true, "the answer of ",
      " ended too early" },
    { CURLE_SSL_CONNECT_ERROR, FAILURE_TLS, RETRY_AGAIN, true, "the TLS handshake with ",
      " failed" },
    { CURLE_SSL_CACERT_BADFILE, FAILURE_TLS, RETRY_NEVER, false,
      "the file of certificate authorities for ", " cannot be read or has none" },
    { CURLE_SSL_CIPHER, FAILURE_TLS, RETRY_NEVER, true, "no cipher in common with ", "" },
    { CURLE_WEIRD_SERVER_REPLY, FAILURE_MALFORMED, RETRY_NEVER, false, "malformed answer: ",
      " does not speak HTTP" },
    { CURLE_UNSUPPORTED_PROTOCOL, FAILURE_MALFORMED, RETRY_NEVER, false, "malformed answer: ",
      " does not speak HTTP/1.1" },
    { CURLE_BAD_FUNCTION_ARGUMENT, FAILURE_MALFORMED, RETRY_NEVER, false, "malformed answer: ",
      " does not speak HTTP" }, /* of a folded header line; our own arguments are right */
    { CURLE_BAD_CONTENT_ENCODING, FAILURE_MALFORMED, RETRY_NEVER, false, "malformed answer: ",
      " uses an encoding that was not asked for" },
    { CURLE_URL_MALFORMAT, FAILURE_NETWORK, RETRY_NEVER, false, "the address of ",
      " or of the proxy cannot be understood" },
    { CURLE_OUT_OF_MEMORY, FAILURE_INTERNAL, RETRY_NEVER, false,
      "there is not enough memory for a request to ", "" },
    { CURLE_FAILED_INIT, FAILURE_INTERNAL, RETRY_NEVER, false, "libcurl cannot ask ",
      ": it lacks TLS or another part" },
};

#define NOT_YET "is not yet valid (or the clock of this host is behind)"
#define EXPIRED "has expired (or the clock of this host is ahead)"
#define STRANGER "is signed by an authority that this host does not trust"

/* X509_V_ERR_* of OpenSSL and gnutls_certificate_status_t of GnuTLS, which are fixed numbers.
 * GnuTLS may set several bits, then the last row counts; below 0 it is an error of another kind. */
static const struct {
    bool gnutls;
    long result;
    const char *text;
} CERTIFICATE_FAULTS[] = {
    { false, 9, NOT_YET },       { false, 10, EXPIRED },
    { false, 2, STRANGER },      { false, 18, "is signed by itself" },
    { false, 19, STRANGER },     { false, 20, STRANGER },
    { false, 21, STRANGER },     { true, 1 << 9, NOT_YET },
    { true, 1 << 10, EXPIRED },  { true, 1 << 6 | 1 << 7, STRANGER },
};

static const char *certificate_fault(const struct http_fault *fault)
{
    const char *text = "is for another name or cannot be trusted";

    for (size_t i = 0; i < sizeof CERTIFICATE_FAULTS / sizeof *CERTIFICATE_FAULTS; i++) {
        long row = CERTIFICATE_FAULTS[i].result, result = fault->verify_result;
        bool same = fault->gnutls ? result > 0 && (result & row) != 0 : result == row;
        if (CERTIFICATE_FAULTS[i].gnutls == fault->gnutls && same)
            text = CERTIFICATE_FAULTS[i].text;
    }
    return text;
}

/* Before the end of its answer to CONNECT nobody but a proxy of HTTP was spoken to. Once that has
 * begun it has a status; what goes wrong from its end to that of the handshake is of TLS. */
static bool only_proxy_spoken(const struct http_fault *fault)
{
    bool answered = fault->proxy_status != 0
                    && (fault->code != CURLE_RECV_ERROR || fault->reply->secured > 0);

    return fault->sockets.proxied && !fault->sockets.socks && !answered;
}

/* trust as in trust.h, in words. */
static const char *what_counts(const char *trust)
{
    if (strcmp(trust, "options") == 0)
        return "Only authorities of --ca-file and --ca-path count, and a directory needs openssl "
               "rehash.";
    if (strncmp(trust, "SSL_CERT_", 9) == 0)
        return "Only authorities that SSL_CERT_FILE and SSL_CERT_DIR name count.";
    return "A private authority is named with --ca-file.";
}

static bool explain_certificate(const struct http_fault *fault, struct failure *why)
{
    if (only_proxy_spoken(fault))
        fail_outage(why, FAILURE_TLS, RETRY_NEVER,
                    "the certificate of the proxy to %.80s cannot be trusted", fault->host);
    fail_outage(why, FAILURE_TLS, RETRY_NEVER, "the certificate of %.80s %s", fault->host,
                certificate_fault(fault));
    return fail_hint(why, "%s. %s", fault->detail, what_counts(fault->reply->tls));
}

/* How far the request came; times are 0 for what was not reached. */
static const char *stage(const struct http_fault *fault)
{
    const struct http_reply *reply = fault->reply;

    if (!fault->sockets.opened)
        return "name resolution";
    if (reply->connected <= 0 && !fault->sockets.connected)
        return "connect";
    if (reply->secured <= 0 && !fault->plain)
        return fault->sockets.proxied && fault->proxy_status == 0 ? "connect through the proxy"
                                                          : "TLS handshake";
    if (fault->sent <= 0)
        return "sending";
    return reply->status == 0 ? "waiting for the answer" : "reading";
}

static bool explain_timeout(const struct http_fault *fault, struct failure *why)
{
    return fail_outage(why, FAILURE_TIMEOUT, RETRY_AGAIN,
                       "no answer from %.80s within %ds (stage: %s)", fault->host, fault->limit_s,
                       stage(fault));
}

static bool explain_proxy(const struct http_fault *fault, struct failure *why)
{
    bool passing = fault->proxy_status >= 500 || fault->proxy_status == 429;

    fail_outage(why, FAILURE_NETWORK, passing ? RETRY_AGAIN : RETRY_NEVER,
                "the proxy does not connect to %.80s, it answered HTTP %ld", fault->host,
                fault->proxy_status);
    if (fault->proxy_status == 407)
        return fail_hint(why, "The proxy wants a login: --proxy http://USER:PASSWORD@HOST:PORT, "
                              "or better in https_proxy of the environment.");
    return false;
}

/* Without even a socket it is the scheme that libcurl does not know. */
static bool explain_proxy_connect(const struct http_fault *fault, struct failure *why)
{
    if (!fault->sockets.opened) {
        fail(why, FAILURE_NETWORK, "the proxy to %.80s cannot be used as it is written",
             fault->host);
        return fail_hint(why, "Write --proxy or https_proxy as http://HOST:PORT.");
    }
    fail_outage(why, FAILURE_NETWORK, RETRY_AGAIN, "cannot connect to the proxy to %.80s",
                fault->host);
    return fail_hint(why, "%s", fault->detail);
}

static bool explain_code(const struct http_fault *fault, int code, struct failure *why)
{
    const char *whose = only_proxy_spoken(fault) ? "the proxy to " : "";

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        const struct row *row = &ROWS[i];
        if ((int)row->code != code)
            continue;
        if (row->outage)
            fail_outage(why, row->kind, row->retry, "%s%s%.80s%s", row->before, whose, fault->host,
                        row->after);
        else
            fail(why, row->kind, "%s%s%.80s%s", row->before, whose, fault->host, row->after);
        return fail_hint(why, "%s", fault->detail);
    }
    fail_outage(why, FAILURE_NETWORK, RETRY_NEVER, "the request to %.80s failed", fault->host);
    return fail_hint(why, "%s (libcurl error %d)", fault->detail, code);
}

/* Some proxies of SOCKS leave the host's name to be resolved here, once they were reached. Of their
 * own name libcurl gives the code for a host unless the name server is very quick. With exceptions
 * in no_proxy it is not known here whether the proxy was to be used. */
static bool explain_name(const struct http_fault *fault, struct failure *why)
{
    if (fault->sockets.opened)
        return explain_code(fault, CURLE_COULDNT_RESOLVE_HOST, why);
    if (fault->sockets.proxy_set)
        return explain_code(fault, CURLE_COULDNT_RESOLVE_PROXY, why);
    fail_outage(why, FAILURE_NETWORK, RETRY_AGAIN,
                "the name of the proxy or of %.80s cannot be resolved", fault->host);
    return fail_hint(why, "%s", fault->detail);
}

static bool explain(const struct http_fault *fault, struct failure *why)
{
    if (fault->reply->too_large || fault->code == TOO_LARGE)
        return fail(why, FAILURE_MALFORMED, "malformed answer: larger than is accepted");
    /* An older libcurl gives one name to both. */
    if (fault->code == CURLE_OUT_OF_MEMORY && fault->answering)
        return fail(why, FAILURE_MALFORMED, "malformed answer: a header is too large, or there "
                                            "is not enough memory");
    if (fault->code == CURLE_OPERATION_TIMEDOUT)
        return explain_timeout(fault, why);
    if (fault->code == CURLE_PEER_FAILED_VERIFICATION)
        return explain_certificate(fault, why);
    if (fault->proxy_status >= 300)
        return explain_proxy(fault, why);
    if (fault->code == CURLE_COULDNT_CONNECT && (fault->sockets.proxied || !fault->sockets.opened))
        return explain_proxy_connect(fault, why);
    if (fault->proxy_error == CURLPX_RESOLVE_HOST
        || (fault->code == CURLE_COULDNT_RESOLVE_HOST && fault->sockets.socks))
        return explain_name(fault, why);
    return explain_code(fault, fault->code, why);
}

bool http_fault_explain(const struct http_fault *fault, struct failure *why)
{
    explain(fault, why);
    if (fault->reply->proxy[0] != '\0') /* unless a remedy stands there, or libcurl's words */
        fail_hint(why, "The proxy is %s.", fault->reply->proxy);
    return false;
}
