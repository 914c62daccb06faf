# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What a stand-in does to those who call: steps, behaviors made of steps, and scripts made of behaviors.

A step is a function of one Exchange. A behavior is a list of steps and lives through one request (or less, if it stops
early). A script hands out one behavior per request, the last one again and again. A new fault is a new list:

    [tls, read, send(b"HTTP/1.1 200 OK\\r\\n"), wait(3), reset]

Behaviors that have a name in NAMED can be written in JSON too, for a stand-in that is a process of its own:

    {"clock": 0, "script": [["error", "InternalError", "try again"], ["ok", {"ExpireLicenseCnt": 2}]]}
"""

import json
import os
import threading

from . import answers

# ---- Steps ----


def tls(x):
    x.start_tls()


def read(x):
    x.read_request()


def close(x):
    x.close()


def goodbye(x):
    x.goodbye()


def reset(x):
    x.reset()


def deaf(x):
    x.wait_deaf()


def wait(seconds=None):
    return lambda x: x.wait(seconds)


def send(data):
    return lambda x: x.send(data)


def drip(data, size=1, pause=0.1):
    return lambda x: x.drip(data, size, pause)


def head(status=200, length=0, **headers):
    """Only the head of an answer. Headers as keywords: Content_Type="text/html", Date=None for none."""
    return lambda x: x.send(x.head(status, headers, length))


def reply(body, status=200, **headers):
    """A whole answer. body: bytes, or a dictionary that stands under "Response" and gets the request's own id."""
    def step(x):
        data = body if isinstance(body, bytes) else answers.wrap(dict({"RequestId": x.request.id}, **body))
        x.send(x.head(status, headers, len(data)) + data)
    return step


# ---- Behaviors: a correct request heard, and then ... ----

HEARD = [tls, read]
PADDING = b" " * 4096


def ok(changes=None, **more):
    """A healthy account, with the given fields changed."""
    return HEARD + [reply(answers.fields(**dict(changes or {}, **more)))]


def error(code, message="", **how):
    """An API error, by default with status 200 as the real service sends it."""
    response = answers.error(code, message)
    del response["RequestId"]           # reply() puts the request's own
    return HEARD + [reply(response, **how)]


def status(code, body="", **headers):
    """An answer of some gateway on the way: a status and a text."""
    data = body.encode() if isinstance(body, str) else body
    return HEARD + [reply(data, code, **dict({"Content_Type": "text/html"}, **headers))]


def body(data, **headers):
    """Exactly these bytes as the body of a 200."""
    return HEARD + [reply(data.encode() if isinstance(data, str) else data, **headers)]


def raw(data):
    """These bytes in place of an HTTP answer, then a clean end."""
    return HEARD + [send(data.encode("latin-1") if isinstance(data, str) else data), goodbye]


def redirect(location, code=302):
    return HEARD + [reply(b"moved", code, Location=location)]


def oversize(size=300 * 1024, declared=True):
    """A correct answer with blanks after it up to the given size."""
    def step(x):
        data = answers.wrap(dict(answers.fields(), RequestId=x.request.id))
        data += b" " * (size - len(data))
        if declared:
            x.send(x.head(200, {}, len(data)))
        else:
            x.send(x.head(200, {"Content-Length": None, "Connection": "close"}, 0))
        x.send(data)
        if not declared:
            x.goodbye()
    return HEARD + [step]


# Where an exchange can be when something happens to it.
STAGES = {
    "accept": [],
    "handshake": [tls],
    "answer": HEARD,
    "head": HEARD + [send(b"HTTP/1.1 200 OK\r\nContent-Type: appl")],
    "body": HEARD + [head(length=400), send(b'{"Response": {"LicenseCnt": 5')],
}


def stall(stage="answer"):
    return STAGES[stage] + [wait()]


def reset_at(stage="answer"):
    return STAGES[stage] + [reset]


def close_at(stage="answer"):
    return STAGES[stage] + [close]


def slow(seconds=1.0, changes=None):
    """A correct answer after a while."""
    return HEARD + [wait(seconds)] + ok(changes)[2:]


NAMED = {make.__name__: make for make in (
    ok, error, status, body, raw, redirect, oversize, stall, reset_at, close_at, slow)}

# ---- Scripts ----


class Script:
    """Hands out behaviors, one per request; the last one repeats."""

    def __init__(self, behaviors, clock=0):
        self.behaviors, self.clock = list(behaviors), clock     # clock: seconds that the service's clock is ahead
        self._at = 0
        self._lock = threading.Lock()

    def next(self):
        with self._lock:
            behavior = self.behaviors[min(self._at, len(self.behaviors) - 1)]
            self._at += 1
            return behavior


class ScriptFile:
    """A script in a JSON file, read at each request; it starts afresh whenever the file has changed.

    Replace the file with a rename: a file caught half written is ignored in favor of what was known before.
    """

    def __init__(self, path):
        self.path, self._text, self._script = path, None, Script([ok()])
        self._lock = threading.Lock()

    @property
    def clock(self):
        return self._script.clock

    def next(self):
        with self._lock:
            self._refresh()
            return self._script.next()

    def _refresh(self):
        if not os.path.exists(self.path):
            return
        with open(self.path) as file:
            text = file.read()
        if text == self._text:
            return
        try:
            document = json.loads(text)
        except ValueError:
            return
        behaviors = [NAMED[name](*args) for name, *args in document["script"]]
        self._text, self._script = text, Script(behaviors, document.get("clock", 0))
