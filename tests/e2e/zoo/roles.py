# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The metadata service, from which the key of the instance's role comes. Its faults are about the key: never more than
UNKNOWN, whatever --api-error-state says, and no request with half a key."""

import functools

from standin.metadata import FOLDER, role_document
from standin.resolver import NO_SUCH_NAME, SERVER_FAILURE, code
from standin.script import drip, error, ok, raw, read, redirect, reply, reset, send, stall, status, wait

from .row import Row
from .scenes import no_metadata, role

NO_ROLE = "no key of the instance role: "


def listed(key):
    """The list of roles as it should be."""
    del key
    return [read, reply(b"Monitoring", Content_Type="text/plain")]


def row(name, *behaviors, says="", **more):
    return Row("metadata: " + name, role(*behaviors, **more), "credentials", NO_ROLE + says, inside=True)


def paper(name, says="the answer of", **changes):
    """The role's document is spoiled so."""
    return row(name, listed, functools.partial(papers, changes), says=says)


def papers(changes, key):
    return [read, reply(role_document(key, **changes))]


def data(name, body, says="the answer of", code=200):
    return row(name, listed, [read, reply(body, code)], says=says)


def called(name, body):
    """What stands in place of the role's name."""
    return row(name, [read, reply(body)], says="metadata.tencentyun.com gave no name")


def away(name, says, **where):
    """Off Tencent's network."""
    return Row("metadata: " + name, no_metadata(**where), "credentials", NO_ROLE + says, inside=True)


def slow_head(x):
    x.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 1\r\n" * 500, 10, 0.2)


NOT_KNOWN = "the name metadata.tencentyun.com cannot be resolved"

ROWS = [
    Row("metadata: all is well", role(), inside=True),
    Row("metadata: the role is named", role(named=True), inside=True),
    away("no such name", NOT_KNOWN, known=False, answer=code(NO_SUCH_NAME)),
    away("the name server fails", NOT_KNOWN, known=False, answer=code(SERVER_FAILURE)),
    away("the name server is silent", "no answer from metadata.tencentyun.com within 1s (stage: name",
         known=False),
    away("refused", "cannot connect to metadata.tencentyun.com", known=True),
    row("no role is bound", says="no role is bound", pages={}),
    row("no such role", says="the instance does not have that role", pages={}, named=True),
    row("the role is gone", says="the instance does not have that role", pages={FOLDER: (200, b"Monitoring")}),
    paper("Code is not Success", Code="InvalidRole"),
    paper("Code is absent", Code=None),
    paper("id is absent", TmpSecretId=None),
    paper("key is absent", TmpSecretKey=None),
    paper("token is absent", Token=None),
    paper("id is a number", TmpSecretId=5),
    paper("key is over", says="the one that", life=-60),
    paper("key is nearly over", says="the one that", life=1),
    data("page instead of a document", b"<html>Please log in</html>"),
    data("empty document", b""),
    data("list", b"[]"),
    data("too deep", b"[" * 8000),
    data("too large", b'{"New": "' + b"x" * 17000 + b'"}', "malformed answer: larger than is accepted"),
    data("HTTP 500", b"x", "metadata.tencentyun.com did not answer with HTTP 200", 500),
    called("name is a path", b"../../../evil"),
    called("name has a line end", b"Mon\r\nX-Evil: 1"),
    called("name is a page", b"<html>Please log in</html>"),
    called("name is empty", b""),
    called("name is long", b"x" * 200),
    row("redirect", redirect("http://metadata.tencentyun.com/x")[1:], says="metadata.tencentyun.com did not"),
    row("redirect of the document", listed, redirect(FOLDER + "Other")[1:], says="metadata.tencentyun.com did not"),
    row("HTTP 503", status(503, "x")[1:], says="metadata.tencentyun.com did not answer with HTTP 200"),
    row("reset", [read, reset], says="the connection to metadata.tencentyun.com broke"),
    row("closed", [read, lambda x: x.close()], says="metadata.tencentyun.com closed"),
    row("no HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n")[1:], says="malformed answer"),
    row("body without end", [read, send(b"HTTP/1.1 200 OK\r\n\r\n"), lambda x: [x.send(b"x" * 999) for _ in range(99)]],
        says="malformed answer: larger than is accepted"),
    row("silence", [wait()], says="no answer from metadata.tencentyun.com within 1s"),
    row("silence after the request", [read, wait()], says="no answer from metadata.tencentyun.com within 1s"),
    row("head that drips", [read, slow_head], says="no answer from metadata.tencentyun.com within 1s"),
    row("body that drips", [read, send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"), drip(b"M" * 99, 1, 0.05)],
        says="no answer from metadata.tencentyun.com within 1s"),
    row("list in time, silence instead of the document", listed, [read, wait()], says="no answer from"),
    Row("metadata: fine, then silence of the API", role(api_does=[stall("answer")]), "timeout",
        "(stage: waiting for the answer)", options=("-t", "1"), inside=True),
    Row("metadata: fine, then the API refuses the token", role(api_does=[error("AuthFailure.TokenFailure", "x")]),
        "credentials", "temporary token of API key", inside=True),
    Row("metadata: fine, then an internal error once", role(api_does=[error("InternalError", "x"), ok()]),
        options=("--retries", "1"), tries=2, or_else=("service",), inside=True),
    *[Row("metadata: " + name, role(listed, functools.partial(papers, changes)), "credentials",
          "metadata.tencentyun.com", inside=True)
      for name, changes in (("line end in the id", {"TmpSecretId": "AKID\r\nX-Evil: 1"}),
                            ("line end in the token", {"Token": "a\r\nX-Evil: 1"}),
                            ("token too long", {"Token": "x" * 4097}))],
]
