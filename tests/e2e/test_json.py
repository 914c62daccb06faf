# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""--output-format json: whatever happens, one line of JSON as packaging/json/schema.json has it, and nothing else."""

import copy
import json
import re
import signal
import subprocess

import jsonschema
import pytest

import json_schema
from running import PROGRAM, SLACK, STATES, unless_held_up
from standin import answers
from standin.answers import ABSENT, HEALTHY, document
from standin.script import body, close_at, error, ok, redirect, reset_at, stall, status

JSON = ["--output-format", "json"]
NOTHING = {name: 0 for name, value in HEALTHY.items() if type(value) is int}
HOSTILE = "\"quote\" \\back\\ \n\t\x1b \u6388\u6743 </script> {\"a\": 1}"


def judged(result, state, kind, exit_code=None):
    """Valid by the schema, and the state, exit code and kind of fault that are expected."""
    said = json_schema.validate(result.out)
    assert said["state"] == state, result.out
    assert result.exit == said["exit_code"] == (STATES.index(state) if exit_code is None else exit_code), result.out
    assert (said["error"] or {}).get("kind") == kind, result.out
    return said


# ---- What the service answers ----

# name, what the service does, options, state, kind of fault
ANSWERS = [
    ("OK", ok(), [], "OK", None),
    ("OK with limits", ok(), ["-w", "available=3:", "-c", "used=100", "--account", "prod"], "OK", None),
    ("warning", ok(NearExpiryLicenseCnt=5), [], "WARNING", None),
    ("critical", ok(ExpireLicenseCnt=2), [], "CRITICAL", None),
    ("several problems", ok(ExpireLicenseCnt=2, NearExpiryLicenseCnt=5), ["-w", "ultimate_available=3:"],
     "CRITICAL", None),
    ("the largest count", ok(UsedLicenseCnt=2 ** 53), [], "OK", None),
    ("only what must be", body(answers.wrap(dict(
        ExpireLicenseCnt=0, NearExpiryLicenseCnt=0, AvailableLicenseCnt=4))), [], "OK", None),
    ("a limit on what is not reported", ok(AvailableAISecurityLicenseCnt=ABSENT), ["-w", "ai_available=1:"],
     "UNKNOWN", None),
    ("a switch that is off", ok(), ["--require-switch", "order_renew"], "WARNING", None),
    ("a switch that is not reported", ok(AutoDowngradeSwitch=None), ["--require-switch", "auto_downgrade=critical"],
     "UNKNOWN", None),
    ("too slow", ok(), ["-c", "time=~:0"], "CRITICAL", None),
    ("trusted renewal", ok(NearExpiryLicenseCnt=5, AutoRepurchaseRenewSwitch=True, RepurchaseRenewSwitch=True),
     ["--trust-auto-renew"], "OK", None),
    ("empty account", ok(NOTHING), [], "UNKNOWN", "empty"),
    ("empty account, a warning", ok(NOTHING), ["--empty-state", "warning"], "WARNING", "empty"),
    ("empty account, accepted", ok(NOTHING), ["--empty-state", "ok"], "OK", None),
    ("strange edition", ok(ProtectType=HOSTILE), [], "OK", None),
    ("refused key", error("AuthFailure.SecretIdNotFound", "x"), [], "UNKNOWN", "credentials"),
    ("wrong secret", error("AuthFailure.SignatureFailure", "x"), [], "UNKNOWN", "credentials"),
    ("no permission", error("UnauthorizedOperation.CamNoAuth", HOSTILE), [], "UNKNOWN", "permission"),
    ("throttled", error("RequestLimitExceeded", "x"), [], "UNKNOWN", "throttled"),
    ("throttled, HTTP", status(429, "slow down"), [], "UNKNOWN", "throttled"),
    ("fault of the service", error("InternalError", HOSTILE), [], "UNKNOWN", "service"),
    ("fault that stays, by choice critical", error("InternalError", "x"), ["--api-error-state", "critical"],
     "CRITICAL", "service"),
    ("fault that stays, by choice ok", error("InternalError", "x"), ["--api-error-state", "ok"], "OK", "service"),
    ("a code of tomorrow", error(HOSTILE, HOSTILE), [], "UNKNOWN", "service"),
    ("a gateway", status(503, "<html>busy</html>"), [], "UNKNOWN", "http"),
    ("not found", status(404, "x"), [], "UNKNOWN", "http"),
    ("redirected", redirect("https://localhost/"), [], "UNKNOWN", "http"),
    ("a page", body("<html>"), [], "UNKNOWN", "malformed"),
    ("a text for a count", ok(UsedLicenseCnt="5"), [], "UNKNOWN", "malformed"),
    ("a field too few", ok(ExpireLicenseCnt=ABSENT), [], "UNKNOWN", "malformed"),
    ("a key twice", body(document()[:-2] + b', "ExpireLicenseCnt": 1}}'), [], "UNKNOWN", "malformed"),
    ("reset", reset_at("answer"), [], "UNKNOWN", "network"),
    ("closed", close_at("answer"), [], "UNKNOWN", "network"),
]


