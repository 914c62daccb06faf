# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The words of the API, in which anything may stand: in each place where they are shown."""

from standin import answers
from standin.script import body, error

from .row import HEALTHY, Row
from .scenes import api

FAILED = "the operation failed"
CHINESE = "\u7b7e\u540d\u9519\u8bef"

TEXTS = [
    ("newlines", "first\nsecond\r\nthird\u2028fourth\x0bfifth\x85sixth"),
    ("a second result", "x\nCWP LICENSE OK - 4 available|expired=0"),
    ("bars", "a | b=1 | c=2;;;0"),
    ("terminal escapes", "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x08\x7f"),
    ("Chinese", CHINESE),
    ("right to left", "\u202egnol \u200b\ufeff"),
    ("outside the first plane", "\U0001f600" * 50),
    ("HTML", "<script>alert(\"x\")</script> &amp; `id` $(id) ; ~ '"),
    ("macros", "$USER1$ $HOSTNAME$ %s%n%d {{x}}"),
    ("100 KB", "x" * (1024 * 100)),
    ("100 KB of many bytes", CHINESE * 8000),
    ("blanks", "   \t\n  "),
    ("nothing", ""),
    ("a word of the vendor's", "Check your CAM policies. [[request id:1]you are not authorized to perform operation "
                               "(cwp:DescribeLicenseGeneral)\nresource (*) has no permission\n]"),
]
UNREADABLE = [("lone surrogates", "\ud800 \udfff"), ("a NUL", "a\0b")]


def message(name, text):
    return Row("message: " + name, api(error("FailedOperation", text)), "service", FAILED)


def code(name, text):
    return Row("code: " + name, api(error(text, "x")), "service" if text else "malformed",
               "Tencent Cloud refused the request with an unknown error" if text else "Error has no Code")


def healthy(name, text):
    """A text that a healthy answer holds, shown by no more than --detail."""
    return Row("edition: " + name, api(body(answers.document(ProtectType=text))), says=HEALTHY, options=("--detail",))


def unreadable(name, text):
    data = answers.wrap(answers.error("FailedOperation", text))
    return Row("message: " + name, api(body(data)), "malformed", "not valid JSON: an escape is no character")


ROWS = [message(*row) for row in TEXTS] + [unreadable(*row) for row in UNREADABLE] + [
    Row("message: 1 MB", api(error("FailedOperation", "x" * 2 ** 20)), "malformed", "larger than is accepted"),
    *[code(*row) for row in TEXTS if row[0] in (
        "newlines", "a second result", "bars", "terminal escapes", "Chinese", "HTML", "blanks", "nothing")],
    Row("code: 100 KB", api(error("x" * 1024 * 100, "x")), "service", "with the error xxxxxxxx"),
    *[healthy(*row) for row in TEXTS if row[0] in ("a second result", "terminal escapes", "Chinese", "100 KB")],
]
