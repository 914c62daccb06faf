/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "fields.h"

#include "failure.h"
#include "thresholds.h"
#include "unit.h"

static const char *const KINDS[] = { "count", "switch", "text", "seconds" };
static const char *const BAD[] = { "-", "more", "less" };

/* Contract section 2, row by row: once released, a change here needs a new major version.
 * Columns: our name, the API's name, kind, bad when, presence, default warning and critical. */
static const char *const CONTRACT[] = {
    "expired ExpireLicenseCnt count more required - 0",
    "near_expiry NearExpiryLicenseCnt count more required 0 -",
    "available AvailableLicenseCnt count less required - -",
    "used UsedLicenseCnt count more optional - -",
    "not_expired NotExpiredLicenseCnt count less optional - -",
    "total LicenseCnt count - optional - -",
    "pro_available AvailableProVersionLicenseCnt count less optional - -",
    "pro_total ProVersionLicenseCnt count less optional - -",
    "ultimate_available AvailableFlagshipVersionLicenseCnt count less optional - -",
    "ultimate_total FlagshipVersionLicenseCnt count less optional - -",
    "lite_available AvailableLHLicenseCnt count less optional - -",
    "lite_total CwpVersionLicenseCnt count less optional - -",
    "ai_available AvailableAISecurityLicenseCnt count less optional - -",
    "ai_total AISecurityVersionLicenseCnt count less optional - -",
    "app_available ApplicationAvailableLicenseCnt count less optional - -",
    "destroyed_orders DestroyOrderNum count more optional - -",
    "auto_upgrade AutoOpenStatus switch - optional - -",
    "auto_upgrade_before IsOpenStatusHistory switch - optional - -",
    "auto_purchase AutoRepurchaseSwitch switch - optional - -",
    "auto_purchase_renew AutoRepurchaseRenewSwitch switch - optional - -",
    "order_renew RepurchaseRenewSwitch switch - optional - -",
    "auto_bind_rasp AutoBindRaspSwitch switch - optional - -",
    "auto_open_rasp AutoOpenRaspSwitch switch - optional - -",
    "auto_downgrade AutoDowngradeSwitch switch - optional - -",
    "upgrade_mode ProtectType text - optional - -",
    "request_id RequestId text - optional - -",
    "time (measured) seconds more optional - -",
};

static void test_contract(void **state)
{
    char made[160];

    (void)state;
    assert_int_equal(FIELD_END, ROWS(CONTRACT));
    for (enum field f = 0; f < FIELD_END; f++) {
        const struct field_info *info = &FIELD_INFO[f];
        snprintf(made, sizeof made, "%s %s %s %s %s %s %s", info->name,
                 info->api_name ? info->api_name : "(measured)", KINDS[info->kind],
                 BAD[info->bad], info->presence == REQUIRED ? "required" : "optional",
                 info->warning ? info->warning : "-", info->critical ? info->critical : "-");
        assert_string_equal(made, CONTRACT[f]);
    }
}

static void test_numbers_of_kinds(void **state)
{
    int count[ROWS(KINDS)] = { 0 }, metrics = 0;

    (void)state;
    for (enum field f = 0; f < FIELD_END; f++) {
        count[FIELD_INFO[f].kind]++;
        metrics += field_is_metric(f);
    }
    assert_int_equal(count[FIELD_COUNT], 16);
    assert_int_equal(count[FIELD_SWITCH], 8);
    assert_int_equal(count[FIELD_TEXT], 2);
    assert_int_equal(count[FIELD_SECONDS], 1);
    assert_int_equal(metrics, 17);
}

