# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Decoding: which documents count as an answer. Each row goes through --input and through the service."""

import resource
import json

import pytest

from running import FACTOR, ROOT
from standin import answers
from standin.answers import ABSENT, document, fields, wrap
from standin.script import body

BOTH = ["file", "service"]
MAXIMUM = 2 ** 53
ID = answers.REQUEST_ID


@pytest.fixture
def judge(request, tmp_path, plugin):
    """judge("file" or "service", data, options...) runs the plugin on this document."""
    def run(way, data, *args):
        if way == "file":
            path = tmp_path / "answer.json"
            path.write_bytes(data)
            return plugin("--input", path, *args)
        request.getfixturevalue("api").play(body(data))
        return request.getfixturevalue("ask")("--retries", 0, *args)
    return run


def edited(old, new):
    """A healthy document with one piece of its text replaced, for what no JSON library would write."""
    text = document().decode()
    assert text.count(old) == 1, old
    return text.replace(old, new).encode("utf-8", "surrogateescape")


def nested(depth):
    """Healthy but for an unknown field that makes the whole document this deep; it has two levels by itself."""
    return edited('"LicenseCnt": 50', '"LicenseCnt": 50, "New": ' + "[" * (depth - 2) + "]" * (depth - 2))


GOOD = [
    ("all fields", document()),
    ("only the three that must be", wrap(dict(ExpireLicenseCnt=0, NearExpiryLicenseCnt=0, AvailableLicenseCnt=4))),
    ("newer fields absent", document(AvailableAISecurityLicenseCnt=ABSENT, AISecurityVersionLicenseCnt=ABSENT,
                                     ApplicationAvailableLicenseCnt=ABSENT, AutoDowngradeSwitch=ABSENT)),
    ("newer fields null", document(AvailableAISecurityLicenseCnt=None, AutoDowngradeSwitch=None, ProtectType=None)),
    ("unknown fields", document(DeprecatedWarning="x", New={"a": [1, {"b": None}]}, Other=1.5, Negative=-1)),
    ("unknown member beside Response", document()[:-1] + b', "Other": {"Response": 1}}'),
    ("known names in lower case are unknown", document(expirelicensecnt=7)),
    ("Error is null", document(Error=None)),
    ("no RequestId", document(RequestId=ABSENT)),
    ("new ProtectType", document(ProtectType="SOMETHING_NEW")),
    ("largest count", document(LicenseCnt=MAXIMUM)),
    ("as deep as allowed", nested(32)),
    ("blanks around", b" \r\n\t" + document() + b"\n\n  \t"),
    ("blanks inside", json.dumps({"Response": fields()}, indent=8).encode()),
    ("no blanks", json.dumps({"Response": fields()}, separators=(",", ":")).encode()),
    ("escaped names", edited('"ExpireLicenseCnt"', '"\\u0045xpire\\u004cicenseCnt"')),
    ("Chinese in an unknown field", document(New="\u6388\u6743")),
    ("the same in plain UTF-8", edited('"LicenseCnt"', '"New": "\u6388\u6743 \U0001f600", "LicenseCnt"')),
    ("same name on different levels", document(New={"ExpireLicenseCnt": 9, "Response": {}})),
]


def rows(table):
    return pytest.mark.parametrize("data", [row[1] for row in table], ids=[row[0] for row in table])


@pytest.mark.parametrize("way", BOTH)
@rows(GOOD)
def test_good(judge, way, data):
    result = judge(way, data).passed("4 available")
    assert ("[from file]" in result.first) is (way == "file")
    assert ("time" in result.perfdata) is (way == "service")


@pytest.mark.parametrize("way", BOTH)
def test_many_members_do_not_take_long(judge, way):
    """An answer as large as is accepted, in the shape that costs most: work must not grow with its square."""
    data = document(**{"New%07d" % n: n for n in range(12900)})
    assert 250 * 1024 < len(data) <= 256 * 1024
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    judge(way, data).passed("4 available")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 0.15 * FACTOR


def test_the_largest_count_keeps_its_digits(judge):
    assert judge("file", document(LicenseCnt=MAXIMUM)).perfdata["total"].startswith("9007199254740992;")


def test_absent_and_null_are_left_out_and_not_zero(judge):
    result = judge("file", document(UsedLicenseCnt=None, AvailableLHLicenseCnt=ABSENT))
    assert "used" not in result.perfdata and "lite_available" not in result.perfdata
    assert "pro_available" in result.perfdata
    metrics = judge("file", document(UsedLicenseCnt=None), "--output-format", "json").json["metrics"]
    assert "used" not in metrics and metrics["available"] == 4


