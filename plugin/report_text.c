/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Text for people: one line with performance data, and further lines only when they help. Nagios
 * and Icinga want the performance data on the first line and nowhere else.
 */
#include <inttypes.h>
#include <string.h>

#include "credentials.h"
#include "cwp.h"
#include "fetch.h"
#include "report.h"
#include "report_page.h"

/* The first line had no room for all of its text. The name of the account may have dots too. */
static bool is_cut(const struct page *page, const struct outcome *outcome)
{
    const char *message = outcome->look->account ? strstr(page->text, "] - ") : page->text;

    return message && strstr(message, "...");
}

static void add_perfdata(struct page *page, const struct outcome *outcome)
{
    char separator = '|';

    for (enum field f = 0; f < FIELD_END; f++) {
        bool seconds = FIELD_INFO[f].kind == FIELD_SECONDS;
        struct perfdata item = {
            .label = FIELD_INFO[f].name,
            .value = outcome->fetched->overview.number[f],
            .decimals = seconds ? 3 : 0,
            .unit = seconds ? "s" : "",
            .warning = &outcome->limits->range[LEVEL_WARNING][f],
            .critical = &outcome->limits->range[LEVEL_CRITICAL][f],
        };
        char text[PERFDATA_MAX];

        if (!field_is_metric(f) || item.value == NOT_REPORTED)
            continue;
        perfdata_format(text, sizeof text, &item);
        page_add(page, "%c%s", separator, text);
        separator = ' ';
    }
}

static void add_problem(struct page *page, const struct problem *problem,
                        const struct outcome *outcome)
{
    static const char *const RENEWAL[] = {
        [RENEWAL_UNKNOWN] = "",
        [RENEWAL_OFF] = ", auto-renew is off",
        [RENEWAL_PARTLY] = ", auto-renew is on for some orders only",
        [RENEWAL_ON] = ", auto-renew is on",
    };
    enum field f = problem->field;
    char text[PAGE_LINE / 2];

    if (f == FIELD_END) {
        report_problem(text, sizeof text, problem, outcome);
        page_add(page, "[%s] %s\n", state_name(problem->state), text);
        return;
    }
    if (!problem->range) {
        snprintf(text, sizeof text, "not reported");
    } else if (FIELD_INFO[f].kind == FIELD_SWITCH) {
        snprintf(text, sizeof text, "off (required)");
    } else {
        char words[80];
        range_words(words, sizeof words, problem->range);
        snprintf(text, sizeof text, "%.*f (%s)", FIELD_INFO[f].kind == FIELD_SECONDS ? 3 : 0,
                 outcome->fetched->overview.number[f], words);
    }
    page_add(page, "[%s] %s: %s%s\n", state_name(problem->state), FIELD_INFO[f].name, text,
             f == FIELD_NEAR_EXPIRY ? RENEWAL[verdict_renewal(&outcome->fetched->overview)] : "");
}

/* How to accept the expired licenses there are, at each level that they violate. */
static void add_recipe(struct page *page, const struct outcome *outcome)
{
    static const char LETTER[LEVELS] = { [LEVEL_WARNING] = 'w', [LEVEL_CRITICAL] = 'c' };
    double number = outcome->fetched->overview.number[FIELD_EXPIRED];
    char options[LEVELS * 40] = "";

    for (enum level level = LEVEL_WARNING; level < LEVELS; level++) {
        size_t used = strlen(options);
        if (range_alerts(&outcome->limits->range[level][FIELD_EXPIRED], number))
            snprintf(options + used, sizeof options - used, " -%c expired=%.0f", LETTER[level],
                     number);
    }
    page_add(page,
             "Renew in the CWP console under Authorization Management. Expired orders that nobody "
             "will renew: delete them there, or accept them with%s\n", options);
}

static void add_advice(struct page *page, const struct outcome *outcome)
{
    const struct problem *expired = verdict_problem(outcome->verdict, FIELD_EXPIRED);

    if (expired && outcome->fetched->overview.number[FIELD_EXPIRED] > 0)
        add_recipe(page, outcome);
    else if (verdict_problem(outcome->verdict, FIELD_NEAR_EXPIRY))
        page_add(page, "Renew in the CWP console under Authorization Management.\n");
    if (verdict_problem(outcome->verdict, FIELD_END))
        page_add(page, "If an account without licenses is what you expect: --empty-state ok\n");
}

static void add_verdict(struct page *page, const struct outcome *outcome)
{
    const struct verdict *verdict = outcome->verdict;

    bool each = verdict->count > 1 || is_cut(page, outcome)
                || (verdict->count > 0 && verdict->renewal_trusted);

    for (size_t i = 0; each && i < verdict->count; i++)
        add_problem(page, &verdict->problems[i], outcome);
    if (each && verdict->renewal_trusted)
        page_add(page, "[OK] near_expiry: %.0f, auto-renew is on\n",
                 outcome->fetched->overview.number[FIELD_NEAR_EXPIRY]);
    add_advice(page, outcome);
}

static void add_failure(struct page *page, const struct outcome *outcome)
{
    const struct failure *failure = outcome->failure;
    const char *key_line = failure->key_matters ? outcome->key->source : "";
    char code[FAILURE_CODE + 4] = "";

    if (failure->code[0] != '\0')
        snprintf(code, sizeof code, " (%s)", failure->code);
    if (is_cut(page, outcome))
        page_add_line(page, "In full: %s", failure->text);
    if (failure->hint[0] != '\0')
        page_add_line(page, "%s", failure->hint);
    if (key_line[0] != '\0')
        page_add_line(page, "The key came from %s.%s", key_line, code);
    if (failure->request_id[0] != '\0')
        page_add_line(page, "Request ID for Tencent support: %s%s", failure->request_id,
                      key_line[0] == '\0' ? code : "");
    else if (key_line[0] == '\0' && failure->code[0] != '\0')
        page_add_line(page, "Error code: %s", failure->code);
    if (failure->message[0] != '\0' && (!failure->explained || outcome->look->verbosity > 0))
        page_add_line(page, "Tencent Cloud says: %s", failure->message);
}

