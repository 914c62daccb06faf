# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A second evaluation of what a service answered, written from the contract alone and in another language: what must
the program say? It is slow and simple on purpose, and shares nothing with the program, its tables included."""

import json
import re
from decimal import Decimal

COUNTS = {
    "expired": "ExpireLicenseCnt", "near_expiry": "NearExpiryLicenseCnt", "available": "AvailableLicenseCnt",
    "used": "UsedLicenseCnt", "not_expired": "NotExpiredLicenseCnt", "total": "LicenseCnt",
    "pro_available": "AvailableProVersionLicenseCnt", "pro_total": "ProVersionLicenseCnt",
    "ultimate_available": "AvailableFlagshipVersionLicenseCnt", "ultimate_total": "FlagshipVersionLicenseCnt",
    "lite_available": "AvailableLHLicenseCnt", "lite_total": "CwpVersionLicenseCnt",
    "ai_available": "AvailableAISecurityLicenseCnt", "ai_total": "AISecurityVersionLicenseCnt",
    "app_available": "ApplicationAvailableLicenseCnt", "destroyed_orders": "DestroyOrderNum",
}
SWITCHES = {
    "auto_upgrade": "AutoOpenStatus", "auto_upgrade_before": "IsOpenStatusHistory",
    "auto_purchase": "AutoRepurchaseSwitch", "auto_purchase_renew": "AutoRepurchaseRenewSwitch",
    "order_renew": "RepurchaseRenewSwitch", "auto_bind_rasp": "AutoBindRaspSwitch",
    "auto_open_rasp": "AutoOpenRaspSwitch", "auto_downgrade": "AutoDowngradeSwitch",
}
TEXTS = ("ProtectType", "RequestId")
REQUIRED = ("expired", "near_expiry", "available")
DEFAULTS = {("warning", "near_expiry"): "0", ("critical", "expired"): "0"}
BADNESS = ("OK", "UNKNOWN", "WARNING", "CRITICAL")
OUTAGES = ("InternalError", "ServiceUnavailable", "RequestLimitExceeded")


class Failed(Exception):
    """The licenses were not read. kinds: which the program may call it; outage: whether --api-error-state decides, None
    where that is a matter of opinion."""

    def __init__(self, kinds, outage, why=""):
        super().__init__(why)
        self.kinds, self.outage = set(kinds), outage


def malformed(why):
    return Failed({"malformed"}, False, why)


class Number(str):
    """As it was written."""


def parse(body):
    def pairs(found):
        if len({name for name, _ in found}) < len(found):
            raise malformed("a name twice")
        return dict(found)

    def refuse(word):
        raise malformed(word)
    try:
        return check(json.loads(body.decode("utf-8"), object_pairs_hook=pairs, parse_int=Number, parse_float=Number,
                                parse_constant=refuse), 0)
    except (ValueError, RecursionError) as why:
        raise malformed(str(why)) from None


def check(value, depth):
    """Depth, and characters that are none."""
    if isinstance(value, (dict, list)):
        if depth == 32:
            raise malformed("too deep")
        for item in (list(value) + list(value.values()) if isinstance(value, dict) else value):
            check(item, depth + 1)
    elif isinstance(value, str) and re.search("[\ud800-\udfff\0]", value):
        raise malformed("no character")
    return value


def count(value):
    if not isinstance(value, Number) or not re.fullmatch("[0-9]+", value) or int(value) > 2 ** 53:
        raise malformed("no count")
    return int(value)


def answer(body, status=200):
    """Counts and switches of an answer, or Failed."""
    try:
        response = parse(body)
        response = response.get("Response") if isinstance(response, dict) else None
        if not isinstance(response, dict):
            raise malformed("no Response")
        refuse_error(response)
        found = fields(response)
    except Failed as why:
        if 200 <= status <= 299 or "malformed" not in why.kinds:
            raise
        found = None
    if not 200 <= status <= 299:
        raise Failed({"throttled" if status == 429 else "http"}, status == 429 or status >= 500)
    return found


def refuse_error(response):
    error = response.get("Error")
    if error is None:
        return
    code = error.get("Code") if isinstance(error, dict) else None
    message = error.get("Message") if isinstance(error, dict) else None
    if not isinstance(code, str) or isinstance(code, Number) or not code \
            or not (message is None or (isinstance(message, str) and not isinstance(message, Number))):
        raise malformed("Error without Code")
    raise Failed({"usage", "credentials", "permission", "clock", "throttled", "service"}, code.split(".")[0] in OUTAGES)


def fields(response):
    counts = {name: count(response[api]) for name, api in COUNTS.items() if response.get(api) is not None}
    switches = {name: response[api] for name, api in SWITCHES.items() if response.get(api) is not None}
    texts = [response[api] for api in TEXTS if response.get(api) is not None]
    if not all(isinstance(value, bool) for value in switches.values()):
        raise malformed("no switch")
    if not all(isinstance(value, str) and not isinstance(value, Number) for value in texts):
        raise malformed("no text")
    if not all(name in counts for name in REQUIRED):
        raise malformed("a field is missing")
    return counts, switches


def alerts(text, value):
    inside, text = text.startswith("@"), text.lstrip("@")
    start, colon, end = text.rpartition(":")
    low = Decimal("-Infinity") if start == "~" else Decimal(start or 0)
    high = Decimal(end) if end else Decimal("Infinity")
    assert colon or not start
    return (low <= value <= high) == inside


def problems(found, wishes):
    """{(metric, state)}. wishes: "limits" {(level, metric): range}, "switches" {name: state}, "trust", "empty"."""
    counts, switches = found
    limits = {**DEFAULTS, **wishes["limits"]}
    states = {}
    for (level, metric), text in sorted(limits.items(), reverse=True):      # warning first, critical over it
        if metric not in counts:
            if text != "~:":        # switches off, and never alerts
                states[metric] = "UNKNOWN"
        elif alerts(text, counts[metric]):
            states[metric] = level.upper()
    for name, state in wishes["switches"].items():
        if name not in switches:
            states[name] = "UNKNOWN"
        elif not switches[name]:
            states[name] = state.upper()
    renewing = switches.get("auto_purchase_renew") is True and switches.get("order_renew") is True
    if wishes["trust"] and renewing:
        states.pop("near_expiry", None)
    if is_empty(counts) and wishes["empty"] != "ok":
        states[None] = wishes["empty"].upper()
    return set(states.items())


def is_empty(counts):
    return not any(value for name, value in counts.items() if name != "destroyed_orders")


def worst(found_problems):
    return max((state for _, state in found_problems), key=BADNESS.index, default="OK")
