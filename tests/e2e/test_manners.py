# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""How the program behaves as a process: signals, closed and full outputs, locale, time zone, limits."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from running import FACTOR, PROGRAM, SLACK, WRAPPER, needs_speed, seconds
from standin.answers import document
from standin.script import ok, stall

PROMPT = 0.5        # seconds within which a signal must have ended it


@pytest.fixture
def waiting(plugin, api, reach):
    """waiting(...) starts the plugin and returns when its request has arrived and no answer ever will."""
    def start(*args, **how):
        api.play(stall("answer"))
        process = plugin.start(*reach, "-t", 30, *args, **how)
        api.wait_for_request()
        return process
    return start


@pytest.fixture
def healthy(tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(document())
    return path


# ---- Signals ----

def through_python(code):
    """A launcher that changes the process and then becomes the command."""
    whole = "import os, signal, resource, sys\n%s\nos.execv(sys.argv[1], sys.argv[1:])" % code
    return [sys.executable, "-S", "-c", whole]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGXCPU])
@pytest.mark.parametrize("more", [[], ["-vvv"], ["--api-error-state", "ok"]], ids=str)
def test_ended_by_a_signal(waiting, plugin, number, more):
    process = waiting(*more)
    sent = time.monotonic()
    process.send_signal(number)
    assert plugin.finish(process).failed(state="UNKNOWN").details == []
    assert time.monotonic() - sent < PROMPT * FACTOR


def test_signals_that_tell_it_nothing(waiting, plugin):
    """All that would end a process without a word, those with no name included."""
    told = "TERM INT HUP QUIT XCPU ALRM SEGV BUS FPE ILL ABRT SYS KILL STOP TSTP TTIN TTOU".split()
    process = waiting()
    for number in signal.valid_signals() - {signal.Signals["SIG" + name] for name in told}:
        process.send_signal(number)
    process.send_signal(signal.SIGTERM)
    plugin.finish(process).failed("stopped by a signal")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_in_json_it_is_one_line_too(waiting, plugin, number):
    """Zabbix ends external checks with SIGTERM; JSON is valid on every outcome."""
    process = waiting("--output-format", "json")
    process.send_signal(number)
    assert plugin.finish(process).exit == 3


@pytest.mark.parametrize("code", [
    "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})",
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
    "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())"], ids=["blocked", "ignored", "all blocked"])
def test_sigterm_works_whatever_was_inherited(waiting, plugin, code):
    process = waiting(launcher=through_python(code))
    process.send_signal(signal.SIGTERM)
    plugin.finish(process, within=20).failed()


@needs_speed
@pytest.mark.parametrize("code", [
    "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())",
    "for n in (signal.SIGALRM, signal.SIGCHLD, signal.SIGPIPE, signal.SIGHUP): signal.signal(n, signal.SIG_IGN)",
], ids=["blocked", "ignored"])
def test_the_deadline_works_whatever_was_inherited(ask, api, code):
    api.play(stall("answer"))
    ask("-t", 1, launcher=through_python(code), within=1 + 2 * SLACK).failed(seconds(1))
    api.play(ok())
    ask(launcher=through_python(code)).passed()


# ---- Standard streams ----

def shell(redirections):
    return ["sh", "-c", 'exec "$0" "$@" ' + redirections]


@pytest.mark.skipif(bool(WRAPPER), reason="a wrapper needs its streams")
@pytest.mark.parametrize("redirections", [
    "<&-", "2>&-", "<&- 2>&-", "</dev/full", "2>/dev/full", "3>&- 4>/dev/null 9</dev/null"])
def test_streams_that_do_not_matter(ask, redirections):
    ask(launcher=shell(redirections)).passed("4 available")


@pytest.mark.parametrize("redirections", [">&-", "<&- >&-", "<&- >&- 2>&-", ">/dev/full", "</dev/null >&0"])
@pytest.mark.parametrize("more", [
    [], ["--output-format", "json"], ["--exit-ok"], ["--help"], ["--version"], ["-vvv"]], ids=str)
def test_a_result_that_cannot_be_written_is_unknown(plugin, reach, redirections, more):
    """Over the network on purpose: with descriptor 1 free, a socket could get its number and the result with it."""
    process = plugin.start(*reach, *more, launcher=shell(redirections), stdout=subprocess.DEVNULL)
    assert plugin.finish(process).exit == 3


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("more", [[], ["--help"]], ids=str)
def test_a_reader_that_has_gone(plugin, reach, ignored, more):
    """restore_signals=False leaves SIGPIPE ignored, as Python has it and as Nagios and Icinga hand it on."""
    reader, writer = os.pipe()
    os.close(reader)
    process = plugin.start(*reach, *more, stdout=writer, restore_signals=not ignored)
    os.close(writer)
    assert plugin.finish(process).exit == 3


def test_help_and_version(plugin):
    for option in ("-h", "--help", "-V", "--version"):
        result = plugin(option)
        assert result.exit == 3 and "check_tencent_cwp_license" in result.out