/* The vendor's list is kept apart from the table: each name stands in both exactly once. */
static void test_vendor_names(void **state)
{
    char line[120], wanted[120], made[120];
    FILE *file = open_data("tests/data/api-fields.txt");
    int rows = 0;

    (void)state;
    while (fgets(line, sizeof line, file)) {
        int found = 0;
        if (line[0] == '#')
            continue;
        rows++;
        snprintf(made, sizeof made, "%.*s: not in the table", (int)strcspn(line, " "), line);
        for (enum field f = 0; f < FIELD_END; f++) {
            static const char *const TYPES[] = { "integer", "boolean", "string", "" };
            const char *name = FIELD_INFO[f].api_name;
            if (name && strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ' ') {
                found++;
                snprintf(made, sizeof made, "%s %s\n", name, TYPES[FIELD_INFO[f].kind]);
            }
        }
        snprintf(wanted, sizeof wanted, "%s", line);
        assert_string_equal(made, wanted);
        assert_int_equal(found, 1);
    }
    fclose(file);
    assert_int_equal(rows, 26);
}

/* Names are perfdata labels: unquoted for every consumer, and unique for RRD's 19 characters. */
static void test_labels(void **state)
{
    (void)state;
    for (enum field f = 0; f < FIELD_END; f++) {
        const char *name = FIELD_INFO[f].name;
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(name));
        assert_in_range(name[0], 'a', 'z');
        assert_in_range(strlen(name), 1, 19);
        for (enum field other = 0; other < f; other++)
            assert_string_not_equal(name, FIELD_INFO[other].name);
    }
}

/* Defaults are ranges like the user's own, so the same rules hold for them. */
static void test_defaults(void **state)
{
    (void)state;
    for (enum field f = 0; f < FIELD_END; f++) {
        const char *const text[] = { FIELD_INFO[f].warning, FIELD_INFO[f].critical };
        for (size_t i = 0; i < ROWS(text); i++) {
            struct range range;
            const char *why;
            if (text[i]) {
                assert_true(range_parse(&range, text[i], &why));
                assert_true(field_is_metric(f));
                assert_false(FIELD_INFO[f].bad == BAD_LESS && range_is_bare(&range));
            }
        }
    }
}

/* Words stand on the first line, help in --help: neither may hold what Nagios strips. The
 * cleaning of hostile text knows which characters those are. */
static void test_words(void **state)
{
    char clean[120];

    (void)state;
    for (enum field f = 0; f < FIELD_END; f++) {
        const struct field_info *info = &FIELD_INFO[f];
        clean_text(clean, sizeof clean, info->help);
        assert_string_equal(clean, info->help);
        assert_true(strlen(info->help) > 0);
        assert_int_equal(info->words != NULL, field_is_metric(f));
        if (info->words) {
            const char *mark = strchr(info->words, '#');
            assert_non_null(mark); /* where the value goes, once */
            assert_null(strchr(mark + 1, '#'));
            clean_text(clean, sizeof clean, info->words);
            assert_string_equal(clean, info->words);
        }
    }
}

static void test_find(void **state)
{
    static const struct {
        const char *name;
        size_t length;
        enum field field;
    } ROW[] = {
        { "expired", 7, FIELD_EXPIRED },
        { "expired=0", 7, FIELD_EXPIRED },
        { "time", 4, FIELD_TIME },
        { "auto_purchase_renew", 13, FIELD_AUTO_PURCHASE },
        { "auto_purchase_renew", 19, FIELD_AUTO_PURCHASE_RENEW },
        { "request_id", 10, FIELD_REQUEST_ID },
        { "expired", 6, FIELD_END },
        { "expired=0", 9, FIELD_END },
        { "expire", 6, FIELD_END },
        { "Expired", 7, FIELD_END },
        { "ExpireLicenseCnt", 16, FIELD_END },
        { " expired", 8, FIELD_END },
        { "", 0, FIELD_END },
        { "=0", 0, FIELD_END },
    };

    (void)state;
    for (size_t i = 0; i < ROWS(ROW); i++)
        assert_int_equal(field_find(ROW[i].name, ROW[i].length), ROW[i].field);
    for (enum field f = 0; f < FIELD_END; f++)
        assert_int_equal(field_find(FIELD_INFO[f].name, strlen(FIELD_INFO[f].name)), f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contract),     cmocka_unit_test(test_numbers_of_kinds),
        cmocka_unit_test(test_vendor_names), cmocka_unit_test(test_labels),
        cmocka_unit_test(test_defaults),     cmocka_unit_test(test_words),
        cmocka_unit_test(test_find),
    };

    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
