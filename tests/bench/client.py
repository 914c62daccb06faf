# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""python3 client.py URL CREDENTIALS-FILE: the same request as a script would send it that has Python's standard library
and nothing else. Exit code 0 when the answer was read."""

import configparser
import hashlib
import hmac
import json
import sys
import time
import urllib.request


def digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def authorization(secret_id, secret_key, host, now):
    signed = "content-type;host"
    request = "POST\n/\n\ncontent-type:application/json\nhost:%s\n\n%s\n%s" % (
        host, signed, hashlib.sha256(b"{}").hexdigest())
    date = time.strftime("%Y-%m-%d", time.gmtime(now))
    scope = date + "/cwp/tc3_request"
    key = digest(digest(digest(b"TC3" + secret_key.encode(), date), "cwp"), "tc3_request")
    text = "TC3-HMAC-SHA256\n%d\n%s\n%s" % (now, scope, hashlib.sha256(request.encode()).hexdigest())
    return "TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
        secret_id, scope, signed, digest(key, text).hex())


def main(url, credentials):
    now, host = int(time.time()), url.split("/")[2]
    keys = configparser.ConfigParser(interpolation=None)
    keys.read(credentials)
    request = urllib.request.Request(url, b"{}", {
        "Content-Type": "application/json", "X-TC-Action": "DescribeLicenseGeneral", "X-TC-Version": "2018-02-28",
        "X-TC-Timestamp": str(now), "Authorization": authorization(
            keys["default"]["secret_id"], keys["default"]["secret_key"], host, now)})
    with urllib.request.urlopen(request) as answer:
        counts = json.load(answer)["Response"]
    print("%d expired, %d available" % (counts["ExpireLicenseCnt"], counts["AvailableLicenseCnt"]))


main(*sys.argv[1:])
