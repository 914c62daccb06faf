/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Where the key may come from, first hit wins.
 */
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "credentials.h"
#include "failure.h"
#include "key_file.h"

extern char **environ;

enum { PATH_SIZE = 400 };

/* Set but empty counts as not set: that is how daemons clear a variable. */
static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] != '\0' ? value : NULL;
}

static bool set_from_environment(char *out, size_t size, const char *name, struct failure *why)
{
    const char *value = environment(name);

    return !value
           || credentials_set(out, size, value, strlen(value), name, "the environment", why);
}

/* The vendor's programs do not agree on the name of the token. */
static bool set_token(struct secret *out, struct failure *why)
{
    static const char *const NAMES[] = { "TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN",
                                         "TENCENTCLOUD_SECURITY_TOKEN" };
    const char *first = NULL;

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *value = environment(NAMES[i]);
        if (!value)
            continue;
        if (first && strcmp(environment(first), value) != 0)
            return fail(why, FAILURE_CREDENTIALS, "%s and %s differ, set only one of them", first,
                        NAMES[i]);
        first = NAMES[i];
    }
    return !first || set_from_environment(out->token, sizeof out->token, first, why);
}

/* What each source of the chain is told. */
struct search {
    const struct credentials_wish *wish;
    const char *profile;
    int64_t now;
    char looked[400]; /* where, and what was found there */
};

static void note(struct search *search, const char *place, const char *finding)
{
    size_t used = strlen(search->looked);

    snprintf(search->looked + used, sizeof search->looked - used, "%s%s (%s)",
             used > 0 ? ", " : "", place, finding);
}

/* The secrets have one home; what the environment holds of them is overwritten, used or not, and
 * whichever of several with the same name it is. */
static void wipe_environment(void)
{
    static const char *const NAMES[] = { "TENCENTCLOUD_SECRET_KEY=", "TENCENTCLOUD_TOKEN=",
                                         "TENCENTCLOUD_SESSION_TOKEN=",
                                         "TENCENTCLOUD_SECURITY_TOKEN=" };

    for (char **entry = environ; entry && *entry; entry++) {
        for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
            size_t length = strlen(NAMES[i]);
            if (strncmp(*entry, NAMES[i], length) == 0)
                sodium_memzero(*entry + length, strlen(*entry + length));
        }
    }
}

static enum lookup read_environment(struct credentials *out, struct failure *why)
{
    return credentials_allocate(out, why)
                   && set_from_environment(out->secret->id, sizeof out->secret->id,
                                           "TENCENTCLOUD_SECRET_ID", why)
                   && set_from_environment(out->secret->key, sizeof out->secret->key,
                                           "TENCENTCLOUD_SECRET_KEY", why)
                   && set_token(out->secret, why)
                   && credentials_complete(out,
                                           out->secret->key[0] != '\0'
                                               ? "the environment (TENCENTCLOUD_SECRET_ID)"
                                               : "the environment (TENCENTCLOUD_SECRET_KEY)",
                                           why)
               ? LOOKUP_FOUND
               : LOOKUP_FAILED;
}

static enum lookup find_in_environment(struct credentials *out, struct search *search,
                                       struct failure *why)
{
    bool set = environment("TENCENTCLOUD_SECRET_ID") || environment("TENCENTCLOUD_SECRET_KEY");

    if (search->wish->profile || !set) {
        note(search, "TENCENTCLOUD_SECRET_ID", set ? "skipped for --profile" : "not set");
        return LOOKUP_ABSENT;
    }
    return read_environment(out, why);
}

static enum lookup find_in_file(struct credentials *out, struct search *search, const char *path,
                                enum key_place place, struct failure *why)
{
    if (!credentials_allocate(out, why))
        return LOOKUP_FAILED;

    struct key_file file = { .room = out->secret->file, .room_size = sizeof out->secret->file };
    enum lookup result = key_file_read(&file, path, place, why);
    bool read = result == LOOKUP_FOUND;

