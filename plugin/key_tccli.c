/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The file of the vendor's command line tool, ~/.tccli/PROFILE.credential:
 *
 *   { "secretId": "AKID...", "secretKey": "...", "token": "...", "expiresAt": 1735689600 }
 *
 * It may hold other members. Unset keys are stored as the text "None". tccli renews temporary
 * keys itself; this program only uses one while it is fresh.
 */
#include <string.h>

#include "credentials.h"
#include "failure.h"
#include "json.h"
#include "key_file.h"

/* Larger files are no key files; it bounds the guarded memory that parsing needs, too. */
enum { TCCLI_MAX = 16 * 1024 };

static bool read_member(char *out, size_t size, const cJSON *tree, const char *name,
                        const char *path, struct failure *why)
{
    const cJSON *item = json_member(tree, name);

    if (!item || (cJSON_IsString(item) && strcmp(item->valuestring, "None") == 0))
        return true;
    if (!cJSON_IsString(item))
        return fail(why, FAILURE_CREDENTIALS, "%s of %s is not a text", name, path);
    return credentials_set(out, size, item->valuestring, strlen(item->valuestring), name, path,
                           why);
}

static bool check_fresh(const cJSON *tree, const char *path, int64_t now, struct failure *why)
{
    const cJSON *item = json_member(tree, "expiresAt");

    if (!item)
        return true;
    if (!cJSON_IsNumber(item))
        return fail(why, FAILURE_CREDENTIALS, "expiresAt of %s is not a number", path);
    return item->valuedouble > (double)now
           || fail(why, FAILURE_CREDENTIALS, "the key in %s is expired, run tccli", path);
}

static enum lookup read_tree(struct credentials *out, const cJSON *tree, const char *path,
                             int64_t now, struct failure *why)
{
    struct secret *s = out->secret;

    if (!read_member(s->id, sizeof s->id, tree, "secretId", path, why)
        || !read_member(s->key, sizeof s->key, tree, "secretKey", path, why)
        || !read_member(s->token, sizeof s->token, tree, "token", path, why))
        return LOOKUP_FAILED;
    if (s->id[0] == '\0' && s->key[0] == '\0') {
        fail_hint(why, "It is JSON, and has neither secretId nor secretKey.");
        return LOOKUP_ABSENT;
    }
    return check_fresh(tree, path, now, why) && credentials_complete(out, path, why)
               ? LOOKUP_FOUND
               : LOOKUP_FAILED;
}

enum lookup key_tccli_find(struct credentials *out, const struct key_file *file, int64_t now,
                           struct failure *why)
{
    enum lookup result = LOOKUP_FAILED;
    const char *reason;

    if (file->length > TCCLI_MAX) {
        fail(why, FAILURE_CREDENTIALS, "key file %s is larger than 16 KiB, too large for JSON",
             file->path);
        return LOOKUP_FAILED;
    }
    cJSON *tree = json_parse_secret(file->text, file->length, &reason);
    if (tree)
        result = read_tree(out, tree, file->path, now, why);
    else if (reason == JSON_NO_MEMORY)
        fail(why, FAILURE_INTERNAL, "there is not enough memory to read key file %s", file->path);
    else
        fail(why, FAILURE_CREDENTIALS, "key file %s is not valid JSON: %s", file->path, reason);
    json_free_secret(tree);
    return result;
}
