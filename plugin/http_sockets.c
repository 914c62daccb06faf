/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "http_sockets.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "failure.h"
#include "http.h"

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] != '\0' ? value : NULL;
}

/* NULL: none. In the order of libcurl; where it was found goes to where. */
static const char *proxy_of(const struct network *network, const char **where)
{
    static const char *const NAMES[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };
    const char *found = network->proxy;

    *where = "--proxy";
    if (network->no_proxy)
        return NULL;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && !found; i++) {
        found = environment(NAMES[i]);
        *where = NAMES[i];
    }
    return found;
}

bool http_proxy_is_set(const struct network *network)
{
    const char *where;

    return proxy_of(network, &where)
           && (network->proxy || (!environment("no_proxy") && !environment("NO_PROXY")));
}

bool http_proxy_is_socks(const struct network *network)
{
    const char *where, *proxy = proxy_of(network, &where);

    return proxy && strncasecmp(proxy, "socks", 5) == 0;
}

void http_proxy_name(char *out, size_t size, const struct network *network)
{
    const char *where, *proxy = proxy_of(network, &where);
    char url[HTTP_TEXT], masked[HTTP_TEXT];

    out[0] = '\0';
    if (!proxy)
        return;
    snprintf(url, sizeof url, "%s%s", strstr(proxy, "://") ? "" : "http://", proxy);
    mask_password(masked, sizeof masked, url);
    snprintf(out, size, "%s, from %s", masked, where);
}

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
