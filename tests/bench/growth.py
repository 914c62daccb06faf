# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""How the cost of a check grows with what it is given: the answer, the options, the key file. Instructions of whole
runs against the stand-in on loopback (no private network is needed), and their peak of memory."""

import contextlib
import json
import os
import resource
import subprocess
import tempfile
import threading
from typing import NamedTuple

from scene import PROGRAM, TOOLS, instructions
from standin import answers
from standin.pki import Pki
from standin.script import HEARD, body, ok, reply
from standin.server import Api
from standin.tc3 import Key

KIB = 1024
KEY = Key("AKID" + "growth" * 5 + "Zz", "growth" * 5 + "Zz")


class Point(NamedTuple):
    kind: str
    size: int
    instructions: int
    rss_kib: int


# ---- Answers of a given size: their worst shapes ----

def filled(item, size):
    """As many further members of the Response as fit, made by item(number)."""
    members, room = [], size - len(answers.document()) - 2
    while room > 0:
        members.append(item(len(members)))
        room -= len(members[-1]) + 1
    whole = answers.document().decode()
    text = whole[:-2] + "".join("," + member for member in members[:-1]) + "}}"
    return (text + " " * (size - len(text))).encode()


def one_text(character):
    return lambda size: filled(lambda _: '"Text":"%s"' % character, 0)[:-2] + (
        ',"Text":"%s"}}' % (character * ((size - len(answers.document()) - 10) // len(character)))).encode()


ANSWERS = {
    "answer of many numbers": lambda size: filled(lambda n: '"Number%06d":%d' % (n, n), size),
    "answer of long names": lambda size: filled(lambda n: '"%s%06d":0' % ("LicenseCnt" * 20, n), size),
    "answer of one text": one_text("x"),
    "answer of backslashes": one_text("\\\\"),
    "answer of escapes": one_text("\\u0041"),
    "answer of lists": lambda size: filled(lambda n: '"List%d":[[[],[]],[{},{}]]' % n, size),
}
ANSWER_SIZES = [1, 4, 16, 64, 256]              # KiB
KINDS = [*ANSWERS, "options", "profiles"]
OPTION_COUNTS = [1, 10, 100, 1000]
PROFILE_COUNTS = [1, 10, 100, 1000, 10000]

# What a unit may cost at most: instructions for each byte, option, profile; about twice what was measured.
LIMITS = {"answer": 500, "options": 5000, "profiles": 2000}


class Place:
    """Use it in a with statement: a stand-in, and measures of runs against it."""

    def __enter__(self):
        self._stack = contextlib.ExitStack()
        self.folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="cwp-growth-"))
        self.pki = Pki(self.folder)
        self.api = self._stack.enter_context(Api(self.pki.identity(), [KEY]))
        return self

    def __exit__(self, *_):
        self._stack.close()

    def key_file(self, profiles):
        """The last profile is the one that counts."""
        path = os.path.join(self.folder, "credentials-%d" % profiles)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            for n in range(1, profiles + 1):
                key = KEY if n == profiles else Key("AKID%032d" % n, "%032d" % n)
                file.write("[profile-%d]\nsecret_id = %s\nsecret_key = %s\n\n" % (n, key.secret_id, key.secret_key))
        return ["--credentials-file", path, "--profile", "profile-%d" % profiles]

    def command(self, profiles=1, options=()):
        return [PROGRAM, "-t", "120", "-H", "localhost", "-p", str(self.api.port), "--ca-file", self.pki.root,
                *self.key_file(profiles), *options]

    def point(self, kind, size, command):
        # In what pieces an answer comes, and how threads meet, makes a run longer now and then, and never shorter.
        whole = min(instructions(command)[0] for _ in range(3))
        done = subprocess.run([str(TOOLS / "run"), "1", "0", *command], stdout=subprocess.PIPE, text=True, env={})
        _, _, _, peak, _, codes = map(int, done.stdout.split())
        assert codes == 0, "%s of %d fails" % (kind, size)
        return Point(kind, size, whole, peak)

    def answer(self, kind, kib):
        data = ANSWERS[kind](kib * KIB)
        assert len(data) <= kib * KIB and json.loads(data)["Response"]["AvailableLicenseCnt"] == 4
        self.api.play(body(data))
        return self.point(kind, kib * KIB, self.command())

    def options(self, count):
        self.api.play(ok())
        return self.point("options", count, self.command(options=["-w", "total=0:%d" % 10 ** 9] * count))

    def profiles(self, count):
        self.api.play(ok())
        return self.point("profiles", count, self.command(count))

    def crowd(self, checks):
        """So many checks, all at the same time: none gets its answer before the last one has asked. What they exited
        with, and what the service heard."""
        room = 2 * checks + 100         # descriptors: a connection and a process each
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, room)), hard))
        all_asked = threading.Barrier(checks, timeout=60)
        self.api.play(HEARD + [lambda x: all_asked.wait(), reply(answers.document())])
        begun, codes = len(self.api.requests), []

        def one(command):
            codes.append(subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        env={}).returncode)

        command = self.command()
        threads = [threading.Thread(target=one, args=(command,)) for _ in range(checks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return codes, len(self.api.requests) - begun


def slopes(points):
    """Instructions for each further unit, step by step."""
    return [(b.instructions - a.instructions) / (b.size - a.size) for a, b in zip(points, points[1:])]


def measure(place, kinds, last=None):
    """Points of these kinds, the last so many of each: three tell a curve from a line."""
    for kind in kinds:
        sizes, one = {"options": (OPTION_COUNTS, place.options), "profiles": (PROFILE_COUNTS, place.profiles)}.get(
            kind, (ANSWER_SIZES, lambda size, kind=kind: place.answer(kind, size)))
        yield [one(size) for size in sizes[-(last or 0):]]
