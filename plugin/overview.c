/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Success: {"Response":{"ExpireLicenseCnt":0,...,"RequestId":"..."}}
 * Failure: {"Response":{"Error":{"Code":"...","Message":"..."},"RequestId":"..."}}
 */
#include "overview.h"

#include <stdio.h>
#include <string.h>

#include "api_error.h"
#include "failure.h"
#include "json.h"

#define MALFORMED FAILURE_MALFORMED, "malformed answer: "

/* Of one number: not there as a plain whole number, which is what a count must be. */
#define NOT_WHOLE (-1.0)
static const double LARGEST_COUNT = 9007199254740992.0; /* 2^53 */

enum { RESPONSE_DEPTH = 2 };

/* The numbers of the Response object, judged by how they are written. */
struct counts {
    double number[FIELD_END];
};

static double whole_number(struct json_span text)
{
    double number = 0;

    for (size_t i = 0; i < text.length; i++) {
        char digit = text.at[i];
        if (digit < '0' || digit > '9')
            return NOT_WHOLE;
        number = number * 10 + (digit - '0');
        /* One above 2^53 would be rounded down to it: the digit tells them apart. */
        if (number > LARGEST_COUNT || (number == LARGEST_COUNT && digit != '2'))
            return NOT_WHOLE;
    }
    return number;
}

static void note_number(void *context, const struct json_number *number)
{
    struct counts *counts = context;

    if (number->depth != RESPONSE_DEPTH || !json_key_is(number->parent, "Response"))
        return;
    for (enum field f = 0; f < FIELD_END; f++) {
        if (FIELD_INFO[f].kind == FIELD_COUNT
            && json_key_is(number->key, FIELD_INFO[f].api_name)) {
            counts->number[f] = whole_number(number->text);
            return;
        }
    }
}

/* One reader a kind of field. item is never NULL. */
static bool read_count(struct overview *out, enum field f, const cJSON *item,
                       const struct counts *counts)
{
    if (!cJSON_IsNumber(item) || counts->number[f] == NOT_WHOLE)
        return false;
    out->number[f] = counts->number[f];
    return true;
}

static bool read_switch(struct overview *out, enum field f, const cJSON *item,
                        const struct counts *counts)
{
    (void)counts;
    out->number[f] = cJSON_IsTrue(item) ? 1 : 0;
    return cJSON_IsBool(item);
}

static bool read_text(struct overview *out, enum field f, const cJSON *item,
                      const struct counts *counts)
{
    (void)counts;
    if (!cJSON_IsString(item))
        return false;
    clean_text(out->text[f], sizeof out->text[f], item->valuestring);
    return true;
}

static const struct {
    bool (*read)(struct overview *, enum field, const cJSON *, const struct counts *);
    const char *wanted;
} READERS[] = {
    [FIELD_COUNT] = { read_count, "a whole number from 0 to 2^53" },
    [FIELD_SWITCH] = { read_switch, "true or false" },
    [FIELD_TEXT] = { read_text, "a text" },
};

static bool read_field(struct overview *out, enum field f, const cJSON *response,
                       const struct counts *counts, struct failure *why)
{
    const struct field_info *info = &FIELD_INFO[f];
    const cJSON *item = info->api_name ? json_member(response, info->api_name) : NULL;

    if (!item)
        return info->presence == OPTIONAL
               || fail(why, MALFORMED "%s (%s) is missing", info->api_name, info->name);
    return READERS[info->kind].read(out, f, item, counts)
           || fail(why, MALFORMED "%s (%s) is not %s", info->api_name, info->name,
                   READERS[info->kind].wanted);
}

static bool refuse_error(const cJSON *response, struct failure *why)
{
    const cJSON *error = json_member(response, "Error");
    const cJSON *code = json_member(error, "Code");
    const cJSON *message = json_member(error, "Message");

    if (!error)
        return true;
    if (!cJSON_IsString(code) || code->valuestring[0] == '\0'
        || (message && !cJSON_IsString(message)))
        return fail(why, MALFORMED "Error has no Code and Message");
    api_error_explain(why, code->valuestring, message ? message->valuestring : "");
    return false;
}

static bool read_response(struct overview *out, const cJSON *response, const struct counts *counts,
                          struct failure *why)
{
    if (!cJSON_IsObject(response))
        return fail(why, MALFORMED "Response %s", response ? "is not an object" : "is missing");

    const cJSON *id = json_member(response, FIELD_INFO[FIELD_REQUEST_ID].api_name);
    if (cJSON_IsString(id))
        clean_text(why->request_id, sizeof why->request_id, id->valuestring);
    if (!refuse_error(response, why))
        return false;
    for (enum field f = 0; f < FIELD_END; f++) {
        if (!read_field(out, f, response, counts, why))
            return false;
    }
    return true;
}

void overview_clear(struct overview *out)
{
    memset(out, 0, sizeof *out);
    for (enum field f = 0; f < FIELD_END; f++)
        out->number[f] = NOT_REPORTED;
}

/* What an answer that is not JSON may be, from its first character. */
static const char *guess(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length && strchr(" \t\r\n", text[i]) && text[i] != '\0')
        i++;
    return i < length && text[i] == '<' ? " (it looks like an HTML page)" : "";
}

bool overview_decode(struct overview *out, const char *text, size_t length, struct failure *why)
{
    struct counts counts;
    const char *reason;

    overview_clear(out);
    for (enum field f = 0; f < FIELD_END; f++)
        counts.number[f] = NOT_WHOLE;

    cJSON *tree = json_parse(text, length, note_number, &counts, &reason);
    if (reason == JSON_NO_MEMORY)
        return fail(why, FAILURE_INTERNAL, "there is not enough memory to read the answer");
    if (!tree)
        return fail(why, MALFORMED "not valid JSON: %s%s", reason, guess(text, length));
    bool ok = cJSON_IsObject(tree) ? read_response(out, json_member(tree, "Response"), &counts, why)
                                   : fail(why, MALFORMED "it is not a JSON object");
    cJSON_Delete(tree);
    return ok;
}
