/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * A library for LD_PRELOAD that lets one allocation of a program fail, whoever asks for it: the
 * program, a library that it uses, or the C library for them. Counting begins where main does.
 *
 *   SCARCE=n        the n-th call fails, the others do not
 *   SCARCE=n+       the n-th call and all later ones fail
 *   SCARCE_SKIP=lib calls by this library (libcrypto.so) are not counted, and only fail with n+;
 *                   further ones after a blank
 *   SCARCE_FD=fd    gets one line for the first call that fails: what it is and which library asks
 *
 * No line there means that fewer than n calls were made, and that nothing failed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static atomic_long calls;
static long first, last; /* the calls that fail; none before main */
static int report = -1;
static struct range {
    uintptr_t begin, end;
} skip[8]; /* ends with an empty one */

/* The function behind ours; in a program with the address sanitizer that is the sanitizer's. */
#define NEXT(name) ((__typeof__(&(name)))next(&next_##name, #name))

static void *next(void *_Atomic *known, const char *name)
{
    if (!*known)
        *known = dlsym(RTLD_NEXT, name);
    return *known;
}

static void tell(const char *what, const void *caller)
{
    Dl_info info;
    char line[256];
    const char *file = dladdr(caller, &info) && info.dli_fname ? info.dli_fname : "?";
    const char *slash = strrchr(file, '/');
    int length = snprintf(line, sizeof line, "%s %s\n", what, slash ? slash + 1 : file);

    if (report >= 0 && write(report, line, (size_t)length) != length)
        _exit(99);
}

static bool is_skipped(uintptr_t caller)
{
    for (const struct range *r = skip; r->end != 0; r++) {
        if (caller >= r->begin && caller < r->end)
            return true;
    }
    return false;
}

static bool fails(const char *what, const void *caller)
{
    if (last == 0)
        return false;

    bool skipped = is_skipped((uintptr_t)caller);
    long n = skipped ? atomic_load(&calls) : atomic_fetch_add(&calls, 1) + 1;
    if (n < first || n > last || (skipped && first == last))
        return false;
    if (n == first && !skipped)
        tell(what, caller);
    errno = ENOMEM;
    return true;
}

#define CALLER __builtin_return_address(0)
#define INTERPOSE(type, name, parameters, arguments, failure)                                      \
    static void *_Atomic next_##name;                                                              \
    type name parameters                                                                           \
    {                                                                                              \
        return fails(#name, CALLER) ? failure : NEXT(name) arguments;                              \
    }

INTERPOSE(void *, malloc, (size_t size), (size), NULL)
INTERPOSE(void *, calloc, (size_t count, size_t size), (count, size), NULL)
INTERPOSE(void *, realloc, (void *old, size_t size), (old, size), NULL)
INTERPOSE(void *, aligned_alloc, (size_t unit, size_t size), (unit, size), NULL)
INTERPOSE(int, posix_memalign, (void **out, size_t unit, size_t size), (out, unit, size), ENOMEM)
INTERPOSE(void *, mmap, (void *at, size_t size, int access, int flags, int fd, off_t offset),
          (at, size, access, flags, fd, offset), MAP_FAILED)
INTERPOSE(int, mprotect, (void *at, size_t size, int access), (at, size, access), -1)
INTERPOSE(int, mlock, (const void *at, size_t size), (at, size), -1)
INTERPOSE(int, pthread_create, (pthread_t *out, const pthread_attr_t *how, void *(*run)(void *),
          void *context), (out, how, run, context), EAGAIN)

/* Where a library stands that SCARCE_SKIP names. */
static int find_skipped(struct dl_phdr_info *info, size_t size, void *name)
{
    struct range *next = skip;

    (void)size;
    while (next->end != 0)
        next++;
    if (next == &skip[sizeof skip / sizeof *skip - 1] || !strstr(info->dlpi_name, name))
        return 0;
    next->begin = info->dlpi_addr;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
        if (info->dlpi_phdr[i].p_type == PT_LOAD && end > next->end)
            next->end = end;
    }
    return 1;
}

static void find_all_skipped(char *names)
{
    char *rest = names;

    for (char *name; (name = strsep(&rest, " "));)
        dl_iterate_phdr(find_skipped, name);
}

/* Sanitizers have a strdup of their own, which would not come by here. */
char *strndup(const char *text, size_t most)
{
    size_t length = strnlen(text, most);
    char *copy = fails("strdup", CALLER) ? NULL : NEXT(malloc)(length + 1);

    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char *strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = fails("strdup", CALLER) ? NULL : NEXT(malloc)(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

static int (*program)(int, char **, char **);

/* What is in the environment is not the program's, and gone before it looks. */
static int counted(int argc, char **argv, char **environment)
{
    const char *which = getenv("SCARCE"), *fd = getenv("SCARCE_FD");
    char *end = NULL, *names = getenv("SCARCE_SKIP");

    if (names)
        find_all_skipped(names);
    report = fd ? (int)strtol(fd, NULL, 10) : -1;
    first = which ? strtol(which, &end, 10) : 0;
    last = end && *end == '+' ? 1000000000 : first;
    return program(argc, argv, environment);
}

/* The C library's own start: it gets our main, which calls the program's. */
int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*rtld_fini)(void), void *stack);

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*rtld_fini)(void), void *stack)
{
    static void *_Atomic next_start;
    __typeof__(&__libc_start_main) start;

    start = (__typeof__(start))next(&next_start, "__libc_start_main");
    program = main;
    return start(counted, argc, argv, init, fini, rtld_fini, stack);
}
