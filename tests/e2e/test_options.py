# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Options as the shell hands them over. All mistakes of all options are rows of the unit tests; here stand those that
people make, with the whole output, and what only a process can show."""

import os
import subprocess
import threading
import time

import pytest

from running import PROGRAM
from standin.answers import document
from standin.script import ok

SEE_HELP = "See check_tencent_cwp_license --help\n"
NO_SECRETS = "Secrets are never taken as options: use --credentials-file FILE.\n"
METRICS = ("The metrics are: expired, near_expiry, available, used, not_expired, total, pro_available, pro_total, "
           "ultimate_available, ultimate_total, lite_available, lite_total, ai_available, ai_total, app_available, "
           "destroyed_orders, time\n")
SECRET = "S3CRET-of-somebody"

MISTAKES = [
    (["-w", "10"],
     "-w 10: write METRIC=RANGE, for example available=5: or expired=0\n" + SEE_HELP),
    (["-w", "nope=1"], "-w nope=1: there is no metric of that name\n" + METRICS),
    (["-w", "available=5"], "-w available=5 alarms on MORE than 5: write 5: for below 5, or 0:5 if you mean it\n"
     "Write -w available=5: to alarm below 5, or -w available=0:5 to alarm above 5.\n"),
    (["-w", "expired=5:1"], "-w expired=5:1: the start is greater than the end, for negative numbers write both, such "
     "as -20:-10\n" + SEE_HELP),
    (["-t", "0"], "-t 0: write a whole number from 1 to 300\n" + SEE_HELP),
    (["-t", "abc"], "-t abc: write a whole number from 1 to 300\n" + SEE_HELP),
    (["-H", "a b"],
     "-H a b: a host name has only letters, digits, hyphens and dots, and no port or path\n" + SEE_HELP),
    (["-H", "evil\r\nX: y"],
     "-H evil??X: y: a host name has only letters, digits, hyphens and dots, and no port or path\n" + SEE_HELP),
    (["-p", "70000"], "-p 70000: write a whole number from 1 to 65535\n" + SEE_HELP),
    (["--retries", "9"], "--retries 9: write a whole number from 0 to 3\n" + SEE_HELP),
    (["-x"], "option -x is not known, see --help\n"),
    (["--nope"], "option --nope is not known, see --help\n"),
    (["--insecure"], "option --insecure is not known, see --help\n"),
    (["--secret-key"], "option --secret-key is not known, see --help\n" + NO_SECRETS),
    (["--re", "1"], "option --re may be --require-switch or --region or --retries: write it in full\n"),
    ([""], "an empty word is not an option: all settings are options, see --help\n"),
    (["stray"], "stray is not an option: all settings are options, see --help\n"),
    (["--role", "Name"], "Name is not an option: all settings are options, see --help\nThe name of a role is joined "
     "to its option: --role=NAME\n"),
    (["--ca-path", "/etc/passwd"],
     "--ca-path /etc/passwd: that is no directory, use --ca-file for a file\n" + SEE_HELP),
    (["-w"], "option -w needs a value, see --help\n"),
    (["--exit-ok=1"], "option --exit-ok takes no value, see --help\n"),
    (["--require-switch", "auto_renew"], "--require-switch auto_renew: there is no switch of that name\nThe switches "
     "are: auto_upgrade, auto_upgrade_before, auto_purchase, auto_purchase_renew, order_renew, auto_bind_rasp, "
     "auto_open_rasp, auto_downgrade\n"),
    (["--account", "a|b;c", "--output-format", "xml"],
     "[a?b?c] - --output-format xml: write text, json or prometheus\n" + SEE_HELP),
]


@pytest.mark.parametrize("options, words", MISTAKES, ids=[" ".join(row[0])[:30].strip() for row in MISTAKES])
def test_mistakes(plugin, options, words):
    """No key, no network: told at once, whatever other options say."""
    words = words if words.startswith("[") else "- " + words
    for more in ([], ["-vvv", "--detail", "--no-perfdata", "--api-error-state", "critical", "--empty-state", "ok"]):
        result = plugin(*more, *options, within=1)
        assert (result.out, result.exit) == ("CWP LICENSE UNKNOWN " + words, 3)
    assert plugin("--exit-ok", *options).exit == 0


LESS = ["available", "not_expired"] + [name + end for name in ("pro", "ultimate", "lite", "ai")
                                       for end in ("_available", "_total")] + ["app_available"]


@pytest.mark.parametrize("option", ["-w", "--critical"])
@pytest.mark.parametrize("number", ["5", "100", "250"])
@pytest.mark.parametrize("metric", LESS)
def test_a_bare_number_is_refused_in_full(plugin, metric, number, option):
    """The first line has room for all of it, with an account too; what it tells to write is accepted."""
    result = plugin(option, "%s=%s" % (metric, number), "--account", "prod")
    assert result.first == "CWP LICENSE UNKNOWN [prod] - {0} {1}={2} alarms on MORE than {2}: write {2}: for below " \
        "{2}, or 0:{2} if you mean it".format(option, metric, number)
    words = result.details[0].split()
    for at in (1, 8):
        accepted = plugin(*words[at:at + 2], "--output-format", "json", "--input", "/dev/null").json
        assert words[at] == option and accepted["error"]["kind"] == "malformed"



HIDDEN = [
    ["--secret-key=" + SECRET], ["--secret-key", SECRET], ["--secret-id=x", "--token=" + SECRET], ["-k" + SECRET],
    ["-k", SECRET], ["--password", SECRET], ["--help=" + SECRET], ["--no-proxy=" + SECRET], ["x", "--key=" + SECRET],
    ["--proxy", "ftp://user:%s@host:1" % SECRET], ["--proxy=http://user:a %s@host:1" % SECRET],
    ["--proxy", "http://user:%s@host:1\n" % SECRET], ["--proxy", "user:%s://x@host" % SECRET],
    ["--no-proxy", "http://user:%s@host:1" % SECRET], ["-p", "http://user:%s@host:1" % SECRET],
    ["user:%s@host:1" % SECRET], ["-H", "user:%s@host" % SECRET], ["--proxy", "http://user:%s" % SECRET],
    ["-H", "http://user:%s" % SECRET],
]


@pytest.mark.parametrize("options", HIDDEN, ids=[" ".join(row).replace(SECRET, "...")[:40].strip() for row in HIDDEN])
def test_what_may_be_a_secret_is_not_repeated(plugin, options):
    plugin.hide(SECRET)
    for more in ([], ["-vvv"], ["--output-format", "json"], ["--output-format", "prometheus"]):
        assert plugin(*more, *options).exit == 3


@pytest.mark.parametrize("url", ["http://user:%s@127.0.0.1:1", "user:%s@127.0.0.1:1", "socks5h://u:%s@127.0.0.1:1"])
def test_a_proxy_s_password_is_never_shown(ask, plugin, url):
    """A good URL this time, of a proxy that is down; as option and from the environment."""
    plugin.hide(SECRET)
    for more in (["-vvv"], ["--output-format", "json"]):
        assert ask("--proxy", url % SECRET, "--retries", 0, *more).exit == 3
        assert ask("--retries", 0, *more, env={"https_proxy": url % SECRET}).exit == 3


@pytest.mark.parametrize("url", ["mon:%s", "http://mon:%s", "http://mon:%s/", "socks5://mon:%s"])
def test_nor_is_it_where_the_proxy_s_name_was_forgotten(ask, plugin, url):
    plugin.hide(SECRET)
    for more in (["-vvv"], ["--output-format", "json"]):
        assert ask("--retries", 0, *more, env={"https_proxy": url % SECRET}).exit == 3


# ---- What options do, seen from outside ----

def test_last_one_wins(ask, api):
    result = ask("-t", 300, "-t", 10, "--account", "a", "--account", "b", "--region", "x", "--region", "y", "-w",
                 "used=1", "-w", "used=99", "-c", "used=1", "--critical", "used=2:").passed()
    assert result.first.startswith("CWP LICENSE OK [b] - 4 available")
    assert result.perfdata["used"] == "46;99;2:;0"
    assert api.requests[0].all("X-TC-Region") == ["y"]


@pytest.mark.parametrize("options, exit_code, perfdata", [
    ([], 2, "2;;0;0"), (["-w", "expired=0"], 2, "2;0;0;0"), (["-c", "expired=2"], 0, "2;;2;0"),
    (["-c", "expired=~:", "-w", "expired=0"], 1, "2;0;~:;0"), (["-c", "expired=~:"], 0, "2;;~:;0")])
def test_a_default_holds_until_its_level_is_given(plugin, tmp_path, options, exit_code, perfdata):
    path = tmp_path / "answer.json"
    path.write_bytes(document(ExpireLicenseCnt=2))
    result = plugin("--input", path, *options)
    assert (result.exit, result.perfdata["expired"]) == (exit_code, perfdata)


def test_region(ask, api):
    ask().passed()
    ask("--region", "ap-singapore").passed()
    assert [request.all("X-TC-Region") for request in api.requests] == [[], ["ap-singapore"]]
    assert {request.header("X-TC-Language") for request in api.requests} == {"en-US"}


def test_no_option_sends_more_than_one_request(ask, api):
    for options in (["--detail"], ["-vvv"], ["--exit-ok"], ["--retries", 3], ["--trust-auto-renew"], ["-t", 300]):
        api.play(ok())
        ask(*options).passed()
    assert len(api.requests) == 6


def test_help_and_version_come_first(plugin):
    """Also beside mistakes, without a key and in whatever format: a person asked."""
    whole = plugin("--help")
    assert whole.exit == 3 and max(map(len, whole.out.splitlines())) <= 80
    for options in (["-h"], ["--help", "-t", "0"], ["stray", "-h"], ["-h", "--version"],
                    ["--output-format", "json", "--help"]):
        result = plugin(*options)
        assert (result.out, result.exit) == (whole.out, 3)
    assert plugin("-V", "-w", "10").out == plugin("--version").out
    assert plugin("--help", "--exit-ok").exit == 0


# ---- --input - ----

def feed(writer, parts):
    try:
        for part in parts:
            os.write(writer, part)
            time.sleep(0.05)
    except BrokenPipeError:
        pass
    os.close(writer)


@pytest.mark.parametrize("parts, exit_code, words", [
    ([document()], 0, "4 available"),
    ([document()[:10], document()[10:200], document()[200:]], 0, "4 available"),
    ([], 3, "malformed answer: not valid JSON: it is empty"),
    ([document()[:100]], 3, "malformed answer: not valid JSON: it ends in the middle"),
    ([b" " * 60000] * 5, 3, "malformed answer: - is larger than 256 KiB"),
], ids=["at once", "in parts", "nothing", "cut", "too much"])
def test_input_from_a_pipe(plugin, parts, exit_code, words):
    reader, writer = os.pipe()
    thread = threading.Thread(target=feed, args=(writer, parts))
    thread.start()
    result = plugin("--input", "-", stdin=reader)
    os.close(reader)
    thread.join()
    assert result.exit == exit_code and words in result.first and "[from file]" in result.first


def test_input_that_never_ends_is_bounded_by_the_timeout(plugin):
    """A pipe that nobody writes to and nobody closes."""
    reader, writer = os.pipe()
    result = plugin("--input", "-", "-t", 1, stdin=reader, within=1.5)
    os.close(writer)
    os.close(reader)
    result.failed("1s")


# ---- A full disk ----

@pytest.mark.parametrize("options", [["-t", "0"], ["--input", "-"], ["--exit-ok", "-t", "0"], ["--help"],
                                     ["--output-format", "json", "-t", "0"],
                                     ["--output-format", "prometheus", "-t", "0"]], ids=" ".join)
def test_a_full_disk(options):
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, *options], input=document(), stdout=full, stderr=subprocess.PIPE, env={})
    assert (done.returncode, done.stderr) == (3, b"")
