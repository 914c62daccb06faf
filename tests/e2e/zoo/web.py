# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""HTTP."""

import gzip

from running import LIBCURL
from standin.answers import document
from standin.script import (
    HEARD, PADDING, body, close_at, drip, error, goodbye, head, ok, oversize, raw, redirect, reply, send, status, wait)

from .row import CUT_OFF, Row
from .scenes import api

KIB = 1024
WHOLE = document()
EXPIRED = document(ExpireLicenseCnt=9)
NO_HTTP, NO_JSON, TOO_LARGE = "does not speak HTTP", "not valid JSON", "larger than is accepted"
PAGE = "<html><title>%d</title>\n<script>alert('|')</script></html>"
LATE = ("-t", "1")
CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
NO_LENGTH = {"Content_Length": None, "Connection": "close"}


def for_ever(data):
    def step(x):
        while True:
            x.send(data)
    return step


def pages(*codes):
    """Errors without an Error object, from whatever stands before the API."""
    for code in codes:
        page = PAGE % code
        passing = code == 429 or code >= 500
        yield Row("HTTP %d" % code, api(status(code, page)), "throttled" if code == 429 else "http",
                  "HTTP %d (%d bytes)" % (code, len(page)), is_outage=passing, may_pass=passing)


def redirects(*rows):
    """One more request would find a healthy account, or a file of this machine."""
    for code, place in rows:
        yield Row("HTTP %d to %s" % (code, place), api(redirect(place, code), ok()), "http",
                  "HTTP %d (%d bytes), redirects" % (code, 0 if code == 304 else 5), options=("--retries", "3"))


def garbage(name, data, says=NO_HTTP, kind="malformed", **more):
    return Row(name, api(raw(data)), kind, says, **more)


def odd(name, *steps):
    """Unusual, and right."""
    return Row(name, api(HEARD + list(steps)))


def chunked(data, size):
    parts = [data[start:start + size] for start in range(0, len(data), size)] + [b""]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def chunks(data):
    return [head(Content_Length=None, Transfer_Encoding="chunked"), send(data)]


def answer(data, length=None):
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(data) if length is None else length, data)


