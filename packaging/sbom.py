#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""sbom.py PROGRAM VERSION: prints a bill of materials (CycloneDX 1.5, JSON) of a program that was just built here.

What it is linked with is read from the program itself, versions are asked where it was built: from pkg-config, and on
Debian from dpkg too. Nothing depends on when it is made: the time is that of SOURCE_DATE_EPOCH, the number that of the
contents.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import urllib.parse
import uuid
from dataclasses import dataclass

NAME = "check_tencent_cwp_license"
NAMESPACE = uuid.UUID("7a1f9a4e-61a7-4b0d-8f3e-2f6c0d5b9e11")


@dataclass(frozen=True)
class Library:
    name: str
    license: str                # SPDX
    module: str = ""            # of pkg-config


# By the beginning of its soname; what is not here is listed all the same, without a license.
LIBRARIES = {
    "libcurl": Library("libcurl", "curl", "libcurl"),
    "libsodium.": Library("libsodium", "ISC", "libsodium"),
    "libcjson.": Library("cJSON", "MIT", "libcjson"),
    "libssl.": Library("OpenSSL", "Apache-2.0", "libssl"),
    "libcrypto.": Library("OpenSSL", "Apache-2.0", "libcrypto"),
    "libc.so.": Library("glibc", "LGPL-2.1-or-later"),
    "ld-linux": Library("glibc", "LGPL-2.1-or-later"),
    "libc.musl-": Library("musl", "MIT"),
}


def ask(*command):
    """The output of a command, or nothing where there is no such command or no answer."""
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def sonames(program):
    return re.findall(r"\(NEEDED\).*\[(.+)\]", ask("readelf", "-dW", program))


def library(soname):
    found = [row for start, row in LIBRARIES.items() if soname.startswith(start)]
    return found[0] if found else Library(soname.split(".so")[0], "")


def upstream_version(row):
    if row.module:
        return ask(*shlex.split(os.environ.get("PKG_CONFIG", "pkg-config")), "--modversion", row.module)
    if row.name == "glibc":
        return ask("getconf", "GNU_LIBC_VERSION").replace("glibc ", "")
    return ""


# ---- Debian ----


def os_release():
    try:
        text = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(word.split("=", 1) for word in shlex.split(text, comments=True) if "=" in word)


def debian_owner(path):
    """The package of a file; dpkg may know the file without /usr."""
    real = os.path.realpath(path)
    return (ask("dpkg-query", "-S", real) or ask("dpkg-query", "-S", real.replace("/usr/", "/", 1))).split(":")[0]


def debian_purl(program, soname):
    path = re.search(r"^\s*%s => (\S+)" % re.escape(soname), ask("ldd", program), re.M)
    owner = debian_owner(path.group(1)) if path else ""
    facts = ask("dpkg-query", "-W", "-f", "${Version} ${Architecture}\n", owner).split() if owner else []
    if len(facts) != 2:
        return ""
    release = os_release()
    return "pkg:deb/%s/%s@%s?arch=%s&distro=%s-%s" % (
        release.get("ID", "debian"), owner, urllib.parse.quote(facts[0], safe="~"), facts[1],
        release.get("ID", "debian"), release.get("VERSION_ID", ""))


# ---- CycloneDX ----


def licensed(spdx):
    return {"licenses": [{"license": {"id": spdx}}]} if spdx else {}


def component(program, soname):
    row = library(soname)
    version = upstream_version(row)
    purl = debian_purl(program, soname) or "pkg:generic/%s%s" % (row.name, "@" + version if version else "")
    found = {"type": "library", "bom-ref": purl, "name": row.name, "purl": purl, **licensed(row.license),
             "properties": [{"name": "soname", "value": soname}]}
    return dict(found, version=version) if version else found


def built_in(program):
    """The libcurl of the slim build, by what the program says of it: a source package's version."""
    said = re.search(rb"libcurl is built in from ([\w.+~:-]+)", pathlib.Path(program).read_bytes())
    if not said:
        return []
    version, release = said.group(1).decode(), os_release()
    system = release.get("ID", "debian")
    purl = "pkg:deb/%s/curl@%s?arch=source&distro=%s-%s" % (system, urllib.parse.quote(version, safe="~"), system,
                                                            release.get("VERSION_ID", ""))
    return [{"type": "library", "bom-ref": purl, "name": "libcurl", "purl": purl, **licensed("curl"),
             "properties": [{"name": "linked", "value": "statically"}],
             "version": re.sub(r"^\d+:|-[^-]*$", "", version)}]


def timestamp():
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or
                subprocess.run(["sh", str(pathlib.Path(__file__).with_name("epoch.sh"))], stdout=subprocess.PIPE,
                               check=True).stdout)
    return datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def bill(program, version):
    me = "pkg:generic/%s@%s" % (NAME, version)
    digest = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    found = {part["bom-ref"]: part for part in
             [component(program, soname) for soname in sonames(program)] + built_in(program)}
    contents = {
        "metadata": {
            "timestamp": timestamp(),
            "lifecycles": [{"phase": "build"}],
            "component": {"type": "application", "bom-ref": me, "name": NAME, "version": version, "purl": me,
                          **licensed("MIT"), "hashes": [{"alg": "SHA-256", "content": digest}]},
        },
        "components": list(found.values()),
        "dependencies": [{"ref": me, "dependsOn": list(found)}] + [{"ref": ref} for ref in found],
    }
    number = uuid.uuid5(NAMESPACE, json.dumps(contents, sort_keys=True))
    return {"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "bomFormat": "CycloneDX",
            "specVersion": "1.5", "serialNumber": "urn:uuid:%s" % number, "version": 1, **contents}


def main(argv):
    if len(argv) != 3:
        sys.exit(__doc__.split(":")[0])
    found = bill(argv[1], argv[2])
    if not found["components"]:
        sys.exit("sbom.py: %s is linked with nothing; is it a program, and is readelf there?" % argv[1])
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main(sys.argv)
