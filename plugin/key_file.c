/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failure.h"

/* Ten thousand profiles fit with room to spare. */
enum { FILE_MAX = 4 * 1024 * 1024 };

static enum lookup cannot_open(const char *path, enum key_place place, int error,
                               struct failure *why)
{
    struct stat st;
    bool hidden = error == EACCES && stat(path, &st) != 0;

    if (place != KEY_PLACE_NAMED && (error == ENOENT || error == ENOTDIR))
        return LOOKUP_ABSENT;
    if (place == KEY_PLACE_HOME && hidden)
        return LOOKUP_ABSENT;
    fail(why, FAILURE_CREDENTIALS, "key file %s cannot be opened: %s", path, strerror(error));
    if (strpbrk(path, "~$"))
        fail_hint(why, "The path is taken as it is, only a shell replaces ~ and $: %s", path);
    if (hidden)
        fail_hint(why, "The user this check runs as cannot search a folder above the file: chmod "
                       "755 that folder.");
    if (error == EACCES)
        fail_hint(why, "Let the user this check runs as read it: chgrp THEIR-GROUP %s and chmod "
                       "640 %s", path, path);
    return LOOKUP_FAILED;
}

/* A long path leaves no room for the remedy, which then stands on a line of its own. */
static bool wrong_access(struct failure *why, const char *path, const char *text,
                         const char *remedy)
{
    fail(why, FAILURE_CREDENTIALS, "key file %s %s, run %s on it", path, text, remedy);
    return strlen(path) > FAILURE_TEXT / 2 ? fail_hint(why, "Run %s on it.", remedy) : false;
}

static bool wrong_owner(struct failure *why, const char *path, uid_t uid)
{
    struct passwd entry, *found = NULL;
    char buffer[4096], text[96];

    if (getpwuid_r(uid, &entry, buffer, sizeof buffer, &found) == 0 && found)
        snprintf(text, sizeof text, "belongs to user %.32s", found->pw_name);
    else
        snprintf(text, sizeof text, "belongs to uid %lu, which no user has", (unsigned long)uid);
    return wrong_access(why, path, text, "chown root and chmod 640");
}

static bool check_open_file(int fd, const char *path, struct stat *st, struct failure *why)
{
    if (fstat(fd, st) != 0)
        return fail(why, FAILURE_CREDENTIALS, "key file %s cannot be examined", path);
    if (S_ISDIR(st->st_mode))
        return fail(why, FAILURE_CREDENTIALS, "key file %s is a directory, name a file", path);
    if (!S_ISREG(st->st_mode))
        return fail(why, FAILURE_CREDENTIALS, "key file %s is not a regular file", path);
    if (st->st_mode & S_IROTH)
        return wrong_access(why, path, "can be read by all users", "chmod 640");
    if (st->st_mode & (S_IWGRP | S_IWOTH))
        return wrong_access(why, path, "can be written by other users", "chmod 640");
    if (st->st_uid != 0 && st->st_uid != geteuid())
        return wrong_owner(why, path, st->st_uid);
    if (st->st_size > FILE_MAX)
        return fail(why, FAILURE_CREDENTIALS, "key file %s is larger than 4 MiB", path);
    return true;
}

/* One byte more than the size said, to see a file that grows. */
static bool read_all(int fd, struct key_file *out, size_t size)
{
    while (out->length <= size) {
        ssize_t n = read(fd, out->text + out->length, size + 1 - out->length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        out->length += (size_t)n;
    }
    return false;
}

enum lookup key_file_read(struct key_file *out, const char *path, enum key_place place,
                          struct failure *why)
{
    enum lookup result = LOOKUP_FAILED;
    struct stat st;
    /* O_NONBLOCK: a FIFO is to be refused, not to be waited for. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd < 0)
        return cannot_open(path, place, errno, why);
    if (check_open_file(fd, path, &st, why)) {
        out->path = path;
        out->text = (size_t)st.st_size < out->room_size ? out->room
                                                        : sodium_malloc((size_t)st.st_size + 1);
        if (!out->text)
            fail(why, FAILURE_INTERNAL, "there is not enough memory for key file %s", path);
        else if (!read_all(fd, out, (size_t)st.st_size))
            fail(why, FAILURE_CREDENTIALS, "key file %s cannot be read", path);
        else
            result = LOOKUP_FOUND;
    }
    close(fd);
    if (result == LOOKUP_FOUND)
        out->text[out->length] = '\0';
    return result;
}

void key_file_clear(struct key_file *file)
{
    if (file->text && file->text == file->room)
        sodium_memzero(file->room, file->room_size);
    else
        sodium_free(file->text);
    *file = (struct key_file){ 0 };
}

enum lookup key_file_find(struct credentials *out, const struct key_file *file, const char *profile,
                          int64_t now, struct failure *why)
{
    static const char BOM[] = "\xef\xbb\xbf";
    struct key_file body = *file;

    if (body.length >= 3 && memcmp(body.text, BOM, 3) == 0) {
        body.text += 3;
        body.length -= 3;
    }
    if (memchr(body.text, '\0', body.length)) {
        fail(why, FAILURE_CREDENTIALS, "key file %s has a NUL byte in it, is it a text file?",
             file->path);
        return LOOKUP_FAILED;
    }
    if (body.text[strspn(body.text, " \t\r\n")] == '{')
        return key_tccli_find(out, &body, now, why);
    return key_ini_find(out, &body, profile, why);
}
