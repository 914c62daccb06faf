# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Clocks: this host's one is wrong (libfaketime), steps while the program runs, or stands still."""

import contextlib
import glob
import time

import pytest

from lacking import lacks
from running import HARD_LIMIT, PROGRAM, skip_without_preload
from standin.script import HEARD, STAGES, error, ok, reply, stall
from standin.answers import document

from .row import Row
from .scenes import api, names, proxy, role, two_families

MINUTES, YEARS = 390, 2 * 366 * 86400       # not on the edge of a minute: a second may pass in a run
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib*/faketime/libfaketimeMT.so.1")
LATE = ("-t", "1")
EVER = {"DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
# The library leaves its shared memory behind, named after the process.
CLEAN = 'trap "kill \\$!; wait \\$!" TERM; "$@" & wait $!; code=$?; rm -f /dev/shm/*faketime_*_$!; exit $code'


def library():
    found = [path for pattern in LIBRARIES for path in glob.glob(pattern)]
    if not found:
        lacks("no libfaketime here")
    skip_without_preload(64)
    with open(PROGRAM, "rb") as file:
        if b"__asan_init" in file.read():
            pytest.skip("the address sanitizer wants to be loaded before libfaketime")
    return found[0]


def under(scene, **settings):
    """The program runs in the scene with these settings of libfaketime."""
    @contextlib.contextmanager
    def faked(place):
        words = ["LD_PRELOAD=" + library()] + ["%s=%s" % pair for pair in settings.items()]
        with scene(place) as way:
            way.launcher = way.launcher + ["/bin/sh", "-c", CLEAN, "sh", "/usr/bin/env"] + words
            yield way
    return faked


def off(seconds, scene):
    return under(scene, FAKETIME="%+ds" % seconds, **EVER)


def stepping(make):
    """make(turn) gives behaviors; the step turn(seconds) sets the clock of the program, and of nobody else."""
    @contextlib.contextmanager
    def scene(place):
        clock = place.folder / "clock"
        clock.write_text("+0\n")

        def turn(seconds):
            return lambda x: clock.write_text("%+d\n" % seconds)
        with under(api(*make(turn)), FAKETIME_TIMESTAMP_FILE=clock, FAKETIME_NO_CACHE="1", **EVER)(place) as way:
            yield way
    return scene


def still(scene):
    """Time stands still for the program, so that neither it nor libcurl can notice when it is up: the kernel's timer
    must. The line that is printed then was made at the start."""
    @contextlib.contextmanager
    def stands(place):
        now = time.strftime("%Y-%m-%d %H:%M:%S")
        with under(scene, FAKETIME=now)(place) as way:
            yield way
    return stands


def frozen(name, scene, **more):
    return Row("time stands still: " + name, still(scene), "timeout", "no result within 1s, " + HARD_LIMIT,
               options=LATE, is_outage=False, tries=0, **more)


def step(name, make, *expected, **more):
    return Row("the clock steps " + name, stepping(make), *expected, **more)


SHORT = {"identity": "month"}

ROWS = [
    Row("6 minutes ahead", off(MINUTES, api()), "clock", "clock of this host is 6m"),
    Row("6 minutes behind", off(-MINUTES, api()), "clock", "clock of this host is 6m"),
    Row("4 minutes ahead", off(240, api())),
    Row("4 minutes behind", off(-240, api())),
    Row("2 years ahead", off(YEARS, api()), "clock", "clock of this host is 732 days ahead of"),
    Row("2 years behind", off(-YEARS, api()), "clock", "clock of this host is 73"),
    Row("2 years ahead, past the certificate", off(YEARS, api(**SHORT)), "tls",
        "has expired (or the clock of this host is ahead)"),
    Row("2 years behind, before the certificate", off(-YEARS, api(**SHORT)), "tls",
        "is not yet valid (or the clock of this host is behind)"),
    Row("before 1970 and a day", off(-int(time.time()) + 40000, api()), "tls", "is not yet valid"),
    Row("the service's clock is 7 minutes ahead", api(clock=432), "clock", "clock of this host is 7m1"),
    Row("the service's clock is 7 minutes behind", api(clock=-432), "clock", "clock of this host is 7m1"),
    Row("the service's clock is 400 days ahead", api(clock=400 * 86400), "clock", "days behind Tencent Cloud"),
    Row("the service's clock is 3 minutes ahead", api(clock=200)),
    Row("6 minutes ahead, through a proxy", off(MINUTES, proxy()), "clock", "clock of this host is 6m"),
    Row("2 hours ahead, key of the role", off(7200, role()), "credentials", "is expired", inside=True),

    step("back before the answer", lambda turn: [HEARD + [turn(-7200), reply(document())]]),
    step("ahead before the answer", lambda turn: [HEARD + [turn(7200), reply(document())]]),
    step("back 2 years while the answer comes", lambda turn: [HEARD + [turn(-YEARS), reply(document())]]),
    step("back between two tries", lambda turn: [HEARD + [turn(-7230)] + error("InternalError", "x")[2:], ok()],
         "clock", "clock of this host is 2h0m behind", options=("--retries", "1"), tries=2, or_else=("service",)),
    step("ahead between two tries", lambda turn: [HEARD + [turn(7200)] + error("InternalError", "x")[2:], ok()],
         "clock", "clock of this host is ", options=("--retries", "1"), tries=2, or_else=("service",)),
    step("back, then silence", lambda turn: [HEARD + [turn(-7200)] + stall("answer")[2:]], "timeout",
         "(stage: waiting for the answer)", options=LATE),
    step("ahead, then silence", lambda turn: [STAGES["head"] + [turn(7200)] + stall("answer")[2:]], "timeout",
         "(stage: ", options=LATE),

    frozen("name resolution", names(None), inside=True),
    frozen("connect", two_families("hole", "hole"), inside=True),
    frozen("TLS handshake", api(stall("accept"))),
    frozen("waiting for the answer", api(stall("answer"))),
    frozen("head", api(stall("head"))),
    frozen("body", api(stall("body"))),
    frozen("proxy", proxy([lambda x: x.wait()])),
    frozen("metadata", role([lambda x: x.wait()]), inside=True),
]
