/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The ladder from the words of the command line to one result, and the exit code.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "api_error.h"
#include "clock.h"
#include "credentials.h"
#include "failure.h"
#include "fetch.h"
#include "guard.h"
#include "input.h"
#include "options.h"
#include "report.h"
#include "role.h"
#include "verdict.h"

/* libcurl is to end by itself at the limit and to name the stage; this is for when it cannot. */
enum { GRACE_MS = 100 };

enum { RESULT_SIZE = 16 * 1024 }; /* for --help; results but that of -vvv are below 4 KiB */

struct run {
    struct options options;
    struct credentials key;
    struct fetched fetched;
    struct verdict verdict;
    struct failure why;
};

static enum state final_state(const struct run *run, const struct failure *failure)
{
    if (failure->kind == FAILURE_NONE)
        return run->verdict.state;
    return failure->outage ? run->options.api_error_state : STATE_UNKNOWN;
}

static int exit_code(const struct run *run, enum state state)
{
    return run->options.exit_ok ? 0 : (int)state;
}

static void print(FILE *stream, const struct run *run, const struct failure *failure)
{
    enum state state = final_state(run, failure);
    struct outcome outcome = {
        .state = state, .exit_code = exit_code(run, state), .checked_at = clock_wall_s(),
        .from_file = run->options.input != NULL, .look = &run->options.look,
        .limits = &run->options.limits, .target = &run->options.target, .key = &run->key,
        .fetched = &run->fetched, .verdict = &run->verdict, .failure = failure,
    };

    report(stream, &outcome);
}

/* One line in the format that was asked for, without the further lines of -v. False: no memory. */
static bool prepare_line(const struct run *run, enum guard_line which,
                         const struct failure *failure)
{
    struct run plain = *run;
    FILE *stream = fmemopen(guard_line(which), GUARD_LINE_SIZE, "w");

    plain.options.look.verbosity = 0;
    if (!stream)
        return false;
    print(stream, &plain, failure);
    bool ok = !ferror(stream);
    return fclose(stream) == 0 && ok && strchr(guard_line(which), '\n');
}

static bool start_guard(struct run *run)
{
    struct failure late = { 0 }, stopped = { 0 }, crashed = { 0 };
    int limit_s = run->options.timeout_s;

    fail(&late, FAILURE_TIMEOUT, "no result within %ds, the hard limit", limit_s);
    late.retry = RETRY_AGAIN;
    fail(&stopped, FAILURE_INTERNAL, "stopped by a signal before there was a result");
    fail(&crashed, FAILURE_INTERNAL, "the check crashed, it or a library it uses has a fault");
    bool ok = prepare_line(run, GUARD_DEADLINE, &late)
              && prepare_line(run, GUARD_STOPPED, &stopped)
              && prepare_line(run, GUARD_CRASHED, &crashed);
    guard_start((int64_t)limit_s * 1000 + GRACE_MS, exit_code(run, STATE_UNKNOWN));
    return ok || fail(&run->why, FAILURE_INTERNAL, "there is not enough memory to begin");
}

static bool load_key(struct run *run)
{
    const struct credentials_wish *wish = &run->options.credentials;

    if (credentials_find(&run->key, wish, clock_wall_s(), &run->why))
        return true;
    if (run->why.kind != FAILURE_NONE)
        return false;
    if (wish->role)
        run->why = (struct failure){ 0 }; /* where was looked before does not matter */
    return wish->role ? role_load(&run->key, wish->role_name, clock_wall_s(), &run->why)
                      : credentials_missing(wish, &run->why);
}

static bool ask(struct run *run, int64_t deadline_ms)
{
    struct fetch_budget budget = { deadline_ms, run->options.timeout_s, run->options.retries };

    if (!http_start())
        return fail(&run->why, FAILURE_INTERNAL, "libcurl cannot start");
    bool ok = load_key(run);
    ok = ok && fetch(&run->fetched, &run->options.target, &run->key, &budget, &run->why);
    credentials_wipe(&run->key);
    http_stop();
    return ok;
}

static bool read_input(struct run *run)
{
    struct http_reply *reply = &run->fetched.reply;

    overview_clear(&run->fetched.overview);
    reply->data = malloc(CWP_ANSWER_MAX);
    if (!reply->data)
        return fail(&run->why, FAILURE_INTERNAL, "there is not enough memory for an answer");
    return input_read(reply->data, CWP_ANSWER_MAX, &reply->length, run->options.input, &run->why)
           && overview_decode(&run->fetched.overview, reply->data, reply->length, &run->why);
}

static void check(struct run *run, int64_t begin_ms)
{
    bool ok = run->options.input ? read_input(run)
                                 : ask(run, begin_ms + (int64_t)run->options.timeout_s * 1000);

    if (ok)
        verdict_reach(&run->verdict, &run->fetched.overview, &run->options.limits);
    else
        fail(&run->why, FAILURE_INTERNAL, "a step failed without saying why");
    api_error_name_key(&run->why,
                       run->key.shown_id[0] != '\0' ? run->key.shown_id : "of the request");
}

static void compose(FILE *stream, const struct run *run)
{
    if (run->options.help)
        options_print_help(stream);
    else if (run->options.version)
        options_print_version(stream);
    else
        print(stream, run, &run->why);
}

/* Room for the whole result, so that nothing of it is written before all of it is there. With
 * -vvv that is more than the stack has, up to six characters for each byte of the answer; without
 * memory for it the answer is left out. */
static char *make_room(struct run *run, size_t *size)
{
    char *room = NULL;

    *size = RESULT_SIZE;
    if (run->options.look.verbosity >= 3) {
        *size += 6 * run->fetched.reply.length;
        room = malloc(*size);
    }
    if (!room && run->options.look.verbosity >= 3)
        run->options.look.verbosity = 2;
    return room;
}

/* Exit code of the run, unless its result could not be written. It is composed first, so that a
 * signal finds either the prepared line to print or the result on its way out. */
static int speak(struct run *run)
{
    bool only_asked = run->options.help || run->options.version;
    enum state state = only_asked ? STATE_UNKNOWN : final_state(run, &run->why);
    char stack[RESULT_SIZE];
    size_t size;
    char *room = make_room(run, &size);

    setvbuf(stdout, room ? room : stack, _IOFBF, room ? size : sizeof stack);
    compose(stdout, run);
    guard_speaking();
    bool ok = !ferror(stdout);

    /* Closed, not flushed: the buffer ends here. */
    int code = fclose(stdout) == 0 && ok ? exit_code(run, state) : (int)STATE_UNKNOWN;
    free(room);
    guard_spoken(code);
    return code;
}

int main(int argc, char **argv)
{
    struct run run = { .verdict = { .state = STATE_UNKNOWN } };
    int64_t begin_ms = clock_monotonic_ms();

    guard_process();
    bool ok = options_parse(&run.options, argc, argv, &run.why);
    ok = start_guard(&run) && ok;
    if (ok && sodium_init() < 0)
        ok = fail(&run.why, FAILURE_INTERNAL, "libsodium cannot start");
    if (ok && !run.options.help && !run.options.version)
        check(&run, begin_ms);

    int code = speak(&run);
    guard_leave(code);
    credentials_clear(&run.key);
    fetched_clear(&run.fetched);
    return code;
}