@pytest.mark.parametrize("behavior, options, state, kind", [row[1:] for row in ANSWERS],
                         ids=[row[0] for row in ANSWERS])
def test_answers(ask, api, behavior, options, state, kind):
    api.play(behavior)
    said = judged(ask("--retries", 0, *JSON, *options), state, kind)
    assert said["attempts"] == len(api.requests) == 1 and said["duration_s"] > 0
    if said["metrics"]:
        assert said["metrics"]["time"] == said["duration_s"]


def test_all_members_of_a_healthy_answer(ask, api):
    said = judged(ask(*JSON, "--account", "prod"), "OK", None)
    assert set(said["metrics"]) == set(json_schema.SCHEMA["properties"]["metrics"]["properties"])
    assert set(said["switches"]) == set(json_schema.SCHEMA["properties"]["switches"]["properties"])
    assert sorted(value for name, value in said["metrics"].items() if name != "time") == sorted(
        value for value in HEALTHY.values() if type(value) is int)
    assert said["switches"]["auto_upgrade"] is True and said["switches"]["order_renew"] is False
    assert said["upgrade_mode"] == "FLAGSHIP_PREPAY" and said["account"] == "prod" and said["problems"] == []
    assert said["request_id"] == api.requests[0].id


def test_problems_name_metric_value_and_range(ask, api):
    api.play(ok(NearExpiryLicenseCnt=5, AvailableAISecurityLicenseCnt=ABSENT))
    said = judged(ask(*JSON, "-c", "ultimate_available=2:", "-w", "ai_available=@0:1", "--require-switch",
                      "order_renew"), "CRITICAL", None)
    assert [(problem["state"], problem["metric"], problem["value"], problem["range"])
            for problem in said["problems"]] == [
        ("CRITICAL", "ultimate_available", 1, "2:"), ("WARNING", "near_expiry", 5, "0"),
        ("WARNING", "order_renew", 0, "1:1"), ("UNKNOWN", "ai_available", None, None)]


def test_the_error_holds_what_the_service_said(ask, api):
    api.play(error("InternalError.MainDBFail", HOSTILE))
    said = judged(ask(*JSON, "--retries", 1, "-t", 20), "UNKNOWN", "service")
    assert said["error"]["code"] == "InternalError.MainDBFail" and said["error"]["retryable"]
    assert "quote" in said["error"]["message"] and said["attempts"] == 2
    assert said["request_id"] == api.requests[-1].id


@pytest.mark.parametrize("offset", [432, -432])
def test_clock(ask, api, offset):
    api.play(ok(), clock=offset)
    said = judged(ask(*JSON), "UNKNOWN", "clock")
    assert said["error"]["code"] == "AuthFailure.SignatureExpire" and not said["error"]["retryable"]


@pytest.mark.parametrize("stage", ["accept", "answer", "body"])
@pytest.mark.parametrize("state", ["unknown", "critical"])
def test_timeout(ask, api, stage, state):
    api.play(stall(stage))
    result = unless_held_up(lambda: ask(*JSON, "-t", 1, "--api-error-state", state, within=1 + SLACK))
    assert judged(result, state.upper(), "timeout")["error"]["retryable"]


# ---- What never gets as far as the service ----

