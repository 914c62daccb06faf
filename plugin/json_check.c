/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * A JSON checker in the order of the grammar of RFC 8259. Two texts that the grammar allows are
 * refused as well: the escape of the NUL character, which would cut a C string short, and the
 * escape of half a surrogate pair, which is no character.
 */
#include "json.h"

#include <string.h>

struct check {
    const char *at, *end;
    json_number_visit *visit;
    void *context;
    const char *why;
    struct json_number number; /* the one being read */
};

static bool value(struct check *c, int depth);

static bool wrong(struct check *c, const char *why)
{
    if (!c->why)
        c->why = c->at == c->end ? "it ends in the middle" : why;
    return false;
}

static bool accept(struct check *c, char wanted)
{
    if (c->at == c->end || *c->at != wanted)
        return false;
    c->at++;
    return true;
}

static void blanks(struct check *c)
{
    while (c->at < c->end && strchr(" \t\r\n", *c->at) && *c->at != '\0')
        c->at++;
}

static size_t digits(struct check *c)
{
    const char *begin = c->at;

    while (c->at < c->end && *c->at >= '0' && *c->at <= '9')
        c->at++;
    return (size_t)(c->at - begin);
}

/* number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ( "e" / "E" ) [ sign ] 1*digit ] */
static bool number(struct check *c)
{
    const char *begin = c->at;

    accept(c, '-');
    if (!accept(c, '0') && digits(c) == 0)
        return wrong(c, "a value is expected");
    if (accept(c, '.') && digits(c) == 0)
        return wrong(c, "a number is not complete");
    if (accept(c, 'e') || accept(c, 'E')) {
        if (!accept(c, '+'))
            accept(c, '-');
        if (digits(c) == 0)
            return wrong(c, "a number is not complete");
    }
    c->number.text = (struct json_span){ begin, (size_t)(c->at - begin) };
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits after \u; -1 when they are not there. */
static long hex4(struct check *c)
{
    long code = 0;

    for (int i = 0; i < 4; i++, c->at++) {
        if (c->at == c->end || hex_digit(*c->at) < 0)
            return -1;
        code = code * 16 + hex_digit(*c->at);
    }
    return code;
}

static bool unicode_escape(struct check *c)
{
    long code = hex4(c);

    if (code >= 0xd800 && code <= 0xdbff) {
        long low = accept(c, '\\') && accept(c, 'u') ? hex4(c) : -1;
        return (low >= 0xdc00 && low <= 0xdfff) || wrong(c, "an escape is no character");
    }
    if (code <= 0 || (code >= 0xdc00 && code <= 0xdfff))
        return wrong(c, "an escape is no character");
    return true;
}

static bool escape(struct check *c)
{
    if (accept(c, 'u'))
        return unicode_escape(c);
    if (c->at == c->end || *c->at == '\0' || !strchr("\"\\/bfnrt", *c->at))
        return wrong(c, "an escape is not known");
    c->at++;
    return true;
}

/* One character of two to four bytes: no overlong form, no surrogate, at most U+10FFFF. */
static bool utf8(struct check *c)
{
    static const struct {
        unsigned char first, last, low, high; /* of the first byte, and of the second one */
        int more;
    } FORMS[] = {
        { 0xc2, 0xdf, 0x80, 0xbf, 1 }, { 0xe0, 0xe0, 0xa0, 0xbf, 2 }, { 0xe1, 0xec, 0x80, 0xbf, 2 },
        { 0xed, 0xed, 0x80, 0x9f, 2 }, { 0xee, 0xef, 0x80, 0xbf, 2 }, { 0xf0, 0xf0, 0x90, 0xbf, 3 },
        { 0xf1, 0xf3, 0x80, 0xbf, 3 }, { 0xf4, 0xf4, 0x80, 0x8f, 3 },
    };
    const unsigned char *byte = (const unsigned char *)c->at;
    size_t i = 0;

    while (i < sizeof FORMS / sizeof *FORMS && (*byte < FORMS[i].first || *byte > FORMS[i].last))
        i++;
    if (i == sizeof FORMS / sizeof *FORMS || c->end - c->at <= FORMS[i].more
        || byte[1] < FORMS[i].low || byte[1] > FORMS[i].high)
        return wrong(c, "it is not UTF-8");
    for (int k = 2; k <= FORMS[i].more; k++) {
        if (byte[k] < 0x80 || byte[k] > 0xbf)
            return wrong(c, "it is not UTF-8");
    }
    c->at += 1 + FORMS[i].more;
    return true;
}

/* After the opening quote. */
static bool string(struct check *c)
{
    while (c->at < c->end && *c->at != '"') {
        unsigned char byte = (unsigned char)*c->at;

        if (byte < 0x20)
            return wrong(c, "a text has a control character in it");
        if (byte >= 0x80) {
            if (!utf8(c))
                return false;
            continue;
        }
        c->at++;
        if (byte == '\\' && !escape(c))
            return false;
    }
    return accept(c, '"') || wrong(c, NULL);
}

static bool key(struct check *c, struct json_span *out)
{
    if (!accept(c, '"'))
        return wrong(c, "a name in double quotes is expected");
    out->at = c->at;
    if (!string(c))
        return false;
    out->length = (size_t)(c->at - 1 - out->at);
    blanks(c);
    return accept(c, ':') || wrong(c, "a colon is expected");
}

static bool member(struct check *c, int depth)
{
    struct json_span name, parent = c->number.parent;

    if (!key(c, &name))
        return false;
    blanks(c);
    c->number.text.at = NULL;
    c->number.parent = name; /* of what may stand in the value */
    if (!value(c, depth))
        return false;
    c->number.parent = parent;
    if (c->number.text.at && c->visit) {
        c->number.key = name;
        c->number.depth = depth;
        c->visit(c->context, &c->number);
    }
    c->number.text.at = NULL; /* the numbers in arrays are nobody's members */
    return true;
}

static bool element(struct check *c, int depth)
{
    bool ok = value(c, depth);

    c->number.text.at = NULL;
    return ok;
}

static bool sequence(struct check *c, int depth, bool (*item)(struct check *, int), char close)
{
    if (depth > JSON_DEPTH)
        return wrong(c, "it is nested more than 32 deep");
    blanks(c);
    if (accept(c, close))
        return true;
    do {
        blanks(c);
        if (!item(c, depth))
            return false;
        blanks(c);
    } while (accept(c, ','));
    return accept(c, close) || wrong(c, "a comma or a closing bracket is expected");
}

static bool word(struct check *c, const char *wanted)
{
    for (; *wanted != '\0'; wanted++) {
        if (!accept(c, *wanted))
            return wrong(c, "a value is expected");
    }
    return true;
}

/* depth counts the objects and arrays around the value. */
static bool value(struct check *c, int depth)
{
    if (accept(c, '{'))
        return sequence(c, depth + 1, member, '}');
    if (accept(c, '['))
        return sequence(c, depth + 1, element, ']');
    if (accept(c, '"'))
        return string(c);
    if (c->at < c->end && strchr("tfn", *c->at) && *c->at != '\0')
        return word(c, *c->at == 't' ? "true" : *c->at == 'f' ? "false" : "null");
    return number(c);
}

const char *json_check(const char *text, size_t length, json_number_visit *visit, void *context)
{
    struct check c = { .at = text, .end = text + length, .visit = visit, .context = context };

    blanks(&c);
    if (c.at == c.end)
        return "it is empty";
    if (!value(&c, 0))
        return c.why;
    blanks(&c);
    return c.at == c.end ? NULL : "something follows after the JSON value";
}
