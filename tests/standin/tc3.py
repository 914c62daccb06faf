# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""TC3-HMAC-SHA256 in the order of the vendor's description; written independently of plugin/tc3.c on purpose."""

import hashlib
import hmac
import re
import time
from typing import NamedTuple

ALGORITHM = "TC3-HMAC-SHA256"
AUTHORIZATION = re.compile(
    ALGORITHM + r" Credential=(?P<id>[^/, ]+)/(?P<date>\d{4}-\d\d-\d\d)/(?P<service>[a-z0-9]+)/tc3_request"
    r", SignedHeaders=(?P<signed>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})")


class Key(NamedTuple):
    secret_id: str
    secret_key: str
    token: str = ""     # if set, the service demands it in X-TC-Token


def sha256_hex(data):
    return hashlib.sha256(data).hexdigest()


def utc_date(timestamp):
    return time.strftime("%Y-%m-%d", time.gmtime(int(timestamp)))


def derived_keys(secret_key, date, service="cwp"):
    """k1, k2, k3: as secret as the key itself for a day, so tests look for them in the plugin's output."""
    keys = [b"TC3" + secret_key.encode()]
    for word in (date, service, "tc3_request"):
        keys.append(hmac.new(keys[-1], word.encode(), hashlib.sha256).digest())
    return keys[1:]


def canonical_request(method, headers, signed, body):
    """headers: names in lower case. API 3.0 knows one path, and POST has no query, hence the fixed "/" and "".

    Values are used as sent but for x-tc-action, which the vendor's description lowers.
    """
    lines = []
    for name in signed.split(";"):
        value = headers[name].strip()
        lines.append("%s:%s\n" % (name, value.lower() if name == "x-tc-action" else value))
    return "\n".join([method, "/", "", "".join(lines), signed, sha256_hex(body)])


def signature(secret_key, timestamp, service, request):
    date = utc_date(timestamp)
    scope = "%s/%s/tc3_request" % (date, service)
    to_sign = "\n".join([ALGORITHM, str(timestamp), scope, sha256_hex(request.encode())])
    return hmac.new(derived_keys(secret_key, date, service)[-1], to_sign.encode(), hashlib.sha256).hexdigest()


def authorization(key, timestamp, headers, body, signed="content-type;host", service="cwp"):
    """The Authorization header of a correct client; used by the stand-in's own tests."""
    request = canonical_request("POST", headers, signed, body)
    return "%s Credential=%s/%s/%s/tc3_request, SignedHeaders=%s, Signature=%s" % (
        ALGORITHM, key.secret_id, utc_date(timestamp), service, signed,
        signature(key.secret_key, timestamp, service, request))
