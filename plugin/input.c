/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

static bool read_all(int fd, char *data, size_t size, size_t *length)
{
    *length = 0;
    while (*length < size) {
        ssize_t n = read(fd, data + *length, size - *length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        *length += (size_t)n;
    }
    return true;
}

/* More than fits is found out by asking for one byte more. */
static bool read_bounded(int fd, char *data, size_t size, size_t *length, const char *path,
                         struct failure *why)
{
    char extra;

    if (!read_all(fd, data, size, length))
        return fail(why, FAILURE_USAGE, "--input %s cannot be read: %s", path, strerror(errno));
    if (*length == size && read(fd, &extra, 1) > 0)
        return fail(why, FAILURE_MALFORMED, "malformed answer: %s is larger than %zu KiB", path,
                    size / 1024);
    return true;
}

bool input_read(char *data, size_t size, size_t *length, const char *path, struct failure *why)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return fail(why, FAILURE_USAGE, "--input %s cannot be opened: %s", path, strerror(errno));
    bool ok = read_bounded(fd, data, size, length, path, why);
    if (!is_stdin)
        close(fd);
    return ok;
}
