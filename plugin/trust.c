/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "trust.h"

#include <dirent.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 400 };

/* libcurl itself ignores these two; only the curl tool reads them. */
static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] != '\0' && getuid() == geteuid() ? value : NULL;
}

/* xxxxxxxx.N, the name that `openssl rehash` gives. */
static bool is_hash_name(const char *name)
{
    return strspn(name, "0123456789abcdef") == 8 && name[8] == '.' && name[9] >= '0'
           && name[9] <= '9';
}

/* To list a directory of 300 names takes the kernel longer than 20 other system calls. So it is
 * first seen whether it has the link of ISRG Root X1, which the usual stores hold until 2035. */
static bool has_usual_link(const char *path)
{
    char link[PATH_SIZE];
    int length = snprintf(link, sizeof link, "%s/4042bcee.0", path);

    return length > 0 && (size_t)length < sizeof link && access(link, F_OK) == 0;
}

static bool lists_hash_name(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    bool found = false;

    if (!directory)
        return false;
    while (!found && (entry = readdir(directory)))
        found = is_hash_name(entry->d_name);
    closedir(directory);
    return found;
}

static bool is_hashed(const char *path)
{
    return has_usual_link(path) || lists_hash_name(path);
}

/* A libcurl with several backends shows the inactive ones in parentheses. */
bool tls_is(const struct tls_build *build, const char *name)
{
    const char *active = build->backend ? build->backend : "";

    while (*active == '(') {
        active += strcspn(active, ")");
        active += strspn(active, ") ");
    }
    return strncmp(active, name, strlen(name)) == 0;
}

static bool reads_on_demand(const struct tls_build *build)
{
    return tls_is(build, "OpenSSL/") || tls_is(build, "LibreSSL/");
}

static bool parses_directories(const struct tls_build *build)
{
    return tls_is(build, "GnuTLS/") || tls_is(build, "mbedTLS/") || tls_is(build, "wolfSSL/");
}

static const char *find_bundle(const struct tls_build *build)
{
    static const char *const USUAL[] = {
        "/etc/ssl/certs/ca-certificates.crt",     /* Debian, Ubuntu, Alpine */
        "/etc/pki/tls/certs/ca-bundle.crt",       /* Fedora, RHEL */
        "/etc/ssl/ca-bundle.pem",                 /* openSUSE */
        "/etc/ssl/cert.pem",
    };

    if (build->ca_file)
        return build->ca_file;
    for (size_t i = 0; i < sizeof USUAL / sizeof *USUAL; i++) {
        if (access(USUAL[i], R_OK) == 0)
            return USUAL[i];
    }
    return NULL;
}

static bool choose_system(struct trust *out, const struct tls_build *build)
{
    if (reads_on_demand(build) && build->ca_path && is_hashed(build->ca_path)) {
        *out = (struct trust){ false, NULL, build->ca_path, build->ca_file, "system directory" };
        return true;
    }
    if (parses_directories(build) && find_bundle(build)) {
        *out = (struct trust){ false, find_bundle(build), NULL, NULL, "system bundle" };
        return true;
    }
    return false;
}

void trust_choose(struct trust *out, const char *file, const char *path,
                  const struct tls_build *build)
{
    const char *env_file = environment("SSL_CERT_FILE"), *env_path = environment("SSL_CERT_DIR");

    if (file || path)
        *out = (struct trust){ false, file, path, NULL, "options" };
    else if (env_file || env_path)
        *out = (struct trust){ false, env_file, env_path, NULL, "SSL_CERT_FILE or SSL_CERT_DIR" };
    else if (!choose_system(out, build))
        *out = (struct trust){ true, NULL, NULL, NULL, "defaults of libcurl" };
}
