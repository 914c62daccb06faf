/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <poll.h>
#include <signal.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

/* The Makefile sets it to 0 for instruments that do their work when a process exits. */
#ifndef QUICK_EXIT
#define QUICK_EXIT 1
#endif

/* A library may crash where memory runs out. Who waits for the result is told so in the way of all
 * results: a process that only dies leaves some schedulers with nothing to show. */
static const struct {
    int number;
    enum guard_line line;
} SIGNALS[] = {
    { SIGTERM, GUARD_STOPPED }, { SIGINT, GUARD_STOPPED },  { SIGHUP, GUARD_STOPPED },
    { SIGQUIT, GUARD_STOPPED }, { SIGXCPU, GUARD_STOPPED }, { SIGALRM, GUARD_DEADLINE },
    { SIGSEGV, GUARD_CRASHED }, { SIGBUS, GUARD_CRASHED },  { SIGFPE, GUARD_CRASHED },
    { SIGILL, GUARD_CRASHED },  { SIGABRT, GUARD_CRASHED }, { SIGSYS, GUARD_CRASHED },
};

static const int MEANINGLESS[] = {
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGPOLL, SIGTRAP,
#ifdef SIGPWR
    SIGPWR,
#endif
#ifdef SIGSTKFLT
    SIGSTKFLT,
#endif
};

/* What the handler needs, and the only state of the program that is global and changes. */
static char lines[GUARD_LINES][GUARD_LINE_SIZE];
static volatile sig_atomic_t code = 3, speaking, spoken;
static volatile unsigned char *volatile secret;
static volatile size_t secret_size;

static const char NOWHERE[] = "/dev/null";

/* A descriptor that was closed gets a placeholder that refuses what it is for: reading standard
 * input, or writing standard output, still fails, and no socket takes its number. */
static void occupy(int fd, int flags)
{
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
        int got = open(NOWHERE, flags);
        if (got >= 0 && got != fd) {
            dup2(got, fd);
            close(got);
        }
    }
}

/* Standard error leads nowhere from here on: the C library says there why it gives up, which Icinga
 * would show instead of the result, and in which Zabbix finds no JSON. */
static void settle_descriptors(void)
{
    int fd = open(NOWHERE, O_WRONLY | O_CLOEXEC);

    /* It is the lowest that was free. */
    if (fd >= 0 && fd <= STDERR_FILENO) {
        close(fd);
        occupy(STDIN_FILENO, O_WRONLY);
        occupy(STDOUT_FILENO, O_RDONLY);
        fd = open(NOWHERE, O_WRONLY);
    }
    if (fd >= 0 && fd != STDERR_FILENO) {
        dup2(fd, STDERR_FILENO);
        close(fd);
    }
}

/* One heap for the thread that resolves names too, which grows in larger steps: fewer system
 * calls, as make bench-gate counts them. */
static void settle_heap(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, 1024 * 1024);
#endif
}

static void ending_signals(sigset_t *out)
{
    sigemptyset(out);
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        sigaddset(out, SIGNALS[i].number);
}

void guard_process(void)
{
    struct rlimit none = { 0, 0 };
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigset_t ending;

    settle_descriptors();
    settle_heap();
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0); /* a core that is piped to a program ignores the limit */
#endif
    sigaction(SIGPIPE, &ignore, NULL); /* both are told by write instead */
    sigaction(SIGXFSZ, &ignore, NULL);
    /* Until there is a line to print, a signal to end waits. */
    ending_signals(&ending);
    sigprocmask(SIG_BLOCK, &ending, NULL);
}

char *guard_line(enum guard_line which)
{
    return lines[which];
}

static const char *line_of(int signal)
{
    size_t i = 0;

    while (SIGNALS[i].number != signal)
        i++;
    return lines[SIGNALS[i].line];
}

static void end(int signal)
{
    const char *line = line_of(signal);
    struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };

    for (size_t i = 0; i < secret_size; i++)
        secret[i] = 0;
    if (spoken)
        _exit(code);
    /* A pipe that nobody reads must not hold the process: then there is no line. */
    if (speaking || poll(&out, 1, 0) != 1 || !(out.revents & POLLOUT))
        _exit(3);
    _exit(write(STDOUT_FILENO, line, strlen(line)) == (ssize_t)strlen(line) ? code : 3);
}

void guard_start(int64_t limit_ms, int exit_code)
{
    struct sigaction action = { .sa_handler = end };
    sigset_t blocked;
    struct itimerval timer = {
        .it_value = { (time_t)(limit_ms / 1000), (suseconds_t)(limit_ms % 1000) * 1000 },
    };

    code = exit_code;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        sigaction(SIGNALS[i].number, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    /* A scheduler may have left signals blocked: this process must end when it is told to. Those
     * that tell it nothing, and would kill it without a word, stay outside. */
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof MEANINGLESS / sizeof *MEANINGLESS; i++)
        sigaddset(&blocked, MEANINGLESS[i]);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++)
        sigaddset(&blocked, number);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

void guard_secret(void *data, size_t size)
{
    secret_size = 0;
    secret = data;
    secret_size = size;
}

void guard_speaking(void)
{
    speaking = 1;
}

void guard_spoken(int exit_code)
{
    code = exit_code;
    spoken = 1;
}

void guard_leave(int exit_code)
{
    if (QUICK_EXIT)
        _exit(exit_code);
}
