/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Which proxy there is between, as libcurl will find it.
 */
#ifndef HTTP_PROXY_H
#define HTTP_PROXY_H

#include <stdbool.h>
#include <stddef.h>

struct network;

/* Whether an https request goes through a proxy, by the options and by what libcurl reads of the
 * environment. False also where that depends on the names in no_proxy. */
bool http_proxy_is_set(const struct network *network);

/* Whether such a proxy speaks SOCKS, which is no TLS and no HTTP. */
bool http_proxy_is_socks(const struct network *network);

/* Writes "URL, from WHERE" of such a proxy, without a password; "" when there is none. */
void http_proxy_name(char *out, size_t size, const struct network *network);

/* Whether that request went through one, by easy, a CURL *: tells what http_sockets.c cannot, that
 * no_proxy names other hosts only. Always false before libcurl 8.7. */
bool http_proxy_was_used(void *easy);

#endif
