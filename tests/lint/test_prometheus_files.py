# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What ships for machines to read is held against the program: the schema of its JSON, the rules and the dashboard on
its metrics, the units that run it. What promtool, a real Prometheus and a real systemd say is in tests/engines."""

import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import time

import pytest

import program
import unit_files
from unit_files import FOLDER, SERVICE, TEXTFILE, TIMER, environment, expand, settings, values

PREFIX = "tencent_cwp_license_"
RULES = FOLDER / "check_tencent_cwp_license.rules.yml"
DASHBOARD = json.loads((program.ROOT / "packaging" / "grafana" / "dashboard.json").read_text())
SCHEMA = json.loads((program.ROOT / "packaging" / "json" / "schema.json").read_text())
README = pathlib.Path(os.environ.get("README") or program.ROOT / "README.md")
SAMPLE = program.ROOT / "tests" / "data" / "sample-answer.json"

METRICS = [metric.name for metric in program.metrics()]
SWITCHES = [switch.name for switch in program.switches()]


def printed():
    """Names in the program's own output, without the prefix."""
    out = subprocess.run([program.PROGRAM, "--output-format", "prometheus", "--input", str(SAMPLE)], env={},
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False).stdout
    return set(re.findall(r"^# TYPE %s(\S+) " % PREFIX, out, re.M))


def known():
    """What the program prints for some account or other; a count of tomorrow may lack in the sample."""
    return printed() | set(METRICS)


def mentioned(text):
    return set(re.findall(r"\b%s([a-z0-9_]+)" % PREFIX, text))


# ---- The schema ----

def test_schema_has_the_fields_of_the_program():
    members = SCHEMA["properties"]
    assert list(members["metrics"]["properties"]) == METRICS
    assert list(members["switches"]["properties"]) == SWITCHES
    assert SCHEMA["definitions"]["problem"]["properties"]["metric"]["enum"] == [None] + METRICS + SWITCHES


def test_schema_has_the_kinds_of_failure_of_the_program():
    source = (program.ROOT / "plugin" / "failure.c").read_text()
    kinds = re.findall(r'^    \[FAILURE_\w+\] = "(\w+)",$', source, re.M)
    assert kinds[0] == "none" and SCHEMA["definitions"]["error"]["properties"]["kind"]["enum"] == kinds[1:]


def test_schema_closes_every_object():
    objects = [SCHEMA] + list(SCHEMA["definitions"].values()) + list(SCHEMA["properties"].values())
    assert not [part for part in objects if part.get("type") == "object" and part["additionalProperties"] is not False]
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])


def test_the_readme_s_example_is_one():
    jsonschema = pytest.importorskip("jsonschema")
    found = re.findall(r"<!-- test: json-sample -->\n+```json\n(.*?)\n```$", README.read_text(), re.S | re.M)
    if not found:
        pytest.skip("README.md has no block json-sample")
    (example,) = map(json.loads, found)
    jsonschema.Draft7Validator(SCHEMA).validate(example)
    version = re.match(r"\S+ (\S+)", program.help_text())[1]
    assert example["version"] == version and list(example) == SCHEMA["required"], "it is out of date"


# ---- Rules and dashboard ----

def expressions():
    """(panel or variable, expression) of the dashboard."""
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    for variable in DASHBOARD["templating"]["list"]:
        if variable["type"] == "query":
            yield variable["name"], variable["query"]["query"]


def test_rules_name_what_the_program_prints():
    text = RULES.read_text()
    assert mentioned(text) <= known() and len(mentioned(text)) >= 6
    assert set(re.findall(r'switch="(\w+)"', text)) <= set(SWITCHES)
    comment = " ".join(text.partition("How many must be left")[2].partition("- alert")[0].replace("#", "").split())
    named = set(re.findall(r"\b(?:[a-z]+_)?available\b", comment))
    assert named == {name for name in METRICS if name.endswith("available")}


def test_alerts_have_what_a_reader_needs():
    text = RULES.read_text()
    alerts = re.findall(r"- alert: (\w+)", text)
    assert len(alerts) == len(set(alerts)) >= 6 and all(name.startswith("TencentCwpLicense") for name in alerts)
    for word in ("expr", "severity", "summary", "description"):
        assert len(re.findall(r"\b%s:" % word, text)) == len(alerts), word
    assert not re.search(r"severity: (?!critical|warning)", text)


def test_dashboard_names_what_the_program_prints():
    for title, expression in expressions():
        assert mentioned(expression) and mentioned(expression) <= known(), title


def test_dashboard_shows_everything():
    """A metric of the program that no panel shows, one of tomorrow included."""
    shown = set().union(*(mentioned(expression) for _, expression in expressions()))
    assert not known() - shown


