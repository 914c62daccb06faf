/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

static const int SIGNALS[] = { SIGTERM, SIGINT, SIGALRM };

/* What the handler needs, and the only state of the program that is global and changes. */
static char lines[GUARD_LINES][GUARD_LINE_SIZE];
static volatile sig_atomic_t code = 3, speaking;

/* A descriptor that was closed gets a placeholder that refuses what it is for: reading standard
 * input, or writing standard output, still fails, and no socket takes its number. */
static void occupy(int fd, int flags)
{
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
        int got = open("/dev/null", flags);
        if (got >= 0 && got != fd) {
            dup2(got, fd);
            close(got);
        }
    }
}

static void ending_signals(sigset_t *out)
{
    sigemptyset(out);
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        sigaddset(out, SIGNALS[i]);
}

void guard_process(void)
{
    struct rlimit none = { 0, 0 };
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigset_t ending;

    occupy(STDIN_FILENO, O_WRONLY);
    occupy(STDOUT_FILENO, O_RDONLY);
    occupy(STDERR_FILENO, O_RDONLY);
    setrlimit(RLIMIT_CORE, &none);
    sigaction(SIGPIPE, &ignore, NULL);
    /* Until there is a line to print, a signal to end waits. */
    ending_signals(&ending);
    sigprocmask(SIG_BLOCK, &ending, NULL);
}

char *guard_line(enum guard_line which)
{
    return lines[which];
}

static void end(int signal)
{
    const char *line = lines[signal == SIGALRM ? GUARD_DEADLINE : GUARD_STOPPED];

    if (speaking)
        _exit(3);
    _exit(write(STDOUT_FILENO, line, strlen(line)) == (ssize_t)strlen(line) ? code : 3);
}

void guard_start(int64_t limit_ms, int exit_code)
{
    struct sigaction action = { .sa_handler = end };
    sigset_t all;
    struct itimerval timer = {
        .it_value = { (time_t)(limit_ms / 1000), (suseconds_t)(limit_ms % 1000) * 1000 },
    };

    code = exit_code;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        sigaction(SIGNALS[i], &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    /* A scheduler may have left signals blocked: this process must end when it is told to. */
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
}

void guard_speaking(void)
{
    speaking = 1;
}
