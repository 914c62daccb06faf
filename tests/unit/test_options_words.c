/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Words that are no known option with its argument, which mistake is told, and the help.
 */
#include "options_unit.h"

#include "option_table.h"

#define NOT_KNOWN(option) "option " option " is not known, see --help"
#define SECRET(option)                                                                             \
    NOT_KNOWN(option) " // Secrets are never taken as options: use --credentials-file FILE."
#define NEEDS(option) "option " option " needs a value, see --help"
#define TAKES_NONE(option) "option " option " takes no value, see --help"
#define STRAY(word) word " is not an option: all settings are options, see --help"

/* What follows after an equals sign, or behind the letter, may be a secret. */
static void test_words(void **state)
{
    static const struct command ROW[] = {
        { { "-x" }, NOT_KNOWN("-x") },
        { { "-k" MARK }, NOT_KNOWN("-k") },
        { { "-k=" MARK }, NOT_KNOWN("-k") },
        { { "-k", MARK }, NOT_KNOWN("-k") },
        { { "-vvx", "-t", "0" }, NOT_KNOWN("-x") },
        { { "--nope" }, NOT_KNOWN("--nope") },
        { { "--nope=" MARK }, NOT_KNOWN("--nope") },
        { { "--secret-key=" MARK "=" MARK }, SECRET("--secret-key") },
        { { "--secret-key", MARK }, SECRET("--secret-key") },
        { { "--secret-id=" MARK, "--token", MARK }, SECRET("--secret-id") },
        { { "--token" }, SECRET("--token") },
        { { "--password=" MARK }, SECRET("--password") },
        { { "--p", "1" },
          "option --p may be --profile or --port or --proxy: write it in full" },
        { { "--no-p=" MARK },
          "option --no-p may be --no-proxy or --no-perfdata: write it in full" },
        { { "--=" MARK }, NOT_KNOWN("--") },
        { { "--help=" MARK }, TAKES_NONE("--help") },
        { { "--no-proxy=" MARK }, TAKES_NONE("--no-proxy") },
        { { "--exit=" MARK }, TAKES_NONE("--exit-ok") },
        { { "-w" }, NEEDS("-w") },
        { { "-v4t" }, NEEDS("-t") },
        { { "--warning" }, NEEDS("--warning") },
        { { "--timeou" }, NEEDS("--timeout") },
        { { "--detail", "-H" }, NEEDS("-H") },
        { { "word" }, STRAY("word") },
        { { "-t", "5", "a|b", "c" }, STRAY("a?b") },
        { { "--role", "Name" },
          STRAY("Name") " // The name of a role is joined to its option: --role=NAME" },
        { { "--role=Name", "Name" }, STRAY("Name") },
        { { "-" }, STRAY("-") },
        { { "" }, STRAY("an empty word") },
        { { "--", "-v" }, STRAY("-v") },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

/* Options count wherever they stand, so a stray word in front must not change what is told. */
static void test_after_a_stray_word(void **state)
{
    static const struct command ROW[] = {
        { { "x", "-t", "0" }, "-t 0: write a whole number from 1 to 300" SEE_HELP },
        { { "x", "-k" }, NOT_KNOWN("-k") },
        { { "x", "-t" }, NEEDS("-t") },
        { { "x", "--nope=" MARK }, NOT_KNOWN("--nope") },
        { { "x", "--timeout" }, NEEDS("--timeout") },
        { { "x", "--help=" MARK }, TAKES_NONE("--help") },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

static void test_first_mistake(void **state)
{
    static const struct command ROW[] = {
        { { "-t", "0", "-p", "0", "x" }, "-t 0: write a whole number from 1 to 300" SEE_HELP },
        { { "-p", "0", "-t", "0", "-k" }, "-p 0: write a whole number from 1 to 65535" SEE_HELP },
        { { "-k", "-t", "0" }, NOT_KNOWN("-k") },
        { { "-t", "0", "-t", "5" }, "-t 0: write a whole number from 1 to 300" SEE_HELP },
    };

    (void)state;
    compare_commands(ROW, ROWS(ROW));
}

/* The mistake is told in the format that was asked for, wherever on the line that was. */
static void test_format_of_a_mistake(void **state)
{
    static const struct {
        const char *words[WORDS];
        enum output_format format;
    } ROW[] = {
        { { "-t", "0" }, OUTPUT_TEXT },
        { { "-t", "0", "--output-format", "json" }, OUTPUT_JSON },
        { { "--output-format", "json", "-t", "0" }, OUTPUT_JSON },
        { { "--nope", "--output-format=prometheus" }, OUTPUT_PROMETHEUS },
        { { "word", "--output-format=json" }, OUTPUT_JSON },
        { { "-w", "10", "--account", "a", "--output-format=json" }, OUTPUT_JSON },
        { { "--output-format", "json", "--output-format", "xml" }, OUTPUT_JSON },
        { { "-xyz", "--output-format=json" }, OUTPUT_JSON },
        { { "--output-format=json", "-w" }, OUTPUT_JSON },
        { { "--output-format", "xml" }, OUTPUT_TEXT },
        { { "--", "--output-format=json" }, OUTPUT_TEXT },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        assert_false(parse(ROW[i].words));
        assert_int_equal(parsed.look.format, ROW[i].format);
    }
}

/* A wrong value leaves the option as it was. */
static void test_nothing_half_done(void **state)
{
    static const struct {
        const char *words[WORDS], *changes;
    } ROW[] = {
        { { "-t", "5", "-t", "0" }, "timeout 5" },
        { { "-w", "expired=5", "-w", "expired=x", "-c", "available=1" }, "w expired=5" },
        { { "--require-switch=auto_upgrade", "--require-switch=auto_upgrade=x" },
          "w auto_upgrade=1:1" },
        { { "-H", "a", "-H", "a b", "--account", "", "-p", "0" }, "hostname a" },
        { { "--proxy", "a", "--proxy", "ftp://b" }, "proxy a" },
        { { "--empty-state=ok", "--empty-state=x" }, "empty_state OK" },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        assert_false(parse(ROW[i].words));
        assert_string_equal(changes(), ROW[i].changes);
    }
}

static char *printed(void (*print)(FILE *))
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);

    assert_non_null(stream);
    print(stream);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(strlen(text), length);
    return text;
}

/* For a terminal of 80 columns, in plain ASCII. */
static void test_help_is_narrow(void **state)
{
    char *help = printed(options_print_help);

    (void)state;
    for (const char *at = help; *at != '\0'; at++) {
        size_t length = strcspn(at, "\n");
        assert_in_range(length, 0, 80);
        for (size_t i = 0; i < length; i++)
            assert_in_range(at[i], ' ', '~');
        at += length;
        assert_int_equal(*at, '\n');
        assert_false(length > 0 && at[-1] == ' ');
    }
    free(help);
}

static void test_help_has_everything(void **state)
{
    char *help = printed(options_print_help), line[80];

    (void)state;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &OPTION_TABLE[i];
        int n = row->letter ? snprintf(line, sizeof line, "\n  -%c, ", row->letter)
                            : snprintf(line, sizeof line, "\n      ");
        snprintf(line + n, sizeof line - (size_t)n, "--%s%s%s\n          ", row->name,
                 row->argument == ARGUMENT_REQUIRED ? " " : "", row->argument_name);
        assert_non_null(strstr(help, line));
    }
    for (enum field f = 0; f < FIELD_END; f++) {
        snprintf(line, sizeof line, "\n  %-20s %s", FIELD_INFO[f].name, FIELD_INFO[f].help);
        assert_int_equal(strstr(help, line) != NULL, FIELD_INFO[f].kind != FIELD_TEXT);
    }
    assert_non_null(strstr(help, "deleted records not counted (critical 0)\n"));
    assert_non_null(strstr(help, "expire within 15 days (warning 0)\n"));
    free(help);
}

static void test_version(void **state)
{
    static const char BEGIN[] = "check_tencent_cwp_license " VERSION " (libcurl/";
    char *version = printed(options_print_version);

    (void)state;
    assert_int_equal(strncmp(version, BEGIN, sizeof BEGIN - 1), 0);
    assert_string_equal(strrchr(version, ')'), ")\n");
    free(version);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),         cmocka_unit_test(test_after_a_stray_word),
        cmocka_unit_test(test_first_mistake), cmocka_unit_test(test_format_of_a_mistake),
        cmocka_unit_test(test_nothing_half_done), cmocka_unit_test(test_help_is_narrow),
        cmocka_unit_test(test_help_has_everything), cmocka_unit_test(test_version),
    };

    return cmocka_run_group_tests_name("options_words", tests, NULL, NULL);
}
