# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Attempts, counted where they arrive."""

import pytest

from running import FACTOR
from standin.script import close_at, error, ok, reset_at, status

AGAIN = [
    ("InternalError", error("InternalError", "x")),
    ("InternalError.MainDBFail", error("InternalError.MainDBFail", "x")),
    ("ServiceUnavailable", error("ServiceUnavailable", "x")),
    ("503", status(503, "busy")),
    ("502", status(502, "bad")),
    ("reset", reset_at("answer")),
    ("closed", close_at("answer")),
    ("reset before TLS", reset_at("accept")),
    ("cut head", close_at("head")),
    ("cut body", close_at("body")),
]
THROTTLED = [("RequestLimitExceeded", error("RequestLimitExceeded", "x")),
             ("RequestLimitExceeded.UinLimitExceeded", error("RequestLimitExceeded.UinLimitExceeded", "x")),
             ("429", status(429, "slow down"))]
FINAL = [
    ("AuthFailure.SignatureFailure", error("AuthFailure.SignatureFailure", "x")),
    ("AuthFailure.SignatureExpire", error("AuthFailure.SignatureExpire", "x")),
    ("UnauthorizedOperation", error("UnauthorizedOperation", "x")),
    ("InvalidAction", error("InvalidAction", "x")),
    ("404", status(404, "x")), ("403", status(403, "x")), ("400", status(400, "x")), ("302", status(302, "x")),
    ("malformed", status(200, "<html>")),
]


def behaviors(rows):
    return pytest.mark.parametrize("behavior", [row[1] for row in rows], ids=[row[0] for row in rows])


@behaviors(AGAIN + THROTTLED)
def test_recovery(ask, api, behavior):
    """One fault is got over by default, and says nothing in the end."""
    api.play(behavior, ok())
    result = ask("--output-format", "json", "-t", 20)
    document = result.json
    assert document["state"] == "OK" and document["error"] is None
    assert document["attempts"] == api.connections == 2


@behaviors(FINAL)
def test_what_would_fail_again_is_not_repeated(ask, api, behavior):
    api.play(behavior, ok())
    ask("--retries", 3, within=0.8).failed(state="UNKNOWN")
    assert api.connections == 1


@pytest.mark.parametrize("retries", [0, 1, 2, 3])
def test_number_of_attempts(ask, api, retries):
    api.play(error("InternalError", "x"))
    result = ask("--retries", retries, "-t", 30).failed("InternalError")
    assert len(api.requests) == retries + 1
    assert api.requests[-1].id in result.out, "the last attempt's request id is the one to ask support about"


@pytest.mark.parametrize("text", ["-1", "4", "1.0", "", "one"])
def test_numbers_outside_0_to_3_are_refused(ask, api, text):
    result = ask("--retries", text)
    assert result.exit == 3 and text in result.out and "retries" in result.out
    assert api.connections == 0


def gaps(api):
    times = [request.at for request in api.requests]
    return [after - before for before, after in zip(times, times[1:])]


@pytest.mark.parametrize("behavior, least, most", [
    (error("InternalError", "x"), 0.5, 1.5), (error("RequestLimitExceeded", "x"), 1, 2)], ids=["fault", "throttled"])
def test_waits_between_attempts(ask, api, behavior, least, most):
    """With jitter: a hundred hosts must not come back in the same instant."""
    api.play(behavior)
    ask("--retries", 3, "-t", 30).failed()
    waits = gaps(api)
    assert len(waits) == 3 and all(least - 0.01 <= wait <= most + 0.3 * FACTOR for wait in waits), waits
    assert max(waits) - min(waits) > 0.001, "no jitter: %r" % waits


def test_every_attempt_is_signed_anew(ask, api):
    """The stand-in verified each signature already; here, that each carries its own time and not the first one's."""
    api.play(error("InternalError", "x"))
    ask("--retries", 3, "-t", 30).failed()
    stamps = [int(request.header("X-TC-Timestamp")) for request in api.requests]
    assert stamps[0] < stamps[-1]
    assert all(0 <= request.at - stamp < 1.5 * FACTOR for request, stamp in zip(api.requests, stamps))
    assert len({request.header("Authorization") for request in api.requests}) == len(set(stamps))


def test_different_faults_in_a_row(ask, api):
    api.play(reset_at("answer"), error("InternalError", "x"), status(503, "busy"), ok())
    ask("--retries", 3, "-t", 30).passed("4 available")
    assert api.connections == 4


def test_the_last_fault_decides(ask, api):
    api.play(status(503, "busy"), error("AuthFailure.UnauthorizedOperation", "x"), ok())
    ask("--retries", 3, "-t", 30, "--api-error-state", "critical").failed("UnauthorizedOperation", state="UNKNOWN")
    assert api.connections == 2


# Does --api-error-state apply?
STATES = [(row[1], True, row[0]) for row in AGAIN + THROTTLED] + [(row[1], False, row[0]) for row in FINAL]


@pytest.mark.parametrize("behavior, applies", [row[:2] for row in STATES], ids=[row[2] for row in STATES])
def test_api_error_state_is_for_faults_of_network_and_service(ask, api, behavior, applies):
    api.play(behavior)
    ask("--retries", 0, "--api-error-state", "critical").failed(state="CRITICAL" if applies else "UNKNOWN")


def test_time_counts_all_attempts(ask, api):
    api.play(error("InternalError", "x"), ok())
    result = ask("-t", 20).passed()
    assert float(result.perfdata["time"].split("s;")[0]) >= 0.5
