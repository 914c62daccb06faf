/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Source of the codes: "Common error codes" of the vendor's API documentation.
 */
#include "api_error.h"

#include <stdio.h>
#include <string.h>

#include "failure.h"

#define BUG "This is a fault of the plugin or a change of the API, please report it."

#define CODE_LETTERS                                                                               \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"

static const struct row {
    const char *code;
    enum failure_kind kind;
    enum retry retry;
    bool outage;
    bool explained; /* our words say all; otherwise the API's own text is shown too */
    bool key_matters;
    const char *text; /* '#' stands for the key's shortened id */
    const char *hint; /* NULL: none */
} ROWS[] = {
    { "ActionOffline", FAILURE_SERVICE, RETRY_NEVER, false, true, false,
      "this API was retired by Tencent Cloud, a newer plugin is needed", NULL },
    { "AuthFailure", FAILURE_CREDENTIALS, RETRY_NEVER, false, false, true,
      "Tencent Cloud refused to authenticate API key #", NULL },
    { "AuthFailure.InvalidAuthorization", FAILURE_CREDENTIALS, RETRY_NEVER, false, false, true,
      "Tencent Cloud could not read the Authorization header",
      "A proxy may have altered the headers; if there is none, please report it." },
    { "AuthFailure.InvalidSecretId", FAILURE_CREDENTIALS, RETRY_NEVER, false, true, true,
      "API key # was refused: it is not a CAM API key",
      "Use a key from the CAM console, its id begins with AKID." },
    { "AuthFailure.MFAFailure", FAILURE_CREDENTIALS, RETRY_NEVER, false, true, true,
      "API key # was refused: it demands multi-factor authentication",
      "Use the key of a sub-user without MFA protection of API calls." },
    { "AuthFailure.SecretIdNotFound", FAILURE_CREDENTIALS, RETRY_NEVER, false, true, true,
      "API key # was refused: unknown, deleted or disabled", NULL },
    { "AuthFailure.SignatureExpire", FAILURE_CLOCK, RETRY_NEVER, false, true, false,
      "Tencent Cloud found the time of the request off by more than 5m", NULL },
    { "AuthFailure.SignatureFailure", FAILURE_CREDENTIALS, RETRY_NEVER, false, true, true,
      "signature refused: the secret key does not belong to key #, or was cut when copied",
      "If the key is right: a proxy that rewrites Host or Content-Type breaks signatures too." },
    { "AuthFailure.TokenFailure", FAILURE_CREDENTIALS, RETRY_NEVER, false, true, true,
      "temporary token of API key # was refused: expired, wrong or missing", NULL },
    { "AuthFailure.UnauthorizedOperation", FAILURE_PERMISSION, RETRY_NEVER, false, true, true,
      "API key # may not call cwp:DescribeLicenseGeneral (CAM policy or source IP rule)",
      "Attach a CAM policy that allows cwp:DescribeLicenseGeneral on resource *." },
    { "DryRunOperation", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud made a dry run only",
      BUG },
    { "FailedOperation", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud says that the operation failed", NULL },
    { "InternalError", FAILURE_SERVICE, RETRY_AGAIN, true, true, false,
      "Tencent Cloud had an internal error", NULL },
    { "InvalidAction", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "this host does not know the action DescribeLicenseGeneral, is -H another product?", NULL },
    { "InvalidParameter", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud refused a parameter",
      BUG },
    { "InvalidParameterValue", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud refused a value",
      BUG },
    { "InvalidRequest", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud refused the request",
      BUG },
    { "IpInBlacklist", FAILURE_PERMISSION, RETRY_NEVER, false, true, true,
      "Tencent Cloud refuses the address of this host: it is on a block list",
      "Take the egress address of this host off the block list of the account or the key." },
    { "IpNotInWhitelist", FAILURE_PERMISSION, RETRY_NEVER, false, true, true,
      "Tencent Cloud refuses the address of this host: it is not on the allow list",
      "Add the egress address of this host to the allow list of the account or the key." },
    { "LimitExceeded", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "a quota of the account is used up", NULL },
    { "MissingParameter", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud misses a parameter",
      BUG },
    { "NoSuchProduct", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "this host does not know the product cwp, is -H another product?", NULL },
    { "NoSuchVersion", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "this host does not know version 2018-02-28 of cwp, is -H another product?", NULL },
    { "OperationDenied", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud denied the operation", NULL },
    { "RequestLimitExceeded", FAILURE_THROTTLED, RETRY_AGAIN, true, true, false,
      "Tencent Cloud is throttling this account (limit 20 calls per second)",
      "Another client may share the quota of the account." },
    { "RequestLimitExceeded.GlobalRegionUinLimitExceeded", FAILURE_THROTTLED, RETRY_AGAIN, true,
      true, false, "Tencent Cloud is throttling this account over all regions",
      "Another client may share the quota of the account." },
    { "RequestLimitExceeded.IPLimitExceeded", FAILURE_THROTTLED, RETRY_AGAIN, true, true, false,
      "Tencent Cloud is throttling the address of this host",
      "Other clients may share the egress address of this host." },
    { "RequestLimitExceeded.UinLimitExceeded", FAILURE_THROTTLED, RETRY_AGAIN, true, true, false,
      "Tencent Cloud is throttling this account",
      "Another client may share the quota of the account." },
    { "RequestSizeLimitExceeded", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud found the request too large",
      BUG },
    { "ResourceInUse", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud says that a resource is in use", NULL },
    { "ResourceInsufficient", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud lacks a resource", NULL },
    { "ResourceNotFound", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud found no such resource, is CWP activated for this account?", NULL },
    { "ResourceUnavailable", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud says that a resource is not available", NULL },
    { "ResponseSizeLimitExceeded", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud found its answer too large", NULL },
    { "ServiceUnavailable", FAILURE_SERVICE, RETRY_AGAIN, true, true, false,
      "the service of Tencent Cloud is not available at present", NULL },
    { "UnauthorizedOperation", FAILURE_PERMISSION, RETRY_NEVER, false, true, true,
      "API key # may not call cwp:DescribeLicenseGeneral (CAM policy or source IP rule)",
      "Attach a CAM policy that allows cwp:DescribeLicenseGeneral on resource *." },
    { "UnknownParameter", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud does not know a parameter",
      BUG },
    { "UnsupportedOperation", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud does not support the operation", NULL },
    { "UnsupportedProtocol", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud refused the HTTP method or the content type, does a proxy alter them?", NULL },
    { "UnsupportedRegion", FAILURE_SERVICE, RETRY_NEVER, false, false, false,
      "Tencent Cloud refused the region, leave out --region", NULL },
};

static const struct row *find(const char *code, size_t length)
{
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        if (strlen(ROWS[i].code) == length && strncmp(ROWS[i].code, code, length) == 0)
            return &ROWS[i];
    }
    return NULL;
}

void api_error_explain(struct failure *why, const char *code, const char *message)
{
    const struct row *row = find(code, strlen(code));

    clean_text(why->code, sizeof why->code, code);
    clean_text(why->message, sizeof why->message, message);
    if (!row)
        row = find(code, strcspn(code, "."));
    if (!row) {
        /* Only what looks like a code may stand on the first line; it is anybody's text. */
        bool plain = strspn(code, CODE_LETTERS) == strlen(code);
        fail(why, FAILURE_SERVICE, "Tencent Cloud refused the request with %s%.80s",
             plain ? "the error " : "an unknown error", plain ? code : "");
        return;
    }
    fail(why, row->kind, "%s", row->text);
    if (row->hint)
        fail_hint(why, "%s", row->hint);
    why->retry = row->retry;
    why->outage = row->outage;
    why->explained = row->explained;
    why->key_matters = row->key_matters;
}

void api_error_name_key(struct failure *why, const char *shown_id)
{
    char *mark = strchr(why->text, '#');
    char rest[FAILURE_TEXT];

    if (!why->key_matters || !mark)
        return;
    snprintf(rest, sizeof rest, "%s", mark + 1);
    snprintf(mark, sizeof why->text - (size_t)(mark - why->text), "%s%s", shown_id, rest);
}
