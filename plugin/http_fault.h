/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What went wrong with a request, in words: the second half of http.c, used by nobody else.
 */
#ifndef HTTP_FAULT_H
#define HTTP_FAULT_H

#include <stdbool.h>

#include "http_sockets.h"

struct failure;
struct http_reply;

/* All that is known of a request that failed; all borrowed. */
struct http_fault {
    int code;            /* CURLcode */
    bool gnutls;
    long verify_result;  /* X509_V_ERR_* of OpenSSL, or bits of GnuTLS; 0: the name, or unknown */
    long proxy_status;   /* of the answer to CONNECT; 0: none */
    long proxy_error;    /* CURLproxycode, of SOCKS */
    long sent;           /* bytes of the request */
    int limit_s;
    bool plain;
    bool answering; /* a part of the answer has come */
    struct http_sockets sockets;
    const char *host;
    const char *detail;  /* libcurl's own words */
    const struct http_reply *reply;
};

/* Always returns false. */
bool http_fault_explain(const struct http_fault *fault, struct failure *why);

#endif
