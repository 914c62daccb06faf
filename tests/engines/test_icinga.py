# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Icinga 2 runs the plugin by the definitions that ship; what it recorded is read back through its REST API."""

import json

import pytest

import engine
import icinga as icinga2
import program
from engine import PACKAGING, accounts, perfdata, steady, wait_for
from shipped import generate
from standin.script import error, reset_at, stall

engine.need("icinga2", "curl")

SAMPLE = "/etc/sample-answer.json"
NEVER = "~:"

# A value for each kind of custom variable, and for those that need one of their own.
BY_KIND = {"flag": True, "number": 1, "count": 2, "state": "critical", "metric": NEVER}
VALUES = {
    "warning": ["expired=7", "used=500"], "critical": ["expired=8"],
    "require_switch": ["auto_upgrade", "auto_bind_rasp=critical"],
    "credentials_file": "/etc/tencentcloud/credentials", "profile": "prod", "role_name": "Monitoring",
    "hostname": "cwp.intl.tencentcloudapi.com", "port": 443, "region": "ap-singapore",
    "ca_file": "/etc/ssl/certs/ca-certificates.crt", "ca_path": "/etc/ssl/certs", "timeout": 9,
    "proxy": "http://localhost:3128", "input": SAMPLE, "account": "every option", "output_format": "json",
}
# What does not go with the rest: judged from a file, and without the network.
APART = {"proxy", "use_ipv6", "input", "output_format", "exit_ok"}

EXTRA = """
object Service "metrics" {
	import "tencent-cwp-license"
	host_name = "tencent-cloud"
	vars.tencent_cwp_license_warning_available = "@0:4"
	vars.tencent_cwp_license_critical_expired = "~:"
	vars.tencent_cwp_license_critical_used = "~:45.5"
}
object Service "arrays" {
	import "tencent-cwp-license"
	host_name = "tencent-cloud"
	vars.tencent_cwp_license_warning = [ "available=5:", "ultimate_available=3:" ]
	vars.tencent_cwp_license_critical = [ "used=40" ]
}
object Service "both" {
	import "tencent-cwp-license"
	host_name = "tencent-cloud"
	vars.tencent_cwp_license_critical = [ "used=10", "expired=3" ]
	vars.tencent_cwp_license_critical_used = "50"
}
object Service "role" {
	import "tencent-cwp-license"
	host_name = "tencent-cloud"
	vars.tencent_cwp_license_credentials_file = null
	vars.tencent_cwp_license_profile = "nobody"
	vars.tencent_cwp_license_role = true
}
object Service "verbose" {
	import "tencent-cwp-license"
	host_name = "tencent-cloud"
	vars.tencent_cwp_license_verbose = "3"
}
object Service "impatient" {
	import "tencent-cwp-license"
	host_name = "tencent-cloud"
	check_timeout = 1s
}
"""


def short(argument):
    return argument.variable[len(generate.COMMAND) + 1:]


def value(argument):
    return VALUES[short(argument)] if short(argument) in VALUES else BY_KIND[argument.kind]


def service(name, found):
    lines = "".join("\tvars.%s = %s\n" % (argument.variable, json.dumps(value(argument))) for argument in found)
    return 'object Service "%s" {\n\thost_name = "tencent-cloud"\n\tcheck_command = "%s"\n%s}\n' \
        % (name, generate.COMMAND, lines)


def every_option():
    found = generate.arguments()
    return service("together", [argument for argument in found if short(argument) not in APART]) \
        + service("apart", [argument for argument in found if short(argument) in APART])


@pytest.fixture(scope="module")
def world():
    with engine.World() as world:
        world.install()
        world.mailbox()
        sample = (engine.ROOT / "tests" / "data" / "sample-answer.json").read_text()
        world.write(SAMPLE, sample)
        yield world


@pytest.fixture(scope="module")
def icinga(world):
    daemon = icinga2.Icinga(world)
    daemon.use("check_tencent_cwp_license.conf", "services.conf")
    daemon.write("extra.conf", EXTRA + every_option())
    return daemon.start()


@pytest.fixture(autouse=True)
def healthy(world):
    """Each test begins with accounts in which nothing has expired."""
    world.api.play(accounts())


