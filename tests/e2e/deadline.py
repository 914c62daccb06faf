# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""make check-deadline: each row of the fault zoo with short limits, which the program must keep to a quarter of a
second under the condition that --condition names (worst.py): a quiet machine, a busy one, a line that loses packets.

What the machine itself adds is measured beside each run: a "sleep" of as many seconds, started in the same way in the
same moment, should take just that long. By how much it took longer is allowed to the program on top. A hiccup may hit
the one process and not the other: a late row gets two more tries, which the summary counts. A fault of the program
comes again.
"""

import collections
import re
import subprocess
import threading
import time

import pytest

import json_schema
from running import NOT_CHECKED, SLACK, STATES
from standin.wire import Wire
from zoo import ROWS
from zoo.place import Beyond, Inside, Place
from zoo.row import HEALTHY

LIMITS = (1, 3)
DELAY, LOSS = 0.2, 20               # seconds there and back, per cent each way
BROKEN = ("timeout", "network", "tls")      # what a bad line makes of everything
TRIES = 3
noises = collections.deque(maxlen=5)        # of the last runs


@pytest.fixture(scope="session")
def line(request):
    """The private network with a bad line in it, if the condition is that."""
    if request.config.getoption("--condition") != "loss":
        yield None
        return
    network = request.getfixturevalue("network")
    with Wire(network, DELAY, LOSS) as wire:
        yield network
    assert wire.packets, "nothing went over the line"


@pytest.fixture
def place(request, line, pki, key, token_key, write_key, tmp_path):
    own = (pki, key, token_key, write_key, tmp_path)
    if line:
        return lambda row: Beyond(line, *own)
    return lambda row: Inside(request.getfixturevalue("network"), *own) if row.inside else Place(*own)


class Nothing:
    """The program that does nothing for some seconds, and what it took more than that."""

    def __init__(self, launcher, seconds):
        self.seconds, self.late = seconds, None
        self.began = time.monotonic()
        self.process = subprocess.Popen(launcher + ["sleep", str(seconds)], stdin=subprocess.DEVNULL, env={})
        self.thread = threading.Thread(target=self.wait)
        self.thread.start()

    def wait(self):
        if self.process.wait() == 0:
            self.late = time.monotonic() - self.began - self.seconds

    def end(self, at_once):
        if at_once:
            self.process.terminate()
        self.thread.join()
        return max(0, self.late or 0)


def state_and_kind(result):
    """Of a valid line; running.py has seen to that it is one."""
    if "--output-format" in result.args:
        said = json_schema.validate(result.out)
        return said["state"], (said["error"] or {}).get("kind"), said["summary"]
    return re.match(r"CWP LICENSE (\w+)", result.out)[1], None, result.first


@pytest.fixture
def run(plugin, place, record_property):
    def run(row, limit, *form):
        with row.scene(place(row)) as way:
            nothing = Nothing(way.launcher, limit)
            process = plugin.start(*way.options, *row.options, *form, "-t", limit, env=way.env, launcher=way.launcher)
            result = plugin.finish(process)
            noises.append(nothing.end(result.seconds < limit))
        late = result.seconds - limit
        state, kind, line = state_and_kind(result)
        record_property("run", {"late": late, "noise": noises[-1], "state": state,
                                "end": "hard limit" if "the hard limit" in line else kind or state})
        judge(row, limit, result)
        return late, result
    return run


def judge(row, limit, result):
    """Late or not, it is no lie."""
    state, kind, line = state_and_kind(result)
    assert result.exit == STATES.index(state)
    if state == "OK":
        assert row.kind is None or limit > row.fine_after > 0, result.out
        assert (row.says if row.kind is None else HEALTHY) in line, result.out
    else:
        assert state == "UNKNOWN" and (line.endswith(NOT_CHECKED) or row.kind == "empty"), result.out
        others = BROKEN + ("credentials",) * ("--role" in "".join(result.args))
        assert "json" not in result.args or kind in (row.kind,) + row.or_else + others, result.out


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
@pytest.mark.parametrize("limit", LIMITS)
def test_deadline(run, row, limit):
    for _ in range(TRIES):
        late, result = run(row, limit, *["--output-format", "json"] * (limit == LIMITS[-1]))
        if late <= SLACK + max(noises):
            return
    pytest.fail("%.3f s late, a sleep was %.3f s late: %s" % (late, max(noises), result.out))
