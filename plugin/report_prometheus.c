/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The text format of Prometheus, for the textfile collector. After a failure only the check's own
 * metrics are printed, so that old numbers do not live on.
 */
#include <inttypes.h>
#include <string.h>

#include "fetch.h"
#include "report.h"

#define PREFIX "tencent_cwp_license_"

static void print_labels(FILE *stream, const struct outcome *outcome, const char *name)
{
    const char *account = outcome->look->account ? outcome->look->account : "";

    fputs("{account=\"", stream);
    for (; *account != '\0'; account++) {
        if (*account == '\n')
            fputs("\\n", stream);
        else
            fprintf(stream, "%s%c", *account == '"' || *account == '\\' ? "\\" : "", *account);
    }
    fputc('"', stream);
    if (name)
        fprintf(stream, ",switch=\"%s\"", name);
    fputs("} ", stream);
}

/* Prometheus keeps the ending _total for counters; these are gauges, but their names are the ones
 * of all other formats, so they go without a type. */
static const char *type_of(const char *name)
{
    size_t length = strlen(name), ending = strlen("total");

    return length >= ending && strcmp(name + length - ending, "total") == 0 ? "untyped" : "gauge";
}

static void print_header(FILE *stream, const char *name, const char *help)
{
    fprintf(stream, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name,
            type_of(name));
}

static void print_metric(FILE *stream, const struct outcome *outcome, enum field f)
{
    const char *name = FIELD_INFO[f].name;

    print_header(stream, name, FIELD_INFO[f].help);
    fprintf(stream, PREFIX "%s", name);
    print_labels(stream, outcome, NULL);
    fprintf(stream, "%.*f\n", FIELD_INFO[f].kind == FIELD_SECONDS ? 3 : 0,
            outcome->fetched->overview.number[f]);
}

static void print_switches(FILE *stream, const struct outcome *outcome)
{
    print_header(stream, "switch", "switches of the account, 1 on and 0 off");
    for (enum field f = 0; f < FIELD_END; f++) {
        double number = outcome->fetched->overview.number[f];
        if (FIELD_INFO[f].kind != FIELD_SWITCH || number == NOT_REPORTED)
            continue;
        fputs(PREFIX "switch", stream);
        print_labels(stream, outcome, FIELD_INFO[f].name);
        fprintf(stream, "%.0f\n", number);
    }
}

static void print_check(FILE *stream, const struct outcome *outcome, const char *name,
                        const char *help, int64_t value)
{
    print_header(stream, name, help);
    fprintf(stream, PREFIX "%s", name);
    print_labels(stream, outcome, NULL);
    fprintf(stream, "%" PRId64 "\n", value);
}

void report_prometheus(FILE *stream, const struct outcome *outcome)
{
    bool checked = outcome->failure->kind == FAILURE_NONE;

    for (enum field f = 0; checked && f < FIELD_END; f++) {
        if (field_is_metric(f) && outcome->fetched->overview.number[f] != NOT_REPORTED)
            print_metric(stream, outcome, f);
    }
    if (checked)
        print_switches(stream, outcome);
    print_check(stream, outcome, "check_success", "1 when the licenses were read", checked);
    print_check(stream, outcome, "check_state", "0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN",
                outcome->state);
    print_check(stream, outcome, "check_timestamp_seconds", "when the check ran",
                outcome->checked_at);
}
