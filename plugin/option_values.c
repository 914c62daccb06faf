/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "option_values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failure.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

enum { QUOTE = 56 };

bool usage_error(const struct given *given, struct failure *why, const char *explanation)
{
    char line[QUOTE], shown[FAILURE_TEXT], masked[FAILURE_TEXT];
    const char *argument = given->argument;

    if (strstr(argument, "://")) {
        mask_password(masked, sizeof masked, argument);
        argument = masked;
    }
    /* The first line has no room for all texts and cannot show some characters. */
    clean_text(line, sizeof line, argument[0] == '\0' ? "(empty)" : argument);
    fail(why, FAILURE_USAGE, "%s %s: %s", given->option, line, explanation);
    clean_line(shown, sizeof shown, argument);
    if (shown[0] != '\0' && strcmp(line, shown) != 0)
        fail_hint(why, "Given was: %s %s", given->option, shown);
    return fail_hint(why, "See check_tencent_cwp_license --help");
}

bool value_state(enum state *out, const struct given *given, struct failure *why)
{
    return state_parse(out, given->argument)
           || usage_error(given, why, "write ok, warning, critical or unknown");
}

bool value_integer(int *out, int least, int most, const struct given *given, struct failure *why)
{
    size_t length = strlen(given->argument);
    char explanation[64];
    int number = 0;

    snprintf(explanation, sizeof explanation, "write a whole number from %d to %d", least, most);
    if (length == 0 || length > 5 || strspn(given->argument, DIGITS) != length)
        return usage_error(given, why, explanation);
    for (const char *at = given->argument; *at != '\0'; at++)
        number = number * 10 + (*at - '0');
    if (number < least || number > most)
        return usage_error(given, why, explanation);
    *out = number;
    return true;
}

bool value_format(enum output_format *out, const struct given *given, struct failure *why)
{
    for (enum output_format f = 0; f < OUTPUT_FORMATS; f++) {
        if (strcasecmp(given->argument, OUTPUT_FORMAT_NAMES[f]) == 0) {
            *out = f;
            return true;
        }
    }
    return usage_error(given, why, "write text, json or prometheus");
}

bool value_path(const char **out, const struct given *given, struct failure *why)
{
    if (given->argument[0] == '\0')
        return usage_error(given, why, "the name of a file is missing");
    *out = given->argument;
    return true;
}

static bool value_readable(const char **out, bool directory, const struct given *given,
                           struct failure *why)
{
    struct stat st;

    if (given->argument[0] == '\0')
        return usage_error(given, why, directory ? "the name of a directory is missing"
                                                 : "the name of a file is missing");
    if (access(given->argument, R_OK) != 0 || stat(given->argument, &st) != 0)
        return usage_error(given, why, strerror(errno));
    if (S_ISDIR(st.st_mode) && !directory)
        return usage_error(given, why, "that is a directory, name a file or use --ca-path");
    if (!S_ISDIR(st.st_mode) && directory)
        return usage_error(given, why, "that is no directory, use --ca-file for a file");
    *out = given->argument;
    return true;
}

bool value_file(const char **out, const struct given *given, struct failure *why)
{
    return value_readable(out, false, given, why);
}

bool value_directory(const char **out, const struct given *given, struct failure *why)
{
    return value_readable(out, true, given, why);
}

static bool value_word(const char **out, const char *alphabet, size_t most,
                       const struct given *given, struct failure *why, const char *explanation)
{
    size_t length = strlen(given->argument);

    if (length == 0 || length > most || strspn(given->argument, alphabet) != length)
        return usage_error(given, why, explanation);
    *out = given->argument;
    return true;
}

/* It may become a part of a file name: ~/.tccli/NAME.credential. */
bool value_profile(const char **out, const struct given *given, struct failure *why)
{
    if (given->argument[0] == '.')
        return usage_error(given, why, "a profile does not begin with a dot");
    return value_word(out, LETTERS DIGITS "_-.@+ ", 64, given, why,
                      "a profile has 1 to 64 letters, digits, blanks or _ - . @ +");
}

