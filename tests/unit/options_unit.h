/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Command lines as rows: words in, one text out that holds everything that they changed.
 */
#ifndef OPTIONS_UNIT_H
#define OPTIONS_UNIT_H

#include "failure.h"
#include "options.h"
#include "unit.h"

#define MARK "S3CR" /* a part of a secret: in no message */
#define SEE_HELP " // See check_tencent_cwp_license --help"

enum { WORDS = 8 };

/* The last words that were read, and what they became. */
static struct options parsed;
static struct failure mistake;

static inline bool parse(const char *const words[WORDS])
{
    static char *argv[WORDS + 2];
    int argc = 1;

    memset(&mistake, 0, sizeof mistake);
    memset(&parsed, 0xa5, sizeof parsed); /* nothing may be left as it happens to be */
    argv[0] = (char *)"check_tencent_cwp_license";
    while (argc <= WORDS && words[argc - 1]) {
        argv[argc] = (char *)words[argc - 1];
        argc++;
    }
    argv[argc] = NULL;
    return options_parse(&parsed, argc, argv, &mistake);
}

struct note {
    char text[2048];
    size_t used;
};

static inline void note(struct note *n, const char *name, const char *value)
{
    n->used += (size_t)snprintf(n->text + n->used, sizeof n->text - n->used, "%s%s%s%s",
                                n->used > 0 ? ", " : "", name, value[0] == '\0' ? "" : " ", value);
}

static inline void note_text(struct note *n, const char *name, const char *value,
                             const char *usual)
{
    if (value && (!usual || strcmp(value, usual) != 0))
        note(n, name, value);
}

static inline void note_number(struct note *n, const char *name, int value, int usual)
{
    char text[16];

    snprintf(text, sizeof text, "%d", value);
    if (value != usual)
        note(n, name, text);
}

static inline void note_bool(struct note *n, const char *name, bool value)
{
    if (value)
        note(n, name, "");
}

static inline void note_limits(struct note *n, const struct limits *limits)
{
    struct limits usual;
    char text[80];

    limits_init(&usual);
    for (enum level level = LEVEL_WARNING; level < LEVELS; level++) {
        for (enum field f = 0; f < FIELD_END; f++) {
            const char *now = limits->range[level][f].text, *then = usual.range[level][f].text;
            if (!now == !then && (!now || strcmp(now, then) == 0))
                continue;
            snprintf(text, sizeof text, "%c %s=%s", level == LEVEL_WARNING ? 'w' : 'c',
                     FIELD_INFO[f].name, now ? now : "(none)");
            note(n, text, "");
        }
    }
}

/* All that differs from the defaults of contract section 3. */
static inline const char *changes(void)
{
    static struct note n;
    const struct options *o = &parsed;
    const struct network *network = &o->target.network;

    n = (struct note){ .used = 0 };
    note_limits(&n, &o->limits);
    note_bool(&n, "trust_auto_renew", o->limits.trust_auto_renew);
    note_text(&n, "empty_state", state_name(o->limits.empty_state), "UNKNOWN");
    note_text(&n, "api_error_state", state_name(o->api_error_state), "UNKNOWN");
    note_text(&n, "credentials_file", o->credentials.file, NULL);
    note_text(&n, "profile", o->credentials.profile, NULL);
    note_bool(&n, "role", o->credentials.role);
    note_text(&n, "role_name", o->credentials.role_name, NULL);
    note_text(&n, "hostname", o->target.host, "cwp.intl.tencentcloudapi.com");
    note_number(&n, "port", o->target.port, 443);
    note_text(&n, "region", o->target.region, NULL);
    note_text(&n, "proxy", network->proxy, NULL);
    note_bool(&n, "no_proxy", network->no_proxy);
    note_text(&n, "ca_file", network->ca_file, NULL);
    note_text(&n, "ca_path", network->ca_path, NULL);
    note_number(&n, "family", network->family == ADDRESS_V4   ? 4
                              : network->family == ADDRESS_V6 ? 6 : 0, 0);
    note_number(&n, "timeout", o->timeout_s, 10);
    note_number(&n, "retries", o->retries, 1);
    note_text(&n, "input", o->input, NULL);
    note_text(&n, "account", o->look.account, NULL);
    note_text(&n, "format", OUTPUT_FORMAT_NAMES[o->look.format], "text");
    note_bool(&n, "no_perfdata", o->look.no_perfdata);
    note_bool(&n, "detail", o->look.detail);
    note_number(&n, "verbosity", o->look.verbosity, 0);
    note_bool(&n, "exit_ok", o->exit_ok);
    note_bool(&n, "help", o->help);
    note_bool(&n, "version", o->version);
    return n.text;
}

/* "text // hint" of the mistake, or what the words changed. */
static inline const char *answer(const char *const words[WORDS])
{
    static char text[FAILURE_TEXT * 4];
    bool ok = parse(words);

    assert_int_equal(ok, mistake.kind == FAILURE_NONE);
    if (ok)
        return changes();
    assert_int_equal(mistake.kind, FAILURE_USAGE);
    snprintf(text, sizeof text, "%s%s%s", mistake.text, mistake.hint[0] == '\0' ? "" : " // ",
             mistake.hint);
    assert_null(strstr(text, MARK));
    return text;
}

struct command {
    const char *words[WORDS], *answer;
};

/* An empty argument is quoted as (empty); the rows leave a gap there. */
static inline const char *expected(const char *answer)
{
    static char text[FAILURE_TEXT * 4];
    const char *gap = strstr(answer, " : ");

    if (!gap || strcspn(answer, " ") != (size_t)(gap - answer)) /* behind the option alone */
        return answer;
    snprintf(text, sizeof text, "%.*s (empty)%s", (int)(gap - answer), answer, gap + 1);
    return text;
}

static inline void compare_commands(const struct command *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(answer(rows[i].words), expected(rows[i].answer));
}

#endif
