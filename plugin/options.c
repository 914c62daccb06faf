/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* getopt_long, which every libc of today has */
#include "options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "option_table.h"
#include "option_values.h"

enum { ROWS_MAX = 64, FIRST_LONG = 256, MATCHES = 160 };

/* getopt's own forms of the table; a long option without a letter gets FIRST_LONG + its row. */
struct getopt_forms {
    char letters[2 + 3 * ROWS_MAX];
    struct option longs[ROWS_MAX];
};

static void make_forms(struct getopt_forms *forms)
{
    static const int HAS[] = {
        [ARGUMENT_NONE] = no_argument,
        [ARGUMENT_REQUIRED] = required_argument,
        [ARGUMENT_OPTIONAL] = optional_argument,
    };
    char *at = forms->letters;

    memset(forms, 0, sizeof *forms);
    *at++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < OPTION_COUNT && i < ROWS_MAX - 1; i++) {
        const struct option_row *row = &OPTION_TABLE[i];
        forms->longs[i] = (struct option){ row->name, HAS[row->argument], NULL,
                                           FIRST_LONG + (int)i };
        if (row->letter == 0)
            continue;
        *at++ = row->letter;
        if (row->argument == ARGUMENT_REQUIRED)
            *at++ = ':';
    }
}

static const struct option_row *find_row(int code)
{
    if (code >= FIRST_LONG)
        return &OPTION_TABLE[code - FIRST_LONG];
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (OPTION_TABLE[i].letter == code)
            return &OPTION_TABLE[i];
    }
    return NULL;
}

/* getopt leaves in optopt which option it was, or 0 for a long one that it does not know: that is
 * the last word read, shown up to an equals sign, since behind it there may be a secret. */
static void name_option(char *out, size_t size, const char *last_word)
{
    if (optopt >= FIRST_LONG)
        snprintf(out, size, "--%s", find_row(optopt)->name);
    else if (optopt != 0)
        snprintf(out, size, "-%c", optopt);
    else
        snprintf(out, size, "%.*s", (int)strcspn(last_word, "="), last_word);
}

/* The long options that begin like an ambiguous one; "" when there are none. */
static void list_matches(char out[MATCHES], const char *name)
{
    size_t length = strlen(name), used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < OPTION_COUNT && length > 2 && used < MATCHES; i++) {
        if (strncmp(OPTION_TABLE[i].name, name + 2, length - 2) == 0)
            used += (size_t)snprintf(out + used, MATCHES - used, "%s--%s", used > 0 ? " or " : "",
                                     OPTION_TABLE[i].name);
    }
}

static bool may_be_secret(const char *name)
{
    return strstr(name, "secret") || strstr(name, "key") || strstr(name, "token")
           || strstr(name, "pass");
}

static bool refuse_option(int code, const char *last_word, struct failure *why)
{
    char name[64], matches[MATCHES];

    name_option(name, sizeof name, last_word);
    if (code == ':')
        return fail(why, FAILURE_USAGE, "option %s needs a value, see --help", name);
    if (optopt >= FIRST_LONG)
        return fail(why, FAILURE_USAGE, "option %s takes no value, see --help", name);
    list_matches(matches, name);
    if (matches[0] != '\0')
        return fail(why, FAILURE_USAGE, "option %s may be %s: write it in full", name, matches);
    fail(why, FAILURE_USAGE, "option %s is not known, see --help", name);
    if (strchr(name, ' '))
        fail_hint(why, "An option and its value are two words, or one with an equals sign.");
    if (may_be_secret(name))
        fail_hint(why, "Secrets are never taken as options: use --credentials-file FILE.");
    return false;
}

/* It may be the URL of a proxy whose option was forgotten. */
static void refuse_word(const char *word, const struct options *options, struct failure *why)
{
    char masked[FAILURE_TEXT];

    mask_password(masked, sizeof masked, word);
    fail(why, FAILURE_USAGE, "%s is not an option: all settings are options, see --help",
         masked[0] == '\0' ? "an empty word" : masked);
    if (options->credentials.role && !options->credentials.role_name)
        fail_hint(why, "The name of a role is joined to its option: --role=NAME");
}

