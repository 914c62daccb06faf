# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Answer documents of DescribeLicenseGeneral."""

import json

ABSENT = object()   # answer(Field=ABSENT) leaves the field out; None makes it null

# A healthy account under the plugin's default thresholds, with a different number in nearly every field so that a
# mix-up of two fields shows.
HEALTHY = {
    "LicenseCnt": 50, "AvailableLicenseCnt": 4, "UsedLicenseCnt": 46, "NotExpiredLicenseCnt": 51,
    "ExpireLicenseCnt": 0, "NearExpiryLicenseCnt": 0,
    "AvailableProVersionLicenseCnt": 3, "ProVersionLicenseCnt": 30,
    "AvailableFlagshipVersionLicenseCnt": 1, "FlagshipVersionLicenseCnt": 15,
    "AvailableLHLicenseCnt": 2, "CwpVersionLicenseCnt": 5,
    "AvailableAISecurityLicenseCnt": 7, "AISecurityVersionLicenseCnt": 8,
    "ApplicationAvailableLicenseCnt": 9, "DestroyOrderNum": 6,
    "AutoOpenStatus": True, "IsOpenStatusHistory": True, "AutoRepurchaseSwitch": False,
    "AutoRepurchaseRenewSwitch": False, "RepurchaseRenewSwitch": False, "AutoBindRaspSwitch": True,
    "AutoOpenRaspSwitch": False, "AutoDowngradeSwitch": False,
    "ProtectType": "FLAGSHIP_PREPAY",
}
REQUEST_ID = "98fd0d2c-c27c-43f3-8622-1b5fe386c5fa"


def fields(**changes):
    merged = dict(HEALTHY, **changes)
    return {name: value for name, value in merged.items() if value is not ABSENT}


def document(**changes):
    """A whole answer as bytes, as it would stand in a file given to --input."""
    return wrap(dict({"RequestId": REQUEST_ID}, **fields(**changes)))


def wrap(response):
    return json.dumps({"Response": response}).encode()


def error(code, message="", request_id=REQUEST_ID):
    response = {"Error": {"Code": code, "Message": message}}
    if request_id is not None:
        response["RequestId"] = request_id
    return response
