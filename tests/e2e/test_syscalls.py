# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The system calls that README.md names are those that a check makes: it works behind a filter that lets through
nothing else, and without one of them it says that it does not."""

import ctypes
import platform
import re
import shutil
import sys
import tempfile

import pytest

import syscalls
from running import BITS, GNUTLS, MUSL, NOT_CHECKED, PROGRAM, ROOT, SANITIZERS, WRAPPER
from standin.netns import unshare_command

# Where the set in README.md was measured.
pytestmark = [
    pytest.mark.skipif(bool(WRAPPER or SANITIZERS) or "coverage" in PROGRAM, reason="this build makes other calls"),
    pytest.mark.skipif((platform.machine(),) + platform.libc_ver() != ("x86_64", "glibc", "2.36") or MUSL or BITS != 64,
                       reason="another architecture or C library makes other calls"),
    pytest.mark.skipif(not unshare_command(), reason="needs root or user namespaces"),
]

LIBSECCOMP = "libseccomp.so.2"
# Depend on the moment: a wait that is interrupted, memory that is given back.
NOW_AND_THEN = {"madvise", "restart_syscall"}

# Becomes the program behind a filter. Words: what happens to a call that is not let through ("kill" or "refuse"),
# "only" or "but", and the names, separated by commas.
FENCE = """
import ctypes, os, sys
kill, allow, refuse = 0x80000000, 0x7fff0000, 0x00050001       # refuse: EPERM
mode, sense, names = sys.argv[1:4]
away = kill if mode == "kill" else refuse
library = ctypes.CDLL("libseccomp.so.2")
library.seccomp_init.restype = ctypes.c_void_p
default, rule = (away, allow) if sense == "only" else (allow, away)
context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(default)))
for name in names.split(","):
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number < 0 or library.seccomp_rule_add(context, ctypes.c_uint32(rule), number, 0):
        sys.exit("no rule for " + name)
if library.seccomp_load(context):
    sys.exit("no filter")
os.execve(sys.argv[4], sys.argv[4:], dict(os.environ))
"""


def documented():
    text = (ROOT / "README.md").read_text()
    return set(re.search(r"<!-- test: syscalls -->\n```\n(.*?)```", text, re.S)[1].split())


def fence(mode, sense, names):
    return [sys.executable, "-I", "-S", "-c", FENCE, mode, sense, ",".join(sorted(names))]


@pytest.fixture(scope="module")
def filters():
    try:
        ctypes.CDLL(LIBSECCOMP)
    except OSError:
        pytest.skip("needs " + LIBSECCOMP)


@pytest.fixture(scope="module")
def scene(filters):
    with tempfile.TemporaryDirectory() as folder, syscalls.Scene(folder, PROGRAM, []) as made:
        yield made


@pytest.mark.skipif(GNUTLS, reason="GnuTLS makes other calls, though none that are not in the set")
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_the_documented_calls_are_the_measured_ones():
    """make syscalls prints them."""
    measured = syscalls.measure(PROGRAM)
    wanted = "README.md should say:\n" + syscalls.columns(measured)
    assert measured - NOW_AND_THEN == documented() - NOW_AND_THEN, wanted


@pytest.mark.parametrize("run, code, words", syscalls.RUNS, ids=[run.__name__ for run, _, _ in syscalls.RUNS])
def test_nothing_else_is_needed(scene, run, code, words):
    """Any other call kills."""
    scene.command = fence("kill", "only", documented())
    done, out = run(scene)
    assert done == code and words in out, out


def test_the_filter_is_one(scene):
    """What the program does not need is refused to others: here, to make a directory."""
    script = "import os; os.mkdir('x')"
    scene.command = fence("refuse", "only", documented()) + [sys.executable, "-S", "-c", script]
    assert "PermissionError" in scene.run()[1] or "Operation not permitted" in scene.run()[1]


# Without these there is no process: the kernel or the loader ends it before its first line.
TO_BEGIN = {"execve", "mmap", "openat", "read", "pread64", "newfstatat", "mprotect", "arch_prctl", "close"}
# Without these it can neither say anything nor end in order.
TO_END = {"write", "exit_group"}


@pytest.mark.parametrize("name", sorted(documented()))
@pytest.mark.parametrize("run", [syscalls.good, syscalls.good_by_name], ids=lambda run: run.__name__)
def test_without_one_of_them(scene, run, name):
    """It fails plainly, or does without: what it looks up for comfort only may be refused."""
    scene.command = fence("refuse", "but", [name])
    code, out = run(scene)
    if name in TO_BEGIN and code != 0:
        assert "OK" not in out, (code, out)
    elif name in TO_END:
        assert "CWP LICENSE OK" not in out or name == "exit_group", (code, out)
    else:
        first = out.partition("\n")[0]
        assert (code, first[:16]) in ((0, "CWP LICENSE OK -"), (3, "CWP LICENSE UNKN")), (code, out)
        assert code == 0 or first.endswith(NOT_CHECKED) or "--help" in out, out     # what an option names is refused