USAGE = [
    ["-w", "expired"], ["-w", "available=5"], ["-w", "expired=1e3"], ["-c", "no_such=1"], ["-t", "0"], ["-t", ""],
    ["--require-switch", "no_such"], ["--bogus"], ["-x"], ["stray"], ["--account", ""],
    ["--account", "a\tb"], ["--empty-state", "fine"], ["-H", "a b\n"], ["-H", "\u6388\u6743"], ["--proxy", "ftp://x"],
    ["-w", "expired=\"\\"], ["--profile", "../x"], ["-w", "expired=" + "9" * 5000],
]


@pytest.mark.parametrize("options", USAGE, ids=lambda options: " ".join(options)[:40].encode("unicode_escape").decode())
@pytest.mark.parametrize("first", [True, False], ids=["format first", "format last"])
def test_usage_errors(plugin, options, first):
    """The format counts wherever it stands."""
    said = judged(plugin(*(JSON + options if first else options + JSON)), "UNKNOWN", "usage")
    assert said["metrics"] == {} and said["attempts"] == 0


def test_an_old_habit_of_getopt_changes_nothing(plugin):
    """By which it stops at the first word that is no option."""
    said = judged(plugin("stray", *JSON, env={"POSIXLY_CORRECT": "1"}), "UNKNOWN", "usage")
    assert said["error"]["message"] == "stray is not an option: all settings are options, see --help"


def test_the_remedy_is_told(plugin):
    """There is no further line to hold it."""
    message = judged(plugin(*JSON, "-w", "foo=3"), "UNKNOWN", "usage")["error"]["message"]
    assert message.startswith("-w foo=3: there is no metric of that name") and "near_expiry" in message


def test_a_value_that_is_missing(plugin):
    judged(plugin(*JSON, "--retries"), "UNKNOWN", "usage")


def test_missing_credentials_file(plugin, tmp_path):
    said = judged(plugin(*JSON, "--credentials-file", tmp_path / "none"), "UNKNOWN", "credentials")
    assert str(tmp_path / "none") in said["error"]["message"]


@pytest.mark.parametrize("content, mode", [("[default]\nsecret_id = A\n", 0o600), ("", 0o600), ("{", 0o600),
                                           ("[default]\nsecret_id = A\nsecret_key = B\n", 0o644)])
def test_bad_credentials_files(plugin, tmp_path, content, mode):
    path = tmp_path / "key"
    path.write_text(content)
    path.chmod(mode)
    judged(plugin(*JSON, "--credentials-file", path), "UNKNOWN", "credentials")


