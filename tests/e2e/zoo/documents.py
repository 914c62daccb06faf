# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""JSON: which documents count as an answer. Each rule of decoding; test_answers.py goes through their corners."""

from standin import answers
from standin.answers import ABSENT, document, fields, wrap
from standin.script import body

from .row import HEALTHY, Row
from .scenes import api

LARGEST = 2 ** 53
NO_JSON = "not valid JSON: "
NO_COUNT = "is not a whole number from 0 to 2^53"


def edited(old, new):
    """A healthy document with one piece of its text replaced, for what no JSON library would write."""
    text = document().decode()
    assert text.count(old) == 1, old
    return text.replace(old, new).encode("utf-8", "surrogateescape")


def nested(depth):
    return edited('"LicenseCnt": 50', '"LicenseCnt": 50, "New": ' + "[" * (depth - 2) + "]" * (depth - 2))


def bad(name, data, says):
    return Row(name, api(body(data)), "malformed", says)


def good(name, data, says=HEALTHY):
    return Row(name, api(body(data)), says=says)


def counts(**values):
    """In place of the count of expired licenses."""
    for name, text in values.items():
        yield bad("a count that is " + name.replace("_", " "), edited('"ExpireLicenseCnt": 0',
                                                                      '"ExpireLicenseCnt": ' + text),
                  "ExpireLicenseCnt (expired) " + NO_COUNT)


