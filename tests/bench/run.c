/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * run JOBS SECONDS COMMAND...: runs the command again and again, JOBS at a time, until SECONDS are
 * over (with 0: once) and prints, for all of them together: runs, microseconds of CPU and of wall
 * time, the largest resident set in KiB, page faults, and the exit codes or-ed.
 *
 * In C because a child inherits the peak of its parent's resident set, and Python's is larger than
 * that of what is measured here.
 */
#define _GNU_SOURCE /* wait4 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool start(char **command)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    for (int fd = 0; fd < 3; fd++)
        posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
    int error = posix_spawn(&pid, command[0], &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    long jobs = strtol(argv[1], NULL, 10), seconds = strtol(argv[2], NULL, 10);
    long begin = microseconds(), running = 0, runs = 0, cpu = 0, peak = 0, faults = 0;
    int codes = 0, status;
    struct rusage usage;

    do {
        while (running < (seconds == 0 ? 1 : jobs) && start(argv + 3))
            running++;
        if (running == 0 || wait4(-1, &status, 0, &usage) < 0)
            return 2;
        running--;
        runs++;
        codes |= WIFEXITED(status) ? WEXITSTATUS(status) : 255;
        cpu += (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L
               + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
        peak = usage.ru_maxrss > peak ? usage.ru_maxrss : peak;
        faults += usage.ru_minflt + usage.ru_majflt;
    } while (microseconds() - begin < seconds * 1000000);
    long wall = microseconds() - begin;
    while (wait(&status) > 0) /* those that were under way at the end are not counted */
        codes |= WIFEXITED(status) ? WEXITSTATUS(status) : 255;
    printf("%ld %ld %ld %ld %ld %d\n", runs, cpu, wall, peak, faults, codes);
    return 0;
}