def test_shipped_files_are_valid(icinga):
    """No warning either: a rule that applies to nothing or a deprecated word would be one."""
    said = icinga.validate()
    assert "Finished validating" in said
    assert not [line for line in said.splitlines() if "information/" not in line and "cwp-" in line]


def test_ok(icinga):
    state, output, rest, words = icinga2.state(icinga.check("tencent-cloud!cwp-license-test"))
    assert (state, rest) == ("OK", "")
    assert output == "CWP LICENSE OK [test] - 4 available, 46 used, none expired, none expiring within 15 days"
    assert words[0] == engine.PLUGINS + "/" + engine.NAME
    assert pairs(words[1:]) == {("--account", "test"), ("--profile", "test"), ("--critical", "expired=10"),
                                ("--trust-auto-renew",), ("--credentials-file", engine.CREDENTIALS)}


def pairs(words):
    found = []
    for word in words:
        if word.startswith("-") or not found:
            found.append([word])
        else:
            found[-1].append(word)
    return {tuple(pair) for pair in found}


def test_warning(icinga):
    state, output, rest, _ = icinga2.state(icinga.check("tencent-cloud!cwp-license"))
    assert (state, rest) == ("WARNING", "") and "Ultimate: 1 available (want 3 or more)" in output


def test_critical_with_further_lines(icinga, world):
    world.api.play(accounts(prod={"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}))
    state, output, rest, _ = icinga2.state(icinga.check("tencent-cloud!cwp-license-prod"))
    assert state == "CRITICAL"
    assert output.startswith("CWP LICENSE CRITICAL [prod] - 2 EXPIRED (allowed 0)")
    assert "[CRITICAL] expired: 2 (allowed 0)" in rest.splitlines()
    assert "|" not in output + rest


def test_unknown_when_the_api_is_down(icinga, world):
    world.api.play(reset_at())
    attrs = icinga.check("tencent-cloud!cwp-license-prod")
    state, output, rest, _ = icinga2.state(attrs)
    assert state == "UNKNOWN" and output.endswith("licenses NOT checked")
    assert not attrs["last_check_result"]["performance_data"]


def test_icinga_s_own_time_limit(icinga, world):
    """Where it is below the plugin's, the plugin still has its line to say when it is told to end."""
    world.api.play(stall())
    state, output, rest, _ = icinga2.state(icinga.check("tencent-cloud!impatient"))
    assert state == "UNKNOWN" and output.startswith("<Timeout exceeded.>CWP LICENSE UNKNOWN - "), output
    assert output.endswith("licenses NOT checked") and rest == ""


def test_recovery(icinga, world):
    """Of the same service, while Icinga runs."""
    world.api.play(accounts(test={"ExpireLicenseCnt": 11}))
    assert icinga2.state(icinga.check("tencent-cloud!cwp-license-test"))[0] == "CRITICAL"
    world.api.play(accounts())
    attrs = icinga.check("tencent-cloud!cwp-license-test")
    assert icinga2.state(attrs)[0] == "OK" and attrs["last_state_critical"] > 0


def test_performance_data(icinga):
    """Whole numbers with plain thresholds arrive; of a range such as 5: Icinga 2 keeps the text only."""
    attrs = icinga.check("tencent-cloud!cwp-license-prod")
    raw = perfdata(" ".join(attrs["last_check_result"]["performance_data"]))
    assert list(raw) == [metric.name for metric in program.metrics()]
    assert raw["expired"] == "0;;0;0" and raw["available"] == "4;5:;1:;0"
    parsed = icinga.parsed("tencent-cloud!cwp-license-prod")
    assert list(parsed) == list(raw)
    wanted = {"expired": (0, None, 0), "near_expiry": (0, 0, None), "available": (4, None, None),
              "used": (46, None, None)}
    assert {name: tuple(parsed[name][key] for key in ("value", "warn", "crit")) for name in wanted} == wanted
    assert parsed["time"]["unit"] == "seconds" and {row["unit"] for row in parsed.values()} == {"seconds", ""}
    assert {row["min"] for row in parsed.values()} == {0}


def test_thresholds_by_metric(icinga):
    """The characters of ranges arrive as they are, "~:" switches a default off."""
    attrs = icinga.check("tencent-cloud!metrics")
    assert {("--warning", "available=@0:4"), ("--critical", "expired=~:"), ("--critical", "used=~:45.5")} \
        <= pairs(icinga2.state(attrs)[3])
    state, output, _, _ = icinga2.state(attrs)
    assert state == "CRITICAL"
    assert "46 used (allowed up to 45.5)" in output and "4 available (must not be 0 to 4)" in output


def test_thresholds_in_arrays(icinga):
    state, output, rest, words = icinga2.state(icinga.check("tencent-cloud!arrays"))
    wanted = {("--warning", "available=5:"), ("--warning", "ultimate_available=3:"), ("--critical", "used=40")}
    assert wanted <= pairs(words)
    assert state == "CRITICAL"
    assert "[WARNING] ultimate_available: 1 (want 3 or more)" in rest.splitlines()


def test_the_variable_of_a_metric_wins(icinga, world):
    world.api.play(accounts(default={"ExpireLicenseCnt": 3}))
    state, _, _, words = icinga2.state(icinga.check("tencent-cloud!both"))
    assert words[-1] == "used=50" and state == "OK"


def test_role_without_a_name(icinga):
    """No machine role here: it is asked for, and the answer says so."""
    attrs = icinga.check("tencent-cloud!role")
    assert ("--role",) in pairs(icinga2.state(attrs)[3])
    assert icinga2.state(attrs)[0] == "UNKNOWN"


def test_verbose_is_a_number(icinga):
    """Text of a number too, for a field of the Director may hold that."""
    _, _, rest, words = icinga2.state(icinga.check("tencent-cloud!verbose"))
    assert "-vvv" in words and "LicenseCnt" in rest


def test_every_option(icinga, world):
    """Each argument of the CheckCommand is passed at least once and taken by the plugin."""
    together, apart = (icinga.check("tencent-cloud!" + name) for name in ("together", "apart"))
    request = world.api.requests[-1]
    assert request.header("X-TC-Region") == "ap-singapore" and request.header("Host") == VALUES["hostname"]
    state, output, rest, words = icinga2.state(together)
    assert state == "OK" and output.startswith("CWP LICENSE OK [every option]"), output
    assert words.count("--warning") == 2 + len(program.metrics()) and "-vv" in words
    assert "--role=Monitoring" in words and "--role" in words
    document = json.loads(icinga2.state(apart)[1])
    assert document["error"] is None and document["metrics"]["expired"] == 10
    words += icinga2.state(apart)[3]
    passed = {word.split("=")[0].lstrip("-") for word in words if word.startswith("--")} | {"verbose"}
    assert passed == {option.name for option in program.options()} - set(generate.NOT_FOR_A_CHECK)


def test_notifications(icinga, world):
    """WARNING and CRITICAL to those who buy licenses, UNKNOWN to the monitoring team, recovery to who was told."""
    name = "tencent-cloud!cwp-license-test"
    icinga.hard(name)
    before = len(icinga.told(name))
    for behavior in (accounts(test={"ExpireLicenseCnt": 11}), accounts(), error("AuthFailure.SecretIdNotFound"),
                     accounts()):
        world.api.play(behavior)
        icinga.hard(name)
    wanted = [("Problem", "license-owners", "license-owner"), ("Recovery", "license-owners", "license-owner"),
              ("Problem", "monitoring-team", "monitoring"), ("Recovery", "monitoring-team", "monitoring")]
    wait_for(lambda: len(icinga.told(name)) - before >= len(wanted), "notifications", 10)
    assert icinga.told(name)[before:] == wanted


def test_nothing_else_is_in_the_output(icinga):
    """What Icinga kept is what the plugin says on a terminal."""
    _, output, rest, words = icinga2.state(icinga.check("tencent-cloud!arrays"))
    code, direct = icinga.world.run(*words, user=engine.USER, check=False)
    first, _, details = direct.rstrip("\n").partition("\n")
    assert (output, rest) == (first.split("|")[0], details) and code == 2
    attrs = icinga.service("tencent-cloud!arrays")
    assert steady(" ".join(attrs["last_check_result"]["performance_data"])) == steady(first.split("|")[1])


def test_files_of_the_product_are_the_ones_loaded(icinga):
    shipped = (PACKAGING / "icinga2" / "check_tencent_cwp_license.conf").read_text()
    assert icinga.world.path(icinga2.CONF_D + "cwp-check_tencent_cwp_license.conf").read_text() == shipped