static bool apply(struct options *out, int code, struct failure *why)
{
    const struct option_row *row = find_row(code);
    char name[40];
    struct given given = { name, optarg };

    if (code >= FIRST_LONG)
        snprintf(name, sizeof name, "--%s", row->name);
    else
        snprintf(name, sizeof name, "-%c", code);
    return row->apply(out, &given, why);
}

static void set_defaults(struct options *out)
{
    *out = (struct options){
        .target = { .host = CWP_HOST, .port = CWP_PORT },
        .api_error_state = STATE_UNKNOWN,
        .timeout_s = 10,
        .retries = 1,
    };
    limits_init(&out->limits);
}

bool options_parse(struct options *out, int argc, char **argv, struct failure *why)
{
    struct getopt_forms forms;
    int code;

    set_defaults(out);
    make_forms(&forms);
    unsetenv("POSIXLY_CORRECT"); /* all words are read, or a format asked for late is not known */
    opterr = 0;
    optind = 1;
    for (;;) {
        code = getopt_long(argc, argv, forms.letters, forms.longs, NULL);
        if (code == -1)
            break;
        struct failure mistake = { 0 };
        if (code == '?' || code == ':')
            refuse_option(code, argv[optind - 1], &mistake);
        else
            apply(out, code, &mistake);
        if (why->kind == FAILURE_NONE) /* the first one stays, with its own hint */
            *why = mistake;
    }
    if (optind < argc)
        refuse_word(argv[optind], out, why);
    return why->kind == FAILURE_NONE;
}

static void print_option(FILE *stream, const struct option_row *row)
{
    const char *space = row->argument == ARGUMENT_REQUIRED ? " " : "";

    if (row->letter != 0)
        fprintf(stream, "  -%c, --%s%s%s\n", row->letter, row->name, space, row->argument_name);
    else
        fprintf(stream, "      --%s%s%s\n", row->name, space, row->argument_name);
    for (const char *at = row->help; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        fprintf(stream, "          %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
}

static void print_fields(FILE *stream)
{
    fputs("\nMetrics, for -w and -c:\n", stream);
    for (enum field f = 0; f < FIELD_END; f++) {
        if (!field_is_metric(f))
            continue;
        fprintf(stream, "  %-20s %s", FIELD_INFO[f].name, FIELD_INFO[f].help);
        if (FIELD_INFO[f].warning)
            fprintf(stream, " (warning %s)", FIELD_INFO[f].warning);
        if (FIELD_INFO[f].critical)
            fprintf(stream, " (critical %s)", FIELD_INFO[f].critical);
        fputc('\n', stream);
    }
    fputs("\nSwitches, for --require-switch:\n", stream);
    for (enum field f = 0; f < FIELD_END; f++) {
        if (FIELD_INFO[f].kind == FIELD_SWITCH)
            fprintf(stream, "  %-20s %s\n", FIELD_INFO[f].name, FIELD_INFO[f].help);
    }
}

void options_print_help(FILE *stream)
{
    fputs("check_tencent_cwp_license " VERSION " (MIT license)\n"
          "\n"
          "Checks the Cloud Workload Protection licenses of a Tencent Cloud account:\n"
          "expired, about to expire, available. Asks the API once and judges its counts.\n"
          "\n"
          "Usage: check_tencent_cwp_license [OPTION]...\n"
          "\n"
          "Options:\n", stream);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        print_option(stream, &OPTION_TABLE[i]);
    print_fields(stream);
    fputs("\n"
          "Ranges: [@]START:END. N is 0:N, so N itself does not alert. 5: is 5 or more,\n"
          "~:10 is 10 or less, 3:10 is 3 to 10, @0:2 alerts from 0 to 2, ~: never alerts.\n"
          "\n"
          "Examples:\n"
          "  check_tencent_cwp_license --credentials-file /etc/tencentcloud/credentials\n"
          "  check_tencent_cwp_license -w ultimate_available=3: -c ultimate_available=1:\n"
          "  check_tencent_cwp_license -c expired=10 --account prod\n"
          "\n"
          "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.\n", stream);
}

void options_print_version(FILE *stream)
{
    char libraries[128];

    http_version(libraries, sizeof libraries);
    fprintf(stream, "check_tencent_cwp_license " VERSION " (%s)\n", libraries);
}