    if (read)
        result = key_file_find(out, &file, search->profile, search->now, why);
    key_file_clear(&file);
    if (result == LOOKUP_ABSENT && place == KEY_PLACE_NAMED) {
        fail(why, FAILURE_CREDENTIALS, "key file %s has no profile %s with a key", path,
             search->profile);
        return LOOKUP_FAILED;
    }
    if (result == LOOKUP_ABSENT) {
        why->hint[0] = '\0'; /* of this file, and the search goes on */
        note(search, path, read ? "no such profile with a key" : "not there");
    }
    return result;
}

static enum lookup find_in_option_file(struct credentials *out, struct search *search,
                                       struct failure *why)
{
    return search->wish->file ? find_in_file(out, search, search->wish->file, KEY_PLACE_NAMED, why)
                              : LOOKUP_ABSENT;
}

static enum lookup find_in_variable_file(struct credentials *out, struct search *search,
                                         struct failure *why)
{
    const char *path = environment("TENCENTCLOUD_CREDENTIALS_FILE");
    enum lookup result = path ? find_in_file(out, search, path, KEY_PLACE_NAMED, why)
                              : LOOKUP_ABSENT;

    if (result == LOOKUP_FAILED)
        fail_hint(why, "The environment names the file: TENCENTCLOUD_CREDENTIALS_FILE");
    return result;
}

static const char NO_HOME[] = "HOME is not set, or too long";

/* Writes HOME/FOLDER/NAME ENDING. Daemons often have no HOME. */
static bool home_path(char *out, size_t size, const char *folder, const char *name,
                      const char *ending)
{
    const char *home = environment("HOME");
    struct passwd entry, *found = NULL;
    char buffer[4096];

    if (!home && getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found)
        home = found->pw_dir;
    return home && (size_t)snprintf(out, size, "%s/%s/%s%s", home, folder, name, ending) < size;
}

static enum lookup find_in_home_file(struct credentials *out, struct search *search,
                                     struct failure *why)
{
    char path[PATH_SIZE];

    if (home_path(path, sizeof path, ".tencentcloud", "credentials", ""))
        return find_in_file(out, search, path, KEY_PLACE_HOME, why);
    note(search, "~/.tencentcloud/credentials", NO_HOME);
    return LOOKUP_ABSENT;
}

static enum lookup find_in_system_file(struct credentials *out, struct search *search,
                                       struct failure *why)
{
    return find_in_file(out, search, "/etc/tencentcloud/credentials", KEY_PLACE_SYSTEM, why);
}

static enum lookup find_in_tccli_file(struct credentials *out, struct search *search,
                                      struct failure *why)
{
    char path[PATH_SIZE];

    if (home_path(path, sizeof path, ".tccli", search->profile, ".credential"))
        return find_in_file(out, search, path, KEY_PLACE_HOME, why);
    note(search, "~/.tccli", NO_HOME);
    return LOOKUP_ABSENT;
}

typedef enum lookup find_key(struct credentials *, struct search *, struct failure *);

static find_key *const CHAIN[] = {
    find_in_option_file, find_in_environment, find_in_variable_file,
    find_in_home_file,   find_in_system_file, find_in_tccli_file,
};

bool credentials_find(struct credentials *out, const struct credentials_wish *wish, int64_t now,
                      struct failure *why)
{
    struct search search = { wish, wish->profile ? wish->profile : "default", now, "" };
    enum lookup result = LOOKUP_ABSENT;

    for (size_t i = 0; i < sizeof CHAIN / sizeof *CHAIN && result == LOOKUP_ABSENT; i++)
        result = CHAIN[i](out, &search, why);
    wipe_environment();
    if (result != LOOKUP_FOUND)
        credentials_clear(out);
    if (result == LOOKUP_ABSENT)
        fail_hint(why, "Looked at: %s. Name a file with --credentials-file.", search.looked);
    return result == LOOKUP_FOUND;
}

bool credentials_missing(const struct credentials_wish *wish, struct failure *why)
{
    return fail(why, FAILURE_CREDENTIALS, "no API key found for profile %s",
                wish->profile ? wish->profile : "default");
}
