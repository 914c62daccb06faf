# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Fixtures of the tests of packages. They work on copies of the tree made from the source tarball, so that they test
what a stranger gets, and never write into the tree itself."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import pytest

from roots import Root, why_not

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/lint")]   # for the package standin and the judge of hardening

from lacking import lacks               # noqa: E402

NAME = "check_tencent_cwp_license"
PACKAGE = "check-tencent-cwp-license"


def need(*commands):
    """Skips, with the reason, where a command is missing."""
    missing = [command for command in commands if not shutil.which(command)]
    if missing:
        lacks("not installed: " + ", ".join(missing))


def run(*command, **how):
    """A command that must succeed; its output, standard error included."""
    how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, **how}
    done = subprocess.run([str(word) for word in command], check=False, **how)
    assert done.returncode == 0, "%s\nexit %d\n%s" % (" ".join(map(str, command)), done.returncode, done.stdout[-6000:])
    return done.stdout


def fails(*command, **how):
    """The same of a command that must fail."""
    done = subprocess.run([str(word) for word in command], check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how)
    assert done.returncode != 0, "%s\nexit 0\n%s" % (" ".join(map(str, command)), done.stdout[-6000:])
    return done.stdout


def environment(**more):
    """What a build may see of the caller's environment: nothing but PATH. Not even make's own variables."""
    return dict({"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}, **more)


def make(folder, *words, **how):
    return run("make", "-C", folder, *words, **dict({"env": environment()}, **how))


@pytest.fixture(scope="session")
def bases(tmp_path_factory):
    """bases(suite, architecture) is a fresh root folder, made once; to be copied, not to be changed."""
    folder = tmp_path_factory.mktemp("bases")
    made = {}

    def base(suite, architecture=None):
        why = why_not(suite)
        if why:
            lacks(why)
        what = (suite, architecture)
        if what not in made:
            made[what] = Root.made(folder / "-".join(filter(None, what)), suite, architecture)
        return made[what]
    yield base
    shutil.rmtree(folder)


def shown(name):
    """The lines of the block of README.md below <!-- test: NAME -->."""
    text = (ROOT / "README.md").read_text()
    return re.search(r"<!-- test: %s -->\n```sh\n(.*?)\n```" % name, text, re.S).group(1).splitlines()


def places(column):
    """Every path in that column of the table in README.md that says what each file is for."""
    rows = (ROOT / "README.md").read_text().partition("### What each file is for\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[column] for line in rows.splitlines() if line.startswith("| `")]
    return [path for cell in cells for path in re.findall("`(/[^`]+)`", cell)]


@pytest.fixture(scope="session")
def version():
    return re.search(r"^VERSION := (\S+)$", (ROOT / "Makefile").read_text(), re.M).group(1)


@pytest.fixture(scope="session")
def tarball(tmp_path_factory, version):
    folder = tmp_path_factory.mktemp("dist")
    run("sh", ROOT / "packaging/dist.sh", "%s-%s" % (NAME, version), folder)
    return folder / ("%s-%s.tar.gz" % (NAME, version))


@pytest.fixture(scope="session")
def unpack(tarball):
    """unpack(folder) makes the folder, fills it from the tarball and returns the path of the tree in it."""
    def tree(folder):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        run("tar", "-xzf", tarball, "-C", folder)
        return next(folder.glob(NAME + "-*"))
    return tree


@pytest.fixture(scope="session")
def built(unpack, tmp_path_factory):
    """A tree with the program in build/."""
    tree = unpack(tmp_path_factory.mktemp("built"))
    make(tree, "-j2")
    return tree


@pytest.fixture(scope="session")
def installed(built, tmp_path_factory):
    """The root folder of "make install PREFIX=/usr"."""
    folder = tmp_path_factory.mktemp("installed")
    make(built, "install", "DESTDIR=%s" % folder, "PREFIX=/usr", "PLUGINDIR=/usr/lib/nagios/plugins")
    return folder


@pytest.fixture
def standin(tmp_path):
    """The stand-in of the API, outside of the root; a function that waits for what it has written."""
    process = subprocess.Popen([sys.executable, "-B", "-m", "standin", "--folder", tmp_path / "pki", "--state",
                                tmp_path / "state", "--for", "120"], env=environment(PYTHONPATH=str(ROOT / "tests")))
    end = time.monotonic() + 30
    while not (tmp_path / "state").exists():
        assert time.monotonic() < end and process.poll() is None, "the stand-in does not start"
        time.sleep(0.05)
    yield dict(line.split("=", 1) for line in (tmp_path / "state").read_text().splitlines())
    process.terminate()
    process.wait()
