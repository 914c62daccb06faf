# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Run the program as a monitoring engine does, and hold every run against the promises that every run must keep."""

import atexit
import glob
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from standin import tc3

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("PLUGIN") or str(ROOT / "build" / "check_tencent_cwp_license"))
_bytes = Path(PROGRAM).read_bytes() if os.path.exists(PROGRAM) else b"GLIBC"
MUSL = b"ld-musl-" in _bytes or not re.search(b"GLIBC|GNU C Library", _bytes)
STATIC = b"/ld-" not in _bytes[:4096]                   # no loader, so that nothing can be loaded before it
BITS = 32 if _bytes[4:5] == b"\x01" else 64
WRAPPER = shlex.split(os.environ.get("PLUGIN_WRAPPER", ""))
FACTOR = float(os.environ.get("TIME_FACTOR", "1"))     # for slow wrappers: all deadlines of tests are multiplied
# For tests whose --timeout of a second or two would be over before a slowed program has begun.
needs_speed = pytest.mark.skipif(FACTOR > 3, reason="the program is too slow here for so short a limit")
# And a slowed program gets a longer default than its own ten seconds; a test's own --timeout comes later and wins.
PATIENCE = ["-t", str(min(300, int(10 * FACTOR)))] if FACTOR > 3 else []
# The program's standard error leads nowhere; a sanitizer needs a place for its reports.
SANITIZERS = ("ASAN_OPTIONS", "UBSAN_OPTIONS") if "address" in PROGRAM else ()
REPORTS = tempfile.mkdtemp(prefix="sanitizer-") if SANITIZERS else ""
LOGS = "log_path=%s/report" % REPORTS
atexit.register(shutil.rmtree, REPORTS, ignore_errors=True)
SLACK = 0.25                                            # what may come on top of --timeout
STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
NOT_CHECKED = "licenses NOT checked"
HARD_LIMIT = "the hard limit"                           # in what is said when even the own limit was not kept

