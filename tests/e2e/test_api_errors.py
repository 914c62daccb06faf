# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What the API says when it refuses: every code, hostile texts, and clocks that differ."""

import re

import pytest

from standin import answers, tc3
from standin.script import HEARD, body, error, ok, reply
from zoo.refusals import CODES
from zoo.texts import TEXTS, UNREADABLE


@pytest.mark.parametrize("code, kind, says, again", CODES, ids=[row[0] for row in CODES])
def test_every_code(ask, api, code, kind, says, again):
    """What the zoo does not see: the code and the request's id are shown, and a try is made again where it may be."""
    api.play(error(code, "words of the service"))
    result = ask("--retries", 1, "-t", 20)
    result.failed(code, says, api.requests[-1].id)
    assert len(api.requests) == (2 if again else 1)
    assert "words of the service" not in result.first, "the service's own text stands on a detail line only"
    failure = ask("--retries", 0, "--output-format", "json").json
    assert failure["error"]["code"] == code and failure["error"]["kind"] == kind
    assert failure["request_id"] == api.requests[-1].id and failure["metrics"] == {}


@pytest.mark.parametrize("state", ["ok", "warning", "critical"])
@pytest.mark.parametrize("code, applies", [
    ("InternalError", True), ("ServiceUnavailable", True), ("RequestLimitExceeded", True),
    ("AuthFailure.SignatureFailure", False), ("AuthFailure.SignatureExpire", False), ("UnauthorizedOperation", False),
    ("InvalidParameter", False), ("FailedOperation", False), ("ResourceUnavailable", False),
    ("SomethingEntirelyNew", False)])
def test_api_error_state(ask, api, code, applies, state):
    api.play(error(code, "x"))
    ask("--retries", 0, "--api-error-state", state).failed(code, state=state.upper() if applies else "UNKNOWN")


def test_a_refused_key_is_named_by_its_ends_and_its_source(plugin, api, pki, write_key, key):
    """Refused by the stand-in itself, as by the real service: it has never heard of this key."""
    path = write_key(tc3.Key("AKIDaaaaaaaaaaaaaaaaaaaaaaaaaaaaq3Fz", key.secret_key))
    result = plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", path)
    result.failed("AKID..q3Fz", path, "default", "AuthFailure.SecretIdNotFound")
    assert "AKIDaaaa" not in result.out


def test_a_wrong_secret_is_told_from_a_wrong_id(plugin, api, pki, write_key, key, token_key):
    path = write_key(tc3.Key(key.secret_id, token_key.secret_key))
    plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", path).failed(
        "AuthFailure.SignatureFailure", "%s..%s" % (key.secret_id[:4], key.secret_id[-4:]), path)
    assert api.requests[0].refused == "AuthFailure.SignatureFailure"


def test_temporary_keys(plugin, api, pki, write_key, token_key):
    reach = ["-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file"]
    plugin(*reach, write_key(token_key)).passed("4 available")
    assert api.requests[0].header("X-TC-Token") == token_key.token
    plugin(*reach, write_key(token_key._replace(token="")), "--retries", 3).failed("AuthFailure.TokenFailure", "token")
    assert len(api.requests) == 2


# ---- Texts ----

HOSTILE = TEXTS + UNREADABLE + [("long, no blank to break at", "\u0000" * 10000)]


@pytest.mark.parametrize("where", ["Message", "Code", "RequestId"])
@pytest.mark.parametrize("text", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_texts(ask, api, where, text):
    """The promises of every run (running.py) are the assertion: one bar at most, no control characters, size."""
    document = answers.error("FailedOperation", "x")
    (document if where == "RequestId" else document["Error"])[where] = text
    api.play(body(answers.wrap(document)))
    for more in ([], ["-v"], ["-vvv"], ["--output-format", "json"], ["--output-format", "prometheus"]):
        result = ask("--retries", 0, *more)
        assert result.exit == 3
        assert all(len(line) < 700 for line in result.details) or "-vvv" in more


def test_the_text_is_shown_and_cut(ask, api):
    api.play(error("InvalidParameter", "because of this " + "y" * 1000))
    result = ask().failed("because of this")
    assert 100 <= len(max(re.findall("y+", result.out))) <= 160


SHAPES = [
    {"Error": {}}, {"Error": {"Code": ""}}, {"Error": {"Message": "no code"}}, {"Error": {"Code": 5, "Message": "x"}},
    {"Error": {"Code": None, "Message": None}}, {"Error": "text"}, {"Error": []}, {"Error": True}, {"Error": 0},
    {"Error": {"Code": ["InternalError"], "Message": {}}}, {"Error": {"code": "InternalError"}},
]


@pytest.mark.parametrize("response", SHAPES, ids=str)
def test_errors_of_another_shape_are_still_no_answer(ask, api, response):
    """Even with healthy data beside them."""
    api.play(HEARD + [reply(response)])
    ask("--retries", 0).failed()
    api.play(HEARD + [reply(dict(answers.fields(), **response))])
    ask("--retries", 0).failed()


def test_an_error_without_request_id(ask, api):
    api.play(body(answers.wrap(answers.error("InvalidAction", "x", request_id=None)), X_TC_RequestId=None))
    result = ask().failed("InvalidAction")
    assert "null" not in result.out and "Request ID" not in result.out
    assert ask("--output-format", "json").json["request_id"] in (None, "")


# ---- Clocks ----

@pytest.mark.parametrize("offset, words", [
    (432, r"7m1[123]s behind"), (-432, r"7m1[123]s ahead"), (301 + 3600, r"(1h5m|1h0?5m|65m)\S* behind"),
    (86400 * 400, r"behind"), (-86400 * 400, r"ahead")])
def test_a_wrong_clock_is_measured(ask, api, offset, words):
    """The stand-in refuses the signature by itself; the offset can come from its Date header only."""
    api.play(ok(), clock=offset)
    result = ask("--retries", 3, "--api-error-state", "critical").failed("AuthFailure.SignatureExpire", "clock")
    assert re.search(words, result.first), result.out
    assert len(api.requests) == 1 and api.requests[0].refused == "AuthFailure.SignatureExpire"
    assert ask("--output-format", "json").json["error"]["kind"] == "clock"


@pytest.mark.parametrize("offset", [0, 60, -60, 290, -290])
def test_below_five_minutes_the_clock_is_not_blamed(ask, api, offset):
    api.play(error("AuthFailure.SignatureExpire", "x"), clock=offset)
    result = ask().failed("AuthFailure.SignatureExpire")
    assert "behind" not in result.out and "ahead" not in result.out


@pytest.mark.parametrize("date", [None, "", "soon", "Thu, 99 Foo 2024 00:00:00 GMT", "0", "Thu"])
def test_without_a_readable_date_nothing_is_invented(ask, api, date):
    api.play(error("AuthFailure.SignatureExpire", "x", Date=date))
    result = ask().failed("AuthFailure.SignatureExpire", "time")
    assert "behind" not in result.out and "ahead" not in result.out


def test_a_small_offset_is_no_topic_while_all_is_well(ask, api):
    api.play(ok(), clock=200)
    result = ask().passed("4 available")
    assert "clock" not in result.out
