/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * One line of JSON whatever the outcome: Zabbix ignores exit codes and reads only this.
 */
#include <stdarg.h>
#include <string.h>

#include "fetch.h"
#include "report.h"
#include "utc.h"

#define FROM_FILE "[from file] "

/* text is printable ASCII: options and the reader of answers have seen to that. */
static void print_string(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(stream, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(stream, "\\u%04x", c);
        else
            fputc(c, stream);
    }
    fputc('"', stream);
}

static void print_member(FILE *stream, const char *name, const char *text)
{
    fprintf(stream, ",\"%s\":", name);
    if (text && text[0] != '\0')
        print_string(stream, text);
    else
        fputs("null", stream);
}

static void print_fields(FILE *stream, const char *name, const struct outcome *outcome,
                         bool switches)
{
    const struct overview *overview = &outcome->fetched->overview;
    const char *separator = "";

    fprintf(stream, ",\"%s\":{", name);
    for (enum field f = 0; f < FIELD_END && outcome->failure->kind == FAILURE_NONE; f++) {
        bool wanted = switches ? FIELD_INFO[f].kind == FIELD_SWITCH : field_is_metric(f);
        if (!wanted || overview->number[f] == NOT_REPORTED)
            continue;
        fprintf(stream, "%s\"%s\":", separator, FIELD_INFO[f].name);
        if (switches)
            fputs(overview->number[f] == 1 ? "true" : "false", stream);
        else
            fprintf(stream, "%.*f", FIELD_INFO[f].kind == FIELD_SECONDS ? 3 : 0,
                    overview->number[f]);
        separator = ",";
    }
    fputc('}', stream);
}

static void print_problem(FILE *stream, const struct problem *problem,
                          const struct outcome *outcome)
{
    bool has_field = problem->field != FIELD_END;
    char text[256];

    if (has_field)
        fprintf(stream, "{\"metric\":\"%s\"", FIELD_INFO[problem->field].name);
    else
        fputs("{\"metric\":null", stream);
    print_member(stream, "state", state_name(problem->state));
    if (problem->range)
        fprintf(stream, ",\"value\":%.*f", problem->field == FIELD_TIME ? 3 : 0,
                outcome->fetched->overview.number[problem->field]);
    else
        fputs(",\"value\":null", stream);
    print_member(stream, "range", problem->range ? problem->range->text : NULL);
    report_problem(text, sizeof text, problem, outcome);
    print_member(stream, "text", text);
    fputc('}', stream);
}

static void print_problems(FILE *stream, const struct outcome *outcome)
{
    fputs(",\"problems\":[", stream);
    for (size_t i = 0; outcome->failure->kind == FAILURE_NONE && i < outcome->verdict->count; i++) {
        fputs(i > 0 ? "," : "", stream);
        print_problem(stream, &outcome->verdict->problems[i], outcome);
    }
    fputc(']', stream);
}

/* The API's own text, or the sentence and, as there is no further line here, the remedy. */
static void print_message(FILE *stream, const struct failure *failure)
{
    char text[sizeof failure->text + sizeof failure->hint + 2];

    snprintf(text, sizeof text, "%s%s%s", failure->text, failure->hint[0] == '\0' ? "" : ". ",
             failure->hint);
    print_member(stream, "message", failure->message[0] != '\0' ? failure->message : text);
}

static void print_error(FILE *stream, const struct outcome *outcome)
{
    const struct failure *failure = outcome->failure;
    bool failed = failure->kind != FAILURE_NONE;

    if (!failed && !verdict_problem(outcome->verdict, FIELD_END)) {
        fputs(",\"error\":null", stream);
        return;
    }
    fprintf(stream, ",\"error\":{\"kind\":\"%s\"",
            failure_kind_name(failed ? failure->kind : FAILURE_EMPTY));
    print_member(stream, "code", failure->code);
    if (failed)
        print_message(stream, failure);
    else
        print_member(stream, "message", "no licenses in the account");
    fprintf(stream, ",\"retryable\":%s}", failure->retry != RETRY_NEVER ? "true" : "false");
}

static void print_when(FILE *stream, int64_t seconds)
{
    char text[UTC_SIZE];

    utc_format(text, seconds);
    print_member(stream, "checked_at", text);
}

void report_json(FILE *stream, const struct outcome *outcome)
{
    const struct overview *overview = &outcome->fetched->overview;
    const struct failure *failure = outcome->failure;
    bool checked = failure->kind == FAILURE_NONE;
    char summary[SUMMARY_SIZE + sizeof FROM_FILE];
    size_t used = (size_t)snprintf(summary, sizeof summary, "%s",
                                   outcome->from_file ? FROM_FILE : "");

    report_message(summary + used, SUMMARY_SIZE, outcome);
    fprintf(stream, "{\"schema\":1,\"state\":\"%s\",\"exit_code\":%d", state_name(outcome->state),
            outcome->exit_code);
    print_member(stream, "summary", summary);
    print_member(stream, "account", outcome->look->account);
    print_fields(stream, "metrics", outcome, false);
    print_fields(stream, "switches", outcome, true);
    print_member(stream, FIELD_INFO[FIELD_UPGRADE_MODE].name,
                 checked ? overview->text[FIELD_UPGRADE_MODE] : NULL);
    print_problems(stream, outcome);
    print_error(stream, outcome);
    print_member(stream, FIELD_INFO[FIELD_REQUEST_ID].name,
                 checked ? overview->text[FIELD_REQUEST_ID] : failure->request_id);
    print_when(stream, outcome->checked_at);
    fprintf(stream, ",\"duration_s\":%.3f,\"attempts\":%d", outcome->fetched->seconds,
            outcome->fetched->attempts);
    print_member(stream, "version", VERSION);
    fputs("}\n", stream);
}
