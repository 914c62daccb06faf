/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Which certificate authorities to trust. On OpenSSL 3.0 parsing the system's bundle is most of
 * the cost of a check, while a hashed directory is read on demand: the same trust for a third of
 * the CPU. Other TLS libraries parse every file of a directory and get the bundle.
 */
#ifndef TRUST_H
#define TRUST_H

#include <stdbool.h>

/* Which TLS library, and what was built into libcurl; from curl_version_info. */
struct tls_build {
    const char *backend;           /* "OpenSSL/3.0.19", ...; may be NULL */
    const char *ca_file, *ca_path; /* NULL: none */
};

/* Whether that is the TLS library in use; name as in "GnuTLS/". */
bool tls_is(const struct tls_build *build, const char *name);

struct trust {
    bool defaults;           /* leave libcurl's own choice; the rest is NULL then */
    const char *file, *path; /* NULL: none of that kind */
    const char *fallback;    /* bundle to try once when path lacks the root; NULL: none */
    const char *words;       /* where this came from, for -v */
};

/* In this order: file and path (the options), SSL_CERT_FILE and SSL_CERT_DIR of the environment,
 * the system's hashed directory, the system's bundle, libcurl's defaults. All texts borrowed. */
void trust_choose(struct trust *out, const char *file, const char *path,
                  const struct tls_build *build);

#endif
