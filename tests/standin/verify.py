# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""How the API judges a request: one check per line of CHECKS, the first that objects decides.

The codes are the vendor's. The order of the real service's checks is not documented; this order goes from form to
meaning. A check returns None or (code, message).
"""

import hmac

from . import tc3

ACTION, VERSION, SERVICE = "DescribeLicenseGeneral", "2018-02-28", "cwp"
SKEW_ALLOWED = 300
ONCE = ("Host", "Content-Type", "Content-Length", "Authorization", "X-TC-Action", "X-TC-Version", "X-TC-Timestamp")


def method(request, _):
    if (request.method, request.target) != ("POST", "/"):
        return "UnsupportedProtocol", "Only POST / is supported here."


def repeated(request, _):
    for name in ONCE:
        if len(request.all(name)) > 1:
            return "InvalidRequest", "Header %s occurs more than once." % name


def content_type(request, _):
    if request.header("Content-Type") != "application/json":
        return "UnsupportedProtocol", "Content-Type must be application/json."


def host(request, server):
    name, port = request.header("Host"), server.port
    wanted = [known if port == 443 else "%s:%d" % (known, port) for known in server.names]
    if name not in wanted:
        return "InvalidRequest", "Host header is none of %s." % ", ".join(wanted)


def action(request, _):
    if not request.header("X-TC-Action"):
        return "MissingParameter", "X-TC-Action is missing."
    if request.header("X-TC-Action") != ACTION:
        return "InvalidAction", "The action is invalid or does not exist."


def version(request, _):
    if request.header("X-TC-Version") != VERSION:
        return "NoSuchVersion", "The interface version does not exist."


def language(request, _):
    if request.header("X-TC-Language") not in ("", "zh-CN", "en-US"):
        return "InvalidParameterValue", "X-TC-Language is neither zh-CN nor en-US."


def timestamp(request, server):
    text = request.header("X-TC-Timestamp")
    if not text.isdigit() or text != str(int(text)):
        return "MissingParameter", "X-TC-Timestamp is missing or not a number."
    if abs(server.now() - int(text)) > SKEW_ALLOWED:
        return "AuthFailure.SignatureExpire", "The signature has expired. Differs from server time by over 5 minutes."


def authorization(request, _):
    match = tc3.AUTHORIZATION.fullmatch(request.header("Authorization"))
    if not match:
        return "AuthFailure.InvalidAuthorization", "The Authorization header does not conform."
    if not {"content-type", "host"} <= set(match["signed"].split(";")):
        return "AuthFailure.InvalidAuthorization", "content-type and host must be signed."


def secret_id(request, server):
    if tc3.AUTHORIZATION.fullmatch(request.header("Authorization"))["id"] not in server.keys:
        return "AuthFailure.SecretIdNotFound", "The SecretId does not exist."


def signature(request, server):
    given = tc3.AUTHORIZATION.fullmatch(request.header("Authorization"))
    key, stamp = server.keys[given["id"]], request.header("X-TC-Timestamp")
    headers = {name.lower(): value for name, value in request.headers}
    signed = given["signed"].split(";")
    if signed != sorted(signed) or not set(signed) <= set(headers):
        return "AuthFailure.SignatureFailure", "SignedHeaders are not sorted, or one was not sent."
    canonical = tc3.canonical_request(request.method, headers, given["signed"], request.body)
    right = tc3.signature(key.secret_key, stamp, SERVICE, canonical)
    scope_right = given["date"] == tc3.utc_date(stamp) and given["service"] == SERVICE
    if not scope_right or not hmac.compare_digest(right, given["signature"]):
        return "AuthFailure.SignatureFailure", "The provided credentials could not be validated. Check your signature."


def token(request, server):
    given = tc3.AUTHORIZATION.fullmatch(request.header("Authorization"))
    if request.header("X-TC-Token") != server.keys[given["id"]].token:
        return "AuthFailure.TokenFailure", "The token is wrong, expired or missing."


def body(request, _):
    if request.body != b"{}":
        return "InvalidParameter", "The request body must be an empty JSON object."


CHECKS = (method, repeated, content_type, host, action, version, language, timestamp, authorization, secret_id,
          signature, token, body)


def judge(request, server):
    for check in CHECKS:
        refusal = check(request, server)
        if refusal:
            return refusal
    return None
