/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "key_unit.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>

/* What reading the file tells, and that nothing is left behind when it fails. */
static const char *tried(const char *path, enum key_place place)
{
    struct key_file file = { 0 };
    struct credentials key = { 0 };
    struct failure why = { 0 };
    enum lookup result = key_file_read(&file, path, place, &why);
    const char *text = "found";

    if (result == LOOKUP_FOUND) {
        assert_ptr_equal(file.path, path);
        assert_int_equal(file.text[file.length], '\0');
    } else {
        text = told(result, &key, &why);
    }
    key_file_clear(&file);
    assert_null(file.text);
    return text;
}

#define FILE_K "credentials: key file k "
#define READABLE FILE_K "can be read by all users, run chmod 640 on it"
#define WRITABLE FILE_K "can be written by other users, run chmod 640 on it"

static void test_modes(void **state)
{
    static const struct {
        mode_t mode;
        const char *told;
    } ROW[] = {
        { 0600, "found" },  { 0400, "found" },  { 0640, "found" },  { 0440, "found" },
        { 0700, "found" },  { 0750, "found" },  { 0601, "found" },  { 0644, READABLE },
        { 0604, READABLE }, { 0444, READABLE }, { 0664, READABLE }, { 0666, READABLE },
        { 0777, READABLE }, { 0660, WRITABLE }, { 0620, WRITABLE }, { 0602, WRITABLE },
        { 0642, WRITABLE },
    };

    (void)state;
    put_file("k", "text", 0600);
    for (size_t i = 0; i < ROWS(ROW); i++) {
        assert_int_equal(chmod("k", ROW[i].mode), 0);
        assert_string_equal(tried("k", KEY_PLACE_NAMED), ROW[i].told);
        assert_string_equal(tried("k", KEY_PLACE_HOME), ROW[i].told);
    }
}

/* The remedy must not fall to the limit of the sentence. */
static void test_long_path(void **state)
{
    struct key_file file = { 0 };
    struct failure why = { 0 };
    char path[220];

    (void)state;
    memset(path, 'p', sizeof path);
    path[sizeof path - 1] = '\0';
    put_file(path, "text", 0644);
    assert_int_equal(key_file_read(&file, path, true, &why), LOOKUP_FAILED);
    assert_true(strstr(why.text, "chmod 640") || strstr(why.hint, "chmod 640"));
}

/* It is the open file that is examined, so what a link leads to counts and not the link. */
static void test_links(void **state)
{
    char wanted[160];

    (void)state;
    put_file("good", "text", 0600);
    put_file("open", "text", 0644);
    assert_int_equal(symlink("good", "to-good"), 0);
    assert_int_equal(symlink("open", "to-open"), 0);
    assert_int_equal(symlink("nothing", "to-nothing"), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    assert_string_equal(tried("to-good", KEY_PLACE_NAMED), "found");
    assert_string_equal(tried("to-open", KEY_PLACE_NAMED),
                        "credentials: key file to-open can be read by all "
                                                "users, run chmod 640 on it");
    assert_string_equal(tried("to-nothing", KEY_PLACE_HOME), "absent");
    snprintf(wanted, sizeof wanted, "credentials: key file loop cannot be opened: %s",
             strerror(ELOOP));
    assert_string_equal(tried("loop", KEY_PLACE_HOME), wanted);
}

/* Not there: a failure only when the file was named by hand. */
static void test_missing(void **state)
{
    static const struct {
        const char *path;
        int error;
    } ROW[] = {
        { "missing", ENOENT }, { "missing/k", ENOENT }, { "", ENOENT }, { "plain/k", ENOTDIR },
    };
    char wanted[160];

    (void)state;
    put_file("plain", "text", 0600);
    for (size_t i = 0; i < ROWS(ROW); i++) {
        snprintf(wanted, sizeof wanted, "credentials: key file %s cannot be opened: %s",
                 ROW[i].path, strerror(ROW[i].error));
        assert_string_equal(tried(ROW[i].path, KEY_PLACE_NAMED), wanted);
        assert_string_equal(tried(ROW[i].path, KEY_PLACE_HOME), "absent");
    }
}

static void make_socket(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

/* The FIFO has no writer: waiting for one would hang the check. */
static void test_not_regular(void **state)
{
    char no_socket[160];
    const struct {
        const char *path, *told;
    } ROW[] = {
        { "folder", "credentials: key file folder is a directory, name a file" },
        { ".", "credentials: key file . is a directory, name a file" },
        { "fifo", "credentials: key file fifo is not a regular file" },
        { "/dev/null", "credentials: key file /dev/null is not a regular file" },
        { "socket", no_socket },
    };

    (void)state;
    snprintf(no_socket, sizeof no_socket, "credentials: key file socket cannot be opened: %s",
             strerror(ENXIO));
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    make_socket("socket");
    for (size_t i = 0; i < ROWS(ROW); i++) {
        assert_string_equal(tried(ROW[i].path, KEY_PLACE_NAMED), ROW[i].told);
        assert_string_equal(tried(ROW[i].path, KEY_PLACE_HOME), ROW[i].told);
    }
}

static void test_content(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } ROW[] = { { TEXT("") }, { TEXT("x") }, { TEXT("a\0b\n") }, { TEXT("[default]\r\n\xff") } };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        struct key_file file = { 0 };
        struct failure why = { 0 };
        FILE *stream = fopen("content", "w");
        assert_non_null(stream);
        fwrite(ROW[i].text, 1, ROW[i].length, stream);
        fclose(stream);
        assert_int_equal(chmod("content", 0600), 0);
        assert_int_equal(key_file_read(&file, "content", true, &why), LOOKUP_FOUND);
        assert_int_equal(file.length, ROW[i].length);
        assert_memory_equal(file.text, ROW[i].text, ROW[i].length + 1); /* and the NUL */
        key_file_clear(&file);
    }
}

