# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The same source gives the same bits, whoever builds it, where, when, and with how many jobs."""

import os
import pathlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field

import pytest

from conftest import NAME, need, run

BUILD = """\
umask %(umask)s
cd '%(tree)s'
make -j%(jobs)d
make dist
DEB_BUILD_OPTIONS='nocheck parallel=%(jobs)d' make deb
"""
RPM = "sh packaging/rpm.sh %(version)s dist --without check --define '_smp_mflags -j%(jobs)d'\n"


@dataclass
class Place:
    """All that must not matter."""
    folder: str
    umask: str
    jobs: int
    touched: str                # the time of all source files
    user: str = ""
    clock: str = ""             # for faketime
    env: dict = field(default_factory=dict)

    def command(self, script):
        lead = ["env", "-i", "PATH=" + os.environ["PATH"]] + ["%s=%s" % item for item in self.env.items()]
        if os.getuid() == 0:
            lead += ["unshare", "--uts", "sh", "-c", 'hostname "$0"; exec "$@"', "host-" + self.umask]
            lead += ["setpriv", "--reuid=" + self.user, "--clear-groups"] if self.user else []
        if self.clock:
            lead += ["env", "NO_FAKE_STAT=1", "faketime", self.clock]
        return lead + ["sh", "-euc", script]


pytestmark = pytest.mark.xdist_group("reproducible")            # one worker, so that all is built once

PLACES = [
    Place("a", "022", 1, "2020-02-29 12:00", env={"TZ": "UTC", "LC_ALL": "C", "HOME": "/nonexistent"}),
    Place("another, longer folder", "077", 4, "2026-01-01 00:00", user="nobody", clock="2031-12-31 23:59:50",
          env={"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "HOME": "/tmp", "USER": "somebody"}),
]


@pytest.fixture(scope="module")
def folder():
    """One that every user can enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory(prefix="cwp-") as path:
        os.chmod(path, 0o755)
        yield pathlib.Path(path)


@pytest.fixture(scope="module")
def builds(folder, unpack, version):
    """Two dictionaries of files by name."""
    need("dpkg-buildpackage", "dh", "faketime")
    made = []
    for place in PLACES:
        tree = unpack(folder / place.folder)
        run("find", tree, "-exec", "touch", "-d", place.touched, "{}", "+")
        if place.user and os.getuid() == 0:
            run("chown", "-R", place.user, folder / place.folder)
        script = BUILD + (RPM if shutil.which("rpmbuild") else "")
        words = {"umask": place.umask, "tree": tree, "jobs": place.jobs, "version": version}
        run(*place.command(script % words))
        files = {path.name: path for path in (tree / "dist").iterdir()}
        made.append(dict(files, **{NAME: tree / "build" / NAME, NAME + ".1": tree / "build" / (NAME + ".1")}))
    return made


def same(builds, names):
    assert names
    for name in names:
        one, other = (build[name] for build in builds)
        if one.read_bytes() != other.read_bytes():
            need("diffoscope")
            differences = subprocess.run(["diffoscope", one, other], stdout=subprocess.PIPE, text=True, check=False)
            pytest.fail("%s differs\n%s" % (name, differences.stdout[:6000]))


def test_program_and_manual_page(builds):
    same(builds, [NAME, NAME + ".1"])


def test_tarball(builds, tarball):
    """The one made of the clone too."""
    same(builds, [tarball.name])
    same([builds[0], {tarball.name: tarball}], [tarball.name])


def test_debian_packages(builds):
    """All but the record of the build itself and what lists it."""
    names = [name for name in builds[0] if name.endswith((".deb", ".dsc", ".xz", ".orig.tar.gz"))]
    assert len(names) >= 4
    same(builds, names)


def test_rpm_package(builds):
    """The binary one: a source RPM has the name of who made it in it."""
    need("rpmbuild")
    names = [name for name in builds[0] if name.endswith(".rpm") and not name.endswith(".src.rpm")]
    assert len(names) == 1
    same(builds, names)


def test_nothing_says_where_it_was_built(builds, folder):
    program = builds[0][NAME].read_bytes()
    assert str(folder).encode() not in program and b"/tmp/" not in program


def test_time_comes_from_the_changelog(tarball):
    out = run("tar", "--utc", "--full-time", "-tvzf", tarball)
    times = {" ".join(line.split()[3:5]) for line in out.splitlines()}
    assert len(times) == 1 and times.pop().endswith("00:00:00")
    assert {line.split()[1] for line in out.splitlines()} == {"0/0"}
    assert {line.split()[0] for line in out.splitlines()} <= {"-rw-r--r--", "-rwxr-xr-x"}
