/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Why the licenses could not be read: whose fault it is, and clean lines of text about it.
 * A zeroed struct means that nothing failed.
 */
#ifndef FAILURE_H
#define FAILURE_H

#include <stdbool.h>
#include <stddef.h>

enum failure_kind {
    FAILURE_NONE,
    FAILURE_USAGE,
    FAILURE_CREDENTIALS,
    FAILURE_PERMISSION,
    FAILURE_CLOCK,
    FAILURE_NETWORK,
    FAILURE_TLS,
    FAILURE_HTTP,
    FAILURE_THROTTLED,
    FAILURE_SERVICE,
    FAILURE_MALFORMED,
    FAILURE_TIMEOUT,
    FAILURE_EMPTY,
    FAILURE_INTERNAL,
};

/* Whether the same request may be sent again, as often as --retries allows. */
enum retry { RETRY_NEVER, RETRY_AGAIN };

enum {
    FAILURE_TEXT = 240,    /* one sentence; the report shortens it to its line */
    FAILURE_MESSAGE = 161, /* the API's own text: 160 characters, contract section 6 */
    FAILURE_CODE = 81,
    REQUEST_ID = 65
};

struct failure {
    enum failure_kind kind;
    enum retry retry;
    bool outage;                   /* a fault of network or service: --api-error-state decides */
    char text[FAILURE_TEXT];       /* the sentence for the first line */
    char hint[2 * FAILURE_TEXT];   /* a further line: the remedy, or ""; no limit of characters */
    char code[FAILURE_CODE];       /* the API's error code, or "" */
    char message[FAILURE_MESSAGE]; /* the API's own text, or "" */
    char request_id[REQUEST_ID];   /* the API's, or "" */
    bool explained;                /* text says it all: message is shown at -v only */
    bool key_matters;              /* say where the key came from */
};

/* "usage", "credentials", ...; the names of contract section 5. */
const char *failure_kind_name(enum failure_kind kind);

/* Records kind and sentence, cleaned for the first line, unless something failed before: the
 * first reason stays. Always returns false, for `return fail(...)`. */
bool fail(struct failure *why, enum failure_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As fail, for a fault of network or service. */
bool fail_outage(struct failure *why, enum failure_kind kind, enum retry retry,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds the line below the sentence; keeps what is there. Always returns false. */
bool fail_hint(struct failure *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Copies text of anybody's making: whatever is not printable ASCII, and each character that
 * Nagios strips or rewrites (contract section 4), becomes '?'. Cuts to size - 1 characters;
 * a cut text ends in "...". */
void clean_text(char *out, size_t size, const char *text);

/* The same for lines below the first: only bars and what is not printable ASCII is replaced. */
void clean_line(char *out, size_t size, const char *text);

/* scheme://user:password@host:port with the part between the colon and the last @ as ***, or all
 * behind the colon where the host was forgotten. */
void mask_password(char *out, size_t size, const char *url);

#endif
