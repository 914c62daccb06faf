/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * The table of all fields of the API's answer. A new field of the API is one new row here;
 * decoding, options, judging, perfdata, JSON, help and the document checks follow from it.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdbool.h>
#include <stddef.h>

enum field_kind {
    FIELD_COUNT,   /* a whole number from 0 to 2^53 */
    FIELD_SWITCH,  /* 0 off, 1 on */
    FIELD_TEXT,
    FIELD_SECONDS, /* measured here, not part of the answer */
};

/* On which side a count is bad. LESS refuses a bare number as a threshold. */
enum field_bad { BAD_NONE, BAD_MORE, BAD_LESS };

/* An answer without a required field is malformed; newer fields may be absent. */
enum field_presence { OPTIONAL, REQUIRED };

/* X(id, kind, our name, the API's name, bad when, presence, default warning, default critical,
 *   words of the first line with # for the value and ^ for an s after 1, one line of help)
 * The order is the order of printing. */
#define FIELDS(X)                                                                                  \
    X(EXPIRED, FIELD_COUNT, "expired", "ExpireLicenseCnt", BAD_MORE, REQUIRED, NULL, "0",          \
      "# EXPIRED", "expired, deleted records not counted")                                         \
    X(NEAR_EXPIRY, FIELD_COUNT, "near_expiry", "NearExpiryLicenseCnt", BAD_MORE, REQUIRED, "0",    \
      NULL, "# expire^ within 15 days", "expire within 15 days")                                   \
    X(AVAILABLE, FIELD_COUNT, "available", "AvailableLicenseCnt", BAD_LESS, REQUIRED, NULL,        \
      NULL, "# available", "available, all editions")                                              \
    X(USED, FIELD_COUNT, "used", "UsedLicenseCnt", BAD_MORE, OPTIONAL, NULL, NULL, "# used",       \
      "in use")                                                                                    \
    X(NOT_EXPIRED, FIELD_COUNT, "not_expired", "NotExpiredLicenseCnt", BAD_LESS, OPTIONAL,         \
      NULL, NULL, "# not expired", "not expired")                                                  \
    X(TOTAL, FIELD_COUNT, "total", "LicenseCnt", BAD_NONE, OPTIONAL, NULL, NULL, "# in total",     \
      "all, isolated and expired ones included")                                                   \
    X(PRO_AVAILABLE, FIELD_COUNT, "pro_available", "AvailableProVersionLicenseCnt", BAD_LESS,      \
      OPTIONAL, NULL, NULL, "Pro: # available", "available, Pro, postpaid included")               \
    X(PRO_TOTAL, FIELD_COUNT, "pro_total", "ProVersionLicenseCnt", BAD_LESS, OPTIONAL, NULL,       \
      NULL, "Pro: # in total", "all of Pro, valid orders")                                         \
    X(ULTIMATE_AVAILABLE, FIELD_COUNT, "ultimate_available",                                       \
      "AvailableFlagshipVersionLicenseCnt", BAD_LESS, OPTIONAL, NULL, NULL,                        \
      "Ultimate: # available", "available, Ultimate")                                              \
    X(ULTIMATE_TOTAL, FIELD_COUNT, "ultimate_total", "FlagshipVersionLicenseCnt", BAD_LESS,        \
      OPTIONAL, NULL, NULL, "Ultimate: # in total", "all of Ultimate, valid orders")               \
    X(LITE_AVAILABLE, FIELD_COUNT, "lite_available", "AvailableLHLicenseCnt", BAD_LESS,            \
      OPTIONAL, NULL, NULL, "Lightweight: # available", "available, Lightweight")                  \
    X(LITE_TOTAL, FIELD_COUNT, "lite_total", "CwpVersionLicenseCnt", BAD_LESS, OPTIONAL, NULL,     \
      NULL, "Lightweight: # in total", "all of Lightweight, valid orders")                         \
    X(AI_AVAILABLE, FIELD_COUNT, "ai_available", "AvailableAISecurityLicenseCnt", BAD_LESS,        \
      OPTIONAL, NULL, NULL, "AI Protection: # available", "available, AI Protection")              \
    X(AI_TOTAL, FIELD_COUNT, "ai_total", "AISecurityVersionLicenseCnt", BAD_LESS, OPTIONAL,        \
      NULL, NULL, "AI Protection: # in total", "all of AI Protection")                             \
    X(APP_AVAILABLE, FIELD_COUNT, "app_available", "ApplicationAvailableLicenseCnt", BAD_LESS,     \
      OPTIONAL, NULL, NULL, "application protection: # available",                                 \
      "available, application protection and Ultimate")                                            \
    X(DESTROYED_ORDERS, FIELD_COUNT, "destroyed_orders", "DestroyOrderNum", BAD_MORE, OPTIONAL,    \
      NULL, NULL, "orders destroyed: #", "terminated orders, not licenses")                        \
    X(AUTO_UPGRADE, FIELD_SWITCH, "auto_upgrade", "AutoOpenStatus", BAD_NONE, OPTIONAL, NULL,      \
      NULL, NULL, "automatic upgrade")                                                             \
    X(AUTO_UPGRADE_BEFORE, FIELD_SWITCH, "auto_upgrade_before", "IsOpenStatusHistory",             \
      BAD_NONE, OPTIONAL, NULL, NULL, NULL, "automatic upgrade was on at some time")               \
    X(AUTO_PURCHASE, FIELD_SWITCH, "auto_purchase", "AutoRepurchaseSwitch", BAD_NONE, OPTIONAL,    \
      NULL, NULL, NULL, "auto-purchase when licenses run out")                                     \
    X(AUTO_PURCHASE_RENEW, FIELD_SWITCH, "auto_purchase_renew", "AutoRepurchaseRenewSwitch",       \
      BAD_NONE, OPTIONAL, NULL, NULL, NULL, "auto-purchased orders renew themselves")              \
    X(ORDER_RENEW, FIELD_SWITCH, "order_renew", "RepurchaseRenewSwitch", BAD_NONE, OPTIONAL,       \
      NULL, NULL, NULL, "auto-renewal of orders")                                                  \
    X(AUTO_BIND_RASP, FIELD_SWITCH, "auto_bind_rasp", "AutoBindRaspSwitch", BAD_NONE, OPTIONAL,    \
      NULL, NULL, NULL, "new machines get RASP bound")                                             \
    X(AUTO_OPEN_RASP, FIELD_SWITCH, "auto_open_rasp", "AutoOpenRaspSwitch", BAD_NONE, OPTIONAL,    \
      NULL, NULL, NULL, "new machines get RASP switched on")                                       \
    X(AUTO_DOWNGRADE, FIELD_SWITCH, "auto_downgrade", "AutoDowngradeSwitch", BAD_NONE,             \
      OPTIONAL, NULL, NULL, NULL, "auto-downgrade")                                                \
    X(UPGRADE_MODE, FIELD_TEXT, "upgrade_mode", "ProtectType", BAD_NONE, OPTIONAL, NULL, NULL,     \
      NULL, "edition that automatic upgrade gives")                                                \
    X(REQUEST_ID, FIELD_TEXT, "request_id", "RequestId", BAD_NONE, OPTIONAL, NULL, NULL, NULL,     \
      "the request, for Tencent support")                                                          \
    X(TIME, FIELD_SECONDS, "time", NULL, BAD_MORE, OPTIONAL, NULL, NULL, "the answer took #s",     \
      "seconds that the request took, retries included")

#define FIELD_ID(id, ...) FIELD_##id,
enum field { FIELDS(FIELD_ID) FIELD_END };
#undef FIELD_ID

struct field_info {
    enum field_kind kind;
    const char *name;
    const char *api_name; /* NULL for what is measured here */
    enum field_bad bad;
    enum field_presence presence;
    const char *warning, *critical; /* default ranges; NULL: none */
    const char *words;              /* NULL for switches and texts */
    const char *help;
};

extern const struct field_info FIELD_INFO[];

/* True for what takes a range: the counts and the time. */
bool field_is_metric(enum field field);

/* FIELD_END when there is none of that name; name need not end after length bytes. */
enum field field_find(const char *name, size_t length);

#endif
