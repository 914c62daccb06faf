# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""One hard limit over everything; test_zoo.py has a row for each stage in which time may run out, and deadline.py goes
through all of them with other limits."""

import socket

import pytest

from running import FACTOR, SLACK, needs_speed, seconds, unless_held_up
from standin.listener import listening_socket
from standin.script import error, ok, slow, stall, status

pytestmark = needs_speed

def test_stall_while_connecting(plugin, pki, credentials):
    """A listener whose queue is full answers no further SYN."""
    full = listening_socket("127.0.0.1", 0, backlog=0)
    fillers = [socket.socket() for _ in range(4)]
    for filler in fillers:
        filler.setblocking(False)
        filler.connect_ex(full.getsockname())
    try:
        unless_held_up(lambda: plugin(
            "-4", "-H", "localhost", "-p", full.getsockname()[1], "--ca-file", pki.root, "-t", 1,
            "--credentials-file", credentials, within=1 + SLACK)).failed("connect", seconds(1), "localhost")
    finally:
        for sock in fillers + [full]:
            sock.close()


def test_slow_but_in_time(ask, api):
    api.play(slow(0.7))
    result = ask("-t", max(2, int(2 * FACTOR))).passed("4 available")
    assert float(result.perfdata["time"].split("s;")[0]) >= 0.7


@pytest.mark.parametrize("state", ["ok", "warning", "critical", "unknown"])
def test_the_state_of_a_timeout(ask, api, state):
    api.play(stall("answer"))
    unless_held_up(lambda: ask("-t", 1, "--api-error-state", state, within=1 + SLACK)).failed(state=state.upper())


def test_timeout_in_json(ask, api):
    api.play(stall("answer"))
    document = unless_held_up(lambda: ask("-t", 1, "--output-format", "json", within=1 + SLACK)).json
    assert document["error"]["kind"] == "timeout" and document["error"]["retryable"]
    assert document["metrics"] == {} and document["attempts"] == 1
    assert 0.8 < document["duration_s"] < (1 + SLACK) * FACTOR


WAITS = [
    ("throttled waits a second at least", error("RequestLimitExceeded", "slow down"), "RequestLimitExceeded"),
    ("a throttling gateway too", status(429, "slow down"), "429"),
]


@pytest.mark.parametrize("behavior, fact", [row[1:] for row in WAITS], ids=[row[0] for row in WAITS])
def test_no_attempt_that_cannot_end_in_time(ask, api, behavior, fact):
    """Then the first failure is reported, and at once: it says more than a timeout would."""
    api.play(behavior, ok())
    ask("-t", 1, "--retries", 3, within=0.7).failed(fact)
    assert len(api.requests) == 1


def test_a_second_attempt_shares_the_limit(ask, api):
    api.play(error("InternalError", "once"), stall("answer"))
    ask("-t", 3, "--retries", 3, within=3 + SLACK).failed()     # 2 would not do: the pause may take 1.5
    assert len(api.requests) == 2


@pytest.mark.parametrize("text", ["0", "301", "-1", "1.5", "", "ten", "10s", "1e1", " 5", "99999999999999999999"])
def test_limits_outside_1_to_300_are_refused(ask, api, text):
    result = ask("-t", text)
    assert result.exit == 3 and "-t %s" % text in result.out
    assert api.connections == 0
