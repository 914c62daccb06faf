#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What one check costs: CPU time of whole runs against the stand-in on loopback, beside curl's on the same request.

Called by "make cost". The machine's own certificates are not involved: both trust one authority, given by name, so
this is the program and its libraries, TLS handshake included. The two take turns; a machine's speed drifts, their
ratio does not.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from demo import NAME, write_credentials
from standin.pki import Pki
from standin.script import ok
from standin.server import Api
from standin.tc3 import Key

ROUNDS = 60
ACCOUNTS = 10000


def cpu(command):
    """Seconds of user and system time of one run."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={})
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = 0      # waited for
    return usage.ru_utime + usage.ru_stime


def main():
    program = os.environ.get("PLUGIN") or os.path.join(os.path.dirname(__file__), "..", "build", NAME)
    key = Key("AKIDcostcostcostcostcostcostcostcost", "costcostcostcostcostcostcostcost")
    with tempfile.TemporaryDirectory() as folder:
        pki = Pki(folder)
        with Api(pki.identity(), [key]) as api:
            api.play(ok())
            ours = [program, "-H", "localhost", "-p", str(api.port), "--ca-file", pki.root, "--credentials-file",
                    write_credentials(os.path.join(folder, "credentials"), key)]
            peer = shutil.which("curl") and [shutil.which("curl"), "-s", "--cacert", pki.root, "-d", "{}",
                                             "https://localhost:%d/" % api.port]
            if subprocess.run(ours, stdout=subprocess.DEVNULL, env={}, check=False).returncode != 0:
                sys.exit("the check itself does not work")
            times = [(cpu(ours), cpu(peer) if peer else None) for _ in range(ROUNDS)]
    seconds = statistics.median(mine for mine, _ in times)
    print("CPU time of a check, median of %d: %.1f ms, or %.0f checks a second on one core"
          % (ROUNDS, seconds * 1000, 1 / seconds))
    if peer:
        print("beside curl --cacert on the same server, median of pairs: %.2f"
              % statistics.median(mine / other for mine, other in times))
    print("%d accounts once an hour: %.1f checks a second, %.1f %% of one core"
          % (ACCOUNTS, ACCOUNTS / 3600, ACCOUNTS / 3600 * seconds * 100))


if __name__ == "__main__":
    main()
