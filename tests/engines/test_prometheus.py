# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Prometheus: promtool's view of output, rules and dashboard, and a real server that scrapes a real node_exporter,
whose textfile the commands of the shipped service have written."""

import json
import re
import subprocess
import sys
import time
import urllib.parse

import pytest

import engine
import program
import unit_files
from engine import PACKAGING, PROGRAM, ROOT, accounts, block, wait_for
from standin.answers import HEALTHY, document
from standin.script import error
from unit_files import SERVICE, TEXTFILE

engine.need("prometheus", "promtool", "prometheus-node-exporter", "setpriv")

PREFIX = "tencent_cwp_license_"
RULES = PACKAGING / "prometheus" / "check_tencent_cwp_license.rules.yml"
DASHBOARD = json.loads((PACKAGING / "grafana" / "dashboard.json").read_text())
SERVER, EXPORTER = "127.0.0.1:9090", "127.0.0.1:9100"
NOBODY = "61234"            # such a user as DynamicUser makes: without name, home and groups
ENVIRONMENT = unit_files.environment(SERVICE)
TEXTFILES = ENVIRONMENT["TEXTFILES"]

CONFIG = """
global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
rule_files: [/etc/prometheus/check_tencent_cwp_license.rules.yml]
scrape_configs: [{job_name: node, static_configs: [{targets: ['%s']}]}]
"""


# ---- promtool ----

def promtool(*words, stdin=None):
    done = subprocess.run(["promtool", *map(str, words)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def output(*words):
    return subprocess.run([PROGRAM, "--output-format", "prometheus", *words], stdin=subprocess.DEVNULL, env={},
                          stdout=subprocess.PIPE, text=True, check=False).stdout


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(document())
    return path


@pytest.mark.parametrize("options", [
    [], ["--account", "prod"], ["--account", "\"quote\" \\back\\ {a=\"b\"}"], ["-c", "expired=~:", "-w", "used=1"],
    ["--bogus"], ["--input", "no-such-file"]], ids=str)
def test_promtool_has_nothing_to_say_about_the_output(saved, options):
    text = output("--input", saved, *options)
    assert PREFIX + "check_state" in text
    assert promtool("check", "metrics", stdin=text) == (0, "")


def test_promtool_would_have(saved):
    """Why names in _total go without a type."""
    text = output("--input", saved)
    code, said = promtool("check", "metrics", stdin=text.replace("_total untyped", "_total gauge"))
    assert code != 0 and 'should not have "_total" suffix' in said
    assert promtool("check", "metrics", stdin=text.replace(" 51\n", " x\n"))[0] != 0


def test_rules():
    code, said = promtool("check", "rules", "--lint=all", "--lint-fatal", RULES)
    assert code == 0 and "5 rules found" in said, said


def test_the_rule_that_comes_switched_off(tmp_path):
    plain = re.sub(r"(?m)^      # (- alert: TencentCwpLicenseUltimateLow\n)((?:      #   .*\n)+)",
                   lambda found: "      " + found[1] + found[2].replace("      # ", "      "), RULES.read_text())
    path = tmp_path / "rules.yml"
    path.write_text(plain)
    code, said = promtool("check", "rules", "--lint=all", "--lint-fatal", path)
    assert code == 0 and "6 rules found" in said, said


def test_the_condition_for_those_who_trust_renewal(tmp_path):
    text = RULES.read_text()
    condition = re.search(r"append to the expression:\n((?:      #   .*\n)+)", text)[1].replace("#", " ")
    expression = "last_over_time(tencent_cwp_license_near_expiry[6h]) > 0"
    path = tmp_path / "rules.yml"
    path.write_text(text.replace("expr: " + expression, "expr: >-\n          %s\n%s" % (
        expression, condition.replace("\n", "\n   ").rstrip(" "))))
    assert promtool("check", "rules", path)[0] == 0
    on = "".join("      - {series: '%sswitch{account=\"%s\",switch=\"%s\"}', values: %dx10}\n" % (
        PREFIX, account, switch, value) for account, switch, value in (
            ("both", "auto_purchase_renew", 1), ("both", "order_renew", 1),
            ("one", "auto_purchase_renew", 1), ("one", "order_renew", 0)))
    test = tmp_path / "test.yml"
    test.write_text("""rule_files: [rules.yml]
tests:
  - interval: 1m
    input_series:
      - {series: '%snear_expiry{account="both"}', values: 5x10}
      - {series: '%snear_expiry{account="one"}', values: 5x10}
