/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * One bounded HTTP request. Over https the peer is always verified; there is no way around it.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct failure;

enum address_family { ADDRESS_ANY, ADDRESS_V4, ADDRESS_V6 };

/* How to reach the network; all texts borrowed. The zero value means the defaults. */
struct network {
    enum address_family family;
    const char *ca_file, *ca_path; /* NULL: the system's trust store */
    const char *proxy;             /* NULL: the environment, as libcurl reads it */
    bool no_proxy;                 /* neither option nor environment */
};

struct http_request {
    const char *url;            /* https://, or http:// only with plain */
    const char *host;           /* of url, for messages */
    int port;                   /* of url, to tell a proxy from the host */
    const char *const *headers; /* "Name: value" each, ending with NULL */
    const char *body;           /* NULL: GET, else POST */
    bool plain;                 /* http without TLS: the metadata service only */
    long timeout_ms;            /* over everything, name resolution included */
    long connect_timeout_ms;    /* of these, until the connection stands (TLS included) */
    int limit_s;                /* what the user allowed in all, for messages */
};

enum { HTTP_TEXT = 64 };

/* Where the answer goes: data has room for size bytes and belongs to the caller, who knows
 * whether it must be guarded memory. The rest is filled in as far as it is known, also when the
 * request fails. */
struct http_reply {
    char *data;
    size_t size, length;
    long status;                  /* 0: none came */
    int64_t date;                 /* the Date header in seconds since the epoch; -1: none */
    char content_type[HTTP_TEXT]; /* "" : none */
    char address[HTTP_TEXT];      /* of the peer; "" : no connection */
    bool proxied;                 /* that is the address of a proxy */
    char proxy[HTTP_TEXT];        /* "URL, from WHERE", without a password; "" : none */
    char tls[HTTP_TEXT];          /* "system directory", ...: the trust store used */
    /* Seconds since the start; 0: not reached. */
    double resolved, connected, secured, answered, total;
    bool too_large;
};

/* Sends the request and reads the whole answer, whatever its status. False on any fault of name
 * resolution, connection, TLS or time, and when the answer does not fit: why says which, with
 * the stage. Redirects are not followed. */
bool http_send(struct http_reply *reply, const struct http_request *request,
               const struct network *network, struct failure *why);

/* Once for the process, before and after everything else. False: no memory. */
bool http_start(void);
void http_stop(void);

/* "libcurl/7.88.1 OpenSSL/3.0.19", for --version. A libcurl that is linked statically gets no
 * fixes from the system, so its source is added: ", libcurl is built in from 7.88.1-10". */
void http_version(char *out, size_t size);

#endif
