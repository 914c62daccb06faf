# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The definitions for Icinga 2, its Director, Nagios, NRPE, Checkmk and CAM are held against what the program says of
itself: an option, a field or a default that is added there and not here is found here. That the engines understand
them is another matter: tests/engines."""
import json
import re
import shlex

import pytest

import program
from shipped import PACKAGING, generate

OPTIONS = {option.name: option for option in program.options()}
LETTERS = {option.letter: option for option in program.options() if option.letter}
METRICS = [metric.name for metric in program.metrics()]
SECRET = re.compile(r"secret|password|token|access.?key", re.I)


def text(name):
    return (PACKAGING / name).read_text()


def basket():
    return json.loads(text("director/check_tencent_cwp_license.json"))


def macros(content):
    return set(re.findall(r"\$(tencent_cwp_license_\w+)\$", content))


# ---- What is generated ----


@pytest.mark.parametrize("name", generate.files())
def test_generated_files_are_up_to_date(name):
    assert text(name) == generate.files()[name], "run: python3 packaging/generate.py"


@pytest.mark.parametrize("old, new", [
    ("  time  ", "  new_count            something new\n  time  "),
    ("  -V, --version\n", "      --new-option FILE\n          something new\n  -V, --version\n"),
    ("(default: 10)", "(default: 12)"),
    ("(critical 0)", "(critical 5)"),
], ids=["field", "option", "default of an option", "default threshold"])
def test_a_change_of_the_program_is_noticed(monkeypatch, old, new):
    before = program.help_text()
    assert before.count(old) == 1
    monkeypatch.setattr(program, "help_text", lambda: before.replace(old, new))
    wanted = generate.files()
    assert all(text(name) != wanted[name] for name in wanted)


# ---- The CheckCommand ----


def test_every_option_is_an_argument():
    conf = text("icinga2/check_tencent_cwp_license.conf")
    passed = set(re.findall(r'^\t\t"--([a-z0-9-]+)" = \{', conf, re.M)) | {"verbose"}
    assert passed == set(OPTIONS) - set(generate.NOT_FOR_A_CHECK)
    found = generate.arguments()
    assert len({argument.name for argument in found}) == len({argument.variable for argument in found}) == len(found)
    assert macros(conf) == {argument.variable for argument in found}


def test_every_metric_has_a_variable_at_each_level():
    variables = macros(text("icinga2/check_tencent_cwp_license.conf"))
    wanted = {"tencent_cwp_license_%s_%s" % (level, metric) for level in ("warning", "critical") for metric in METRICS}
    assert wanted <= variables


def test_flags_are_off_by_default():
    conf = text("icinga2/check_tencent_cwp_license.conf")
    flags = set(re.findall(r'set_if = "\$(\w+)\$"', conf))
    assert flags == set(re.findall(r"^\tvars\.(\w+) = (?:false|0)$", conf, re.M))
    assert {"tencent_cwp_license_" + option.name.replace("-", "_") for option in program.options()
            if option.argument in ("",) and option.name not in generate.NOT_FOR_A_CHECK} <= flags


def test_icinga_waits_longer_than_the_plugin():
    limit = int(re.search(r"default: (\d+)", OPTIONS["timeout"].help).group(1))
    command = text("icinga2/check_tencent_cwp_license.conf")
    assert int(re.search(r"^\ttimeout = (\d+)s$", command, re.M).group(1)) > limit
    assert int(basket()["Command"][generate.DIRECTOR_COMMAND]["timeout"]) > limit


# ---- The basket ----


def test_every_reference_of_the_basket_resolves():
    content = basket()
    (command,) = content["Command"].values()
    fields = content["Datafield"]
    assert [str(field["datafield_id"]) for field in command["fields"]] == list(fields)
    variables = {field["varname"] for field in fields.values()}
    assert len(variables) == len(fields) and macros(json.dumps(command)) == variables >= set(command["vars"])
    for field in fields.values():
        assert field["category"] in content["DatafieldCategory"]
        assert field["settings"].get("datalist", generate.LIST) in content["DataList"]
        assert field["caption"] and field["description"]
    (template,) = content["ServiceTemplate"].values()
    assert template["check_command"] in content["Command"]
    for kind in set(content) - {"Datafield"}:
        for name, thing in content[kind].items():
            assert name in (thing.get("object_name"), thing.get("list_name"), thing.get("category_name"))


def test_the_states_are_the_program_s():
    (states,) = basket()["DataList"].values()
    words = [entry["entry_name"] for entry in states["entries"]]
    assert all(re.search(r"\b%s\b" % word, OPTIONS["empty-state"].help) for word in words) and len(words) == 4


def test_no_secret_has_a_variable_or_a_field():
    for content in generate.files().values():
        assert not [name for name in macros(content) if SECRET.search(name)]


def test_the_command_of_the_director_has_a_name_of_its_own():
    """Icinga takes a name once only, and the template library may have the other."""
    assert list(basket()["Command"]) != [generate.COMMAND]


def test_no_uuid():
    """Director 1.10 refuses a basket with any."""
    assert "uuid" not in text("director/check_tencent_cwp_license.json")


# ---- Examples written by hand ----



def check_words(words):
    """All options exist, thresholds name a metric, and values are where they belong."""
    words = list(words)
    while words:
        word = words.pop(0)
        assert word.startswith("-"), word
        option = OPTIONS.get(word[2:]) if word.startswith("--") else LETTERS.get(word[1:])
        assert option, word
        value = words.pop(0) if option.argument and not option.argument.startswith("[") else ""
        if option.argument == "METRIC=RANGE":
            assert value.partition("=")[0] in METRICS


@pytest.mark.parametrize("name, pattern", [
    ("nagios/check_tencent_cwp_license.cfg", r"^ +command_line +(.*?) \$ARG1\$$"),
    ("nagios/check_tencent_cwp_license.cfg", r"^# +check_command +(.*)$"),
    ("nagios/services.cfg", r"^ +check_command +(check_tencent_cwp_license!.*)$"),
    ("nrpe/check_tencent_cwp_license.cfg", r"^command\[check_tencent_cwp_license\]=(.*)$"),
    ("checkmk/mrpe.cfg", r"^\w+ \(interval=\d+\) (.*)$"),
])
def test_options_of_examples_exist(name, pattern):
    lines = re.findall(pattern, text(name), re.M)
    assert lines
    for line in lines:
        command = re.search(r"check_tencent_cwp_license[ !]?(.*)$", line).group(1)
        check_words(shlex.split(command))


@pytest.mark.parametrize("name", ["icinga2/services.conf"])
def test_variables_of_examples_exist(name):
    known = {argument.variable for argument in generate.arguments()}
    used = set(re.findall(r"\b(tencent_cwp_license_\w+)", text(name)))
    assert used and used - known == {"tencent_cwp_license_accounts"}


def test_variables_of_the_readme_exist():
    """Also those of its table; the blocks of code are run by tests/engines."""
    section = re.search(r"^### Icinga 2\n(.*?)^##", (program.ROOT / "README.md").read_text(), re.S | re.M)
    if not section:
        pytest.skip("README.md has no section on Icinga 2")
    known = {argument.variable for argument in generate.arguments()}
    used = set(re.findall(r"\b(tencent_cwp_license_\w*\w)", section.group(1)))
    assert {"%s_%s_METRIC" % (generate.COMMAND, level) for level in ("warning", "critical")} <= used
    assert {name for name in used - known if not name.endswith(("_METRIC", "_accounts", "license_"))} == set()


def test_examples_ask_as_often_as_each_other():
    """Hourly, three attempts 15 minutes apart."""
    template = basket()["ServiceTemplate"][generate.TEMPLATE]
    rhythm = ("check_interval", "retry_interval", "max_check_attempts")
    assert [template[name] for name in rhythm] == ["3600", "900", "3"]
    for wanted in ("check_interval = 1h", "retry_interval = 15m", "max_check_attempts = 3"):
        assert "\t%s\n" % wanted in text("icinga2/services.conf")
    for wanted in (r"check_interval +60", r"retry_interval +15", r"max_check_attempts +3"):
        assert re.search(wanted, text("nagios/services.cfg"))


def test_nrpe_and_its_time_limits():
    """The plugin ends before check_nrpe's default of 10 s; no $, which NRPE would take for a macro."""
    line = text("nrpe/check_tencent_cwp_license.cfg").rstrip().splitlines()[-1]
    assert int(re.search(r"-t (\d+)$", line).group(1)) < 10 and "$" not in line


# ---- CAM and the exchange ----


@pytest.mark.parametrize("name", ["cam/policy.json", "cam/policy-one-address.json"])
def test_the_policy_allows_one_action(name):
    policy = json.loads(text(name))
    (statement,) = policy["statement"]
    assert policy["version"] == "2.0" and statement["effect"] == "allow"
    assert statement["action"] == ["cwp:DescribeLicenseGeneral"] and statement["resource"] == ["*"]
    assert ("condition" in statement) == ("address" in name)


def test_the_role_can_be_taken_by_a_machine():
    (statement,) = json.loads(text("cam/role-trust.json"))["statement"]
    assert statement["principal"] == {"service": ["cvm.qcloud.com"]} and statement["action"] == "name/sts:AssumeRole"


def test_icinga_exchange():
    entries = dict(re.findall(r"^(\w+): (.*)$", text("icingaexchange.yml"), re.M))
    assert set(entries) == {"name", "description", "url", "tags", "vendor", "target", "type", "license"}
    assert (entries["name"], entries["license"]) == (generate.PLUGIN, "mit")
