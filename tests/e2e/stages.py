# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The program halted at a stage of its run, and all that its memory holds then."""

import base64
import os
import platform
import re
import signal
import time

from running import PROGRAM
from standin import tc3

# Numbers of system calls: nanosleep and clock_nanosleep; write and writev, which musl takes.
CALLS = {"x86_64": ({35, 230}, {1, 20}), "i386": ({162, 267, 407}, {4, 146}), "aarch64": ({101, 115}, {64, 66})}


def architecture():
    """Of the program: a machine of 64 bits runs those of 32 too."""
    with open(PROGRAM, "rb") as file:
        short = file.read(5)[4:] == b"\1"
    return "i386" if short and platform.machine() == "x86_64" else platform.machine()


SLEEPING, WRITING = CALLS.get(architecture(), (set(), set())) if os.path.exists(PROGRAM) else (set(), set())


def system_call(process):
    """The number of the one it waits in, or None while it runs."""
    with open("/proc/%d/syscall" % process.pid) as file:
        word = file.read().split()[0]
    return int(word) if word.lstrip("-").isdigit() else None


def wait_in(process, numbers):
    """Until it waits in such a system call: there is no event for that, and the stage lasts half a second or more."""
    end = time.monotonic() + 20
    while system_call(process) not in numbers:
        assert process.poll() is None and time.monotonic() < end, "it never came to that stage"
        time.sleep(0.002)


def halt(process):
    os.kill(process.pid, signal.SIGSTOP)
    while True:
        with open("/proc/%d/stat" % process.pid) as file:
            if file.read().rpartition(")")[2].split()[0] == "T":
                return


def resume(process):
    os.kill(process.pid, signal.SIGCONT)


def full_pipe():
    """Its writing end has no room: who writes there waits. Both ends are the caller's to close."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writing, True)
    return reading, writing


class Picture:
    """Of a halted process: each mapping that can be written, with its name, its flags and what it holds. Those that no
    dump has are among them."""

    def __init__(self, pid):
        self.mappings = []
        with open("/proc/%d/smaps" % pid) as table, open("/proc/%d/mem" % pid, "rb", buffering=0) as memory:
            for block in re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", table.read(), flags=re.M)[1:]:
                begin, end = (int(number, 16) for number in block.split(" ", 1)[0].split("-"))
                name = (block.split("\n", 1)[0].split(None, 5) + [""])[5]
                flags = set(re.search(r"^VmFlags: (.*)$", block, re.M).group(1).split())
                if "wr" in flags:
                    self.mappings.append((name, flags, self._read(memory, begin, end)))

    @staticmethod
    def _read(memory, begin, end):
        try:
            return os.pread(memory.fileno(), end - begin, begin)
        except OSError:                 # nothing stands there: a guard page
            return b""

    def places(self, secret):
        """Where it is: guarded memory is locked and left out of dumps."""
        return {"guarded" if {"dd", "lo"} <= flags else name or "anonymous" for name, flags, data in self.mappings
                if secret in data}


def shown_by_the_system(process):
    """Command line and environment, as ps shows them."""
    shown = b""
    for name in ("cmdline", "environ"):
        with open("/proc/%d/%s" % (process.pid, name), "rb") as file:
            shown += file.read()
    return shown


def is_huge(process):
    """The shadow memory of a sanitizer."""
    with open("/proc/%d/statm" % process.pid) as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") > 2 ** 32


def encodings(secret):
    return [secret.hex().encode(), secret.hex().upper().encode(), base64.b64encode(secret),
            base64.urlsafe_b64encode(secret)]


def never_kept(key):
    """What stands nowhere at any time: the key encoded in any way or with its prefix, and the keys derived from it, for
    today and, around midnight, for the day before."""
    found = encodings(key.secret_key.encode()) + [b"TC3" + key.secret_key.encode()]
    for when in {tc3.utc_date(time.time()), tc3.utc_date(time.time() - 60)}:
        for derived in tc3.derived_keys(key.secret_key, when):
            found += [derived] + encodings(derived)
    return found
