/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static const char *const KIND_NAMES[] = {
    [FAILURE_NONE] = "none",
    [FAILURE_USAGE] = "usage",
    [FAILURE_CREDENTIALS] = "credentials",
    [FAILURE_PERMISSION] = "permission",
    [FAILURE_CLOCK] = "clock",
    [FAILURE_NETWORK] = "network",
    [FAILURE_TLS] = "tls",
    [FAILURE_HTTP] = "http",
    [FAILURE_THROTTLED] = "throttled",
    [FAILURE_SERVICE] = "service",
    [FAILURE_MALFORMED] = "malformed",
    [FAILURE_TIMEOUT] = "timeout",
    [FAILURE_EMPTY] = "empty",
    [FAILURE_INTERNAL] = "internal",
};

const char *failure_kind_name(enum failure_kind kind)
{
    return KIND_NAMES[kind];
}

static void clean_copy(char *out, size_t size, const char *text, const char *refused)
{
    size_t n = 0;

    for (; n < size - 1 && text[n] != '\0'; n++) {
        bool printable = text[n] >= ' ' && text[n] <= '~';
        out[n] = printable && !strchr(refused, text[n]) ? text[n] : '?';
    }
    out[n] = '\0';
    if (text[n] != '\0' && n >= 3)
        memcpy(out + n - 3, "...", 3);
}

void clean_text(char *out, size_t size, const char *text)
{
    clean_copy(out, size, text, "`~$&|'\"<>;");
}

void clean_line(char *out, size_t size, const char *text)
{
    clean_copy(out, size, text, "|");
}

static bool is_port(const char *text)
{
    return strspn(text, DIGITS) == strcspn(text, "/?#");
}

void mask_password(char *out, size_t size, const char *url)
{
    size_t scheme = strspn(url, LETTERS DIGITS);
    const char *user = strncmp(url + scheme, "://", 3) == 0 ? url + scheme + 3 : url;
    const char *at = strrchr(user, '@');
    const char *colon = strchr(user, ':');

    if (at && colon && colon < at)
        snprintf(out, size, "%.*s:***%s", (int)(colon - url), url, at);
    else if (!at && user > url && user[0] != '[' && colon && !is_port(colon + 1))
        snprintf(out, size, "%.*s:***", (int)(colon - url), url);
    else
        snprintf(out, size, "%s", url);
}

static void record(struct failure *why, enum failure_kind kind, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* One character more than fits, so that the cut is seen and marked. */
static void record(struct failure *why, enum failure_kind kind, const char *format, va_list args)
{
    char raw[FAILURE_TEXT + 1];

    vsnprintf(raw, sizeof raw, format, args);
    clean_text(why->text, sizeof why->text, raw);
    why->kind = kind;
}

bool fail(struct failure *why, enum failure_kind kind, const char *format, ...)
{
    va_list args;

    if (why->kind == FAILURE_NONE) {
        va_start(args, format);
        record(why, kind, format, args);
        va_end(args);
    }
    return false;
}

bool fail_outage(struct failure *why, enum failure_kind kind, enum retry retry,
                 const char *format, ...)
{
    va_list args;

    if (why->kind == FAILURE_NONE) {
        va_start(args, format);
        record(why, kind, format, args);
        va_end(args);
        why->outage = true;
        why->retry = retry;
    }
    return false;
}

bool fail_hint(struct failure *why, const char *format, ...)
{
    char raw[sizeof why->hint + 1];
    va_list args;

    if (why->hint[0] == '\0') {
        va_start(args, format);
        vsnprintf(raw, sizeof raw, format, args);
        va_end(args);
        clean_line(why->hint, sizeof why->hint, raw);
    }
    return false;
}