def test_saved_answers(plugin, tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(document(ExpireLicenseCnt=1))
    said = judged(plugin(*JSON, "--input", path), "CRITICAL", None)
    assert "time" not in said["metrics"] and said["duration_s"] == 0 and said["attempts"] == 0
    assert "[from file]" in said["summary"]
    path.write_text("nonsense")
    judged(plugin(*JSON, "--input", path), "UNKNOWN", "malformed")
    assert plugin(*JSON, "--input", tmp_path / "none").json["state"] == "UNKNOWN"


# ---- Ends of its own ----

@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("options", [[], ["--account", "\"" * 32], ["--exit-ok"]],
                         ids=["plain", "longest account", "exit-ok"])
def test_signals(plugin, api, reach, number, options):
    api.play(stall("answer"))
    process = plugin.start(*reach, *JSON, "-t", 30, *options)
    api.wait_for_request()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    said = json_schema.validate(out.decode())
    assert err == b"" and process.returncode == said["exit_code"] and said["state"] == "UNKNOWN"
    assert said["error"]["kind"] == "internal" and said["account"] == (options + [None] * 2)[1]


@pytest.mark.parametrize("behavior, state, kind", [
    (ok(), "OK", None), (ok(ExpireLicenseCnt=2), "CRITICAL", None), (error("InvalidAction"), "UNKNOWN", "service")],
    ids=["OK", "CRITICAL", "UNKNOWN"])
def test_exit_ok(api, reach, behavior, state, kind):
    """exit_code is the code of the process; the state stays."""
    api.play(behavior)
    done = subprocess.run([PROGRAM, *map(str, reach), *JSON, "--exit-ok"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={})
    said = json_schema.validate(done.stdout.decode())
    assert (done.returncode, done.stderr, said["exit_code"]) == (0, b"", 0)
    assert said["state"] == state and (said["error"] or {}).get("kind") == kind


@pytest.mark.parametrize("options", [["-v"], ["-vvv"], ["--detail"], ["--no-perfdata"]], ids=str)
def test_options_about_text_change_nothing(plugin, tmp_path, options):
    path = tmp_path / "answer.json"
    path.write_bytes(document())
    plain, more = (plugin(*JSON, "--input", path, *extra).json for extra in ([], options))
    plain.pop("checked_at"), more.pop("checked_at")
    assert plain == more


@pytest.mark.parametrize("account", ["prod", "a - b", "] - [", "a'b\"c\\d{}", "%s%n", " - ", "~`$&|<>;", "x" * 32])
def test_summary_is_the_first_line_of_the_text(ask, api, account):
    api.play(ok(ExpireLicenseCnt=2))
    said = judged(ask(*JSON, "--account", account), "CRITICAL", None)
    assert said["account"] == account and said["summary"].startswith("2 EXPIRED"), said["summary"]
    assert ask("--account", account).first.endswith("] - " + said["summary"])


# ---- The schema itself ----

GOOD = json_schema.SCHEMA


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(GOOD)


@pytest.mark.parametrize("change", [
    {"schema": 2}, {"state": "DEPENDENT"}, {"exit_code": 4}, {"exit_code": 2}, {"exit_code": "0"},
    {"summary": ""}, {"summary": None}, {"account": ""}, {"metrics": {}}, {"metrics": {"expired": 0, "near_expiry": 0}},
    {"metrics": {"expired": "0", "near_expiry": 0, "available": 1}},
    {"metrics": {"expired": -1, "near_expiry": 0, "available": 1}},
    {"metrics": {"expired": 0.5, "near_expiry": 0, "available": 1}},
    {"metrics": {"expired": None, "near_expiry": 0, "available": 1}},
    {"metrics": {"expired": 0, "near_expiry": 0, "available": 1, "expird": 0}},
    {"switches": {"auto_upgrade": 1}}, {"switches": {"no_such": True}}, {"upgrade_mode": ""},
    {"problems": [{"metric": "expired"}]}, {"problems": None}, {"error": {}}, {"error": "x"},
    {"error": {"kind": "none", "code": None, "message": "x", "retryable": False}},
    {"error": {"kind": "tls", "code": None, "message": "x", "retryable": False}},       # with metrics
    {"checked_at": "yesterday"}, {"duration_s": "1"}, {"attempts": 9}, {"version": None}, {"more": 1}],
    ids=json.dumps)
def test_the_schema_refuses(plugin, tmp_path, change):
    """Each of these beside all that is right: a schema that lets everything pass proves nothing."""
    path = tmp_path / "answer.json"
    path.write_bytes(document())
    said = plugin(*JSON, "--input", path).json
    assert json_schema.VALIDATOR.is_valid(said)
    wrong = dict(copy.deepcopy(said), **change)
    assert not json_schema.VALIDATOR.is_valid(wrong)


@pytest.mark.parametrize("member", sorted(GOOD["properties"]))
def test_no_member_may_lack(plugin, tmp_path, member):
    path = tmp_path / "answer.json"
    path.write_bytes(document())
    said = plugin(*JSON, "--input", path).json
    del said[member]
    assert not json_schema.VALIDATOR.is_valid(said)


@pytest.mark.parametrize("text", [
    "", "{}", '{"schema": NaN}\n', '{"schema": 1, "schema": 1}\n', '{}\n{}\n', "\u6388\n"])
def test_the_reader_refuses(text):
    with pytest.raises((AssertionError, ValueError)):
        json_schema.validate(text)


def test_ranges_of_the_schema_are_those_of_the_program():
    """Whatever range the program takes, the schema lets it be named, and no plain word."""
    pattern = re.compile(GOOD["definitions"]["problem"]["properties"]["range"]["pattern"])
    for text in ("0", "10", "5:", "~:10", "3:10", "@0:2", "-5:5", "0.5:1.25", ":7", "@~:3", "~:"):
        assert pattern.search(text), text
    assert not pattern.search("ten") and not pattern.search("1:2:3")
