# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""python3 -m standin: the API stand-in as a process of its own, for monitoring engines and for trying things by hand.

It writes what a caller needs to know (NAME=VALUE lines that a shell can read) into the state file once it listens, and
ends by itself: after --for seconds, or when the process that started it has ended.
"""

import argparse
import os
import secrets
import shlex
import shutil
import signal
import sys
import time

from .listener import listen_on
from .pki import Pki, VARIANTS
from .script import ScriptFile
from .server import Api, NAMES
from .tc3 import Key


def parse(argv):
    parser = argparse.ArgumentParser(prog="python3 -m standin", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", required=True, help="where it keeps keys and certificates; must be empty or absent")
    parser.add_argument("--state", required=True, help="file for port, ca_file, ca_path, credentials_file")
    parser.add_argument("--scenario", help="JSON script, read again at each request (see script.py)")
    parser.add_argument("--for", dest="seconds", type=float, default=600, help="life in seconds (default 600)")
    parser.add_argument("--address", action="append", help="repeatable (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--name", action="append", default=list(NAMES), help="a further name that it goes by")
    parser.add_argument("--certificate", choices=sorted(VARIANTS), default="good")
    parser.add_argument("--group", help="a group (of an engine's user) that may read CA and API key")
    return parser.parse_args(argv)


def write(path, text):
    """All at once, so that nobody reads half of it; for the owner only."""
    draft = "%s.new" % path
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    os.rename(draft, path)


def admit(group, *paths):
    """Group, not world: the plugin refuses a key file that others can read."""
    for path in paths:
        shutil.chown(path, group=group)
        os.chmod(path, 0o750 if os.path.isdir(path) else 0o640)


def main(argv):
    parent = os.getppid()
    options = parse(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = os.path.abspath(options.folder)
    os.makedirs(folder, 0o700, exist_ok=True)
    key = Key("AKID" + secrets.token_hex(16), secrets.token_hex(16))
    credentials = os.path.join(folder, "credentials")
    write(credentials, "[default]\nsecret_id = %s\nsecret_key = %s\n" % key[:2])
    pki = Pki(folder)
    hashed = pki.hashed_folder(os.path.join(folder, "hashed"))
    if options.group:
        admit(options.group, folder, credentials, pki.root, hashed)
    sockets = listen_on(options.address or ["127.0.0.1"], options.port)
    with Api(pki.identity(options.certificate), [key], names=options.name, sockets=sockets) as api:
        if options.scenario:
            api.script = ScriptFile(options.scenario)
        state = {"port": api.port, "ca_file": pki.root, "ca_path": hashed, "credentials_file": credentials}
        write(options.state, "".join("%s=%s\n" % (name, shlex.quote(str(value))) for name, value in state.items()))
        end = time.monotonic() + options.seconds
        while time.monotonic() < end and os.getppid() == parent:
            time.sleep(0.2)


main(sys.argv[1:])