@pytest.mark.parametrize("way", BOTH)
def test_the_vendor_s_sample(judge, way):
    """Total 0 and expired 10: no relation between counts is assumed."""
    sample = (ROOT / "tests" / "data" / "sample-answer.json").read_bytes()
    result = judge(way, sample).passed("10 expired", state="CRITICAL")
    assert (result.perfdata["total"], result.perfdata["expired"]) == ("0;;;0", "10;;0;0")


# The value that stands in place of a count.
COUNTS = [
    ("string", '"5"'), ("fraction", "1.5"), ("tiny fraction", "0.0000001"), ("negative", "-1"), ("true", "true"),
    ("object", "{}"), ("list", "[5]"),
    ("2^53+1", str(MAXIMUM + 1)), ("2^53+2", str(MAXIMUM + 2)), ("2^64", str(2 ** 64)), ("2^64+5", str(2 ** 64 + 5)),
    ("many digits", "1" + "0" * 400), ("1e400", "1e400"), ("-1e400", "-1e400"),
]
NO_JSON = [
    ("leading zero", "05"), ("plus", "+5"), ("hex", "0x5"), ("NaN", "NaN"), ("Infinity", "Infinity"), ("dot", "5."),
    ("bare dot", ".5"), ("minus", "-"), ("exponent", "5e"), ("nothing", ""), ("two", "5 5"), ("TRUE", "TRUE"),
    ("single quotes", "'5'"), ("comment", "5 /* five */"),
]
REQUIRED = {"ExpireLicenseCnt": "expired", "NearExpiryLicenseCnt": "near_expiry", "AvailableLicenseCnt": "available"}


@pytest.mark.parametrize("way", BOTH)
@pytest.mark.parametrize("value", [row[1] for row in COUNTS], ids=[row[0] for row in COUNTS])
@pytest.mark.parametrize("name, ours", [("ExpireLicenseCnt", "expired"), ("UsedLicenseCnt", "used")])
def test_no_count(judge, way, name, ours, value):
    old = '"%s": %d' % (name, answers.HEALTHY[name])
    judge(way, edited(old, '"%s": %s' % (name, value))).failed((name, ours))


