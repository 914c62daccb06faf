# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The program's own tests, in fresh roots, where it is built in another way than on this machine."""

import re
import shutil

import pytest

# What is the other way: release, architecture, packages that are installed first; then what shows it.
FLAVORS = {
    "trixie": ("trixie", None, [], b"GCC: (Debian 14."),
    "gnutls": ("bookworm", None, ["libcurl4-gnutls-dev"], b"libcurl-gnutls.so"),
    "32-bit": ("bookworm", "i386", [], b"\x7fELF\x01"),
}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in FLAVORS])
def flavor(request):
    return request.param


@pytest.fixture(scope="module")
def built_there(flavor, bases, unpack, tmp_path_factory):
    """The root and the place of the tree in it."""
    suite, architecture, packages, _ = FLAVORS[flavor]
    folder = tmp_path_factory.mktemp(flavor)
    root = bases(suite, architecture).copy(folder / "root")
    if packages:
        root.install(*packages)
    source = root.build_dependencies(unpack(folder / "tree"))
    root.run("make", "-C", source, "-j2", user="nobody")
    yield root, source
    shutil.rmtree(root.folder)


def test_it_is_that_flavor(built_there, flavor):
    root, source = built_there
    assert FLAVORS[flavor][-1] in (root.path(source) / "build/check_tencent_cwp_license").read_bytes()


def test_unit(built_there):
    root, source = built_there
    out = root.run("make", "-C", source, "-j2", "unit", user="nobody")
    assert re.search(r"^unit tests: [1-9]\d* passed, 0 programs failed", out, re.M)


def test_end_to_end(built_there):
    root, source = built_there
    out = root.run("/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", "tests/e2e",
                   cwd=source, user="nobody", env={"PLUGIN": source + "/build/check_tencent_cwp_license"})
    assert int(re.search(r"^(\d+) passed", out, re.M).group(1)) > 200