def test_dashboard_is_sound():
    panels = DASHBOARD["panels"]
    assert DASHBOARD["uid"] == "tencent-cwp-license" and "id" not in DASHBOARD, "the address of the dashboard"
    assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(panels)
    names = {variable["name"]: variable for variable in DASHBOARD["templating"]["list"]}
    assert set(names) == {"datasource", "account"} and names["datasource"]["query"] == "prometheus"
    sources = [part["datasource"] for panel in panels for part in [panel] + panel["targets"]]
    assert all(source == {"type": "prometheus", "uid": "${datasource}"} for source in sources + [
        names["account"]["datasource"]])
    for panel in panels:
        refs = [target["refId"] for target in panel["targets"]]
        assert len(set(refs)) == len(refs) and panel["title"] and panel["description"]
        assert all('{account=~"$account"' in target["expr"] for target in panel["targets"]), panel["title"]


def test_panels_do_not_overlap():
    cells = [(x, y) for panel in DASHBOARD["panels"] for place in [panel["gridPos"]]
             for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])]
    assert len(cells) == len(set(cells)) and all(0 <= x < 24 for x, _ in cells)


def test_states_have_the_program_s_names():
    (state,) = [panel for panel in DASHBOARD["panels"] if panel["title"] == "State"]
    (mapping,) = state["fieldConfig"]["defaults"]["mappings"]
    assert [mapping["options"][number]["text"] for number in "0123"] == ["OK", "WARNING", "CRITICAL", "UNKNOWN"]


# ---- The units, and the script that they run ----

VARIABLES = dict(environment(SERVICE), RUNTIME_DIRECTORY="/run/x", CREDENTIALS_DIRECTORY="/run/credentials/x")


