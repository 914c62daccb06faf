/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The first line: state, problems worst first, and the other side of the matter as context.
 */
#include <stdarg.h>
#include <string.h>

#include "fetch.h"
#include "report.h"

#define NOT_CHECKED ", licenses NOT checked"
#define CUT "..."
#define EMPTY "this account has no CWP licenses at all, wrong account or key?"

enum { PIECE = 128, PIECES = FIELD_END + 6, WORDS = 80 };

/* The parts of the line; the first problems of them are problems, the others may be dropped. */
struct pieces {
    char text[PIECES][PIECE];
    size_t count, problems;
};

static void add(struct pieces *pieces, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct pieces *pieces, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(pieces->text[pieces->count++], PIECE, format, args);
    va_end(args);
}

/* Puts the number in place of '#', and an s in place of '^' when there is just one. */
static void fill_words(char *out, size_t size, enum field f, double number)
{
    int decimals = FIELD_INFO[f].kind == FIELD_SECONDS ? 3 : 0;
    size_t used = 0;

    for (const char *at = FIELD_INFO[f].words; *at != '\0' && used + 1 < size; at++) {
        if (*at == '#')
            used += (size_t)snprintf(out + used, size - used, "%.*f", decimals, number);
        else if (*at != '^')
            out[used++] = *at;
        else if (number == 1)
            out[used++] = 's';
    }
    out[used < size ? used : size - 1] = '\0';
}

void report_problem(char *out, size_t size, const struct problem *problem,
                    const struct outcome *outcome)
{
    enum field f = problem->field;
    char words[WORDS], range[WORDS];

    if (f == FIELD_END) {
        snprintf(out, size, "%s", EMPTY);
    } else if (!problem->range) {
        snprintf(out, size, "%s is not reported", FIELD_INFO[f].name);
    } else if (FIELD_INFO[f].kind == FIELD_SWITCH) {
        snprintf(out, size, "%s is off (required)", FIELD_INFO[f].name);
    } else {
        fill_words(words, sizeof words, f, outcome->fetched->overview.number[f]);
        range_words(range, sizeof range, problem->range);
        snprintf(out, size, "%s (%s)", words, range);
    }
}

void report_hidden_warning(char *out, size_t size, enum field f, const struct limits *limits)
{
    const struct range *warning = &limits->range[LEVEL_WARNING][f];
    const struct range *critical = &limits->range[LEVEL_CRITICAL][f];
    char quiet[WORDS], loud[WORDS];

    out[0] = '\0';
    /* Nobody asked for a default. */
    if (!warning->text || warning->text == FIELD_INFO[f].warning || !critical->text
        || !range_hides(critical, warning))
        return;
    range_words(quiet, sizeof quiet, warning);
    range_words(loud, sizeof loud, critical);
    snprintf(out, size, "The warning of %s (%s) can never show: it is CRITICAL then (%s)",
             FIELD_INFO[f].name, quiet, loud);
}

/* The range by which a number above 0 was found acceptable, in words; "" when none was given. */
static void accepted_words(char *out, size_t size, enum field f, const struct limits *limits)
{
    char words[WORDS];

    out[0] = '\0';
    for (enum level level = LEVELS; level-- > LEVEL_WARNING;) {
        const struct range *range = &limits->range[level][f];
        if (!range->text || (range->start < 0 && range->end > 1e15))
            continue; /* not given, or switched off */
        range_words(words, sizeof words, range);
        snprintf(out, size, " (%s)", words);
    }
}

static void add_expiry(struct pieces *pieces, const struct outcome *outcome, enum field f,
                       const char *ending)
{
    double number = outcome->fetched->overview.number[f];
    char accepted[WORDS + 8];

    if (verdict_problem(outcome->verdict, f))
        return;
    accepted_words(accepted, sizeof accepted, f, outcome->limits);
    if (f == FIELD_NEAR_EXPIRY && outcome->verdict->renewal_trusted)
        add(pieces, "%.0f expire%s within 15 days, auto-renew is on", number,
            number == 1 ? "s" : "");
    else if (number > 0)
        add(pieces, "%.0f %s%s", number, ending, accepted);
    else
        add(pieces, "none %s", ending);
}

