/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "http_proxy.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

bool http_proxy_was_used(void *easy)
{
#if LIBCURL_VERSION_NUM >= 0x080700
    long used = 0;

    return curl_easy_getinfo(easy, CURLINFO_USED_PROXY, &used) == CURLE_OK && used != 0;
#else
    (void)easy;
    return false;
#endif
}