ROWS = [
    *[bad("%s is %s" % (name, word), document(**{name: value}), "%s (%s) is missing" % (name, ours))
      for name, ours in (("ExpireLicenseCnt", "expired"), ("NearExpiryLicenseCnt", "near_expiry"),
                         ("AvailableLicenseCnt", "available"))
      for word, value in (("absent", ABSENT), ("null", None))],
    *counts(a_text='"0"', a_fraction="0.5", a_whole_number_with_fraction="0.0", an_exponent="0e0", negative="-1",
            minus_zero="-0", true="true", false="false", an_object="{}", a_list="[0]",
            **{"2^53 + 1": str(LARGEST + 1), "2^64": str(2 ** 64), "of 400 digits": "1" + "0" * 400,
               "1e400": "1e400"}),
    bad("a switch that is a number", document(AutoOpenStatus=1), "AutoOpenStatus (auto_upgrade) is not true or false"),
    bad("a switch that is a text", document(AutoOpenStatus="true"), "(auto_upgrade) is not true or false"),
    bad("a text that is a number", document(ProtectType=5), "ProtectType (upgrade_mode) is not a text"),
    bad("a request id that is a list", document(RequestId=[]), "RequestId (request_id) is not a text"),
    bad("a name twice", edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": 0, "ExpireLicenseCnt": 0'),
        NO_JSON + "a name occurs twice"),
    bad("a name twice, once in disguise",
        edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": 9, "\\u0045xpireLicenseCnt": 0'),
        NO_JSON + "a name occurs twice"),
    bad("two Responses", document()[:-1] + b', "Response": {}}', NO_JSON + "a name occurs twice"),
    bad("an unknown name twice", edited('"LicenseCnt": 50', '"LicenseCnt": 50, "New": 1, "New": 1'),
        NO_JSON + "a name occurs twice"),
    bad("Response is absent", b'{"Other": {}}', "Response is missing"),
    bad("Response is null", b'{"Response": null}', "Response is missing"),
    bad("Response is a list", b'{"Response": []}', "Response is not an object"),
    bad("Response is empty", b'{"Response": {}}', "ExpireLicenseCnt (expired) is missing"),
    bad("API 2.0", b'{"code": 4100, "message": "x", "codeDesc": "x"}', "Response is missing"),
    bad("a list", b"[" + document() + b"]", "it is not a JSON object"),
    bad("null", b"null", "it is not a JSON object"),
    bad("an empty object", b"{}", "Response is missing"),
    bad("empty", b"", NO_JSON + "it is empty"),
    bad("blanks", b" \r\n\t ", NO_JSON + "it is empty"),
    bad("a page", b"<html><body>Please log in</body></html>", "it looks like an HTML page"),
    bad("cut in the middle", document()[:200], NO_JSON + "it ends in the middle"),
    bad("cut before the last brace", document()[:-1], NO_JSON + "it ends in the middle"),
    bad("something after it", document() + b"x", NO_JSON + "something follows"),
    bad("two documents", document() * 2, NO_JSON + "something follows"),
    bad("a NUL after it", document() + b"\0", NO_JSON + "something follows"),
    bad("a NUL within", edited('"LicenseCnt": 50', '"LicenseCnt": 50\0'), NO_JSON),
    bad("a byte order mark", b"\xef\xbb\xbf" + document(), NO_JSON + "a value is expected"),
    bad("UTF-16", document().decode().encode("utf-16"), NO_JSON),
    bad("bytes that are no UTF-8", edited("FLAGSHIP_", "\udcff\udcc0\udc80"), NO_JSON + "it is not UTF-8"),
    bad("a surrogate in UTF-8", edited("FLAGSHIP_", "\udced\udca0\udc80"), NO_JSON + "it is not UTF-8"),
    bad("half a surrogate pair", edited("FLAGSHIP_", "\\ud800"), NO_JSON + "an escape is no character"),
    bad("an escaped NUL", edited("FLAGSHIP_", "\\u0000"), NO_JSON + "an escape is no character"),
    bad("an unknown escape", edited("FLAGSHIP_", "\\q"), NO_JSON + "an escape is not known"),
    bad("a line end in a text", edited("FLAGSHIP_", "FLAG\n"), NO_JSON + "a text has a control character"),
    bad("a trailing comma", edited('"}}', '",}}'), NO_JSON + "a name in double quotes is expected"),
    bad("a comment", edited('"LicenseCnt": 50', '"LicenseCnt": 50 /* fifty */'), NO_JSON + "a comma"),
    bad("a leading zero", edited('"LicenseCnt": 50', '"LicenseCnt": 050'), NO_JSON + "a comma"),
    bad("NaN", edited('"LicenseCnt": 50', '"LicenseCnt": NaN'), NO_JSON + "a value is expected"),
    bad("a bare name", edited('"LicenseCnt"', "LicenseCnt"), NO_JSON + "a name in double quotes is expected"),
    bad("single quotes", document().replace(b'"', b"'"), NO_JSON),
    bad("33 levels", nested(33), NO_JSON + "it is nested more than 32 deep"),
    bad("200000 levels", b"[" * 200000, NO_JSON + "it is nested more than 32 deep"),
    bad("40000 objects in each other", b'{"a":' * 40000, NO_JSON + "it is nested more than 32 deep"),
    bad("Error without Code", wrap(dict(fields(), Error={})), "Error has no Code"),
    bad("Error that is a text", wrap(dict(fields(), Error="InternalError")), "Error has no Code"),
    bad("Error that is false", wrap(dict(fields(), Error=False)), "Error has no Code"),
    bad("Code that is a number", wrap({"Error": {"Code": 5, "Message": "x"}}), "Error has no Code"),
    bad("Message that is a list", wrap({"Error": {"Code": "InternalError", "Message": []}}), "Error has no Code"),
    Row("an account without licenses", api(body(document(**{
        name: 0 for name, value in answers.HEALTHY.items() if type(value) is int}))), "empty",
        "this account has no CWP licenses at all"),

    good("32 levels", nested(32)),
    good("only the three that must be", wrap(dict(ExpireLicenseCnt=0, NearExpiryLicenseCnt=0, AvailableLicenseCnt=4)),
         "4 available, none expired"),
    good("unknown fields", document(DeprecatedWarning="x", New={"a": [1, {"b": None}]}, Other=1.5, Negative=-1)),
    good("names in lower case", document(expirelicensecnt=7)),
    good("Error is null", document(Error=None)),
    good("the largest count", document(LicenseCnt=LARGEST)),
    good("a name in disguise", edited('"ExpireLicenseCnt"', '"\\u0045xpireLicenseCnt"')),
    good("same names on other levels", document(New={"ExpireLicenseCnt": 9, "Response": {}})),
    good("12900 unknown fields", document(**{"New%07d" % n: n for n in range(12900)})),
]
