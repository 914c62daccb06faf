# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""That the program is what its flavor says, so that all the other tests tried what they were meant to try."""

import json
import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ["PLUGIN"])
FLAVOR = os.environ["FLAVOR"]


def show(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False).stdout


def version():
    return show(PROGRAM, "--version")


def needed(program=PROGRAM):
    """The shared libraries that the program itself asks for."""
    return set(re.findall(r"\(NEEDED\).*\[([-a-z]+)", show("readelf", "--dynamic", program)))


def gnutls():
    assert "libcurl-gnutls" in needed() and "GnuTLS/" in version()


def i386():
    """And time does not end in 2038: of the functions that know two lengths of time, only the long ones are used."""
    assert re.search(r"Class: +ELF32", show("readelf", "--file-header", PROGRAM))
    asked = set(re.findall(r"\bU (\w+)", show("nm", "--dynamic", PROGRAM)))
    assert {"__time64", "__clock_gettime64", "__fstat64_time64"} <= asked
    assert not {"time", "gmtime_r", "clock_gettime", "fstat", "stat", "open", "nanosleep", "setitimer"} & asked


def musl():
    program = Path(PROGRAM).read_bytes()
    assert "INTERP" not in show("readelf", "--program-headers", PROGRAM) and not needed()
    assert b"GLIBC" not in program and b"GNU C Library" not in program


def slim():
    assert {"libssl", "libcrypto", "libsodium", "libcjson"} <= needed() and "libcurl" not in needed()
    bill = json.loads(show(sys.executable, str(ROOT / "packaging/sbom.py"), PROGRAM, "7.6.5"))
    (curl,) = [part for part in bill["components"] if part["name"] == "libcurl"]
    assert curl["version"] == re.search(r"\(libcurl/([\d.]+) ", version())[1]
    source = re.search(r"built in from (.+)\)", version())[1]
    assert "/curl@%s?arch=source" % source in urllib.parse.unquote(curl["purl"])


def test_it_is_that_flavor():
    {"gnutls": gnutls, "i386": i386, "musl": musl, "slim": slim}[FLAVOR]()