@pytest.mark.parametrize("value", [row[1] for row in NO_JSON], ids=[row[0] for row in NO_JSON])
def test_no_json_in_place_of_a_count(judge, value):
    judge("file", edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": ' + value)).failed()


@pytest.mark.parametrize("way", BOTH)
@pytest.mark.parametrize("value", [ABSENT, None], ids=["absent", "null"])
@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_a_field_that_must_be_there(judge, way, name, value):
    result = judge(way, document(**{name: value}), "--api-error-state", "critical")
    result.failed((name, REQUIRED[name]), state="UNKNOWN")
    assert judge(way, document(**{name: value}), "--output-format", "json").json["error"]["kind"] == "malformed"


@pytest.mark.parametrize("value", ["true", 1, 0, [], {}, -1], ids=str)
def test_no_switch(judge, value):
    judge("file", document(AutoOpenStatus=value)).failed(("AutoOpenStatus", "auto_upgrade"))


@pytest.mark.parametrize("name", ["ProtectType", "RequestId"])
@pytest.mark.parametrize("value", [5, True, [], {}], ids=str)
def test_no_text(judge, name, value):
    """A text is not judged: whether a wrong type is passed over or refused, it is never shown as something else."""
    result = judge("file", document(**{name: value}), "-v")
    assert result.exit in (0, 3)


TEXT = document().decode()
MALFORMED = [
    ("empty", b""), ("blank", b" \n"), ("NUL", b"\x00"), ("null", b"null"), ("list", b"[]"), ("string", b'"Response"'),
    ("number", b"1"), ("empty object", b"{}"), ("HTML", b"<html><body>Please log in</body></html>"),
    ("no Response", b'{"Other": {}}'), ("response in lower case", document().replace(b"Response", b"response")),
    ("Response null", b'{"Response": null}'), ("Response list", b'{"Response": []}'),
    ("Response text", b'{"Response": "x"}'), ("Response number", b'{"Response": 1}'),
    ("Response true", b'{"Response": true}'), ("Response empty", b'{"Response": {}}'),
    ("Response in a list", b"[" + document() + b"]"), ("API 2.0", b'{"code": 4100, "message": "x", "codeDesc": "x"}'),
    ("cut", document()[:-1]), ("cut in a string", document()[:-5]), ("cut early", document()[:40]),
    ("trailing letter", document() + b"x"), ("two documents", document() * 2), ("trailing brace", document() + b"}"),
    ("trailing NUL", document() + b"\x00"), ("trailing comma", edited('"}}', '",}}')),
    ("NUL inside", document().replace(b": 4,", b": 4\x00,")),
    ("newline in a string", edited("FLAGSHIP_", "FLAGSHIP\n")),
    ("bad escape", edited("FLAGSHIP_", "FLAGSHIP\\q")), ("cut escape", edited("FLAGSHIP_", "\\u12")),
    ("no colon", edited('"LicenseCnt": 50', '"LicenseCnt" 50')),
    ("no comma", edited('"LicenseCnt": 50,', '"LicenseCnt": 50')),
    ("bare name", edited('"LicenseCnt"', "LicenseCnt")), ("comment", document() + b"// end"),
    ("UTF-16", TEXT.encode("utf-16")), ("UTF-32", TEXT.encode("utf-32")),
    ("too deep", nested(33)), ("far too deep", nested(100000)),
    ("deep and open", b"[" * 200000), ("objects", b'{"a":' * 40000),
    ("twice", edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": 0, "ExpireLicenseCnt": 0')),
    ("twice, one null", edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": 0, "ExpireLicenseCnt": null')),
    ("twice, one escaped", edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": 0, "\\u0045xpireLicenseCnt": 1')),
    ("twice, unknown name", edited('"LicenseCnt": 50', '"LicenseCnt": 50, "New": 1, "New": 1')),
    ("two Responses", document()[:-1] + b', "Response": {}}'),
    ("two Errors", edited('{"Response": {', '{"Response": {"Error": null, "Error": null, ')),
]


@pytest.mark.parametrize("way", BOTH)
@rows(MALFORMED)
def test_malformed(judge, way, data):
    judge(way, data, "--api-error-state", "critical").failed(state="UNKNOWN")


def test_malformed_in_json(judge):
    assert judge("service", b"<html>", "--output-format", "json").json["error"]["kind"] == "malformed"


FORMS = [[], ["-v"], ["--detail"], ["-vvv"], ["--output-format", "json"], ["--output-format", "prometheus"]]

# Documents on which the contract takes no side: to judge or to refuse, but orderly.
EITHER = [
    ("byte order mark", b"\xef\xbb\xbf" + document()),
    ("invalid UTF-8", edited("FLAGSHIP_", "\udcff\udcc0\udc80")),
    ("encoded surrogate", edited("FLAGSHIP_", "\udced\udca0\udc80")),
    ("lone surrogate", edited("FLAGSHIP_", "\\ud800")),
    ("NUL in a text", edited("FLAGSHIP_", "\\u0000")),
    ("NUL in a name", edited('"LicenseCnt"', '"New\\u0000": 1, "LicenseCnt"')),
    ("whole, with fraction", edited('"LicenseCnt": 50', '"LicenseCnt": 50.0')),
    ("exponent", edited('"LicenseCnt": 50', '"LicenseCnt": 5e1')),
    ("minus zero", edited('"ExpireLicenseCnt": 0', '"ExpireLicenseCnt": -0')), ("empty name", document(**{"": 1})),
]


@pytest.mark.parametrize("more", FORMS, ids=str)
@rows(EITHER)
def test_judged_or_refused_but_orderly(judge, data, more):
    assert judge("file", data, *more).exit in (0, 3)


@pytest.mark.parametrize("way", BOTH)
def test_an_error_beside_data_counts(judge, way):
    data = wrap(dict(fields(), Error={"Code": "InternalError", "Message": "half way"}, RequestId=ID))
    judge(way, data).failed("InternalError", ID)


HOSTILE = ["a|b=1", "\n\nCWP LICENSE OK", "\x1b[2J", "\u6388\u6743", "<b>", "x" * 5000, "%s%n", "\\", '"', "}\n#"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:9]))
@pytest.mark.parametrize("more", FORMS, ids=str)
def test_hostile_texts_in_a_healthy_answer(judge, text, more):
    """The promises of every run (running.py) are the assertion."""
    assert judge("file", document(ProtectType=text, RequestId=text), *more).exit in (0, 3)


@pytest.mark.parametrize("name", ["missing", "folder"])
def test_input_that_cannot_be_read(plugin, tmp_path, name):
    (tmp_path / "folder").mkdir()
    result = plugin("--input", tmp_path / name)
    assert result.exit == 3 and name in result.out


def test_input_from_standard_input(plugin, tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(document())
    with open(path, "rb") as stdin:
        plugin("--input", "-", stdin=stdin).passed("4 available", "[from file]")


def test_endless_input_is_refused(plugin):
    """Also: --input needs neither key nor network, so nothing but the limit can end this."""
    assert plugin("--input", "/dev/zero", within=2).exit == 3