%s
    promql_expr_test:
      - expr: count by (account) (ALERTS{alertname="TencentCwpLicenseNearExpiry"})
        eval_time: 5m
        exp_samples: [{labels: '{account="one"}', value: 1}]
""" % (PREFIX, PREFIX, on))
    assert promtool("test", "rules", test)[0] == 0, promtool("test", "rules", test)[1]


def test_rules_over_time():
    code, said = promtool("test", "rules", ROOT / "tests" / "engines" / "rules.test.yml")
    assert code == 0, said


@pytest.mark.parametrize("old, new", [("for: 90m", "for: 30m"), ("3 * 60 * 60", "4 * 60 * 60"), ("[6h]", "[5m]"),
                                      ("expired[6h]) > 0", "expired[6h]) > 2"), ("success == 0", "success == 1")])
def test_rules_over_time_notice_a_change(tmp_path, old, new):
    """A test that passes whatever the rules say proves nothing."""
    assert old in RULES.read_text()
    (tmp_path / "rules.yml").write_text(RULES.read_text().replace(old, new))
    test = (ROOT / "tests" / "engines" / "rules.test.yml").read_text()
    (tmp_path / "test.yml").write_text(re.sub(r"  - \.\./\.\./\S+", "  - rules.yml", test))
    assert promtool("test", "rules", tmp_path / "test.yml")[0] != 0


# ---- A real server ----

class Monitoring:
    """The world with node_exporter and Prometheus in it."""

    def __init__(self, world):
        self.world = world
        world.sh("install -D -m 755 %s /usr/libexec/%s" % (PACKAGING / "prometheus" / TEXTFILE, TEXTFILE))
        world.path(TEXTFILES).mkdir(parents=True, exist_ok=True)
        world.write("/etc/prometheus/prometheus.yml", CONFIG % EXPORTER)
        world.write("/etc/prometheus/" + RULES.name, RULES.read_text())
        world.folder_for("/var/lib/prometheus/test", user="prometheus")
        world.start("prometheus-node-exporter", "--collector.disable-defaults", "--collector.textfile",
                    "--collector.textfile.directory=" + TEXTFILES, "--web.listen-address=" + EXPORTER,
                    user="prometheus")
        world.start("prometheus", "--config.file=/etc/prometheus/prometheus.yml",
                    "--storage.tsdb.path=/var/lib/prometheus/test", "--web.listen-address=" + SERVER, user="prometheus")
        wait_for(lambda: self.value("up") == 1, "Prometheus")

    def get(self, path, **query):
        """The data of one answer of the HTTP API."""
        fetch = ("import sys, http.client; c = http.client.HTTPConnection(sys.argv[1]); c.request('GET', sys.argv[2]); "
                 "a = c.getresponse(); assert a.status == 200; sys.stdout.write(a.read().decode())")
        target = "/api/v1/%s?%s" % (path, urllib.parse.urlencode(query))
        code, text = self.world.run(sys.executable, "-S", "-c", fetch, SERVER, target, check=False)
        return json.loads(text)["data"] if code == 0 else None

    def series(self, expression):
        answer = self.get("query", query=expression)
        return [(item["metric"], float(item["value"][1])) for item in answer["result"]] if answer else []

    def value(self, expression):
        """Of the one series; None if there is none."""
        found = self.series(expression)
        assert len(found) <= 1, found
        return found[0][1] if found else None

    def alerts(self):
        """{(name, account): firing or pending}"""
        return {(labels["alertname"], labels["account"]): labels["alertstate"] for labels, _ in self.series("ALERTS")}

    def check(self, profile="prod"):
        """What systemd does with the service, but for its fences: those are in test_systemd.py."""
        unit, run = SERVICE.replace("@", "@" + profile), "/run/check_tencent_cwp_license-" + profile
        credentials = "/run/credentials/" + unit
        self.world.sh("user=%s folder=%s; install -d /run/credentials; install -d -o $user -m 500 $folder; "
                      "install -o $user -m 400 %s $folder/credentials; install -d -o $user %s"
                      % (NOBODY, credentials, engine.CREDENTIALS, run))
        variables = dict(ENVIRONMENT, RUNTIME_DIRECTORY=run, CREDENTIALS_DIRECTORY=credentials)
        (start,), (post,) = (unit_files.values(SERVICE, key) for key in ("ExecStart", "ExecStartPost"))
        drop = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--bounding-set=-all",
                "--no-new-privs"]
        env = {"PATH": "/usr/bin:/bin"}
        try:
            assert self.world.run(*drop, *unit_files.expand(start, profile, variables), env=env) == ""
            assert self.world.run(*unit_files.expand(post, profile, variables), env=env) == ""
        finally:
            self.world.sh("rm -rf %s %s" % (run, credentials))

    def after(self, behavior, profile="prod"):
        """One check under this behavior, and the scrape that has read it."""
        self.world.api.play(behavior)
        before = self.value('%scheck_timestamp_seconds{account="%s"}' % (PREFIX, profile)) or 0
        wait_for(lambda: time.time() > before + 1, "the next second", 5)
        self.check(profile)
        wait_for(lambda: (self.value('%scheck_timestamp_seconds{account="%s"}' % (PREFIX, profile)) or 0) > before,
                 "the scrape")


@pytest.fixture(scope="module")
def monitoring():
    with engine.World() as world:
        yield Monitoring(world.install())


def test_everything_arrives(monitoring):
    monitoring.after(accounts())
    found = monitoring.series('{__name__=~"%s.+"}' % PREFIX)
    names = {labels["__name__"][len(PREFIX):] for labels, _ in found}
    assert names == {metric.name for metric in program.metrics()} | {"switch"} | {
        "check_success", "check_state", "check_timestamp_seconds"}
    assert {labels["account"] for labels, _ in found} == {"prod"}
    assert {labels["switch"] for labels, _ in found if "switch" in labels} == {
        switch.name for switch in program.switches()}
    numbers = {labels["__name__"][len(PREFIX):]: value for labels, value in found}
    assert (numbers["available"], numbers["used"], numbers["expired"], numbers["check_success"]) == (4, 46, 0, 1)
    assert sorted(numbers[metric.name] for metric in program.metrics() if metric.name != "time") == sorted(
        value for value in HEALTHY.values() if type(value) is int)
    assert monitoring.value("node_textfile_scrape_error") == 0
    metadata = monitoring.get("metadata", metric=PREFIX + "expired")[PREFIX + "expired"]
    assert [(item["type"], item["help"]) for item in metadata] == [("gauge", program.metrics()[0].help)]


def test_the_file_is_for_everybody_and_alone(monitoring):
    monitoring.after(accounts())
    listed = monitoring.world.sh("cd %s; stat -c '%%U %%a %%n' check* .check* 2>/dev/null || true" % TEXTFILES)
    assert listed == "root 644 check_tencent_cwp_license_prod.prom\n"


def test_values_change(monitoring):
    monitoring.after(accounts(prod={"AvailableLicenseCnt": 9, "AutoDowngradeSwitch": True}))
    assert monitoring.value(PREFIX + "available") == 9
    assert monitoring.value(PREFIX + 'switch{switch="auto_downgrade"}') == 1
    monitoring.after(accounts(prod={"AvailableLicenseCnt": 8}))
    assert monitoring.value(PREFIX + "available") == 8
    assert monitoring.value(PREFIX + 'switch{switch="auto_downgrade"}') == 0


def test_alert_failure_and_renewal(monitoring):
    """Licenses expire; then the service fails, with no stale numbers and no all-clear; then they are renewed."""
    expired, near, failed = (("TencentCwpLicense" + name, "prod") for name in ("Expired", "NearExpiry", "CheckFailed"))
    monitoring.after(accounts(prod={"ExpireLicenseCnt": 2}))
    wait_for(lambda: monitoring.alerts() == {expired: "firing"}, "the alert", 10)
    assert monitoring.value(PREFIX + "check_state") == 2
    (alert,) = monitoring.get("alerts")["alerts"]
    assert alert["annotations"]["summary"] == "2 CWP licenses of account prod have expired"

    monitoring.after(error("AuthFailure.SecretIdNotFound"))
    assert monitoring.value(PREFIX + "check_success") == 0 and monitoring.value(PREFIX + "check_state") == 3
    names = {labels["__name__"] for labels, _ in monitoring.series('{__name__=~"%s.+"}' % PREFIX)}
    assert names == {PREFIX + "check_success", PREFIX + "check_state", PREFIX + "check_timestamp_seconds"}
    wait_for(lambda: monitoring.alerts() == {expired: "firing", failed: "pending"}, "the second alert", 10)

    monitoring.after(accounts(prod={"NearExpiryLicenseCnt": 3}))
    wait_for(lambda: monitoring.alerts() == {near: "firing"}, "the end of both", 10)
    monitoring.after(accounts())
    wait_for(lambda: monitoring.alerts() == {}, "the end of all", 10)


def test_two_accounts(monitoring):
    """Each has a file; that one of them fails is no matter to the other, and node_exporter takes them together."""
    monitoring.after(accounts(prod={"AvailableLicenseCnt": 7}), "prod")
    monitoring.after(accounts(test=error("InternalError")), "test")
    assert monitoring.series(PREFIX + "available") == [
        ({"__name__": PREFIX + "available", "account": "prod", "instance": EXPORTER, "job": "node"}, 7.0)]
    assert {labels["account"]: value for labels, value in monitoring.series(PREFIX + "check_success")} == {
        "prod": 1, "test": 0}
    assert monitoring.value("node_textfile_scrape_error") == 0
    monitoring.after(accounts(), "test")
    assert len(monitoring.series(PREFIX + "available")) == 2
    monitoring.world.sh("rm %s/check_tencent_cwp_license_test.prom" % TEXTFILES)
    wait_for(lambda: len(monitoring.series(PREFIX + "check_success")) == 1, "the end of the second account", 10)


def test_a_service_that_cannot_run(monitoring):
    """The file stays and grows old, and the alert on its age fires."""
    monitoring.after(accounts())
    file = TEXTFILES + "/check_tencent_cwp_license_prod.prom"
    text = monitoring.world.path(file).read_text()
    monitoring.world.sh("chmod -x %s/%s" % (engine.PLUGINS, engine.NAME))
    try:
        with pytest.raises(AssertionError, match="Permission denied|exit 126"):
            monitoring.check()
    finally:
        monitoring.world.sh("chmod +x %s/%s" % (engine.PLUGINS, engine.NAME))
    assert monitoring.world.path(file).read_text() == text
    old = re.sub(r"(check_timestamp_seconds\{.*\}) \d+", r"\1 %d" % (time.time() - 4 * 3600), text)
    monitoring.world.write(file, old)
    wait_for(lambda: monitoring.alerts() == {("TencentCwpLicenseCheckStale", "prod"): "firing"}, "the alert", 10)
    monitoring.after(accounts())
    wait_for(lambda: monitoring.alerts() == {}, "its end", 10)


def test_every_panel_of_the_dashboard_has_data(monitoring):
    monitoring.after(accounts())
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            expression = target["expr"].replace("$account", ".*")
            found = monitoring.series(expression)
            assert found, (panel["title"], expression)
            for name in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]):
                assert all(name in labels for labels, _ in found), (panel["title"], name)
    label = DASHBOARD["templating"]["list"][1]["query"]["query"]
    metric, name = re.fullmatch(r"label_values\((\w+), (\w+)\)", label).groups()
    assert monitoring.get("label/%s/values" % name, **{"match[]": metric})[0] == "prod"


# ---- What the README shows ----

def test_cron(monitoring):
    monitoring.after(accounts(prod={"AvailableLicenseCnt": 6}))
    file = monitoring.world.path(TEXTFILES + "/check_tencent_cwp_license_prod.prom")
    file.unlink()
    monitoring.world.sh(block("cron"))
    assert PREFIX + 'available{account="prod"} 6\n' in file.read_text()


def test_json_for_a_script(monitoring):
    command = block("json-jq")
    for behavior, wanted in [
            (accounts(), ""),
            (accounts(prod={"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}),
             '"CRITICAL expired 2, limit 0"\n"WARNING near_expiry 5, limit 0"\n'),
            (error("InvalidAction"), '"this host does not know the action DescribeLicenseGeneral, '
                                     'is -H another product?, licenses NOT checked"\n')]:
        monitoring.world.api.play(behavior)
        assert monitoring.world.sh(command) == wanted


def test_the_configuration_shown(monitoring):
    monitoring.world.write("/etc/prometheus/shown.yml", block("prometheus-config"))
    said = monitoring.world.run("promtool", "check", "config", "/etc/prometheus/shown.yml")
    assert "1 rule files found" in said and "5 rules found" in said


def test_all_rules_are_in_force(monitoring):
    (group,) = monitoring.get("rules")["groups"]
    assert len(group["rules"]) == 5 and {rule["health"] for rule in group["rules"]} == {"ok"}
