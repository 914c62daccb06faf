# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""--output-format prometheus: read with a strict reader of the text format; promtool and a real server read the same in
tests/engines."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lint"))

import program                                                  # noqa: E402
from standin.answers import ABSENT, HEALTHY, document           # noqa: E402
from standin.script import body, error, ok, reset_at, stall, status     # noqa: E402

PREFIX = "tencent_cwp_license_"
FORMAT = ["--output-format", "prometheus"]
CHECK = {PREFIX + name for name in ("check_success", "check_state", "check_timestamp_seconds")}
COUNTS = [metric.name for metric in program.metrics() if metric.name != "time"]
SWITCHES = [switch.name for switch in program.switches()]
NOTHING = {name: 0 for name, value in HEALTHY.items() if type(value) is int}
HOSTILE = ['"', "\\", '\\"', "a\"b\\c{}", "{account=\"x\"} 1", "\\n", "x\\", "# TYPE", "a,b=\"c\"", "}", "'~`$&|<>;%s",
           "\"" * 32, "\\" * 32, "  two  "]

VALUE = r"(?P<value>[0-9]+(\.[0-9]+)?)"
SAMPLE = re.compile(r'(?P<name>[a-z][a-z0-9_]*)\{(?P<labels>([a-z_]+="([^"\\]|\\["\\n])*"(,(?!\}))?)+)\} ' + VALUE)
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\["\\n])*)"')


def unescape(text):
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), text)


def read(text):
    """{(name, sorted labels): value}, and {name: type}. Each name once, with HELP, TYPE, then its samples."""
    series, types, current = {}, {}, None
    assert text.endswith("\n") and "\r" not in text and "\n\n" not in text
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("# HELP "):
            _, _, current, told = line.split(" ", 3)
            assert told.strip() and "\\" not in told and current not in types, line
            types[current] = re.fullmatch(r"# TYPE %s (gauge|untyped)" % current, next(lines))[1]
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample and sample["name"] == current, line
        labels = [(name, unescape(value)) for name, value in LABEL.findall(sample["labels"])]
        key = (current, tuple(sorted(labels)))
        assert len(dict(labels)) == len(labels) and key not in series, line
        series[key] = float(sample["value"])
    return series, types


def series(account="", **more):
    """What a failed check leaves, plus what is named here."""
    return {(PREFIX + name, (("account", account),)): value for name, value in more.items()}


def without_time(found):
    differs = (PREFIX + "time", PREFIX + "check_timestamp_seconds")
    return {key: value for key, value in found.items() if key[0] not in differs}


