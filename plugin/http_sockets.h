/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What libcurl's sockets tell of a request. Its times do not tell a connection that stands from one
 * that does not, when the TLS handshake or a proxy hangs.
 */
#ifndef HTTP_SOCKETS_H
#define HTTP_SOCKETS_H

#include <stdbool.h>

struct http_sockets {
    int port;       /* of the host, set by the caller */
    bool proxy_set; /* there is a proxy for certain, set by the caller */
    bool socks;     /* and it speaks SOCKS, set by the caller */
    bool opened;    /* a socket, so the name was resolved */
    bool connected; /* a socket, to the host or to a proxy; known once it is closed */
    bool proxied;   /* the last socket was for a proxy, by what is set or by its port */
};

/* easy is a CURL *, which keeps pointing to out. False: libcurl refused. */
bool http_sockets_watch(struct http_sockets *out, void *easy);

#endif
