# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""One hard limit over everything, and a result that names the stage in which time ran out."""

import socket

import pytest

from running import FACTOR, SLACK, needs_speed, seconds
from standin.listener import listening_socket
from standin.script import HEARD, drip, error, head, ok, slow, stall, status
from standin.answers import document

pytestmark = needs_speed

STAGES = [
    ("accept", "TLS handshake"),
    ("answer", "waiting for the answer"),
    ("head", ("reading", "waiting for the answer")),
    ("body", "reading"),
]


@pytest.mark.parametrize("limit", [1, 2])
@pytest.mark.parametrize("stage, words", STAGES, ids=[row[0] for row in STAGES])
def test_stalls(ask, api, stage, words, limit):
    """Whatever the number of attempts, the limit is one. No earlier end either: the server might still answer."""
    api.play(stall(stage))
    result = ask("-t", limit, within=limit + SLACK).failed(words, seconds(limit))
    assert result.seconds > limit - 0.6


def test_stall_while_connecting(plugin, pki, credentials):
    """A listener whose queue is full answers no further SYN."""
    full = listening_socket("127.0.0.1", 0, backlog=0)
    fillers = [socket.socket() for _ in range(4)]
    for filler in fillers:
        filler.setblocking(False)
        filler.connect_ex(full.getsockname())
    try:
        plugin("-4", "-H", "localhost", "-p", full.getsockname()[1], "--ca-file", pki.root, "-t", 1,
               "--credentials-file", credentials, within=1 + SLACK).failed("connect", seconds(1), "localhost")
    finally:
        for sock in fillers + [full]:
            sock.close()


DRIPS = [
    ("a byte at a time", [drip(document(), 1, 0.05)]),
    ("fast enough to look alive", [drip(document(), 40, 0.4)]),
]


@pytest.mark.parametrize("steps", [row[1] for row in DRIPS], ids=[row[0] for row in DRIPS])
def test_slow_drip(ask, api, steps):
    """Progress does not buy time."""
    api.play(HEARD + [head(length=len(document()))] + steps)
    ask("-t", 1, within=1 + SLACK).failed("reading", seconds(1))


def test_slow_drip_of_the_head(ask, api):
    api.play(HEARD + [drip(b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 1\r\n" * 99, 3, 0.05)])
    ask("-t", 1, within=1 + SLACK).failed(seconds(1), ("reading", "waiting"))


def test_slow_but_in_time(ask, api):
    api.play(slow(0.7))
    result = ask("-t", max(2, int(2 * FACTOR))).passed("4 available")
    assert float(result.perfdata["time"].split("s;")[0]) >= 0.7


@pytest.mark.parametrize("state", ["ok", "warning", "critical", "unknown"])
def test_the_state_of_a_timeout(ask, api, state):
    api.play(stall("answer"))
    ask("-t", 1, "--api-error-state", state, within=1 + SLACK).failed(state=state.upper())


def test_timeout_in_json(ask, api):
    api.play(stall("answer"))
    document = ask("-t", 1, "--output-format", "json", within=1 + SLACK).json
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
    ask("-t", 2, "--retries", 3, within=2 + SLACK).failed()
    assert len(api.requests) == 2


@pytest.mark.parametrize("text", ["0", "301", "-1", "1.5", "", "ten", "10s", "1e1", " 5", "99999999999999999999"])
def test_limits_outside_1_to_300_are_refused(ask, api, text):
    result = ask("-t", text)
    assert result.exit == 3 and "-t %s" % text in result.out
    assert api.connections == 0