def version():
    """What the program says of itself, "" without a program that runs here."""
    try:
        return subprocess.run([PROGRAM, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=False).stdout
    except OSError:
        return ""


GNUTLS = "GnuTLS/" in version()
LIBCURL = tuple(int(number) for number in re.findall(r"libcurl/(\d+)\.(\d+)|$", version())[0] if number)


def skip_without_preload(bits=BITS):
    """For tests that need a library of so many bits to be loaded before those of the program."""
    if STATIC:
        pytest.skip("nothing can be loaded into a static program")
    if bits != BITS:
        pytest.skip("the library is for programs of %d bits, this one has %d" % (bits, BITS))


FORBIDDEN = set("`~$&'\"<>;")                           # in the text of the first line; Nagios strips or changes them
PERFDATA = re.compile(r"[a-z][a-z0-9_]{0,18}=\d+(\.\d+)?s?;[^; |]*;[^; |]*;0;?")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass
class Result:
    args: list
    exit: int
    out: str
    err: str
    seconds: float

    @property
    def first(self):
        """The first line without perfdata."""
        return self.out.split("\n", 1)[0].split("|", 1)[0]

    @property
    def details(self):
        return self.out.rstrip("\n").split("\n")[1:]

    @property
    def perfdata(self):
        items = self.out.split("\n", 1)[0].partition("|")[2].split()
        return {item.split("=", 1)[0]: item.split("=", 1)[1] for item in items}

    @property
    def json(self):
        return json.loads(self.out, object_pairs_hook=unique)

    def says(self, *facts):
        """All facts somewhere in the output, whatever the case of letters. A tuple: any one of its words will do."""
        for fact in facts:
            words = fact if isinstance(fact, tuple) else (fact,)
            assert any(word.lower() in self.out.lower() for word in words), "%r is not in:\n%s" % (fact, self.out)
        return self

    def failed(self, *facts, state="UNKNOWN"):
        """The licenses could not be read: state, closing words on the first line, no perfdata; plus facts."""
        assert self.exit == STATES.index(state), self.out
        assert self.first.startswith("CWP LICENSE " + state), self.out
        assert self.first.endswith(NOT_CHECKED), self.out
        assert "|" not in self.out, self.out
        return self.says(*facts)

    def passed(self, *facts, state="OK"):
        assert self.exit == STATES.index(state), self.out
        assert self.first.startswith("CWP LICENSE " + state), self.out
        assert NOT_CHECKED not in self.out, self.out
        return self.says(*facts)


def seconds(number):
    """The ways to write a number of seconds, as a fact for says()."""
    return "%ds" % number, "%d s" % number, "%d second" % number


def unless_held_up(run):
    """What run() returns, a result. Again, at most twice, where a busy machine held the program up from its own limit
    to the hard one a tenth of a second later, which leaves another message. How late it may be: see deadline.py."""
    result = run()
    for _ in range(2):
        if HARD_LIMIT in result.out:
            result = run()
    return result


def unique(pairs):
    assert len(dict(pairs)) == len(pairs), "a key occurs twice: %r" % (pairs,)
    return dict(pairs)


class Plugin:
    """plugin("--input", file) runs it; plugin.start(...) and plugin.finish(process, ...) for what needs both halves."""

    def __init__(self, key, secrets=()):
        self.secrets = forbidden_bytes(key) + [word.encode() for word in secrets]

    def hide(self, word):
        """A further secret that no output may hold."""
        self.secrets.append(word.encode())

    def __call__(self, *args, env=None, within=None, launcher=(), stdin=subprocess.DEVNULL):
        """within: the seconds it may take; launcher: a command to put before the program's own."""
        process = self.start(*args, env=env, launcher=launcher, stdin=stdin)
        return self.finish(process, within=within)

    def start(self, *args, env=None, launcher=(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, **how):
        assert os.path.exists(PROGRAM), "build the plugin first, or name it in PLUGIN"
        wrapper = [shutil.which(WRAPPER[0])] + WRAPPER[1:] if WRAPPER else []
        launcher = [shutil.which(launcher[0]) or launcher[0]] + list(launcher[1:]) if launcher else []
        command = launcher + wrapper + [PROGRAM] + PATIENCE + [str(arg) for arg in args]
        env = dict(env or {})
        for name in SANITIZERS:
            env[name] = ":".join(filter(None, (env.get(name), LOGS)))
        self.began = time.monotonic()
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, env=env, cwd="/", **how)

    def finish(self, process, within=None):
        try:
            out, err = process.communicate(timeout=60 * FACTOR)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError("still running after a minute: %r" % (process.args,)) from None
        seconds = time.monotonic() - self.began
        for report in glob.glob("%s/report.%d" % (REPORTS, process.pid)):
            raise AssertionError("the sanitizer reports: " + Path(report).read_text())
        args = process.args[process.args.index(PROGRAM) + 1:]
        result = Result(args, process.returncode, (out or b"").decode(), err.decode("utf-8", "replace"), seconds)
        self.check(result, out)
        if within is not None:
            assert seconds <= within * FACTOR, "took %.2f s instead of %.2f s:\n%s" % (seconds, within, result.out)
        return result

    def check(self, result, raw):
        """The promises of every run. raw is None where the test has sent the output elsewhere."""
        context = "%s\n%s%s" % (shlex.join(result.args), result.out, result.err)
        assert result.exit >= 0, "killed by %s: %s" % (signal.Signals(-result.exit).name, context)
        assert result.exit in (0, 1, 2, 3), "exit %d: %s" % (result.exit, context)
        assert result.err == "", "text on standard error: " + context
        for secret in self.secrets:
            assert secret not in (raw or b""), "a secret in the output: " + context
        if raw is None:
            return
        assert result.out.endswith("\n") and not result.out.endswith("\n\n"), "must end with one newline: " + context
        if not asks_for_help(result.args):
            assert not CONTROL.search(result.out), "control characters: %r" % result.out
            assert len(raw) < 4096 or "-vvv" in result.args, "%d bytes: %s" % (len(raw), context)
            {"json": check_json, "prometheus": check_prometheus}.get(output_format(result.args), check_text)(result)


def check_text(result):
    first = result.out.split("\n", 1)[0]
    assert re.match(r"CWP LICENSE (OK|WARNING|CRITICAL|UNKNOWN)( \[[^\]]*\]){0,2} - .", first), result.out
    assert len(result.first) <= 140 and result.first.isascii(), result.out
    assert result.first == result.first.rstrip(), "a blank before the bar: " + result.out
    assert not FORBIDDEN & set(result.first), "characters that Nagios strips: " + result.out
    assert result.out.count("|") == first.count("|") <= 1, "a bar too many: " + result.out
    if "|" in first:
        items = first.split("|")[1].split(" ")
        assert all(PERFDATA.fullmatch(item) for item in items), items
    if NOT_CHECKED in result.out:
        assert first.endswith(NOT_CHECKED) and "|" not in first, result.out
    if "--exit-ok" not in result.args:
        assert STATES[result.exit] == first.split(" ")[2], "exit %d: %s" % (result.exit, result.out)


def check_json(result):
    assert result.out.count("\n") == 1, result.out
    document = result.json
    wanted = 0 if "--exit-ok" in result.args else STATES.index(document["state"])
    assert document["schema"] == 1 and document["exit_code"] == result.exit == wanted, result.out


def check_prometheus(result):
    assert "tencent_cwp_license_check_state" in result.out, result.out


def output_format(args):
    joined = " ".join(args)
    found = re.findall(r"--output-format[= ](\S+)", joined)
    return found[-1] if found else "text"


def asks_for_help(args):
    return bool({"-h", "--help", "-V", "--version"} & set(args))


def forbidden_bytes(key):
    """The key, its derivatives of yesterday, today and tomorrow (a test may straddle midnight), and the token."""
    secrets = [key.secret_key.encode(), key.token.encode(), key.secret_id.encode()]
    for day in (-86400, 0, 86400):
        for derived in tc3.derived_keys(key.secret_key, tc3.utc_date(time.time() + day)):
            secrets += [derived, derived.hex().encode(), derived.hex().upper().encode()]
    return [secret for secret in secrets if secret]
