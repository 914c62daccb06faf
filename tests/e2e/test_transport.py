# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Faults of network and HTTP: what is said, which state, and that exactly one kind of answer counts as an answer."""

import json
import socket

import pytest

from standin import answers
from standin.script import (
    HEARD, PADDING, body, close, close_at, error, goodbye, head, ok, oversize, raw, redirect, reply, reset_at,
    send, status, tls, read)

KIB = 1024
HEALTHY = ("4 available",)
WHOLE = answers.document()


def test_connection_refused(plugin, pki, credentials):
    """A port that is bound but does not listen is refused, and nobody else can take it meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        reach = ["-4", "-H", "localhost", "-p", bound.getsockname()[1], "--ca-file", pki.root,
                 "--credentials-file", credentials, "--retries", 0]
        plugin(*reach, within=0.5).failed("localhost", ("refused", "connect"))
        plugin(*reach, "--api-error-state", "critical").failed(state="CRITICAL")
        assert plugin(*reach, "--output-format", "json").json["error"]["kind"] == "network"


CUT = [
    ("reset before TLS", reset_at("accept")),
    ("reset after TLS", reset_at("handshake")),
    ("reset before the answer", reset_at("answer")),
    ("reset in the head", reset_at("head")),
    ("reset in the body", reset_at("body")),
    ("closed before TLS", close_at("accept")),
    ("closed after TLS", close_at("handshake")),
    ("closed before the answer", close_at("answer")),
    ("closed in the body", close_at("body")),
    ("farewell in the body", HEARD + [head(length=400), send(WHOLE[:200]), goodbye]),
]


@pytest.mark.parametrize("behavior", [row[1] for row in CUT], ids=[row[0] for row in CUT])
def test_cut_connections(ask, api, behavior):
    api.play(behavior)
    ask("--retries", 0, within=1).failed("localhost")
    ask("--retries", 0, "--api-error-state", "warning").failed(state="WARNING")
    failure = ask("--retries", 0, "--output-format", "json").json["error"]
    assert failure["kind"] in ("network", "tls") and failure["retryable"]


@pytest.mark.parametrize("behavior", [
    close_at("head"), HEARD + [head(Content_Length=None, Connection="close"), send(WHOLE[:-2]), close]],
    ids=["in the head", "in a body without length"])
def test_cuts_that_http_cannot_tell_from_an_end(ask, api, behavior):
    """HTTP/1.1 without a length ends where the connection does; what is left is no JSON in any case."""
    api.play(behavior)
    ask("--retries", 0).failed("localhost")


GARBAGE = [
    ("SSH", "SSH-2.0-OpenSSH_9.2\r\n"),
    ("HTTP/0.9", "{}\n"),
    ("bad status line", "HTTP/1.1 abc OK\r\n\r\n"),
    ("HTTP/9", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
    ("nothing", ""),
    ("bad length", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"),
    ("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    ("bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
    ("endless head", "HTTP/1.1 200 OK\r\n" + "X-Pad: " * 60000),
    ("many headers", "HTTP/1.1 200 OK\r\n" + "X-Pad: 1\r\n" * 60000 + "\r\n"),
    ("binary", "".join(chr(n) for n in range(256)) * 4),
]


@pytest.mark.parametrize("data", [row[1] for row in GARBAGE], ids=[row[0] for row in GARBAGE])
def test_no_http(ask, api, data):
    api.play(raw(data))
    ask("--retries", 0, within=1.5).failed()


def chunked(data, size):
    parts = [data[start:start + size] for start in range(0, len(data), size)] + [b""]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


ODD_BUT_RIGHT = [
    ("chunked", HEARD + [head(Content_Length=None, Transfer_Encoding="chunked"), send(chunked(WHOLE, 7))]),
    ("no length, clean end", HEARD + [head(Content_Length=None, Connection="close"), send(WHOLE), goodbye]),
    ("100 first", HEARD + [send(b"HTTP/1.1 100 Continue\r\n\r\n"), reply(WHOLE)]),
    ("103 first", HEARD + [send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), reply(WHOLE)]),
    ("no Content-Type", body(WHOLE, Content_Type=None)),
    ("Content-Type with charset", body(WHOLE, Content_Type="application/json; charset=utf-8")),
    ("Content-Type text", body(WHOLE, Content_Type="text/plain")),
    ("no Date", body(WHOLE, Date=None)),
    ("silly Date", body(WHOLE, Date="yesterday; | `id`")),
    ("old Date", body(WHOLE, Date="Thu, 01 Jan 1970 00:00:00 GMT")),
    ("HTTP/1.0", HEARD + [send(b"HTTP/1.0 200 OK\r\n\r\n" + WHOLE), goodbye]),
    ("a cookie", body(WHOLE, Set_Cookie="a=b; Path=/")),
    ("a redirect that is none", body(WHOLE, Location="https://localhost/other")),
    ("exactly 256 KiB", oversize(256 * KIB)),
    ("256 KiB without length", oversize(256 * KIB, declared=False)),
]


@pytest.mark.parametrize("behavior", [row[1] for row in ODD_BUT_RIGHT], ids=[row[0] for row in ODD_BUT_RIGHT])
def test_unusual_answers_that_are_right(ask, api, behavior):
    api.play(behavior)
    ask("--retries", 0).passed(*HEALTHY)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("size", [256 * KIB + 1, 300 * KIB, 20 * KIB * KIB])
def test_too_large(ask, api, size, declared):
    api.play(oversize(size, declared))
    ask("--retries", 3, within=2).failed(("256", "large", "long", "big"))
    assert len(api.requests) == 1


def test_endless_answer(ask, api):
    """No end, no length: the limit must be noticed while reading."""
    def forever(x):
        while True:
            x.send(PADDING)
    api.play(HEARD + [head(Content_Length=None), forever])
    ask("--retries", 0, within=2).failed(("256", "large", "long", "big"))


def test_compressed_answers_are_not_asked_for(ask, api):
    """A decompressor would be one more thing to bomb."""
    ask().passed()
    assert api.requests[0].header("Accept-Encoding") in ("", "identity")
    api.play(body(b"\x1f\x8b\x08\x00" + b"\x00" * 40, Content_Encoding="gzip"))
    ask("--retries", 0).failed()


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", [
    "/other", "https://localhost:{port}/", "http://localhost:{port}/", "file:///etc/passwd"])
def test_redirects_are_not_followed(ask, api, code, place):
    api.play(redirect(place.format(port=api.port), code), ok())
    result = ask("--retries", 3).failed(str(code))
    assert len(api.requests) == api.connections == 1
    assert "root:" not in result.out


# status, may it be repeated, does --api-error-state apply
STATUSES = [(400, False), (401, False), (403, False), (404, False), (405, False), (413, False), (418, False),
            (429, True), (500, True), (502, True), (503, True), (504, True), (599, True)]
PAGE = "<html><title>%d</title>\n<script>alert('|')</script></html>"


@pytest.mark.parametrize("code, again", STATUSES)
def test_http_errors_without_an_error_object(ask, api, code, again):
    page = PAGE % code
    api.play(status(code, page))
    ask("--retries", 0).failed(str(code), str(len(page)))
    state = "CRITICAL" if again else "UNKNOWN"
    ask("--retries", 0, "--api-error-state", "critical").failed(state=state)
    failure = ask("--retries", 0, "--output-format", "json").json["error"]
    assert failure["retryable"] is again
    assert failure["kind"] in ("http", "throttled" if code == 429 else "http")


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404, 429, 500, 503])
def test_an_error_object_counts_whatever_the_status(ask, api, code):
    api.play(error("AuthFailure.UnauthorizedOperation", "no", status=code))
    result = ask("--retries", 3)
    result.failed("AuthFailure.UnauthorizedOperation", "cwp:DescribeLicenseGeneral", api.requests[0].id)
    assert len(api.requests) == 1, "the code says not to repeat it, so the status does not matter"


@pytest.mark.parametrize("code", [201, 202, 203, 204, 206, 226])
def test_other_successes_are_no_answer(ask, api, code):
    """Only 200 was ever promised; a 206 may be half the truth."""
    api.play(status(code, "" if code == 204 else WHOLE, Content_Type="application/json"))
    result = ask("--retries", 0)
    assert result.exit in (0, 3)
    if result.exit == 3:
        result.failed(str(code))


def test_http_error_in_front_of_a_valid_document(ask, api):
    """A 500 with a healthy document is a broken gateway, not a healthy account."""
    api.play(status(500, json.dumps({"Response": answers.fields()}), Content_Type="application/json"))
    ask("--retries", 0).failed("500")


FORMS = [["-v"], ["-vv"], ["-vvv"], ["--detail"], ["--output-format", "json"], ["--output-format", "prometheus"]]


@pytest.mark.parametrize("behavior", [
    ok(), error("AuthFailure.SignatureFailure", "x"), status(404, "x"), body("<html>")],
    ids=["ok", "refused", "404", "malformed"])
@pytest.mark.parametrize("more", FORMS, ids=str)
def test_no_output_holds_a_signature(ask, api, behavior, more):
    """With it, whoever reads the monitoring's log could repeat the request for five minutes."""
    api.play(behavior)
    result = ask("--retries", 0, *more)
    authorization = api.requests[0].header("Authorization")
    assert authorization.rpartition("Signature=")[2] not in result.out
    if more[0] in ("-vv", "-vvv"):
        result.says("/cwp/tc3_request", "X-TC-Timestamp: " + api.requests[0].header("X-TC-Timestamp"))


def test_the_request_is_what_the_api_wants(ask, api):
    ask("--region", "ap-singapore").passed()
    (request,) = api.requests
    wanted = {"X-TC-Region": "ap-singapore", "X-TC-Language": "en-US", "X-TC-Action": "DescribeLicenseGeneral",
              "X-TC-Version": "2018-02-28", "Content-Type": "application/json", "X-TC-Token": "", "Expect": "",
              "Proxy-Authorization": "", "Cookie": ""}
    assert {name: request.header(name) for name in wanted} == wanted
    api.play([tls, read, reply(WHOLE)])
    ask().passed()
    assert api.requests[1].header("X-TC-Region") == ""
