# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What compiler and linker add against attacks is in the program that was built, and in the one that make install puts
into its place. Builds with sanitizers or for coverage go without it."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from program import PROGRAM, ROOT
from tree import sources

CC = os.environ.get("CC", "cc")
BUILT = pathlib.Path(PROGRAM).resolve()

# For what it misses of a program, each weakness by name.
TRIAL = """
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
    char text[64];
    snprintf(text, (size_t)argc, "%s", argv[0]);
    return puts(text) < 0;
}
"""


def run(*command):
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=True).stdout


def readelf(path, *options):
    return run("readelf", "-W", *options, path)


def marks(path):
    """The note of CET: what of the object may be reached by jumps, and what returns."""
    found = re.search(r"x86 feature: (.*)", readelf(path, "-n"))
    return set(found.group(1).split(", ")) if found else set()


def weaknesses(path):
    headers, dynamic = readelf(path, "-l"), readelf(path, "-d")
    names = set(re.findall(r"\b(__\w+)@", readelf(path, "--dyn-syms")))
    glibc = "libc.so.6" in dynamic
    segments = re.findall(r"^  (\w+) +(?:0x\w+ +){5}([RWE ]{3}) ", headers, re.M)
    assert len(segments) > 5, headers
    found = {
        "not position independent": not re.search(r"FLAGS_1.*\bPIE\b", dynamic),
        "no RELRO": not any(kind == "GNU_RELRO" for kind, _ in segments),
        "lazy binding": not re.search(r"\((FLAGS|FLAGS_1)\).*\b(BIND_NOW|NOW)\b", dynamic),
        "executable stack": [flags for kind, flags in segments if kind == "GNU_STACK"] != ["RW "],
        "both writable and executable": any("W" in flags and "E" in flags for _, flags in segments),
        "text relocations": "TEXTREL" in dynamic,
        "a search path of its own": bool(re.search(r"\((RPATH|RUNPATH)\)", dynamic)),
        "no stack protector": "__stack_chk_fail" not in names,
        "no FORTIFY": glibc and not names & {"__snprintf_chk", "__vsnprintf_chk"},
    }
    return {name for name, weak in found.items() if weak}


def make_flags(*settings):
    """The flags that the Makefile compiles with, and those it links with."""
    lines = run("make", "-C", ROOT, "-n", "-B", "all", "V=1", "SANITIZE=", "VARIANT=", *settings).splitlines()
    compiling = [line for line in lines if "-c -o" in line and "thresholds/state.c" in line]
    linking = [line for line in lines if re.search(r"-o \S*check_tencent_cwp_license build/", line)]
    assert len(compiling) == len(linking) == 1
    return [[word for word in shlex.split(line) if re.match(r"-(O|f(?!file)|pie|Wl|U_F|D_F)", word)]
            for line in (compiling[0], linking[0])]


@pytest.fixture
def hardened():
    """The program that was built, if it was built to be installed."""
    if not shutil.which("readelf"):
        pytest.skip("needs readelf, of binutils")
    if re.search("__(asan|ubsan|gcov|llvm)_", readelf(BUILT, "-s")):
        pytest.skip("this build is for finding faults, not for use")
    if os.environ.get("FLAVOR") in ("i386", "musl"):
        pytest.skip("linked statically, or with libraries unpacked in a folder, for tests only")
    return BUILT


@pytest.fixture(params=["built", "installed"])
def program(request, hardened, tmp_path):
    if request.param == "built":
        return hardened
    run("make", "-C", ROOT, "install", "DESTDIR=%s" % tmp_path, "PLUGINDIR=/plugins")
    return tmp_path / "plugins" / hardened.name


def test_the_program_is_hardened(program):
    assert weaknesses(program) == set()


def test_only_these_libraries_are_linked(program):
    needed = set(re.findall(r"\(NEEDED\).*\[(.+?)(?:-gnutls)?\.so", readelf(program, "-d")))
    slim = b"libcurl is built in from" in program.read_bytes()
    ours = {"libsodium", "libcjson"} | ({"libssl", "libcrypto"} if slim else {"libcurl"})
    assert ours <= needed <= ours | {"libc", "libm"}


def startup_files():
    """What the linker adds of its own: the program can have no mark that these lack."""
    for name in ("Scrt1.o", "crti.o", "crtbeginS.o", "crtendS.o", "crtn.o"):
        path = run(CC, "-print-file-name=" + name).strip()
        if os.path.isabs(path):
            yield path


def test_control_flow_is_protected(hardened):
    """Each object of ours is marked; the program only where the C library's startup files are (Debian's are not)."""
    if "X86-64" not in readelf(hardened, "-h"):
        pytest.skip("x86-64 only")
    objects = [hardened.parent / name.replace(".c", ".o") for name in sources(".c")]
    assert not [path for path in objects if marks(path) != {"IBT", "SHSTK"}]
    assert marks(hardened) == set.intersection(*[marks(path) for path in [*objects, *startup_files()]])


@pytest.mark.parametrize("compiler, knows, lacks", [
    ("gcc", {"-fstack-clash-protection", "-fcf-protection"}, "-mbranch-protection=standard"),
    ("clang", {"-fstack-clash-protection", "-fcf-protection"}, "-mbranch-protection=standard"),
    ("clang --target=aarch64-linux-gnu", {"-mbranch-protection=standard"}, "-fcf-protection"),
])
def test_each_compiler_is_asked_what_it_knows(compiler, knows, lacks):
    if not shutil.which(compiler.split()[0]):
        pytest.skip("needs " + compiler.split()[0])
    if "x86_64" not in run("uname", "-m") and "aarch64" not in compiler:
        pytest.skip("x86-64 only")
    as_usual = [word for name in ("MAKEFLAGS", "SANITIZE", "HARDENING", "CFLAGS") for word in ("-u", name)]
    line = run("env", *as_usual, "make", "-C", ROOT, "-n", "-B", "build/thresholds/state.o", "V=1", "VARIANT=",
               "CC=" + compiler)
    words = set(line.split())
    assert knows <= words and lacks not in words


def test_a_packager_s_own_flags_stay_alone():
    """And no compiler is asked anything then."""
    compiling, _ = make_flags("HARDENING=-fPIC", "CC=false")
    assert "-fPIC" in compiling and not [word for word in compiling if "clash" in word or "protect" in word]


@pytest.fixture
def trial(hardened, tmp_path):
    """A small program made with the Makefile's flags and some more."""
    compiling, linking = make_flags("CC=" + CC)
    (tmp_path / "trial.c").write_text(TRIAL)

    def build(*more):
        run(*CC.split(), *compiling, *linking, *more, "-o", tmp_path / "trial", tmp_path / "trial.c")
        return weaknesses(tmp_path / "trial")
    return build


@pytest.mark.parametrize("more, weakness", [
    ([], set()),
    (["-fno-pie", "-no-pie"], {"not position independent"}),
    (["-Wl,-z,norelro"], {"no RELRO"}),
    (["-Wl,-z,lazy"], {"lazy binding"}),
    (["-Wl,-z,execstack"], {"executable stack", "both writable and executable"}),
    (["-Wl,-rpath,/nowhere"], {"a search path of its own"}),
    (["-fno-stack-protector"], {"no stack protector"}),
    (["-U_FORTIFY_SOURCE"], {"no FORTIFY"}),
], ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_each_weakness_would_be_seen(trial, more, weakness):
    assert trial(*more) == weakness