@pytest.fixture
def healthy(tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(document())
    return path


def test_everything_of_the_help_is_there(ask, api):
    began = time.time()
    found, types = read(ask(*FORMAT, "--account", "prod").out)
    assert [name[len(PREFIX):] for name in types] == [metric.name for metric in program.metrics()] + [
        "switch", "check_success", "check_state", "check_timestamp_seconds"]
    assert [dict(key[1])["switch"] for key in found if key[0] == PREFIX + "switch"] == SWITCHES
    assert all(dict(key[1])["account"] == "prod" for key in found)
    assert sorted(found[PREFIX + name, (("account", "prod"),)] for name in COUNTS) == sorted(
        value for value in HEALTHY.values() if type(value) is int)
    stamp = found[PREFIX + "check_timestamp_seconds", (("account", "prod"),)]
    assert int(began) <= stamp <= time.time() and 0 < found[PREFIX + "time", (("account", "prod"),)] < 5


def test_values(plugin, tmp_path, healthy):
    found, _ = read(plugin(*FORMAT, "--input", healthy).out)
    numbers = plugin("--output-format", "json", "--input", healthy).json
    expected = series(check_success=1, check_state=0, **numbers["metrics"])
    expected.update({(PREFIX + "switch", (("account", ""), ("switch", name))): float(on)
                     for name, on in numbers["switches"].items()})
    assert without_time(found) == expected


def test_help_texts_are_those_of_the_help(plugin, healthy):
    out = plugin(*FORMAT, "--input", healthy).out
    for metric in program.metrics()[:-1]:
        assert "# HELP %s%s %s\n" % (PREFIX, metric.name, metric.help) in out


def test_types(plugin, healthy):
    """Gauges, but for names in _total: Prometheus keeps that ending for counters, and promtool would object."""
    _, types = read(plugin(*FORMAT, "--input", healthy).out)
    assert {name for name, kind in types.items() if kind == "untyped"} == {
        name for name in types if name.endswith("total")}


@pytest.mark.parametrize("account", HOSTILE)
@pytest.mark.parametrize("good", [True, False], ids=["checked", "failed"])
def test_hostile_accounts(healthy, tmp_path, account, good):
    """Without the common runner: 28 times such a name is more than the 4 KiB that hold for text."""
    source = healthy if good else tmp_path / "none"
    done = subprocess.run([program.PROGRAM, *FORMAT, "--input", source, "--account", account], env={},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    found, types = read(done.stdout.decode())
    assert {dict(key[1])["account"] for key in found} == {account}
    assert done.stderr == b"" and done.returncode == (0 if good else 3) and (set(types) == CHECK) is not good


def test_what_is_not_reported_is_absent(plugin, tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(document(AvailableAISecurityLicenseCnt=None, AutoDowngradeSwitch=ABSENT, UsedLicenseCnt=ABSENT))
    found, types = read(plugin(*FORMAT, "--input", path).out)
    assert {PREFIX + "ai_available", PREFIX + "used"}.isdisjoint(types) and PREFIX + "ai_total" in types
    assert (PREFIX + "switch", (("account", ""), ("switch", "auto_downgrade"))) not in found


def test_large_numbers_are_written_out(plugin, tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(document(LicenseCnt=2 ** 53))
    assert PREFIX + 'total{account=""} 9007199254740992\n' in plugin(*FORMAT, "--input", path).out


JUDGED = [
    ("warning", ok(NearExpiryLicenseCnt=5), [], 1),
    ("critical", ok(ExpireLicenseCnt=2), [], 2),
    ("empty", ok(NOTHING), [], 3),
    ("empty, accepted", ok(NOTHING), ["--empty-state", "ok"], 0),
    ("not reported", ok(AvailableAISecurityLicenseCnt=ABSENT), ["-w", "ai_available=1:"], 3),
]


@pytest.mark.parametrize("behavior, options, state", [row[1:] for row in JUDGED], ids=[row[0] for row in JUDGED])
@pytest.mark.parametrize("exit_ok", [False, True])
def test_states(ask, api, behavior, options, state, exit_ok):
    """Whatever the state: what was read is shown, and the service's own timer wants exit code 0."""
    api.play(behavior)
    result = ask(*FORMAT, *options, *(["--exit-ok"] if exit_ok else []))
    found, types = read(result.out)
    assert result.exit == (0 if exit_ok else state) and len(types) > len(CHECK)
    assert found[PREFIX + "check_state", (("account", ""),)] == state
    assert found[PREFIX + "check_success", (("account", ""),)] == 1


FAILED = [
    ("refused key", error("AuthFailure.SecretIdNotFound", "x"), [], 3),
    ("throttled", error("RequestLimitExceeded", "x"), [], 3),
    ("fault of the service", error("InternalError", "x"), [], 3),
    ("the same as critical", error("InternalError", "x"), ["--api-error-state", "critical"], 2),
    ("the same as ok", error("InternalError", "x"), ["--api-error-state", "ok"], 0),
    ("a gateway", status(503, "busy"), [], 3),
    ("malformed", body("<html>"), [], 3),
    ("half an answer", body(b'{"Response": {"ExpireLicenseCnt": 5}}'), [], 3),
    ("reset", reset_at("answer"), [], 3),
    ("time is up", stall("answer"), ["-t", 1], 3),
    ("usage", ok(), ["-w", "expired"], 3),
    ("unknown option", ok(), ["--bogus"], 3),
]


@pytest.mark.parametrize("behavior, options, state", [row[1:] for row in FAILED], ids=[row[0] for row in FAILED])
def test_after_a_failure_only_the_check_s_own(ask, api, behavior, options, state):
    api.play(behavior)
    result = ask("--retries", 0, *FORMAT, "--account", "prod", *options)
    found, types = read(result.out)
    assert result.exit == state and set(types) == CHECK
    assert without_time(found) == series("prod", check_success=0, check_state=state)


@pytest.mark.parametrize("account", ["prod", "\"" * 32])
def test_ended_by_a_signal(plugin, api, reach, account):
    api.play(stall("answer"))
    process = plugin.start(*reach, *FORMAT, "-t", 30, "--account", account)
    api.wait_for_request()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    found, types = read(out.decode())
    assert err == b"" and process.returncode == 3 and set(types) == CHECK
    assert without_time(found) == series(account, check_success=0, check_state=3)


def test_a_full_disk_is_told(reach, api):
    """The service keeps the old file then, and systemd shows a failed unit."""
    with open("/dev/full", "w") as full:
        done = subprocess.run([program.PROGRAM, *map(str, reach), *FORMAT, "--exit-ok"], stdin=subprocess.DEVNULL,
                              stdout=full, stderr=subprocess.PIPE, env={})
    assert (done.returncode, done.stderr) == (3, b"")


@pytest.mark.parametrize("text", [
    "", "x 1\n", 'x{account=""} 1\n', '# HELP x y\n# TYPE x gauge\nx{account="} 1\n',
    '# HELP x y\n# TYPE x gauge\nx{account="a"b"} 1\n', '# HELP x y\n# TYPE x gauge\nx{account=""} NaN\n',
    '# HELP x y\n# TYPE x gauge\nx{account=""} 1\nx{account=""} 2\n', '# HELP x y\n# TYPE x gauge\ny{account=""} 1\n',
    '# HELP x y\n# TYPE x counter\nx{account=""} 1\n', '# HELP x y\n# TYPE x gauge\nx{account="",} 1\n',
    '# HELP x y\n# TYPE x gauge\nx{account=""} 1\\n\n', '# HELP x y\n# TYPE x gauge\nx{account=""} 1'])
def test_the_reader_refuses(text):
    with pytest.raises((AssertionError, TypeError, ValueError)):
        read(text)