/* A licenses' problem that is about too few of them makes "N available" superfluous. */
static bool some_are_few(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->count; i++) {
        enum field f = verdict->problems[i].field;
        if (f != FIELD_END && FIELD_INFO[f].bad == BAD_LESS && verdict->problems[i].range)
            return true;
    }
    return false;
}

static void collect(struct pieces *pieces, const struct outcome *outcome)
{
    const struct verdict *verdict = outcome->verdict;
    const struct overview *overview = &outcome->fetched->overview;

    for (size_t i = 0; i < verdict->count; i++)
        report_problem(pieces->text[pieces->count++], PIECE, &verdict->problems[i], outcome);
    pieces->problems = pieces->count;
    bool renewal_first = verdict->renewal_trusted && verdict->count > 0;
    if (renewal_first) /* the rest is dropped sooner */
        add_expiry(pieces, outcome, FIELD_NEAR_EXPIRY, "");
    if (verdict->empty && !verdict_problem(verdict, FIELD_END))
        add(pieces, "this account has no CWP licenses at all");
    if (!some_are_few(verdict))
        add(pieces, "%.0f available", overview->number[FIELD_AVAILABLE]);
    if (verdict->count == 0 && overview->number[FIELD_USED] != NOT_REPORTED)
        add(pieces, "%.0f used", overview->number[FIELD_USED]);
    add_expiry(pieces, outcome, FIELD_EXPIRED, "expired");
    if (!renewal_first)
        add_expiry(pieces, outcome, FIELD_NEAR_EXPIRY, "expiring within 15 days");
}

/* How long the first n pieces are with their commas, and with the count of dropped problems. */
static size_t joined_length(const struct pieces *pieces, size_t n)
{
    size_t length = n < pieces->problems ? sizeof ", and 99 more" - 1 : 0;

    for (size_t i = 0; i < n; i++)
        length += strlen(pieces->text[i]) + (i > 0 ? 2 : 0);
    return length;
}

static void join(char *out, size_t size, const struct pieces *pieces)
{
    size_t n = pieces->count, used = 0;

    while (n > 1 && joined_length(pieces, n) >= size)
        n--;
    for (size_t i = 0; i < n && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? ", " : "",
                                 pieces->text[i]);
    if (used >= size)
        memcpy(out + size - sizeof CUT, CUT, sizeof CUT);
    else if (n < pieces->problems)
        snprintf(out + used, size - used, ", and %zu more", pieces->problems - n);
}

static void write_failure(char *out, size_t size, const struct failure *failure)
{
    bool usage = failure->kind == FAILURE_USAGE;
    size_t room = size - (usage ? 0 : sizeof NOT_CHECKED - 1);

    clean_text(out, room, failure->text);
    if (!usage)
        memcpy(out + strlen(out), NOT_CHECKED, sizeof NOT_CHECKED);
}

void report_message(char *out, size_t size, const struct outcome *outcome)
{
    struct pieces pieces = { .count = 0 };

    if (outcome->failure->kind != FAILURE_NONE) {
        write_failure(out, size, outcome->failure);
    } else {
        collect(&pieces, outcome);
        join(out, size, &pieces);
    }
}

void report_summary(char out[SUMMARY_SIZE], const struct outcome *outcome)
{
    char account[ACCOUNT_SIZE];

    clean_text(account, sizeof account, outcome->look->account ? outcome->look->account : "");
    int used = snprintf(out, SUMMARY_SIZE, "CWP LICENSE %s%s%s%s%s - ", state_name(outcome->state),
                        account[0] == '\0' ? "" : " [", account, account[0] == '\0' ? "" : "]",
                        outcome->from_file ? " [from file]" : "");
    report_message(out + used, SUMMARY_SIZE - (size_t)used, outcome);
}
