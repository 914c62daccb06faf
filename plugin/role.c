/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 *   GET .../security-credentials/      -> the name of the role that is bound; 404: none is
 *   GET .../security-credentials/ROLE  -> {"TmpSecretId":"...","TmpSecretKey":"...","Token":"...",
 *                                          "ExpiredTime":1615590047,"Code":"Success"}
 */
#include "role.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "credentials.h"
#include "failure.h"
#include "http.h"
#include "json.h"

#define METADATA_HOST "metadata.tencentyun.com"
#define METADATA_URL "http://" METADATA_HOST "/latest/meta-data/cam/security-credentials/"

#define NAME_LETTERS                                                                               \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+=,@"

enum { METADATA_MS = 1000, METADATA_MAX = 16 * 1024, ROLE_NAME_MAX = 128,
       LEAST_LIFE_S = 10 };

/* Whoever fails below: the licenses are not to blame, and neither is the API. */
static bool no_role(struct failure *why, const char *text)
{
    fail(why, FAILURE_CREDENTIALS, "no key of the instance role: %s", text);
    return fail_hint(why, "--role works on a CVM instance with a CAM role bound to it (console: "
                          "More, Instance Settings, Bind/Modify Role).");
}

/* The faults of http.h are those of the network to the API; here they are about the key. */
static bool rename_failure(struct failure *why, const struct failure *inner)
{
    char text[FAILURE_TEXT];

    snprintf(text, sizeof text, "%.200s", inner->text);
    return no_role(why, text);
}

static bool get(struct http_reply *reply, const char *name, long *left_ms, struct failure *why)
{
    static const char *const NO_HEADERS[] = { NULL };
    static const struct network DIRECT = { .no_proxy = true };
    char url[sizeof METADATA_URL + ROLE_NAME_MAX];
    struct failure inner = { 0 };
    struct http_request request = {
        .url = url, .host = METADATA_HOST, .port = 80, .headers = NO_HEADERS, .plain = true,
        .timeout_ms = *left_ms, .connect_timeout_ms = *left_ms, .limit_s = METADATA_MS / 1000,
    };

    snprintf(url, sizeof url, METADATA_URL "%s", name);
    reply->length = 0;
    if (*left_ms <= 0)
        return no_role(why, "no answer from " METADATA_HOST " within 1s");
    if (!http_send(reply, &request, &DIRECT, &inner))
        return rename_failure(why, &inner);
    *left_ms -= (long)(reply->total * 1000);
    if (reply->status == 404)
        return no_role(why, name[0] == '\0' ? "no role is bound to this instance"
                                            : "the instance does not have that role");
    if (reply->status != 200)
        return no_role(why, METADATA_HOST " did not answer with HTTP 200");
    return true;
}

/* The answer becomes a part of the next URL. */
static bool role_name(char out[ROLE_NAME_MAX + 1], const struct http_reply *reply,
                      struct failure *why)
{
    size_t length = reply->length;

    while (length > 0 && strchr("\r\n ", reply->data[length - 1]))
        length--;
    snprintf(out, ROLE_NAME_MAX + 1, "%.*s", (int)(length <= ROLE_NAME_MAX ? length : 0),
             reply->data);
    if (out[0] == '\0' || out[0] == '.' || strspn(out, NAME_LETTERS) != strlen(out))
        return no_role(why, METADATA_HOST " gave no name of a role");
    return true;
}

static bool take(char *out, size_t size, const cJSON *tree, const char *name, struct failure *why)
{
    const cJSON *item = json_member(tree, name);

    if (!cJSON_IsString(item) || item->valuestring[0] == '\0')
        return no_role(why, "the answer of " METADATA_HOST " is not complete");
    return credentials_set(out, size, item->valuestring, strlen(item->valuestring), name,
                           METADATA_HOST, why);
}

static bool read_key(struct credentials *out, const cJSON *tree, const char *role, int64_t now,
                     struct failure *why)
{
    const cJSON *code = json_member(tree, "Code"), *expires = json_member(tree, "ExpiredTime");
    char source[KEY_SOURCE];

    snprintf(source, sizeof source, "CVM role %s (%s)", role, METADATA_HOST);
    if (!cJSON_IsString(code) || strcmp(code->valuestring, "Success") != 0)
        return no_role(why, "the answer of " METADATA_HOST " has no Code Success");
    if (cJSON_IsNumber(expires) && expires->valuedouble < (double)(now + LEAST_LIFE_S))
        return no_role(why, "the one that " METADATA_HOST " gave is expired");
    return credentials_allocate(out, why)
           && take(out->secret->id, sizeof out->secret->id, tree, "TmpSecretId", why)
           && take(out->secret->key, sizeof out->secret->key, tree, "TmpSecretKey", why)
           && take(out->secret->token, sizeof out->secret->token, tree, "Token", why)
           && credentials_complete(out, source, why);
}

static bool load(struct credentials *out, const char *name, int64_t now, struct http_reply *reply,
                 struct failure *why)
{
    char found[ROLE_NAME_MAX + 1];
    long left_ms = METADATA_MS;
    const char *reason;

    if (!name) {
        if (!get(reply, "", &left_ms, why) || !role_name(found, reply, why))
            return false;
        name = found;
    }
    if (!get(reply, name, &left_ms, why))
        return false;
    cJSON *tree = json_parse_secret(reply->data, reply->length, &reason);
    if (reason == JSON_NO_MEMORY)
        fail(why, FAILURE_INTERNAL, "there is not enough memory to read the key of the role");
    bool ok = tree ? read_key(out, tree, name, now, why)
                   : no_role(why, "the answer of " METADATA_HOST " is not valid JSON");
    json_free_secret(tree);
    return ok;
}

bool role_load(struct credentials *out, const char *name, int64_t now, struct failure *why)
{
    struct http_reply reply = { .data = sodium_malloc(METADATA_MAX), .size = METADATA_MAX };
    bool ok = reply.data ? load(out, name, now, &reply, why)
                         : fail(why, FAILURE_INTERNAL, "there is not enough memory");

    sodium_free(reply.data);
    if (!ok)
        credentials_clear(out);
    return ok;
}