def test_unit_calls_the_program_with_options_that_it_has():
    (line,) = values(SERVICE, "ExecStart")
    words = expand(line, "prod", VARIABLES)
    assert words[0].endswith("/" + TEXTFILE) and words[2] == VARIABLES["PLUGIN"]
    options = {"--" + option.name for option in program.options()}
    assert {word for word in words if word.startswith("--")} <= options
    done = subprocess.run([program.PROGRAM] + words[3:] + ["--input", str(SAMPLE)], env={}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0 and PREFIX + 'check_state{account="prod"} 2\n' in done.stdout


def test_unit_s_examples_of_options_are_good():
    """The ARGS in comments of the unit."""
    examples = re.findall(r'Environment="ARGS=(.*)"', (FOLDER / SERVICE).read_text())
    assert examples
    for example in examples:
        out = subprocess.run([program.PROGRAM] + example.split() + ["--input", str(SAMPLE)], env={},
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False).stdout
        assert "CWP LICENSE CRITICAL [from file] - 10 EXPIRED" in out


def test_unit_gives_the_program_time():
    """Its own limit is at most 300 s; systemd must not be quicker."""
    assert values(SERVICE, "TimeoutStartSec") == ["330"]


def test_unit_hands_out_the_file_of_the_documents():
    (credential,) = values(SERVICE, "LoadCredential")
    assert credential.split(":")[1] == "/etc/tencentcloud/credentials"
    assert "/etc/tencentcloud/credentials" in program.help_text().replace("\n          ", "")


def test_unit_is_fenced_in():
    wanted = {"DynamicUser": "yes", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
              "MemoryDenyWriteExecute": "yes", "PrivateDevices": "yes", "PrivateTmp": "yes",
              "CapabilityBoundingSet": ""}
    found = {key: value for _, key, value in settings(SERVICE)}
    assert wanted.items() <= found.items()
    assert "SystemCallFilter" in found and "RestrictAddressFamilies" in found


def test_timer():
    found = {key: value for _, key, value in settings(TIMER)}
    assert (found["OnCalendar"], found["RandomizedDelaySec"], found["Persistent"]) == ("hourly", "5m", "yes")
    assert "Unit" not in found and SERVICE.partition(".")[0] == TIMER.partition(".")[0]


@pytest.fixture
def textfile(tmp_path):
    """textfile(*command) runs the shipped script on one and the same file."""
    target = tmp_path / "x.prom"

    def run(*command):
        return subprocess.run([str(FOLDER / TEXTFILE), str(target), *command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, umask=0o077)
    run.target = target
    return run


def test_script_writes_for_everybody(textfile):
    assert textfile("echo", "one").returncode == 0
    assert textfile.target.read_text() == "one\n" and stat.S_IMODE(textfile.target.stat().st_mode) == 0o644
    assert (FOLDER / TEXTFILE).stat().st_mode & 0o111 == 0o111


def test_script_keeps_what_is_there_when_the_command_fails(textfile):
    textfile("echo", "good")
    for command in (["false"], ["sh", "-c", "echo half; exit 3"], ["sh", "-c", "echo half; kill -9 $$"], ["true"],
                    ["no-such-command"]):
        assert textfile(*command).returncode != 0, command
        assert textfile.target.read_text() == "good\n", command
    assert [path.name for path in textfile.target.parent.iterdir()] == ["x.prom"], "a draft was left"


def test_script_replaces_all_at_once(textfile):
    textfile("echo", "old")
    inode = textfile.target.stat().st_ino
    slow = subprocess.Popen([str(FOLDER / TEXTFILE), str(textfile.target), "sh", "-c", "echo new; sleep 0.5; echo end"],
                            stdin=subprocess.DEVNULL)
    seen = set()
    while slow.poll() is None:
        seen.add(textfile.target.read_text())
        drafts = [path.name for path in textfile.target.parent.iterdir() if path.name != "x.prom"]
        assert not [name for name in drafts if name.endswith(".prom")], "the collector would read " + str(drafts)
        time.sleep(0.01)
    assert seen <= {"old\n", "new\nend\n"} and "old\n" in seen and textfile.target.read_text() == "new\nend\n"
    assert textfile.target.stat().st_ino != inode


def test_script_takes_its_draft_away_when_it_is_ended(textfile, tmp_path_factory):
    begun = tmp_path_factory.mktemp("begun") / "begun"
    slow = subprocess.Popen([str(FOLDER / TEXTFILE), str(textfile.target), "sh", "-c", "touch %s; sleep 30" % begun],
                            stdin=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 20
    while not begun.exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert list(textfile.target.parent.iterdir())
    os.killpg(slow.pid, signal.SIGTERM)
    assert slow.wait(20) != 0 and list(textfile.target.parent.iterdir()) == []


def test_root_copies_plain_files_only(tmp_path):
    """What the service's own user could put in the place of the file, root does not follow."""
    (line,) = values(SERVICE, "ExecStartPost")
    assert line.startswith("+/")
    secret, drop = tmp_path / "secret", tmp_path / "drop"
    secret.write_text("secret")
    drop.mkdir()
    words = expand(line, "prod", dict(VARIABLES, TEXTFILES=str(tmp_path), RUNTIME_DIRECTORY=str(drop)))[1:]

    def copy():
        return subprocess.run([str(FOLDER / TEXTFILE)] + words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              check=False, timeout=20).returncode

    (drop / "prom").symlink_to(secret)
    assert copy() != 0 and not list(tmp_path.glob("*.prom"))
    (drop / "prom").unlink()
    (drop / "prom").write_text("x 1\n" * 100000)
    assert copy() == 0
    (written,) = tmp_path.glob("*.prom")
    assert written.name == "check_tencent_cwp_license_prod.prom" and written.stat().st_size == 64 * 1024


@pytest.fixture
def installed(tmp_path):
    """The units as instances, with the script where it is here and the program where it was built."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    text = (FOLDER / SERVICE).read_text()
    (tmp_path / SERVICE).write_text(text.replace("/usr/libexec", str(FOLDER)))
    (tmp_path / TIMER).write_text((FOLDER / TIMER).read_text())
    return [str(tmp_path / name.replace("@", "@prod")) for name in (SERVICE, TIMER)], tmp_path


def analyze(*words):
    return subprocess.run(["systemd-analyze", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)


def test_systemd_understands_the_units(installed):
    units, folder = installed
    for name in (SERVICE, TIMER):
        shutil.copy(folder / name, folder / name.replace("@", "@prod"))
    done = analyze("verify", "--man=no", *units)
    assert (done.returncode, done.stdout) == (0, "")
    service = folder / SERVICE.replace("@", "@prod")
    service.write_text(service.read_text().replace("ProtectHome=", "ProtectHone="))
    assert "ProtectHone" in analyze("verify", "--man=no", str(service)).stdout, "it would say nothing of a mistake"


def test_systemd_s_own_view_of_the_fence(installed):
    """0 is a service that can do nothing at all, 10 one without any fence; 15 means 1.5."""
    units, folder = installed
    shutil.copy(folder / SERVICE, units[0])
    done = analyze("security", "--offline=true", "--no-pager", "--threshold=15", units[0])
    if "unrecognized option" in done.stdout:
        pytest.skip("this systemd-analyze knows no --offline")
    assert done.returncode == 0, done.stdout


def test_systemd_understands_the_times():
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    assert analyze("calendar", *values(TIMER, "OnCalendar")).returncode == 0
    spans = values(TIMER, "RandomizedDelaySec") + values(SERVICE, "TimeoutStartSec")
    assert analyze("timespan", *spans).returncode == 0


def test_units_are_read_as_systemd_reads_them():
    assert expand("+/x ${A}/%i $B '%%'", "prod", {"A": "1 2", "B": "3  4"}) == ["/x", "1 2/prod", "3", "4", "%"]
    assert environment(SERVICE)["ARGS"] == "" and unit_files.values(SERVICE, "Type") == ["oneshot"]
