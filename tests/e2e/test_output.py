# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Whole outputs of the text format, with what differs from run to run replaced: seconds by T, the port by PORT, dates
by DATE. JSON and the format of Prometheus have files of their own."""

import re

import pytest

from keys import shown
from running import ROOT
from standin import answers
from standin.answers import ABSENT, document, fields, wrap
from standin.script import body, error, ok

HEALTHY = ("expired=0;;0;0 near_expiry=0;0;;0 available=4;;;0 used=46;;;0 not_expired=51;;;0 total=50;;;0 "
           "pro_available=3;;;0 pro_total=30;;;0 ultimate_available=1;;;0 ultimate_total=15;;;0 "
           "lite_available=2;;;0 lite_total=5;;;0 ai_available=7;;;0 ai_total=8;;;0 app_available=9;;;0 "
           "destroyed_orders=6;;;0")
WITHIN = "none expired, none expiring within 15 days"
RENEW = "Renew in the CWP console under Authorization Management."
RECIPE = RENEW + " Expired orders that nobody will renew: delete them there, or accept them with"


def steady(out):
    """The output without what differs from run to run."""
    out = re.sub(r"\b\d+\.\d{3}s", "T", re.sub(r"(localhost:|port )\d+", r"\1PORT", out))
    out = re.sub(r"X-TC-Timestamp: \d+", "X-TC-Timestamp: DATE", re.sub(r"/\d{4}-\d\d-\d\d/", "/DATE/", out))
    return re.sub(r"this host is -?\d+s", "this host is N", out)


@pytest.fixture
def saved(tmp_path, plugin):
    """saved(data, options...) judges this document."""
    def run(data, *options, **how):
        path = tmp_path / "answer.json"
        path.write_bytes(data)
        return plugin("--input", path, *options, **how)
    return run


# ---- From the service ----

ANSWERS = [
    (ok(), [], 0, "CWP LICENSE OK - 4 available, 46 used, %s|%s time=T;;;0\n" % (WITHIN, HEALTHY)),
    (ok(ExpireLicenseCnt=2, NearExpiryLicenseCnt=5), ["--account", "prod"], 2,
     "CWP LICENSE CRITICAL [prod] - 2 EXPIRED (allowed 0), 5 expire within 15 days (allowed 0), 4 available|"
     + HEALTHY.replace("expired=0", "expired=2", 1).replace("near_expiry=0", "near_expiry=5") + " time=T;;;0\n"
     "[CRITICAL] expired: 2 (allowed 0)\n"
     "[WARNING] near_expiry: 5 (allowed 0), auto-renew is off\n" + RECIPE + " -c expired=2\n"),
    (ok(), ["-w", "ultimate_available=3:", "-w", "time=0:300", "-c", "time=~:300"], 1,
     "CWP LICENSE WARNING - Ultimate: 1 available (want 3 or more), %s|%s time=T;300;~:300;0\n"
     % (WITHIN, HEALTHY.replace("ultimate_available=1;", "ultimate_available=1;3:"))),
    (ok(AISecurityVersionLicenseCnt=ABSENT), ["-w", "ai_total=1:", "--no-perfdata"], 3,
     "CWP LICENSE UNKNOWN - ai_total is not reported, 4 available, %s\n" % WITHIN),
    (ok(NearExpiryLicenseCnt=5, AutoRepurchaseRenewSwitch=True, RepurchaseRenewSwitch=True),
     ["--trust-auto-renew", "--no-perfdata"], 0,
     "CWP LICENSE OK - 4 available, 46 used, none expired, 5 expire within 15 days, auto-renew is on\n"),
    (ok(), ["--require-switch", "auto_downgrade=critical", "--require-switch", "auto_open_rasp", "--no-perfdata"], 2,
     "CWP LICENSE CRITICAL - auto_downgrade is off (required), auto_open_rasp is off (required), 4 available, none "
     "expired\n[CRITICAL] auto_downgrade: off (required)\n[WARNING] auto_open_rasp: off (required)\n"),
    (ok(ExpireLicenseCnt=5), ["-c", "expired=10", "--no-perfdata"], 0,
     "CWP LICENSE OK - 4 available, 46 used, 5 expired (allowed up to 10), none expiring within 15 days\n"),
]


@pytest.mark.parametrize("behavior, options, code, out", ANSWERS, ids=[row[3][12:60] for row in ANSWERS])
def test_answers(ask, api, behavior, options, code, out):
    api.play(behavior)
    result = ask(*options)
    assert (steady(result.out), result.exit) == (out, code)
    again = ask(*options, "--exit-ok")
    assert (steady(again.out), again.exit) == (out, 0)


def test_the_examples_of_failures(ask, api, credentials, key):
    """Of contract section 4: the clock, and a key that was refused."""
    api.play(ok(), clock=432)
    result = ask("--account", "prod")
    assert re.sub(r"7m1[123]s", "7m12s", result.out) == (
        "CWP LICENSE UNKNOWN [prod] - clock of this host is 7m12s behind Tencent Cloud (allowed 5m), fix time sync, "
        "licenses NOT checked\n"
        "Request ID for Tencent support: %s (AuthFailure.SignatureExpire)\n" % api.requests[-1].id)
    api.play(error("AuthFailure.SecretIdNotFound", "The SecretId is not found."))
    assert ask().out == (
        "CWP LICENSE UNKNOWN - API key %s was refused: unknown, deleted or disabled, licenses NOT checked\n"
        "The key came from %s, profile default. (AuthFailure.SecretIdNotFound)\n"
        "Request ID for Tencent support: %s\n" % (shown(key), credentials, api.requests[-1].id))


# ---- From a file ----

NOTHING = dict.fromkeys([name for name, value in answers.HEALTHY.items() if type(value) is int], 0)
NONE_AT_ALL = "this account has no CWP licenses at all"
SAVED = [
    (wrap(dict(NOTHING, DestroyOrderNum=3)), [], 3,
     "CWP LICENSE UNKNOWN [from file] - " + NONE_AT_ALL + ", wrong account or key?, 0 available, none expired\n"
     "If an account without licenses is what you expect: --empty-state ok\n"),
    (wrap(NOTHING), ["--empty-state", "critical"], 2,
     "CWP LICENSE CRITICAL [from file] - " + NONE_AT_ALL + ", wrong account or key?, 0 available, none expired\n"
     "If an account without licenses is what you expect: --empty-state ok\n"),
    (wrap(NOTHING), ["--empty-state", "ok"], 0,
     "CWP LICENSE OK [from file] - " + NONE_AT_ALL + ", 0 available, 0 used, " + WITHIN + "\n"),
    (document(), ["-w", "time=5"], 3,
     "CWP LICENSE UNKNOWN [from file] - time is not reported, 4 available, %s\n" % WITHIN),
    (document(), ["-w", "available=5:", "-w", "used=40", "-w", "total=40", "-c", "pro_total=31:", "-c", "lite_total=6:",
                  "-c", "destroyed_orders=5"], 2,
     "CWP LICENSE CRITICAL [from file] - Pro: 30 in total (want 31 or more), Lightweight: 5 in total (want 6 or more), "
     "and 4 more\n"
     "[CRITICAL] pro_total: 30 (want 31 or more)\n[CRITICAL] lite_total: 5 (want 6 or more)\n"
     "[CRITICAL] destroyed_orders: 6 (allowed up to 5)\n[WARNING] available: 4 (want 5 or more)\n"
     "[WARNING] used: 46 (allowed up to 40)\n[WARNING] total: 50 (allowed up to 40)\n"),
    (wrap(dict(ExpireLicenseCnt=0, NearExpiryLicenseCnt=0, AvailableLicenseCnt=4)), [], 0,
     "CWP LICENSE OK [from file] - 4 available, %s\n" % WITHIN),
]


@pytest.mark.parametrize("data, options, code, out", SAVED, ids=[row[3][12:60] for row in SAVED])
def test_saved(saved, data, options, code, out):
    result = saved(data, *options, "--no-perfdata")
    assert (result.out, result.exit) == (out, code)


def test_the_sample_of_the_vendor(plugin):
    result = plugin("--input", ROOT / "tests" / "data" / "sample-answer.json")
    zeros = " ".join("%s=0;;;0" % item.split("=")[0] for item in HEALTHY.split()[2:-1])
    assert (result.out, result.exit) == (
        "CWP LICENSE CRITICAL [from file] - 10 EXPIRED (allowed 0), 0 available, none expiring within 15 days|"
        "expired=10;;0;0 near_expiry=0;0;;0 %s destroyed_orders=1;;;0\n%s -c expired=10\n" % (zeros, RECIPE), 2)


def test_detail(saved):
    result = saved(document(ProtectType=ABSENT, AutoOpenStatus=None, LicenseCnt=ABSENT), "--detail", "--no-perfdata")
    assert result.out == (
        "CWP LICENSE OK [from file] - 4 available, 46 used, %s\n"
        "expired: 0\nnear_expiry: 0\navailable: 4\nused: 46\nnot_expired: 51\ntotal: not reported\npro_available: 3\n"
        "pro_total: 30\nultimate_available: 1\nultimate_total: 15\nlite_available: 2\nlite_total: 5\nai_available: 7\n"
        "ai_total: 8\napp_available: 9\ndestroyed_orders: 6\nauto_upgrade: not reported\nauto_upgrade_before: on\n"
        "auto_purchase: off\nauto_purchase_renew: off\norder_renew: off\nauto_bind_rasp: on\nauto_open_rasp: off\n"
        "auto_downgrade: off\nupgrade_mode: not reported\nrequest_id: %s\ntime: not reported\n"
        % (WITHIN, answers.REQUEST_ID))


# ---- -v to -vvv ----

FACTS = ("Key: %s, from %s, profile default\n"
         "Host: localhost, port PORT, address 127.0.0.1\n"
         "Trust: options\n"
         "Tries: 1, T in all\n"
         "Last try: name resolved at T, connected at T, TLS at T, first byte at T, end at T\n"
         "Clock: Tencent Cloud minus this host is N\n")
SENT = ("Request: POST / with\n"
        "  Host: localhost:PORT\n"
        "  Content-Type: application/json\n"
        "  X-TC-Action: DescribeLicenseGeneral\n"
        "  X-TC-Version: 2018-02-28\n"
        "  X-TC-Language: en-US\n"
        "  X-TC-Timestamp: DATE\n"
        "  X-TC-Region: ap-hongkong\n"
        "  User-Agent: check_tencent_cwp_license/VERSION\n"
        "  Authorization: TC3-HMAC-SHA256 Credential=%s/DATE/cwp/tc3_request\n")


@pytest.mark.parametrize("verbosity", range(4))
def test_verbosity(plugin, ask, api, key, credentials, verbosity):
    data = b'{"Response": {"ExpireLicenseCnt": 0, "NearExpiryLicenseCnt": 0,\r\n"AvailableLicenseCnt": 4, "x": "a|b"}}'
    version = plugin("--version").out.split()[1]
    api.play(body(data))
    out = ask("--region", "ap-hongkong", "--no-perfdata", *["-v"] * verbosity).out
    wanted = ["CWP LICENSE OK - 4 available, %s\n" % WITHIN, FACTS % (shown(key), credentials), SENT % shown(key),
              "Answer: HTTP 200, %d bytes\n" % len(data)
              + data.decode().replace("\r\n", "  ").replace("|", "\\u007c") + "\n"]
    assert steady(out).replace(version, "VERSION") == "".join(wanted[:verbosity + 1])


@pytest.mark.parametrize("verbosity", [1, 2, 3])
def test_verbosity_without_an_answer(plugin, credentials, key, verbosity):
    """Nothing listens on port 1."""
    result = plugin("-H", "localhost", "-p", 1, "--retries", 0, "--credentials-file", credentials, *["-v"] * verbosity)
    result.failed("cannot connect to localhost", "Key: " + shown(key), "port 1, address none", "Tries: 1")
    assert ("Request: POST / with" in result.out) is (verbosity >= 2)
    assert ("Answer: none" in result.out) is (verbosity == 3)
    assert "Clock:" not in result.out


LATE = "The warning of %s (%s) can never show: it is CRITICAL then (%s)\n"


@pytest.mark.parametrize("options, words", [
    (["-w", "available=2:", "-c", "available=5:"], LATE % ("available", "want 2 or more", "want 5 or more")),
    (["-w", "used=90", "-c", "used=80"], LATE % ("used", "allowed up to 90", "allowed up to 80")),
    (["-w", "expired=5"], LATE % ("expired", "allowed up to 5", "allowed 0")),      # the default is critical
    (["-w", "near_expiry=0", "-c", "near_expiry=0"], LATE % ("near_expiry", "allowed 0", "allowed 0")),
    (["-c", "near_expiry=0"], ""),                                                  # nobody asked for the warning
    (["-w", "available=5:", "-c", "available=2:"], ""),
    (["-w", "expired=5", "-c", "expired=~:"], ""),
    (["-w", "used=~:", "-c", "used=80"], ""),
    (["--require-switch", "auto_upgrade=critical", "--require-switch", "auto_upgrade"], ""),
    ([], ""),
], ids=str)
def test_a_warning_that_can_never_show(saved, options, words):
    """Said at -v only, and the state is what it is."""
    quiet, said = saved(document(), *options), saved(document(), *options, "-v")
    assert quiet.out + words == said.out and quiet.exit == said.exit
    for form in ("json", "prometheus"):
        assert "never show" not in saved(document(), *options, "-v", "--output-format", form).out


# ---- Ranges ----

def rows():
    for line in (ROOT / "tests" / "data" / "ranges.tsv").read_text().splitlines():
        if not line.startswith("#"):
            text, verdict, _, _, _, alerts = line.split("\t")
            yield {"(empty)": ""}.get(text, text).replace("\\s", " ").replace("\\t", "\t"), verdict, alerts


VALUES = [-1, 0, 1, 5, 10, 10.5, 20, 21]


@pytest.mark.parametrize("text, alerts", [(text, alerts) for text, verdict, alerts in rows() if verdict == "ok"])
def test_ranges(saved, text, alerts):
    """Through options and performance data, for those values that a count can have; the text is echoed, shortened only
    where that is exactly equal."""
    echo = text[1:] if text.startswith(":") else text[2:] if re.match(r"0:.", text) else text
    for value, alert in zip(VALUES, alerts):
        if value < 0 or value != int(value):
            continue
        data = document(UsedLicenseCnt=value)
        warning, critical = saved(data, "-w", "used=" + text), saved(data, "-c", "used=" + text)
        assert (warning.exit, critical.exit) == ((1, 2) if alert == "A" else (0, 0))
        assert warning.perfdata["used"] == "%d;%s;;0" % (value, echo)
        assert critical.perfdata["used"] == "%d;;%s;0" % (value, echo)


@pytest.mark.parametrize("text", [text for text, verdict, _ in rows() if verdict == "bad"])
def test_bad_ranges(saved, text):
    result = saved(document(), "--critical", "used=" + text)
    assert result.exit == 3 and " - --critical used=" in result.first
    assert "4 available" not in result.out and "NOT checked" not in result.out


def test_labels_come_in_one_order(saved):
    """The order of contract section 2, whatever the order of the answer and of the options."""
    shuffled = dict(reversed(list(fields().items())))
    labels = [item.split("=")[0] for item in HEALTHY.split()]
    assert list(saved(wrap(shuffled), "-w", "total=99", "-c", "expired=9").perfdata) == labels
