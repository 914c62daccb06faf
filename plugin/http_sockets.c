/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "http_sockets.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct http_sockets *sockets = context;
    const struct sockaddr_in *v4 = (const void *)&address->addr;
    const struct sockaddr_in6 *v6 = (const void *)&address->addr;

    (void)purpose;
    sockets->opened = true;
    sockets->proxied = sockets->proxy_set
                       || ntohs(address->family == AF_INET6 ? v6->sin6_port : v4->sin_port)
                              != sockets->port;
    return socket(address->family, address->socktype, address->protocol);
}

static int close_socket(void *context, curl_socket_t fd)
{
    struct http_sockets *sockets = context;
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;

    if (getpeername(fd, (struct sockaddr *)&peer, &size) == 0)
        sockets->connected = true;
    return close(fd);
}

bool http_sockets_watch(struct http_sockets *out, void *easy)
{
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK
           && curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, out) == CURLE_OK
           && curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket) == CURLE_OK
           && curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, out) == CURLE_OK;
}