def test_the_version_names_the_libraries_and_a_libcurl_built_in(plugin):
    """Who has that must build again for its security fixes; with a shared one the system does it."""
    with open(PROGRAM, "rb") as file:
        shared = re.search(rb"libcurl[-a-z]*\.so", file.read())
    said = re.fullmatch(r"check_tencent_cwp_license \d+\.\d+\.\d+ \(libcurl/[\w.-]+ [A-Za-z(][^,]+/[^,]+?"
                        r"(, libcurl is built in from [\w.+~:-]+)?\)\n", plugin("--version").out)
    assert bool(said[1]) == (not shared)


# ---- Surroundings ----

@pytest.fixture(scope="session")
def german(tmp_path_factory):
    """A locale with a decimal comma, made here because few machines have one installed."""
    folder = tmp_path_factory.mktemp("locale")
    if shutil.which("localedef"):
        subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.UTF-8")],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # Libraries that make a locale when they are loaded leak a list of glibc's; a sanitizer would blame the plugin.
    (folder / "suppressions").write_text("leak:__argz_add_sep\n")
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8",
            "LSAN_OPTIONS": "suppressions=%s:print_suppressions=0" % (folder / "suppressions")}


ZONES = ["Asia/Shanghai", "XXX-14", "America/St_Johns", "", ":/nonexistent", "\n|"]
LOCALES = ["C", "POSIX", "C.UTF-8", "zh_CN.GB18030", "tr_TR.UTF-8", "../../x"]


@pytest.mark.parametrize("more", [[], ["--detail", "-w", "time=1.5"], ["--output-format", "prometheus"]], ids=str)
def test_locale_and_time_zone_change_nothing(plugin, healthy, german, more):
    def outputs():
        for env in [german] + [{"TZ": zone} for zone in ZONES] + [{"LC_ALL": name} for name in LOCALES]:
            yield plugin("--input", healthy, *more, env=env).out
    plain = plugin("--input", healthy, *more).out
    timeless = re.compile(r"(timestamp_seconds\S*) \S+")       # when it was checked may differ, where it was may not
    assert {timeless.sub(r"\1", text) for text in outputs()} == {timeless.sub(r"\1", plain)}


@pytest.mark.parametrize("zone", ZONES)
def test_signing_is_in_utc_everywhere(ask, api, german, zone):
    """The stand-in checks date and timestamp; perfdata shows whether a decimal comma got in."""
    result = ask(env=dict(german, TZ=zone)).passed("4 available")
    assert re.search(r"time=\d+\.\d+s;;;0$", result.out.split("\n")[0])
    checked = ask("--output-format", "json", env={"TZ": zone}).json["checked_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", checked)


@pytest.mark.skipif(bool(WRAPPER), reason="a wrapper has limits of its own")
def test_what_the_system_shows_of_a_waiting_plugin(waiting, plugin, key):
    """Core dumps off, and no secret on the command line or in the environment."""
    process = waiting()
    with open("/proc/%d/limits" % process.pid) as limits:
        (core,) = [line for line in limits if line.startswith("Max core file size")]
    shown = b""
    for name in ("cmdline", "environ"):
        try:
            with open("/proc/%d/%s" % (process.pid, name), "rb") as file:
                shown += file.read()
        except PermissionError:         # without core dumps it is for root alone
            pass
    process.terminate()
    plugin.finish(process)
    assert core.split()[4] == "0", core
    assert key.secret_key.encode() not in shown


@pytest.mark.parametrize("code", [
    "resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))",
    "resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))",
    "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))",
    "os.umask(0o777)",
    "os.setsid(); os.nice(5)",
    "os.chdir('/proc/self')"])
@pytest.mark.skipif(bool(WRAPPER), reason="a wrapper needs more than this")
def test_narrow_surroundings(ask, code):
    ask(launcher=through_python(code)).passed("4 available")


def test_no_key_at_all(plugin, tmp_path):
    """HOME leads to an empty folder; /etc may hold a key of this machine, so only the form is checked."""
    result = plugin("-H", "127.0.0.1", "-p", 1, "--retries", 0, env={"HOME": str(tmp_path)})
    assert result.exit == 3


def test_a_file_that_may_not_grow(plugin, healthy, tmp_path):
    """SIGXFSZ would end it; the result that cannot be written ends with 3."""
    with open(tmp_path / "out", "wb") as out:
        process = plugin.start("--input", healthy, stdout=out, launcher=through_python(
            "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"))
        assert process.wait(20) == 3
    process.stderr.close()


def test_a_pipe_that_nobody_reads(plugin, tmp_path):
    """Neither the deadline nor a signal may wait for room in it."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writing, True)
    os.mkfifo(tmp_path / "never")
    process = plugin.start("--input", tmp_path / "never", "-t", 1, stdout=writing)
    assert process.wait() == 3          # with a limit it would look every 50 ms only
    assert time.monotonic() - plugin.began < (1 + SLACK) * FACTOR
    process.stderr.close()
    os.close(reading)
    os.close(writing)
