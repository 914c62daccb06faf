/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The whole path from words and bytes to the three outputs: options a line each, an empty line,
 * the answer.
 */
#define _GNU_SOURCE
#include <math.h>
#include <string.h>

#include "credentials.h"
#include "failure.h"
#include "fetch.h"
#include "fuzz.h"
#include "json.h"
#include "options.h"
#include "report.h"

/* A second opinion, which shares cJSON and the parsed range with the decoder and the judge and
 * nothing else: does a field hold a number that the limit allows? */
static bool naive_good(const cJSON *response, const char *name, const struct range *range)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(response, name);
    bool inside;

    if (!cJSON_IsNumber(item) || item->valuedouble < 0
        || item->valuedouble != floor(item->valuedouble))
        return false;
    inside = !(item->valuedouble < range->start) && !(item->valuedouble > range->end);
    return range->alert_inside ? !inside : inside;
}

static bool naive_on(const cJSON *response, const char *name)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(response, name));
}

static bool naive_may_be_ok(const char *answer, size_t size, const struct options *options)
{
    static const struct {
        enum field field;
        const char *name;
    } REQUIRED_FIELDS[] = {
        { FIELD_EXPIRED, "ExpireLicenseCnt" },
        { FIELD_NEAR_EXPIRY, "NearExpiryLicenseCnt" },
        { FIELD_AVAILABLE, "AvailableLicenseCnt" },
    };
    cJSON *tree = cJSON_ParseWithLength(answer, size);
    const cJSON *response = cJSON_GetObjectItemCaseSensitive(tree, "Response");
    bool good = cJSON_IsObject(response);

    for (size_t i = 0; i < 3; i++) {
        const struct range forgiven = range_none();
        bool trusted = REQUIRED_FIELDS[i].field == FIELD_NEAR_EXPIRY
                       && options->limits.trust_auto_renew
                       && naive_on(response, "AutoRepurchaseRenewSwitch")
                       && naive_on(response, "RepurchaseRenewSwitch");
        for (enum level level = LEVEL_WARNING; level < LEVELS; level++) {
            const struct range *limit = &options->limits.range[level][REQUIRED_FIELDS[i].field];
            good = good && naive_good(response, REQUIRED_FIELDS[i].name,
                                      trusted ? &forgiven : limit);
        }
    }
    cJSON_Delete(tree);
    return good;
}

static void hold_outputs(struct outcome *outcome, struct look *look)
{
    for (look->format = 0; look->format < OUTPUT_FORMATS; look->format++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        HOLD(stream);
        report(stream, outcome);
        HOLD(fclose(stream) == 0);
        if (look->format == OUTPUT_TEXT && look->verbosity < 3)
            hold_text_output(text, size);
        else if (look->format == OUTPUT_TEXT)
            hold_text(text, size);
        if (look->format == OUTPUT_JSON)
            hold_json_output(text, size);
        free(text);
    }
}

static void check(struct options *options, struct failure *why, const char *answer, size_t size)
{
    struct credentials key = { 0 };
    char *data = fuzz_text((const uint8_t *)answer, size);
    struct fetched fetched = {
        .attempts = 1, .reply = { .data = data, .size = size, .length = size, .status = 200 },
    };
    struct verdict verdict = { .state = STATE_UNKNOWN };
    struct outcome outcome = {
        .state = STATE_UNKNOWN, .exit_code = 3, .look = &options->look, .limits = &options->limits,
        .target = &options->target, .key = &key, .fetched = &fetched, .verdict = &verdict,
        .failure = why,
    };

    overview_clear(&fetched.overview);
    if (why->kind == FAILURE_NONE && overview_decode(&fetched.overview, answer, size, why)) {
        verdict_reach(&verdict, &fetched.overview, &options->limits);
        outcome.state = verdict.state;
        outcome.exit_code = (int)verdict.state;
        HOLD(verdict.state <= STATE_UNKNOWN);
        HOLD(verdict.state != STATE_OK || naive_may_be_ok(answer, size, options));
    }
    hold_outputs(&outcome, &options->look);
    free(data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *gap = memmem(data, size, "\n\n", 2);
    size_t words = gap ? (size_t)(gap - data) : 0, skip = gap ? words + 2 : 0;
    char *text = fuzz_text(data, words), *answer = fuzz_text(data + skip, size - skip), *argv[66];
    struct options options;
    struct failure why = { 0 };

    options_parse(&options, fuzz_words(argv, 64, text), argv, &why);
    check(&options, &why, answer, size - skip);
    free(answer);
    free(text);
    return 0;
}
