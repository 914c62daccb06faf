/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The temporary key of the CVM instance role, from the metadata service of the instance.
 */
#ifndef ROLE_H
#define ROLE_H

#include <stdbool.h>
#include <stdint.h>

struct credentials;
struct failure;

/* Asks for the role's name (unless name is not NULL) and for its key: plain HTTP within the
 * instance's own network, no proxy, one second over both, at most 16 KiB. A key that ends within
 * seconds of now (since the epoch) is refused. */
bool role_load(struct credentials *out, const char *name, int64_t now, struct failure *why);

#endif
