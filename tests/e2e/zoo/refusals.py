# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Errors of the API: each code of the table in plugin/api_error.c, and codes that are in none."""

from standin.script import error, ok

from .row import Row
from .scenes import api

UNKNOWN = "Tencent Cloud refused the request with the error "
KEY = " was refused: "
BAD_REQUEST = "Tencent Cloud refused "

# code, error.kind in JSON, part of the first line, may it be repeated
CODES = [
    ("ActionOffline", "service", "this API was retired", False),
    ("AuthFailure", "credentials", "refused to authenticate API key", False),
    ("AuthFailure.SomethingNew", "credentials", "refused to authenticate API key", False),
    ("AuthFailure.InvalidAuthorization", "credentials", "could not read the Authorization header", False),
    ("AuthFailure.InvalidSecretId", "credentials", KEY + "it is not a CAM API key", False),
    ("AuthFailure.MFAFailure", "credentials", KEY + "it demands multi-factor authentication", False),
    ("AuthFailure.SecretIdNotFound", "credentials", KEY + "unknown, deleted or disabled", False),
    ("AuthFailure.SignatureExpire", "credentials", "but the clocks differ by ", False),
    ("AuthFailure.SignatureFailure", "credentials", "signature refused", False),
    ("AuthFailure.TokenFailure", "credentials", KEY + "expired, wrong or missing", False),
    ("AuthFailure.UnauthorizedOperation", "permission", "may not call cwp:DescribeLicenseGeneral", False),
    ("DryRunOperation", "service", "made a dry run only", False),
    ("FailedOperation", "service", "the operation failed", False),
    ("FailedOperation.APIServerFail", "service", "the operation failed", False),
    ("InternalError", "service", "had an internal error", True),
    ("InternalError.MainDBFail", "service", "had an internal error", True),
    ("InternalError.SomethingNew", "service", "had an internal error", True),
    ("InvalidAction", "service", "does not know the action", False),
    ("InvalidParameter", "service", BAD_REQUEST + "a parameter", False),
    ("InvalidParameter.ParsingError", "service", BAD_REQUEST + "a parameter", False),
    ("InvalidParameterValue", "service", BAD_REQUEST + "a value", False),
    ("InvalidParameterValue.TagNameLengthLimit", "service", BAD_REQUEST + "a value", False),
    ("InvalidRequest", "service", BAD_REQUEST + "the request", False),
    ("IpInBlacklist", "permission", "it is on a block list", False),
    ("IpNotInWhitelist", "permission", "it is not on the allow list", False),
    ("LimitExceeded", "service", "a quota of the account is used up", False),
    ("LimitExceeded.AreaQuota", "service", "a quota of the account is used up", False),
    ("MissingParameter", "service", "misses a parameter", False),
    ("NoSuchProduct", "service", "does not know the product cwp", False),
    ("NoSuchVersion", "service", "does not know version 2018-02-28", False),
    ("OperationDenied", "service", "denied the operation", False),
    ("RequestLimitExceeded", "throttled", "is throttling this account (limit 20 calls per second)", True),
    ("RequestLimitExceeded.SomethingNew", "throttled", "is throttling this account (limit 20", True),
    ("RequestLimitExceeded.GlobalRegionUinLimitExceeded", "throttled", "this account over all regions", True),
    ("RequestLimitExceeded.IPLimitExceeded", "throttled", "is throttling the address of this host", True),
    ("RequestLimitExceeded.UinLimitExceeded", "throttled", "is throttling this account", True),
    ("RequestSizeLimitExceeded", "service", "found the request too large", False),
    ("ResourceInUse", "service", "a resource is in use", False),
    ("ResourceInsufficient", "service", "lacks a resource", False),
    ("ResourceNotFound", "service", "is CWP activated for this account", False),
    ("ResourceNotFound.MachineNotFound", "service", "is CWP activated for this account", False),
    ("ResourceUnavailable", "service", "a resource is not available", False),
    ("ResponseSizeLimitExceeded", "service", "found its answer too large", False),
    ("ServiceUnavailable", "service", "is not available at present", True),
    ("UnauthorizedOperation", "permission", "may not call cwp:DescribeLicenseGeneral", False),
    ("UnauthorizedOperation.CamNoAuth", "permission", "may not call cwp:DescribeLicenseGeneral", False),
    ("UnknownParameter", "service", "does not know a parameter", False),
    ("UnsupportedOperation", "service", "does not support the operation", False),
    ("UnsupportedProtocol", "service", "refused the HTTP method or the content type", False),
    ("UnsupportedRegion", "service", "refused the region", False),
    ("SomethingEntirelyNew", "service", UNKNOWN + "SomethingEntirelyNew", False),
    ("SomethingEntirelyNew.AndMore.AndMore", "service", UNKNOWN + "SomethingEntirelyNew.AndMore.AndMore", False),
    # Near misses of known names: a code counts as a whole, or up to its dot, and never as a mere prefix.
    ("InternalErrors", "service", UNKNOWN + "InternalErrors", False),
    ("RequestLimitExceededX.InternalError", "service", UNKNOWN + "RequestLimitExceededX.InternalError", False),
    ("internalerror", "service", UNKNOWN + "internalerror", False),
    (".InternalError", "service", UNKNOWN + ".InternalError", False),
]
ONCE = ("--retries", "1")


def code(name, kind, says, again):
    """Those that may be repeated are faults of the service."""
    return Row(name, api(error(name, "words of the service")), kind, says, is_outage=again, may_pass=again)


ROWS = [code(*row) for row in CODES] + [
    Row("throttled once, then fine", api(error("RequestLimitExceeded", "x"), ok()), options=ONCE, tries=2,
        or_else=("throttled",)),
    Row("internal error once, then fine", api(error("InternalError", "x"), ok()), options=ONCE, tries=2,
        or_else=("service",)),
    Row("throttled for ever", api(error("RequestLimitExceeded", "x")), "throttled", "per second), 2 tries",
        options=ONCE, tries=2),
    Row("internal error for ever", api(error("InternalError", "x")), "service", "internal error, 2 tries",
        options=ONCE, tries=2, is_outage=True, may_pass=True),
    Row("a failed operation, then fine: not repeated", api(error("FailedOperation", "x"), ok()), "service",
        "the operation failed", options=("--retries", "3")),
    Row("no permission, then fine: not repeated", api(error("UnauthorizedOperation", "x"), ok()), "permission",
        "may not call", options=("--retries", "3")),
]
