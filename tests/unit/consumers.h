/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * How four programs read performance data, written anew from a description of their rules. Each
 * reader takes one item off the line and fills in what that program keeps of it. It returns what
 * is left of the line; NULL: the program throws the item, or the whole line, away.
 */
#ifndef CONSUMERS_H
#define CONSUMERS_H

#include "unit.h"

enum { PART = 64 };

struct kept {
    char label[PART], value[PART], unit[PART], warning[PART], critical[PART], minimum[PART];
};

typedef const char *consumer(struct kept *out, const char *at);

#define DECIMAL "0123456789.-"
#define INTERVAL DECIMAL ":~@"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static inline const char *copy(char out[PART], const char *at, size_t length)
{
    snprintf(out, PART, "%.*s", (int)length, at);
    return at + length;
}

/* Copies the longest text of these characters. */
static inline const char *take(char out[PART], const char *at, const char *of)
{
    return copy(out, at, strspn(at, of));
}

/* Copies all up to the first of these characters. */
static inline const char *take_to(char out[PART], const char *at, const char *any)
{
    return copy(out, at, strcspn(at, any));
}

static inline const char *skip(const char *at, char one)
{
    return *at == one ? at + 1 : at;
}

static inline bool is_number(const char *text)
{
    char *end;

    strtod(text, &end);
    return *text != '\0' && *end == '\0' && strspn(text, DECIMAL "+eE") == strlen(text);
}

static inline void keep_number(char text[PART])
{
    if (!is_number(text))
        text[0] = '\0';
}

/* Icinga 2 splits at '=' and at the next blank. Its metric writers skip an item with a comma or
 * without a number, and keep no range, only plain numbers. Of units we print, it knows "s". */
static inline const char *icinga(struct kept *out, const char *at)
{
    char maximum[PART];

    at = skip(take_to(out->label, at, "="), '=');
    if (strcspn(at, ",=") < strcspn(at, " "))
        return NULL;
    at = take(out->value, at, DECIMAL "+e");
    at = skip(take_to(out->unit, at, "; "), ';');
    at = skip(take_to(out->warning, at, "; "), ';');
    at = skip(take_to(out->critical, at, "; "), ';');
    at = skip(take_to(out->minimum, at, "; "), ';');
    at = take_to(maximum, at, " ");
    keep_number(out->warning);
    keep_number(out->critical);
    keep_number(out->minimum);
    if (!is_number(out->value) || (out->unit[0] != '\0' && strcmp(out->unit, "s") != 0))
        return NULL;
    return skip(at, ' ');
}

/* The pattern of character classes that Nagflux has from PNP4Nagios, where one item that does not
 * match discards the whole line. What it does not take becomes part of the next label. */
static inline const char *pattern(struct kept *out, const char *at)
{
    at = take_to(out->label, at, "=");
    if (out->label[0] == '\0' || *at != '=')
        return NULL;
    at = take(out->value, at + 1, DECIMAL);
    if (out->value[0] == '\0')
        return NULL;
    at = take(out->unit, at, LETTERS "0123456789_/%");
    at = take(out->warning, skip(at, ';'), INTERVAL);
    at = take(out->critical, skip(at, ';'), INTERVAL);
    at = take(out->minimum, skip(at, ';'), DECIMAL);
    at = skip(at, ';'); /* a maximum is never printed */
    return at + strspn(at, " ");
}

/* PNP4Nagios knows a range by its colon and keeps both ends; of anything else only the number. */
static inline void pnp_range(char text[PART])
{
    char range[PART], *colon;
    const char *start = text + (text[0] == '@');

    snprintf(range, sizeof range, "%s", start);
    colon = strchr(range, ':');
    if (colon) {
        *colon = '\0';
        snprintf(range, sizeof range, "%s %.*s to %s", start > text ? "in" : "out",
                 (int)(colon - range), start, strchr(start, ':') + 1);
    }
    copy(text, range, strlen(range));
}

static inline const char *pnp(struct kept *out, const char *at)
{
    at = pattern(out, at);
    if (at) {
        pnp_range(out->warning);
        pnp_range(out->critical);
    }
    return at;
}

/* Nagflux looks for numbers in a range: one becomes a line in the graph, two become a band. */
static inline void nagflux_range(char text[PART])
{
    char first[PART], second[PART];
    bool inside = strchr(text, '@') != NULL;
    const char *at = take(first, text + strcspn(text, DECIMAL), DECIMAL);

    take(second, at + strcspn(at, DECIMAL), DECIMAL);
    if (second[0] == '\0')
        copy(text, first, strlen(first));
    else
        snprintf(text, PART, "%s %.20s to %.20s", inside ? "in" : "out", first, second);
}

static inline const char *nagflux(struct kept *out, const char *at)
{
    at = pattern(out, at);
    if (at) {
        nagflux_range(out->warning);
        nagflux_range(out->critical);
    }
    return at;
}

/* Checkmk MRPE keeps of each part what follows its last colon. */
static inline const char *after_colon(char out[PART], const char *at)
{
    at = take_to(out, at, ":; ");
    while (*at == ':')
        at = take_to(out, at + 1, ":; ");
    return skip(at, ';');
}

/* It splits at blanks first, so that quotes around a label are no help, drops a label with '=' or
 * a quote, and makes the service UNKNOWN when there is no number. It knows no units. */
static inline const char *checkmk(struct kept *out, const char *at)
{
    char maximum[PART];

    at = take_to(out->label, at, "= ");
    if (out->label[0] == '\0' || *at != '=' || strpbrk(out->label, "':/\\"))
        return NULL;
    at = after_colon(out->value, at + 1);
    at = after_colon(out->warning, at);
    at = after_colon(out->critical, at);
    at = after_colon(out->minimum, at);
    at = take_to(maximum, at, " ");
    out->value[strspn(out->value, DECIMAL)] = '\0';
    keep_number(out->warning);
    keep_number(out->critical);
    keep_number(out->minimum);
    out->unit[0] = '\0';
    return is_number(out->value) ? skip(at, ' ') : NULL;
}

#endif
