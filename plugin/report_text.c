/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Text for people: one line with performance data, and further lines only when they help. Nagios
 * and Icinga want the performance data on the first line and nowhere else.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "credentials.h"
#include "cwp.h"
#include "fetch.h"
#include "report.h"

/* All output but the raw answer stays below 4 KiB: some schedulers cut at that. */
enum { PAGE = 4096, CUT_NOTE = 32, LINE = 640 };

struct page {
    char text[PAGE];
    size_t length;
    bool cut;
};

static void add(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds all of it or nothing, so that no line is cut in its middle. */
static void add(struct page *page, const char *format, ...)
{
    char text[LINE];
    va_list args;

    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof text
        || page->length + (size_t)length > PAGE - CUT_NOTE) {
        page->cut = true;
        return;
    }
    memcpy(page->text + page->length, text, (size_t)length + 1);
    page->length += (size_t)length;
}

/* A line of what may hold anybody's text. */
static void add_clean(struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add_clean(struct page *page, const char *format, ...)
{
    char raw[LINE - 1], text[LINE - 1];
    va_list args;

    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    clean_line(text, sizeof text, raw);
    add(page, "%s\n", text);
}

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
        add(page, "%c%s", separator, text);
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
    char text[LINE / 2];

    if (f == FIELD_END) {
        report_problem(text, sizeof text, problem, outcome);
        add(page, "[%s] %s\n", state_name(problem->state), text);
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
    add(page, "[%s] %s: %s%s\n", state_name(problem->state), FIELD_INFO[f].name, text,
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
    add(page,
        "Renew in the CWP console under Authorization Management. Expired orders that nobody will "
        "renew: delete them there, or accept them with%s\n", options);
}

static void add_advice(struct page *page, const struct outcome *outcome)
{
    const struct problem *expired = verdict_problem(outcome->verdict, FIELD_EXPIRED);

    if (expired && outcome->fetched->overview.number[FIELD_EXPIRED] > 0)
        add_recipe(page, outcome);
    else if (verdict_problem(outcome->verdict, FIELD_NEAR_EXPIRY))
        add(page, "Renew in the CWP console under Authorization Management.\n");
    if (verdict_problem(outcome->verdict, FIELD_END))
        add(page, "If an account without licenses is what you expect: --empty-state ok\n");
}

static void add_verdict(struct page *page, const struct outcome *outcome)
{
    const struct verdict *verdict = outcome->verdict;

    bool each = verdict->count > 1 || is_cut(page, outcome)
                || (verdict->count > 0 && verdict->renewal_trusted);

    for (size_t i = 0; each && i < verdict->count; i++)
        add_problem(page, &verdict->problems[i], outcome);
    if (each && verdict->renewal_trusted)
        add(page, "[OK] near_expiry: %.0f, auto-renew is on\n",
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
        add_clean(page, "In full: %s", failure->text);
    if (failure->hint[0] != '\0')
        add_clean(page, "%s", failure->hint);
    if (key_line[0] != '\0')
        add_clean(page, "The key came from %s.%s", key_line, code);
    if (failure->request_id[0] != '\0')
        add_clean(page, "Request ID for Tencent support: %s%s", failure->request_id,
                  key_line[0] == '\0' ? code : "");
    else if (key_line[0] == '\0' && failure->code[0] != '\0')
        add_clean(page, "Error code: %s", failure->code);
    if (failure->message[0] != '\0' && (!failure->explained || outcome->look->verbosity > 0))
        add_clean(page, "Tencent Cloud says: %s", failure->message);
}

static void add_detail(struct page *page, const struct overview *overview)
{
    for (enum field f = 0; f < FIELD_END; f++) {
        const char *name = FIELD_INFO[f].name;
        double number = overview->number[f];

        if (FIELD_INFO[f].kind == FIELD_TEXT ? overview->text[f][0] == '\0'
                                             : number == NOT_REPORTED)
            add(page, "%s: not reported\n", name);
        else if (FIELD_INFO[f].kind == FIELD_TEXT)
            add_clean(page, "%s: %s", name, overview->text[f]);
        else if (FIELD_INFO[f].kind == FIELD_SWITCH)
            add(page, "%s: %s\n", name, number == 1 ? "on" : "off");
        else
            add(page, "%s: %.*f\n", name, FIELD_INFO[f].kind == FIELD_SECONDS ? 3 : 0, number);
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
    char line[LINE / 2] = "";
    size_t used = 0;

    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++) {
        if (STAGES[i].seconds > 0)
            used += (size_t)snprintf(line + used, sizeof line - used, "%s %s at %.3fs",
                                     used > 0 ? "," : "", STAGES[i].words, STAGES[i].seconds);
    }
    add(page, "Last try:%s\n", used > 0 ? line : " nothing was reached");
}

static void add_hidden_warnings(struct page *page, const struct limits *limits)
{
    char text[LINE / 2];

    for (enum field f = 0; f < FIELD_END; f++) {
        report_hidden_warning(text, sizeof text, f, limits);
        if (text[0] != '\0')
            add(page, "%s\n", text);
    }
}

static void add_facts(struct page *page, const struct outcome *outcome)
{
    const struct fetched *fetched = outcome->fetched;
    const struct http_reply *reply = &fetched->reply;

    if (outcome->failure->kind == FAILURE_NONE)
        add_hidden_warnings(page, outcome->limits);
    if (outcome->key->source[0] != '\0')
        add_clean(page, "Key: %s, from %s", outcome->key->shown_id, outcome->key->source);
    if (fetched->attempts == 0)
        return;
    add_clean(page, "Host: %s, port %d, address %s%s", outcome->target->host, outcome->target->port,
              reply->address[0] == '\0' ? "none" : reply->address,
              reply->address[0] != '\0' && reply->proxied ? " of the proxy" : "");
    if (reply->proxy[0] != '\0')
        add_clean(page, "Proxy: %s", reply->proxy);
    add_clean(page, "Trust: %s", reply->tls);
    add(page, "Tries: %d, %.3fs in all\n", fetched->attempts, fetched->seconds);
    add_timings(page, reply);
    if (fetched->skew_known)
        add(page, "Clock: Tencent Cloud minus this host is %" PRId64 "s\n", fetched->skew_s);
}

static void add_sent(struct page *page, const char *headers)
{
    add(page, "Request: POST / with\n");
    while (*headers != '\0') {
        size_t length = strcspn(headers, "\n");
        add_clean(page, "  %.*s", (int)length, headers);
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
    add(&page, "%s", summary);
    if (checked && !outcome->look->no_perfdata)
        add_perfdata(&page, outcome);
    add(&page, "\n");
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
