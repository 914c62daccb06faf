# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The shipped template in a real Zabbix server and proxy, with the shipped program against the stand-in of the API.

One story is played once, on three hosts at the same time; the tests look at what was there after each of its steps.

    plain    set up by the code blocks of the documents, all macros but the interval as they come
    strict   behind a proxy, with a limit on every metric and every switch required
    silent   its check never ends in time
"""

import json
import runpy
import time

import pytest

import zabbix_server
from standin.answers import ABSENT, HEALTHY, REQUEST_ID
from standin.script import close_at, error, stall
from engine import PACKAGING, accounts
from zabbix_server import NOT_SUPPORTED, TEMPLATE, wait_for

import program

zabbix_server.needed()

PLAIN, STRICT, SILENT = "tencent-cloud", "strict", "silent"
PROFILES = {PLAIN: "default", STRICT: "prod", SILENT: "test"}

COUNTS = [name for name, value in HEALTHY.items() if isinstance(value, int) and not isinstance(value, bool)]
SWITCHES = [name for name, value in HEALTHY.items() if isinstance(value, bool)]
SCARCE = [name for name in COUNTS if name.startswith(("Available", "ApplicationAvailable", "NotExpired"))
          or name in ("ProVersionLicenseCnt", "FlagshipVersionLicenseCnt", "CwpVersionLicenseCnt",
                      "AISecurityVersionLicenseCnt")]
NEWER = ("AvailableAISecurityLicenseCnt", "AISecurityVersionLicenseCnt", "ApplicationAvailableLicenseCnt")
RENEWING = {"AutoRepurchaseRenewSwitch": True, "RepurchaseRenewSwitch": True}
BAD = dict(ExpireLicenseCnt=2, NearExpiryLicenseCnt=5, RepurchaseRenewSwitch=True)

LIMITS = {"PROFILE": "prod", "ACCOUNT": "prod", "MIN.WARN": "3", "MIN.CRIT": "1", "MAX.WARN": "10", "MAX.CRIT": "20",
          'MAX.CRIT:"expired"': "20", "REQUIRE.SWITCH": "1"}
# Results come when asked for; one of Zabbix's own, at its minute of the hour, would be one too many.
SELDOM = {"INTERVAL": "1d"}
TIME_OFF = {'MAX.WARN:"time"': "-1", 'MAX.CRIT:"time"': "-1"}


def level(scarce, plenty, switch):
    """An answer in which every metric is on the same side of its limits."""
    counts = {name: scarce if name in SCARCE else plenty for name in COUNTS}
    return dict(counts, **{name: switch for name in SWITCHES})


def metrics():
    return {field.name for field in program.metrics()} - {"total"} | {"near_expiry_at_risk"}


def titles(names, what):
    """Names as they stand in those of items and triggers."""
    words = {name: name.replace("_", " ").capitalize().replace("Ai ", "AI ").replace("rasp", "RASP") for name in names}
    return {"CWP %s: %s" % (what, word) for word in words.values()}


class Story:
    """story[step][host] is what was there after that step."""

    def __init__(self, zabbix):
        self.zabbix, self.seen, self.begun = zabbix, {}, time.monotonic()

    def __getitem__(self, step):
        return self.seen[step]

    def look(self, step, hosts):
        self.seen[step] = dict(zip(hosts, self.zabbix.look(*hosts.values())))
        print("Zabbix %s, %5.1f s: %s" % (self.zabbix.version, time.monotonic() - self.begun, step))


@pytest.fixture(scope="module")
def story():
    with zabbix_server.Zabbix() as zabbix:
        yield tell(zabbix)


def set_up(zabbix, story):
    """The hosts by name: one by the words of the documents, two by the API."""
    zabbix.install()
    for name in ("zabbix-install", "zabbix-key", "zabbix-timeout"):
        zabbix.document_block(name)
    zabbix.write_keys()
    story.tried = json.loads(zabbix.document_block("zabbix-try"))
    zabbix.start_server()
    zabbix.document_block("zabbix-api", ZABBIX=zabbix.url, ADMIN="Admin", PASSWORD="zabbix", TEMPLATE=zabbix.template)
    proxyid = zabbix.start_proxy()
    silent = {"PROFILE": "test", "OPTION1": "--timeout=60", "NODATA": "30s", **SELDOM}
    hosts = {PLAIN: zabbix.host_called(PLAIN),
             STRICT: zabbix.add_host(STRICT, {**LIMITS, **TIME_OFF, **SELDOM}, proxyid),
             SILENT: zabbix.add_host(SILENT, silent)}
    zabbix.set_macros(hosts[PLAIN], SELDOM)
    return hosts


def tell(zabbix):
    story = Story(zabbix)
    hosts = set_up(zabbix, story)
    plain, strict, silent = hosts.values()

    def step(name, run=(plain, strict), macros=None, **changes):
        """macros: those of the strict host. changes: what the API does for each profile."""
        if macros is not None:
            zabbix.set_macros(strict, {**LIMITS, **TIME_OFF, **SELDOM, **macros})
        zabbix.api.play(accounts(test=stall(), **changes))
        zabbix.execute_now(*run)
        story.look(name, hosts)

    fine = dict(level(5, 5, True), ExpireLicenseCnt=0, NearExpiryLicenseCnt=0)
    step("healthy", prod=dict(fine, ProtectType=None, **dict.fromkeys(NEWER, ABSENT)))
    zabbix.run_once(silent)
    step("critical", default=BAD, prod=level(0, 30, False), macros={'MAX.CRIT:"time"': "0"})
    step("failed once", default=error("InternalError", "try again"), prod=error("AuthFailure.UnauthorizedOperation"))
    step("failed twice", default=close_at(), prod=close_at())
    required = ("ExpireLicenseCnt", "NearExpiryLicenseCnt", "AvailableLicenseCnt")
    little = {name: ABSENT for name in (*COUNTS, *SWITCHES, "ProtectType") if name not in required}
    step("warning", default=dict(little, NearExpiryLicenseCnt=5),
         prod=dict(level(2, 15, True), RepurchaseRenewSwitch=False),
         macros={'MAX.WARN:"time"': "0", 'REQUIRE.SWITCH:"order_renew"': "0"})

    at_risk_only = {'MAX.WARN:"near_expiry"': "-1", 'MAX.WARN:"near_expiry_at_risk"': "0"}
    zabbix.set_macros(plain, {"FAILURES": "#1", **SELDOM, **at_risk_only})
    at_the_limits = dict(level(3, 10, True), NearExpiryLicenseCnt=0)
    step("recovered", default=dict(RENEWING, NearExpiryLicenseCnt=5), prod=at_the_limits, macros={})
    step("empty", default=dict.fromkeys(COUNTS, 0), prod=fine, run=[plain])
    zabbix.set_macros(plain, {"FAILURES": "#1", "OPTION1": "--no-such-option", **SELDOM})
    step("mistake", run=[plain])

    zabbix.make_noise()
    zabbix.set_macros(plain, SELDOM)
    zabbix.run_once(plain)
    wait_for(lambda: zabbix.items(plain)["master"]["state"] == NOT_SUPPORTED, "the noise", 40)
    wait_for(lambda: zabbix.problems(silent), "the missing result", 90)
    wait_for(lambda: zabbix.items(silent)["master"]["state"] == NOT_SUPPORTED, "the end of the silent check", 60)
    story.look("noise", hosts)

    story.proxied = zabbix.values_through_proxy(zabbix.items(strict)["master"]["itemid"])
    story.exported = json.loads(zabbix.call("configuration.export", format="json", options={
        "templates": [zabbix.call("template.get", filter={"host": TEMPLATE})[0]["templateid"]]}))
    story.again = zabbix.import_template(zabbix.path(zabbix.template).read_text())
    return story


def values(seen):
    return {key: item["lastvalue"] for key, item in seen["items"].items() if item["lastclock"] != "0"}


def names(seen, severity=None):
    return {name for name, problem in seen["problems"].items() if severity in (None, problem["severity"])}


def unsupported(seen):
    return {key: item["error"] for key, item in seen["items"].items() if item["state"] == NOT_SUPPORTED}


HIGH, AVERAGE, WARNING = "4", "3", "2"


# ---- The documents ----


def test_the_command_of_the_documents_gives_a_result(story):
    assert story.tried["state"] == "OK" and story.tried["metrics"]["available"] == HEALTHY["AvailableLicenseCnt"]


def test_zabbix_keeps_all_that_the_template_says(story):
    """Nothing in the file is silently dropped: what Zabbix exports of it has as much of everything."""
    generate = runpy.run_path(str(PACKAGING / "zabbix" / "generate.py"))
    mine = generate["document"](story.zabbix.version)["zabbix_export"]["templates"][0]
    (theirs,) = story.exported["zabbix_export"]["templates"]
    for kind in ("items", "macros", "dashboards", "valuemaps", "tags"):
        key = {"items": "uuid", "macros": "macro", "tags": "tag"}.get(kind, "uuid")
        assert {row[key] for row in theirs[kind]} == {row[key] for row in mine[kind]}, kind
    widgets = [len(rows[0]["pages"][0]["widgets"]) for rows in (mine["dashboards"], theirs["dashboards"])]
    assert widgets[0] == widgets[1]
    assert story.again is True      # a second import, over the first


# ---- Values ----


@pytest.mark.parametrize("host", [PLAIN, STRICT])
def test_every_item_has_its_part_of_the_answer(story, host):
    seen = story["healthy"][host]
    found = values(seen)
    answer = json.loads(found.pop("master"))
    expected = {name: str(value) for name, value in answer["metrics"].items()}
    expected.update({name: str(int(value)) for name, value in answer["switches"].items()})
    expected.update(state="OK", exit_code="0", summary=answer["summary"], error_kind="none", error="none",
                    request_id=answer["request_id"], near_expiry_at_risk="0")
    if host == PLAIN:
        expected["upgrade_mode"] = HEALTHY["ProtectType"]
    assert float(found.pop("time")) == float(expected.pop("time")) > 0
    assert found == expected
    assert unsupported(seen) == {}


def test_the_values_are_those_of_the_service(story):
    found = values(story["healthy"][PLAIN])
    wanted = {"expired": "ExpireLicenseCnt", "used": "UsedLicenseCnt", "ultimate_available":
              "AvailableFlagshipVersionLicenseCnt", "app_available": "ApplicationAvailableLicenseCnt"}
    assert {name: found[name] for name in wanted} == {name: str(HEALTHY[field]) for name, field in wanted.items()}
    assert found["auto_upgrade"] == "1" and found["auto_purchase"] == "0"
    assert found["request_id"] != REQUEST_ID


def test_what_is_not_reported_has_no_value_and_is_no_error(story):
    found = values(story["healthy"][STRICT])
    assert not {"ai_available", "ai_total", "app_available", "upgrade_mode"} & set(found)
    assert found["lite_available"] == "5"


def test_what_is_no_longer_reported_keeps_its_value(story):
    before, after = values(story["healthy"][PLAIN]), story["warning"][PLAIN]
    for name in ("ai_available", "used", "auto_upgrade", "upgrade_mode"):
        assert values(after)[name] == before[name]
    assert unsupported(after) == {}


def test_the_proxy_ran_the_check(story):
    assert any(json.loads(value)["account"] == "prod" for value in story.proxied)


def test_every_request_was_signed_well(story):
    assert {request.refused for request in story.zabbix.api.requests} == {""}


# ---- Problems ----


@pytest.mark.parametrize("host", [PLAIN, STRICT])
def test_a_healthy_account_has_no_problem(story, host):
    assert names(story["healthy"][host]) == set()


def test_no_trigger_is_in_doubt(story):
    """Zabbix can evaluate every one, unless its field was never reported."""
    assert story["healthy"][PLAIN]["in doubt"] == {}
    assert all("AI " in name or "App " in name for name in story["healthy"][STRICT]["in doubt"])


def test_expired_and_near_expiry_with_the_default_limits(story):
    seen = story["critical"][PLAIN]
    assert names(seen, HIGH) == {"CWP license: Expired: 2 (allowed up to 0)"}
    assert names(seen, WARNING) == {"CWP license: Near expiry: 5 (allowed up to 0)"}
    assert len(seen["problems"]) == 2
    assert seen["problems"]["CWP license: Near expiry: 5 (allowed up to 0)"]["opdata"] \
        == "Auto-renew: off (0) for auto-purchased orders, on (1) for other orders"
    assert {"tag": "account", "value": "default"} in seen["problems"][
        "CWP license: Expired: 2 (allowed up to 0)"]["tags"]


def problem_titles(seen, severity):
    return {name.rsplit(":", 1)[0] for name in names(seen, severity) if "switch" not in name}


def test_every_metric_can_be_critical_and_hides_its_warning(story):
    seen = story["critical"][STRICT]
    assert problem_titles(seen, HIGH) == titles(metrics(), "license")
    assert problem_titles(seen, WARNING) == set()


def test_every_metric_can_be_a_warning(story):
    seen = story["warning"][STRICT]
    assert problem_titles(seen, WARNING) == titles(metrics(), "license")
    assert problem_titles(seen, HIGH) == set()


def test_every_switch_can_be_required(story):
    off = {name + " is off" for name in titles({field.name for field in program.switches()}, "switch")}
    assert {name for name in names(story["critical"][STRICT], WARNING) if "switch" in name} == off
    assert not any("switch" in name for name in names(story["warning"][STRICT]))


@pytest.mark.parametrize("host", [PLAIN, STRICT])
def test_all_is_well_again(story, host):
    """The strict host's metrics are at their limits, which are still good. The plain host's near expiry is no
    problem any more: only that at risk is, and both renewals are on."""
    assert names(story["recovered"][host]) == set()
    assert unsupported(story["recovered"][host]) == {}


# ---- Licenses that could not be checked ----


def kept(story, step, host):
    """All license values but those that a failed check brings."""
    told = ("master", "state", "exit_code", "summary", "error_kind", "error", "request_id")
    return {key: value for key, value in values(story[step][host]).items() if key not in told}


@pytest.mark.parametrize("host", [PLAIN, STRICT])
def test_one_failed_check_changes_nothing(story, host):
    seen = story["failed once"][host]
    assert names(seen) == names(story["critical"][host])
    assert kept(story, "failed once", host) == kept(story, "critical", host)
    assert values(seen)["error_kind"] == {PLAIN: "service", STRICT: "permission"}[host]
    assert unsupported(seen) == {}


@pytest.mark.parametrize("host", [PLAIN, STRICT])
def test_two_failed_checks_are_one_problem_more_and_no_license_alarm(story, host):
    seen = story["failed twice"][host]
    new = names(seen) - names(story["critical"][host])
    reason = values(seen)["summary"]
    assert reason.endswith("licenses NOT checked")
    assert new == {"CWP license: check failed, network: " + reason}
    (problem,) = (seen["problems"][name] for name in new)
    assert problem["severity"] == AVERAGE and problem["opdata"] == "network: " + reason
    assert names(story["critical"][host]) <= names(seen)
    assert kept(story, "failed twice", host) == kept(story, "critical", host)
    assert unsupported(seen) == {}


def test_an_account_without_licenses(story):
    assert names(story["empty"][PLAIN]) == {"CWP license: this account has no licenses at all"}
    assert values(story["empty"][PLAIN])["state"] == "UNKNOWN"


def test_a_mistake_in_the_macros(story):
    seen = story["mistake"][PLAIN]
    assert "--no-such-option" in values(seen)["summary"]
    assert names(seen) == {"CWP license: check failed, usage: " + values(seen)["summary"]}


def test_anything_but_the_answer_is_an_error_of_the_item(story):
    seen = story["noise"][PLAIN]
    assert "cannot open shared object" in unsupported(seen)["master"]
    assert names(seen) <= names(story["mistake"][PLAIN])
    assert kept(story, "noise", PLAIN) == kept(story, "mistake", PLAIN)


def test_no_result_at_all(story):
    seen = story["noise"][SILENT]
    assert names(seen, AVERAGE) == {"CWP license: no result for 30s"}
    assert len(seen["problems"]) == 1
    assert "imeout" in unsupported(seen)["master"]
    assert values(seen) == {}