ROWS = [
    *redirects((301, "/other"), (302, "https://localhost/"), (303, "http://localhost/"), (307, "file:///etc/passwd"),
               (308, "//192.0.2.1/"), (300, "/"), (304, "/")),
    *pages(400, 401, 403, 404, 405, 413, 418, 429, 451, 500, 501, 502, 503, 504, 511, 599),
    Row("HTTP 204", api(status(204)), "malformed", "it is empty"),
    Row("HTTP 206, half of the truth", api(body(WHOLE[:100], Content_Range="bytes 0-99/800")), "malformed", NO_JSON),
    Row("HTTP 500 with a healthy document", api(status(500, WHOLE)), "http", "HTTP 500", is_outage=True, may_pass=True),
    Row("HTTP 999", api(status(999, "x")), "http", "HTTP 999", is_outage=True, may_pass=True),
    Row("HTTP 503 once, then fine", api(status(503, "x"), ok()), options=("--retries", "1"), tries=2,
        or_else=("http",)),
    Row("HTTP 429 once, then fine", api(status(429, "x"), ok()), options=("--retries", "1"), tries=2,
        or_else=("throttled",)),
    Row("HTTP 503 for ever", api(status(503, "x")), "http", "HTTP 503 (1 bytes), 2 tries", is_outage=True,
        may_pass=True, options=("--retries", "1"), tries=2),

    garbage("SSH", "SSH-2.0-OpenSSH_9.2\r\n"),
    garbage("HTTP/0.9", "{}\n"),
    garbage("a document as HTTP/0.9", WHOLE.decode()),
    garbage("status line without a number", "HTTP/1.1 abc OK\r\n\r\n"),
    garbage("status line with a short number", "HTTP/1.1 20 OK\r\n\r\n"),
    garbage("HTTP/9", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
    garbage("HTTP/2 without being asked", "HTTP/2 200\r\ncontent-length: 2\r\n\r\n{}", "malformed answer"),
    garbage("an end without a word", "", "closed the connection without an answer", "network"),
    garbage("bytes of all kinds", "".join(chr(n) for n in range(256)) * 4),
    garbage("a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"),
    garbage("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"),
    garbage("a length beyond all numbers", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
            "malformed answer"),
    garbage("two lengths that differ", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "ended too early", "network"),
    garbage("a NUL in the head", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\n{}"),
    garbage("a head that folds", "HTTP/1.1 200 OK\r\n folded: 1\r\nContent-Length: 2\r\n\r\n{}", NO_HTTP),
    garbage("chunk size that is no number", CHUNKED + "zz\r\n{}\r\n0\r\n\r\n", "broke", "network"),
    garbage("chunk size beyond all numbers", CHUNKED + "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n", "broke", "network"),
    garbage("chunk longer than it says", CHUNKED + "1\r\n{}\r\n0\r\n\r\n", "broke", "network"),
    garbage("chunks without an end", CHUNKED + "2\r\n{}\r\n", "ended too early", "network"),
    garbage("an encoding that nobody knows", "HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n{}",
            "an encoding that was not asked for"),
    Row("a length shorter than the body", api(raw(answer(WHOLE, 100).decode())), "malformed", NO_JSON),
    Row("a length longer than the body, and an end", api(raw(answer(WHOLE, 9999).decode())), "network",
        "ended too early"),
    Row("a length longer than the body, and silence", api(HEARD + [send(answer(WHOLE, 9999)), wait()]), "timeout",
        "(stage: reading)", options=LATE),
    Row("a length of zero", api(raw(answer(WHOLE, 0).decode())), "malformed", "it is empty"),

    Row("head a byte at a time", api(HEARD + [drip(b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 1\r\n" * 99, 3, 0.05)]), "timeout",
        "(stage: ", options=LATE),
    Row("body a byte at a time", api(HEARD + [head(length=len(WHOLE)), drip(WHOLE, 1, 0.05)]), "timeout",
        "(stage: reading)", options=LATE),
    Row("body fast enough to look alive", api(HEARD + [head(length=len(WHOLE)), drip(WHOLE, 40, 0.4)]), "timeout",
        "(stage: reading)", options=LATE),
    Row("chunks of one byte for ever", api(HEARD + [head(Content_Length=None, Transfer_Encoding="chunked"),
                                                    drip(b"1\r\n \r\n" * 99, 6, 0.05)]), "timeout", "(stage: reading)",
        options=LATE),
    Row("head without end, one line", api(HEARD + [send(b"HTTP/1.1 200 OK\r\nX: "), for_ever(PADDING)]), "malformed",
        TOO_LARGE if LIBCURL >= (8, 6) else "a header is too large, or there is not enough memory"),
    Row("head without end, many lines", api(HEARD + [send(b"HTTP/1.1 200 OK\r\n"), for_ever(b"X-Pad: 1\r\n" * 99)]),
        "malformed", TOO_LARGE),
    Row("body without end", api(HEARD + [head(Content_Length=None), for_ever(PADDING)]), "malformed", TOO_LARGE),
    Row("chunks without end", api(HEARD + [head(Content_Length=None, Transfer_Encoding="chunked"),
                                           for_ever(b"1000\r\n" + PADDING + b"\r\n")]), "malformed", TOO_LARGE),
    Row("trailers without end", api(HEARD + [head(Content_Length=None, Transfer_Encoding="chunked"), send(b"0\r\n"),
                                             for_ever(b"X-Pad: 1\r\n" * 99)]), "malformed", TOO_LARGE),
    Row("body a byte too large", api(oversize(256 * KIB + 1)), "malformed", TOO_LARGE),
    Row("body a byte too large, not said", api(oversize(256 * KIB + 1, declared=False)), "malformed", TOO_LARGE),
    Row("body far too large, said at once", api(oversize(20 * KIB * KIB)), "malformed", TOO_LARGE),
    Row("body too large, not said", api(oversize(300 * KIB, declared=False)), "malformed", TOO_LARGE),
    Row("a flood of 100 Continue", api(HEARD + [for_ever(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)]), "malformed",
        TOO_LARGE),
    Row("a flood of 103 Early Hints", api(HEARD + [for_ever(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50)]),
        "malformed", TOO_LARGE),
    Row("100 Continue again and again, slowly", api(HEARD + [drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 99, 25, 0.05)]),
        "timeout", "(stage: ", options=LATE),
    Row("101 Switching Protocols", api(HEARD + [send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
                                                send(answer(WHOLE)), wait()]), "timeout", "(stage: reading)",
        options=LATE),
    Row("gzip, not asked for", api(body(gzip.compress(WHOLE), Content_Encoding="gzip")), "malformed", NO_JSON),
    Row("deflate that is none", api(body(b"\x1f\x8b\x08\x00" + bytes(40), Content_Encoding="deflate")), "malformed",
        NO_JSON),
    Row("two answers, the second one bad", api(HEARD + [send(answer(WHOLE) + answer(EXPIRED)), wait()])),
    Row("two answers, the first one bad", api(HEARD + [send(answer(b"<html>") + answer(WHOLE)), wait()]), "malformed",
        NO_JSON),
    Row("an error, then an answer",
        api(HEARD + [send(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" + answer(WHOLE)), wait()]),
        "http", "HTTP 503 (0 bytes)", is_outage=True, may_pass=True),
    Row("an answer before the request is heard", api([HEARD[0], send(answer(WHOLE)), wait()])),
    Row("closed in the head", api(close_at("head")), "network", "ended too early", with_gnutls=CUT_OFF),

    odd("chunks", *chunks(chunked(WHOLE, 7))),
    odd("chunks with extensions and trailers", *chunks(
        b"%x;a=b\r\n%s\r\n0\r\nX-Sum: 1\r\n\r\n" % (len(WHOLE), WHOLE))),
    odd("no length, a clean end", head(**NO_LENGTH), send(WHOLE), goodbye),
    odd("keep-alive after the end", reply(WHOLE, Connection="keep-alive", Keep_Alive="timeout=99"), wait()),
    odd("100 first", send(b"HTTP/1.1 100 Continue\r\n\r\n"), reply(WHOLE)),
    odd("103 first", send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), reply(WHOLE)),
    odd("HTTP/1.0", send(b"HTTP/1.0 200 OK\r\n\r\n" + WHOLE), goodbye),
    odd("no Content-Type", reply(WHOLE, Content_Type=None)),
    odd("Content-Type text", reply(WHOLE, Content_Type="text/plain")),
    odd("Content-Type with a charset", reply(WHOLE, Content_Type="application/json; charset=utf-8")),
    odd("no Date", reply(WHOLE, Date=None)),
    odd("a silly Date", reply(WHOLE, Date="yesterday; | `id`")),
    odd("a Date of 1970", reply(WHOLE, Date="Thu, 01 Jan 1970 00:00:00 GMT")),
    odd("a cookie", reply(WHOLE, Set_Cookie="a=b; Path=/")),
    odd("a redirect that is none", reply(WHOLE, Location="https://localhost/other")),
    odd("an upgrade that is none", reply(WHOLE, Upgrade="h2c", Alt_Svc='h3=":443"')),
    odd("the same length twice", send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Length: %d\r\n\r\n"
                                                   % (len(WHOLE), len(WHOLE)) + WHOLE)),
    Row("a body as large as is accepted", api(oversize(256 * KIB))),
    Row("the same, not said", api(oversize(256 * KIB, declared=False))),

    *[Row("an Error object with HTTP %d" % code, api(error("AuthFailure.UnauthorizedOperation", "no", status=code)),
          "permission", "may not call cwp:DescribeLicenseGeneral") for code in (400, 401, 403, 404, 429, 500, 503)],
]
