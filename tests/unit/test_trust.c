/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "trust.h"

#define OPENSSL "OpenSSL/3.0.19"
#define GNUTLS "GnuTLS/3.7.9"

/* Folders as they may be: one entry each, so that what decides is its name. */
static char hashed[] = "/tmp/trust-XXXXXX", bundled[] = "/tmp/trust-XXXXXX";
static char usual[] = "/tmp/trust-XXXXXX";

static void touch(const char *folder, const char *name)
{
    char path[64];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static int make_folders(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(hashed));
    assert_non_null(mkdtemp(bundled));
    assert_non_null(mkdtemp(usual));
    touch(usual, "4042bcee.0");
    touch(hashed, "0a1b2c3d.0");
    touch(bundled, "ca-certificates.crt");
    return 0;
}

static int remove_folders(void **state)
{
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/0a1b2c3d.0", hashed);
    unlink(path);
    snprintf(path, sizeof path, "%s/ca-certificates.crt", bundled);
    unlink(path);
    snprintf(path, sizeof path, "%s/4042bcee.0", usual);
    unlink(path);
    return rmdir(hashed) | rmdir(bundled) | rmdir(usual);
}

/* "file path fallback words", with - for none. */
static const char *chosen(const char *file, const char *path, const struct tls_build *build)
{
    static char text[256];
    struct trust trust;

    trust_choose(&trust, file, path, build);
    snprintf(text, sizeof text, "%s %s %s %s%s", trust.file ? trust.file : "-",
             trust.path ? trust.path : "-", trust.fallback ? trust.fallback : "-", trust.words,
             trust.defaults ? "!" : "");
    return text;
}

static void test_options_and_environment(void **state)
{
    static const struct {
        const char *file, *path, *env_file, *env_dir, *answer;
    } ROW[] = {
        { "f", NULL, NULL, NULL, "f - - options" },
        { NULL, "p", NULL, NULL, "- p - options" },
        { "f", "p", "ef", "ed", "f p - options" },
        { NULL, NULL, "ef", NULL, "ef - - SSL_CERT_FILE or SSL_CERT_DIR" },
        { NULL, NULL, NULL, "ed", "- ed - SSL_CERT_FILE or SSL_CERT_DIR" },
        { NULL, NULL, "ef", "ed", "ef ed - SSL_CERT_FILE or SSL_CERT_DIR" },
        { NULL, NULL, "", "", "- - - defaults of libcurl!" },
    };
    struct tls_build build = { OPENSSL, "b", "/nowhere" };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        unsetenv("SSL_CERT_FILE");
        unsetenv("SSL_CERT_DIR");
        if (ROW[i].env_file)
            setenv("SSL_CERT_FILE", ROW[i].env_file, 1);
        if (ROW[i].env_dir)
            setenv("SSL_CERT_DIR", ROW[i].env_dir, 1);
        assert_string_equal(chosen(ROW[i].file, ROW[i].path, &build), ROW[i].answer);
    }
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");
}

/* A directory only where it is read on demand and hashed: others parse every file of it. */
static void test_system(void **state)
{
    const struct {
        struct tls_build build;
        const char *file, *path, *fallback, *words;
    } ROW[] = {
        { { OPENSSL, "b", hashed }, "-", hashed, "b", "system directory" },
        { { OPENSSL, NULL, hashed }, "-", hashed, "-", "system directory" },
        { { OPENSSL, "b", usual }, "-", usual, "b", "system directory" },
        { { "LibreSSL/3.8", "b", hashed }, "-", hashed, "b", "system directory" },
        { { OPENSSL, "b", bundled }, "-", "-", "-", "defaults of libcurl!" },
        { { OPENSSL, "b", NULL }, "-", "-", "-", "defaults of libcurl!" },
        { { GNUTLS, "b", hashed }, "b", "-", "-", "system bundle" },
        { { "mbedTLS/2.28", "b", NULL }, "b", "-", "-", "system bundle" },
        { { "wolfSSL/5.5", "b", NULL }, "b", "-", "-", "system bundle" },
        { { "(" OPENSSL ") " GNUTLS, "b", hashed }, "b", "-", "-", "system bundle" },
        { { "(" GNUTLS ") " OPENSSL, "b", hashed }, "-", hashed, "b", "system directory" },
        { { "(" OPENSSL, "b", hashed }, "-", "-", "-", "defaults of libcurl!" },
        { { "Schannel", "b", hashed }, "-", "-", "-", "defaults of libcurl!" },
        { { NULL, "b", hashed }, "-", "-", "-", "defaults of libcurl!" },
    };
    char wanted[256];

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        snprintf(wanted, sizeof wanted, "%s %s %s %s", ROW[i].file, ROW[i].path, ROW[i].fallback,
                 ROW[i].words);
        assert_string_equal(chosen(NULL, NULL, &ROW[i].build), wanted);
    }
}

/* A GnuTLS build that names no bundle: the first of the usual ones that can be read, if any. */
static void test_usual_bundle(void **state)
{
    struct tls_build build = { GNUTLS, NULL, hashed };
    struct trust trust;

    (void)state;
    trust_choose(&trust, NULL, NULL, &build);
    assert_true(trust.defaults || access(trust.file, R_OK) == 0);
    assert_null(trust.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_and_environment),
        cmocka_unit_test(test_system),
        cmocka_unit_test(test_usual_bundle),
    };

    return cmocka_run_group_tests_name("trust", tests, make_folders, remove_folders);
}
