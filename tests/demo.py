#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Shows the plugin at work without an account: against the stand-in of the API, over verified TLS on loopback.

Called by "make demo". Every situation says which exit code it expects, and the demo fails if another one comes.
"""

import os
import secrets
import shlex
import subprocess
import sys
import tempfile

from standin.pki import Pki
from standin.script import error, ok
from standin.server import Api
from standin.tc3 import Key

NAME = "check_tencent_cwp_license"
STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
RENEWING = {"AutoRepurchaseRenewSwitch": True, "RepurchaseRenewSwitch": True}

# title, what the service does, the seconds that its clock is ahead, options, the exit code expected
SITUATIONS = [
    ("All is well, with limits on what is left", [ok()], 0,
     ["-w", "available=3:", "-c", "available=1:", "--account", "prod"], 0),
    ("Licenses have expired, others are about to", [ok(ExpireLicenseCnt=2, NearExpiryLicenseCnt=5)], 0,
     ["--account", "prod"], 2),
    ("One edition runs low", [ok()], 0, ["-w", "ultimate_available=3:"], 1),
    ("Five expire soon, but they renew themselves", [ok(NearExpiryLicenseCnt=5, **RENEWING)], 0,
     ["--trust-auto-renew"], 0),
    ("A wrong key", [ok()], 0, ["--profile", "wrong"], 3),
    ("The clock of this host is wrong", [ok()], 432, [], 3),
    ("A fault of the service, gone at the second attempt", [error("InternalError", "try again"), ok()], 0, ["-v"], 0),
    ("A fault that stays, made CRITICAL by choice", [error("InternalError", "try again")], 0,
     ["--api-error-state", "critical", "--retries", "0"], 2),
    ("For machines", [ok(ExpireLicenseCnt=2)], 0, ["--output-format", "json"], 2),
]

LAST = ("Against the real service, with a key in /etc/tencentcloud/credentials "
        "(or in TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY):  %s")


def write_credentials(path, key):
    """The second profile's key is one that the service has never heard of."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        for profile, secret_id in (("default", key.secret_id), ("wrong", "AKID" + secrets.token_hex(16))):
            file.write("[%s]\nsecret_id = %s\nsecret_key = %s\n" % (profile, secret_id, key.secret_key))
    return path


def show(number, title, command, expected):
    print("\n%d. %s" % (number, title))
    print("   $ " + " ".join(shlex.quote(word) for word in command))
    # An empty environment: a proxy or a key of the caller's must not matter.
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={}, timeout=60)
    for line in done.stdout.decode(errors="replace").splitlines():
        print("   " + line)
    as_expected = done.returncode == expected
    state = STATES[done.returncode] if 0 <= done.returncode < 4 else "?"
    print("   exit code %d (%s)%s" % (done.returncode, state, "" if as_expected else ", EXPECTED %d" % expected))
    sys.stdout.flush()
    return as_expected


def main():
    program = os.path.relpath(os.environ.get("PLUGIN") or os.path.join("build", NAME))
    key = Key("AKID" + secrets.token_hex(16), secrets.token_hex(16))
    with tempfile.TemporaryDirectory(prefix="cwp-demo-") as folder:
        pki = Pki(folder)
        credentials = write_credentials(os.path.join(folder, "credentials"), key)
        with Api(pki.identity(), [key]) as api:
            reach = ["-H", "localhost", "-p", str(api.port), "--ca-file", pki.root, "--credentials-file", credentials]
            print("A stand-in of the Tencent Cloud API on localhost:%d verifies every signature." % api.port)
            good = 0
            for number, (title, behaviors, clock, options, expected) in enumerate(SITUATIONS, 1):
                api.play(*behaviors, clock=clock)
                good += show(number, title, [program] + reach + options, expected)
    print("\n%d of %d situations as expected." % (good, len(SITUATIONS)))
    print(LAST % program)
    return 0 if good == len(SITUATIONS) else 1


if __name__ == "__main__":
    sys.exit(main())