static void add_detail(struct page *page, const struct overview *overview)
{
    for (enum field f = 0; f < FIELD_END; f++) {
        const char *name = FIELD_INFO[f].name;
        double number = overview->number[f];

        if (FIELD_INFO[f].kind == FIELD_TEXT ? overview->text[f][0] == '\0'
                                             : number == NOT_REPORTED)
            page_add(page, "%s: not reported\n", name);
        else if (FIELD_INFO[f].kind == FIELD_TEXT)
            page_add_line(page, "%s: %s", name, overview->text[f]);
        else if (FIELD_INFO[f].kind == FIELD_SWITCH)
            page_add(page, "%s: %s\n", name, number == 1 ? "on" : "off");
        else
            page_add(page, "%s: %.*f\n", name, FIELD_INFO[f].kind == FIELD_SECONDS ? 3 : 0, number);
    }
}

/* Only what was reached; libcurl leaves 0 for the rest. */
static void add_timings(struct page *page, const struct http_reply *reply)
{
    const struct {
        const char *words;
        double seconds;
    } STAGES[] = {
        { "name resolved", reply->resolved }, { "connected", reply->connected },
        { "TLS", reply->secured },            { "first byte", reply->answered },
        { "end", reply->total },
    };
    char line[PAGE_LINE / 2] = "";
    size_t used = 0;

    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++) {
        if (STAGES[i].seconds > 0)
            used += (size_t)snprintf(line + used, sizeof line - used, "%s %s at %.3fs",
                                     used > 0 ? "," : "", STAGES[i].words, STAGES[i].seconds);
    }
    page_add(page, "Last try:%s\n", used > 0 ? line : " nothing was reached");
}

static void add_hidden_warnings(struct page *page, const struct limits *limits)
{
    char text[PAGE_LINE / 2];

    for (enum field f = 0; f < FIELD_END; f++) {
        report_hidden_warning(text, sizeof text, f, limits);
        if (text[0] != '\0')
            page_add(page, "%s\n", text);
    }
}

static void add_facts(struct page *page, const struct outcome *outcome)
{
    const struct fetched *fetched = outcome->fetched;
    const struct http_reply *reply = &fetched->reply;

    if (outcome->failure->kind == FAILURE_NONE)
        add_hidden_warnings(page, outcome->limits);
    if (outcome->key->source[0] != '\0')
        page_add_line(page, "Key: %s, from %s", outcome->key->shown_id, outcome->key->source);
    if (fetched->attempts == 0)
        return;
    page_add_line(page, "Host: %s, port %d, address %s%s", outcome->target->host,
                  outcome->target->port, reply->address[0] == '\0' ? "none" : reply->address,
                  reply->address[0] != '\0' && reply->proxied ? " of the proxy" : "");
    if (reply->proxy[0] != '\0')
        page_add_line(page, "Proxy: %s", reply->proxy);
    page_add_line(page, "Trust: %s", reply->tls);
    page_add(page, "Tries: %d, %.3fs in all\n", fetched->attempts, fetched->seconds);
    add_timings(page, reply);
    if (fetched->skew_known)
        page_add(page, "Clock: Tencent Cloud minus this host is %" PRId64 "s\n", fetched->skew_s);
}

static void add_sent(struct page *page, const char *headers)
{
    page_add(page, "Request: POST / with\n");
    while (*headers != '\0') {
        size_t length = strcspn(headers, "\n");
        page_add_line(page, "  %.*s", (int)length, headers);
        headers += length + (headers[length] == '\n');
    }
}

/* Still the same JSON: a bar, which would start performance data, becomes its escape. */
static void print_answer(FILE *stream, const struct http_reply *reply)
{
    if (reply->status > 0)
        fprintf(stream, "Answer: HTTP %ld, %zu bytes\n", reply->status, reply->length);
    else
        fprintf(stream, "Answer: none\n");
    for (size_t i = 0; i < reply->length; i++) {
        if (reply->data[i] == '|')
            fputs("\\u007c", stream);
        else if (strchr("\t\r\n", reply->data[i]))
            fputc(' ', stream);
        else
            fputc(reply->data[i] >= ' ' && reply->data[i] <= '~' ? reply->data[i] : '?', stream);
    }
    if (reply->length > 0)
        fputc('\n', stream);
}

void report_text(FILE *stream, const struct outcome *outcome)
{
    bool checked = outcome->failure->kind == FAILURE_NONE;
    struct page page = { .length = 0 };
    char summary[SUMMARY_SIZE];

    report_summary(summary, outcome);
    page_add(&page, "%s", summary);
    if (checked && !outcome->look->no_perfdata)
        add_perfdata(&page, outcome);
    page_add(&page, "\n");
    if (checked)
        add_verdict(&page, outcome);
    else
        add_failure(&page, outcome);
    if (checked && outcome->look->detail)
        add_detail(&page, &outcome->fetched->overview);
    if (outcome->look->verbosity >= 1)
        add_facts(&page, outcome);
    if (outcome->look->verbosity >= 2 && outcome->fetched->attempts > 0)
        add_sent(&page, outcome->fetched->sent.headers);
    fprintf(stream, "%s%s", page.text, page.cut ? "(more was left out)\n" : "");
    /* Only what the network sent: a file named by mistake may hold a key. */
    if (outcome->look->verbosity >= 3 && outcome->fetched->attempts > 0)
        print_answer(stream, &outcome->fetched->reply);
}