/* It becomes a part of a URL, where dots alone mean another place. */
bool value_role(const char **out, const struct given *given, struct failure *why)
{
    if (given->argument[0] == '.')
        return usage_error(given, why, "a role does not begin with a dot");
    return value_word(out, LETTERS DIGITS "_-.@+=,", 128, given, why,
                      "a role has 1 to 128 letters, digits or _ - . @ + = ,");
}

bool value_region(const char **out, const struct given *given, struct failure *why)
{
    return value_word(out, LETTERS DIGITS "-", 64, given, why,
                      "a region has 1 to 64 letters, digits or hyphens, such as ap-singapore");
}

bool value_account(const char **out, const struct given *given, struct failure *why)
{
    size_t length = strlen(given->argument);

    for (size_t i = 0; i < length; i++) {
        if (given->argument[i] < ' ' || given->argument[i] > '~')
            length = 0;
    }
    if (length == 0 || length >= ACCOUNT_SIZE)
        return usage_error(given, why, "a name has 1 to 32 printable ASCII characters");
    *out = given->argument;
    return true;
}

/* Labels of a name, each beginning and ending with a letter or digit. */
static bool is_hostname(const char *text)
{
    const char *at = text;

    if (strlen(text) > 253)
        return false;
    for (;;) {
        size_t length = strspn(at, LETTERS DIGITS "-");
        if (length == 0 || length > 63 || at[0] == '-' || at[length - 1] == '-')
            return false;
        at += length;
        if (*at == '\0')
            return true;
        if (*at++ != '.')
            return false;
    }
}

bool value_hostname(const char **out, const struct given *given, struct failure *why)
{
    char masked[FAILURE_TEXT];
    struct given shown = { given->option, masked };

    mask_password(masked, sizeof masked, given->argument);
    if (!is_hostname(given->argument))
        return usage_error(&shown, why,
                           "a host name has only letters, digits, hyphens and dots, and no port "
                           "or path");
    *out = given->argument;
    return true;
}

static bool is_proxy_scheme(const char *url, size_t length)
{
    static const char *const SCHEMES[] = { "http",    "https",  "socks4",
                                           "socks4a", "socks5", "socks5h" };

    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        if (strlen(SCHEMES[i]) == length && strncasecmp(url, SCHEMES[i], length) == 0)
            return true;
    }
    return false;
}

/* A password with such a character would be read as the name of the proxy, and shown. */
static bool splits_password(const char *user)
{
    const char *at = strrchr(user, '@');

    return at && strcspn(user, "@/?#") < (size_t)(at - user);
}

/* HOST, HOST:PORT or [ADDRESS]:PORT, and a slash at the end for all that libcurl cares. */
static bool is_place(const char *place)
{
    size_t host = strcspn(place, place[0] == '[' ? "]" : ":/?#");

    if (host == 0 || (place[0] == '[' && (host < 2 || place[host++] == '\0')))
        return false;
    place += host;
    if (*place == ':') {
        size_t digits = strspn(++place, DIGITS);
        unsigned long port = digits > 0 && digits <= 5 ? strtoul(place, NULL, 10) : 0;
        if (port < 1 || port > 65535)
            return false;
        place += digits;
    }
    return *place == '\0' || strcmp(place, "/") == 0;
}

bool value_proxy(const char **out, const struct given *given, struct failure *why)
{
    const char *scheme = strstr(given->argument, "://");
    const char *user = scheme ? scheme + 3 : given->argument;
    const char *at = strrchr(user, '@');
    char masked[FAILURE_TEXT];
    struct given shown = { given->option, masked };
    bool fits = strlen(given->argument) <= 1024;

    mask_password(masked, sizeof masked, given->argument);
    for (const char *c = given->argument; *c != '\0'; c++)
        fits = fits && *c > ' ' && *c <= '~';
    if (scheme)
        fits = fits && is_proxy_scheme(given->argument, (size_t)(scheme - given->argument));
    if (fits && splits_password(user))
        return usage_error(&shown, why,
                           "write @ / ? and # of a password as %40 %2F %3F and %23");
    if (!fits || !is_place(at ? at + 1 : user))
        return usage_error(&shown, why, "write a URL such as http://HOST:PORT (http, https, "
                                        "socks4, socks4a, socks5 or socks5h)");
    *out = given->argument;
    return true;
}
