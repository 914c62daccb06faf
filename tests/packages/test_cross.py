# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Built for another kind of machine by CC and PKG_CONFIG alone: 64-bit ARM, with Debian's cross compiler in a fresh
root, where the program then runs in an emulator."""

import shutil

import pytest

from conftest import NAME, run

pytestmark = pytest.mark.xdist_group("bookworm")                # shares that root folder with test_debian.py

TOOLS = ["make", "gcc-aarch64-linux-gnu", "qemu-user"]
LIBRARIES = ["libc6-dev", "libcurl4-openssl-dev", "libsodium-dev", "libcjson-dev", "pkgconf"]


@pytest.fixture(scope="module")
def crossed(bases, unpack, tmp_path_factory):
    """The root, and the place of the tree in it."""
    folder = tmp_path_factory.mktemp("cross")
    root = bases("bookworm").copy(folder / "root")
    root.run("dpkg", "--add-architecture", "arm64")
    root.run("apt-get", "update", "-qq")
    root.install(*TOOLS, *(library + ":arm64" for library in LIBRARIES))
    source = root.put(unpack(folder / "tree"), "/srv/build")
    root.run("chown", "-R", "nobody", "/srv/build")
    root.run("make", "-C", source, "-j2", "CC=aarch64-linux-gnu-gcc", "PKG_CONFIG=aarch64-linux-gnu-pkg-config",
             user="nobody")
    yield root, source
    shutil.rmtree(root.folder)


def test_program_is_for_that_machine(crossed):
    root, source = crossed
    head = run("readelf", "-h", root.path(source) / "build" / NAME)
    assert "AArch64" in head and "DYN (Position-Independent Executable" in head


def test_program_runs_there(crossed):
    root, source = crossed
    out = root.run("qemu-aarch64", source + "/build/" + NAME, "--input", source + "/tests/data/sample-answer.json",
                   user="nobody", status=2)
    assert out.startswith("CWP LICENSE CRITICAL [from file] - 10 EXPIRED (allowed 0)")


def test_program_asks_the_api_there(crossed, standin):
    """Signing, guarded memory and TLS with the libraries of that machine."""
    root, source = crossed
    for name in ("ca_file", "credentials_file"):
        root.put(standin[name], "/srv/key")
    root.run("chown", "root:nogroup", "/srv/key/credentials")
    root.run("chmod", "640", "/srv/key/credentials")
    out = root.run("qemu-aarch64", source + "/build/" + NAME, "-H", "localhost", "-p", standin["port"],
                   "--credentials-file", "/srv/key/credentials", "--ca-file", "/srv/key/root.pem", user="nobody")
    assert out.startswith("CWP LICENSE OK")
