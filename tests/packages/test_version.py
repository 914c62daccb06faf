# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The version stands in one place, the first entry of CHANGELOG.md: make version carries it to all others, and the
document tests notice each of them that is left behind."""

import re
import subprocess
import sys

import pytest

from conftest import NAME, PACKAGE, environment, fails, make, need, run

SPEC = "packaging/rpm/nagios-plugins-tencent-cwp-license.spec"
NEW, DAY = "17.8.9", "2031-02-03"

# File, and what is replaced by what for it to be left behind.
BEHIND = {
    "Makefile": ("Makefile", "VERSION := ", "VERSION := 1"),
    "change log": ("CHANGELOG.md", "## [", "## [1"),
    "day of the change log": ("CHANGELOG.md", " - 20", " - 19"),
    "changelog of Debian": ("packaging/debian/changelog", PACKAGE + " (", PACKAGE + " (1"),
    "day in Debian": ("packaging/debian/changelog", " 00:00:00 +0000", " 00:01:00 +0000"),
    "spec": (SPEC, "Version:        ", "Version:        1"),
    "changelog of the spec": (SPEC, "> - ", "> - 1"),
    "APKBUILD": ("packaging/alpine/APKBUILD", "pkgver=", "pkgver=1"),
    "day of the man page": ("packaging/man/%s.1.in" % NAME, "LICENSE 1 20", "LICENSE 1 19"),
}


def replace(tree, name, old, new):
    text = (tree / name).read_text()
    assert old in text
    (tree / name).write_text(text.replace(old, new, 1))


def agreed(tree, judge=run):
    """What the tests of the documents say of this tree; they do not ask the program for its version here."""
    return judge(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/lint/test_packaging.py",
                 cwd=tree, env=environment(PYTHONDONTWRITEBYTECODE="1"))


def version_is(tree, version, day, before):
    """The files that still have what was before."""
    assert make(tree, "version", "--silent") == "%s of %s\n" % (version, day)
    agreed(tree)
    found = subprocess.run(["grep", "-rlwF", "-e", before, "."], cwd=tree, stdout=subprocess.PIPE, text=True,
                           check=False)
    return set(found.stdout.replace("./", "").split())


@pytest.fixture
def tree(unpack, tmp_path):
    return unpack(tmp_path)


def test_nothing_is_left_to_do(tree, version):
    run("git", "init", "-q", cwd=tree)
    run("git", "add", "-A", cwd=tree)
    make(tree, "version")
    assert run("git", "diff", cwd=tree) == ""


@pytest.mark.parametrize("change", BEHIND.values(), ids=BEHIND)
def test_what_is_left_behind_is_noticed(tree, change):
    replace(tree, *change)
    assert "AssertionError" in agreed(tree, judge=fails)


def test_new_entry(tree, version):
    """The version before stays in change logs only."""
    replace(tree, "CHANGELOG.md", "\n## [", "\n## [%s] - %s\n\n### Breaking\n\n- All.\n\n## [" % (NEW, DAY))
    assert version_is(tree, NEW, DAY, before=version) == {"CHANGELOG.md", "packaging/debian/changelog", SPEC}
    version_is(tree, NEW, DAY, before=version)
    assert (tree / SPEC).read_text().count("\n- New release\n") == 1, "a second time changes nothing"
    need("dpkg-parsechangelog")
    log = run("dpkg-parsechangelog", "-l", "packaging/debian/changelog", "--all", "--format", "rfc822", cwd=tree)
    assert re.findall(r"^Version: (\S+)$", log, re.M) == [NEW + "-1", version + "-1"]


def test_renamed_entry(tree, version):
    """Another number or day for what was not released yet."""
    text = (tree / "CHANGELOG.md").read_text()
    (tree / "CHANGELOG.md").write_text(re.sub(r"^## \[.*", "## [%s] - %s" % (NEW, DAY), text, count=1, flags=re.M))
    assert version_is(tree, NEW, DAY, before=version) == set()
    assert "\n- New release\n" not in (tree / SPEC).read_text()


def test_refusals(tree, version):
    """A day that packages would call older, and none at all."""
    log = tree / "CHANGELOG.md"
    text = log.read_text()
    log.write_text(text.replace("\n## [", "\n## [%s] - 2020-01-01\n\n## [" % NEW, 1))
    assert "packages want a later day" in fails("make", "version", cwd=tree, env=environment())
    log.write_text(text.replace("\n## [", "\n## [Unreleased]\n\n## [", 1))
    assert "names no version" in fails("make", "version", cwd=tree, env=environment())
    log.write_text(text)
    agreed(tree)