/* A file and the NUL behind it either fit the room that is lent, or get memory of their own. */
static void test_room(void **state)
{
    static const struct {
        size_t length;
        bool fits;
    } ROW[] = { { 0, true }, { 6, true }, { 7, true }, { 8, false }, { 9, false } };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++) {
        char *room = exact_copy("????????", 8);
        struct key_file file = { .room = room, .room_size = 8 };
        struct failure why = { 0 };
        char text[16] = "0123456789";
        text[ROW[i].length] = '\0';
        put_file("roomy", text, 0600);
        assert_int_equal(key_file_read(&file, "roomy", KEY_PLACE_NAMED, &why), LOOKUP_FOUND);
        assert_string_equal(file.text, text);
        assert_int_equal(file.text == room, ROW[i].fits);
        key_file_clear(&file);
        assert_null(file.text);
        assert_memory_equal(room, ROW[i].fits ? "\0\0\0\0\0\0\0" : "????????", 8);
        exact_free(room);
    }
}

static void test_size(void **state)
{
    (void)state;
    put_file("large", "", 0600);
    assert_int_equal(truncate("large", 4 * 1024 * 1024), 0);
    assert_string_equal(tried("large", KEY_PLACE_NAMED), "found");
    assert_int_equal(truncate("large", 4 * 1024 * 1024 + 1), 0);
    assert_string_equal(tried("large", KEY_PLACE_HOME),
                        "credentials: key file large is larger than 4 MiB");
}

/* Files of /proc that say 0 bytes and hold more, as one that grows, or fail to be read. */
static void test_unreadable_content(void **state)
{
    static const char *const PATHS[] = { "/proc/self/environ", "/proc/self/mem" };
    char wanted[80];

    (void)state;
    for (size_t i = 0; i < ROWS(PATHS); i++) {
        if (access(PATHS[i], R_OK) != 0)
            continue;
        snprintf(wanted, sizeof wanted, "credentials: key file %s cannot be read", PATHS[i]);
        assert_string_equal(tried(PATHS[i], KEY_PLACE_NAMED), wanted);
    }
}

enum { NOBODY = 54321 };

/* Anybody can deny himself; root only after a change of user. */
static void become_ordinary(void)
{
    if (geteuid() == 0)
        assert_int_equal(seteuid(NOBODY), 0);
}

static void become_myself(void)
{
    assert_int_equal(seteuid(getuid()), 0);
}

#define DENIED                                                                                     \
    "credentials: key file closed/k cannot be opened: Permission denied // Let the user this "     \
    "check runs as read it: chgrp THEIR-GROUP closed/k and chmod 640 closed/k"

#define HIDDEN                                                                                     \
    "credentials: key file closed/k cannot be opened: Permission denied // The user this check "   \
    "runs as cannot search a folder above the file: chmod 755 that folder."

static void test_closed(void **state)
{
    (void)state;
    assert_int_equal(mkdir("closed", 0700), 0);
    put_file("closed/k", "text", 0);
    assert_int_equal(chmod("closed", 0711), 0);
    assert_int_equal(chmod(".", 0711), 0);

    become_ordinary();
    assert_string_equal(tried("closed/k", KEY_PLACE_NAMED), DENIED);
    assert_string_equal(tried("closed/k", KEY_PLACE_HOME), DENIED);
    become_myself();

    assert_int_equal(chmod("closed", 0), 0);
    become_ordinary();
    assert_string_equal(tried("closed/k", KEY_PLACE_NAMED), HIDDEN);
    assert_string_equal(tried("closed/k", KEY_PLACE_SYSTEM), HIDDEN);
    assert_string_equal(tried("closed/k", KEY_PLACE_HOME), "absent"); /* of another user */
    become_myself();
    assert_int_equal(chmod("closed", 0700), 0);
}

#define CHOWN "which no user has, run chown root and chmod 640 on it"

/* Only root can give files away. */
static void test_owner(void **state)
{
    static const struct {
        uid_t owner, user;
        mode_t mode;
        const char *told;
    } ROW[] = {
        { 0, 0, 0600, "found" },
        { NOBODY, 0, 0600, FILE_K "belongs to uid 54321, " CHOWN },
        { NOBODY, 0, 0644, READABLE },
        { NOBODY, NOBODY, 0600, "found" },
        { 0, NOBODY, 0640, "found" }, /* as the group that it is readable for */
        { 12345, NOBODY, 0640, FILE_K "belongs to uid 12345, " CHOWN },
    };

    (void)state;
    assert_int_equal(chmod(".", 0711), 0);
    put_file("k", "text", 0600);
    for (size_t i = 0; getuid() == 0 && i < ROWS(ROW); i++) {
        assert_int_equal(chown("k", ROW[i].owner, 0), 0);
        assert_int_equal(chmod("k", ROW[i].mode), 0);
        assert_int_equal(seteuid(ROW[i].user), 0);
        const char *made = tried("k", KEY_PLACE_NAMED);
        become_myself();
        assert_string_equal(made, ROW[i].told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_modes),     cmocka_unit_test(test_links),
        cmocka_unit_test(test_missing),   cmocka_unit_test(test_not_regular),
        cmocka_unit_test(test_content),   cmocka_unit_test(test_unreadable_content),
        cmocka_unit_test(test_room),      cmocka_unit_test(test_size),
        cmocka_unit_test(test_closed),    cmocka_unit_test(test_owner),
        cmocka_unit_test(test_long_path),
    };

    return cmocka_run_group_tests_name("key_file", tests, enter_work_folder, leave_work_folder);
}
