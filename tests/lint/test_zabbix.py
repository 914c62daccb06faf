# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The Zabbix templates are what packaging/zabbix/generate.py makes of the program today, and hang together in
themselves. That Zabbix takes them and does what they mean is tested in tests/engines/test_zabbix.py."""
import json
import re
import runpy
import subprocess
from types import SimpleNamespace

import pytest

import program

templates = SimpleNamespace(**runpy.run_path(str(program.ROOT / "packaging" / "zabbix" / "generate.py")))
DOCUMENTS = {version: templates.document(version)["zabbix_export"] for version in templates.VERSIONS}
MASTER = templates.MASTER
MACRO = re.compile(r'\{\$([A-Z0-9_.]+)(?::"([^"]+)")?\}')

each = pytest.mark.parametrize("export", DOCUMENTS.values(), ids=DOCUMENTS)


def parts(value):
    """All dictionaries in there."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


def template(export):
    (found,) = export["templates"]
    return found


def items(export):
    return {item["key"]: item for item in template(export)["items"]}


def named(name):
    return templates.PREFIX + name


# ---- They are up to date ----


@pytest.mark.parametrize("path", templates.outputs(), ids=lambda path: path.name)
def test_the_file_is_what_the_generator_writes(path):
    assert path.read_text() == templates.outputs()[path], "run packaging/zabbix/generate.py"


@each
def test_every_field_of_the_program_is_an_item(export):
    paths = {"$.metrics." + field.name for field in program.metrics()}
    paths |= {"$.switches." + field.name for field in program.switches()}
    paths |= {"$.upgrade_mode", "$.request_id", "$.state", "$.exit_code", "$.summary", "$.error.kind"}
    read = {step["parameters"][0] for item in items(export).values() for step in item["preprocessing"]
            if step["type"] == "JSONPATH"}
    assert read == paths | {"$.at_risk"}


@each
def test_thresholds_are_those_of_the_program(export):
    values = {row["macro"]: row["value"] for row in template(export)["macros"]}
    wanted = {'{$TENCENT.CWP.MAX.%s:"%s"}' % (level, field.name): getattr(field, word)
              for field in program.metrics() for level, word in (("WARN", "warning"), ("CRIT", "critical"))
              if getattr(field, word)}
    assert wanted and {macro: value for macro, value in values.items() if ":" in macro} == wanted
    assert {values["{$TENCENT.CWP.%s.%s}" % (bound, level)] for bound in ("MIN", "MAX") for level in ("WARN", "CRIT")} \
        == {"-1"}


@each
def test_every_metric_has_its_triggers_and_on_its_bad_side(export):
    expressions = [trigger["expression"] for trigger in export["triggers"]]
    for field in program.metrics():
        if field.name == "total":
            continue
        less = field.name.endswith("available") or field.name.endswith("_total") or field.name == "not_expired"
        for level in ("WARN", "CRIT"):
            macro = '{$TENCENT.CWP.%s.%s:"%s"}' % ("MIN" if less else "MAX", level, field.name)
            call = "last(/%s/%s)%s%s" % (templates.TEMPLATE, named(field.name), "<" if less else ">", macro)
            assert len([text for text in expressions if text.startswith(call)]) == 1, call
    for field in program.switches():
        assert any(named(field.name) + ")=0 and" in text for text in expressions)


# ---- They hang together ----


@each
def test_uuids(export):
    found = [part["uuid"] for part in parts(export) if "uuid" in part]
    assert len(found) == len(set(found)) > 80
    assert all(re.fullmatch("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}", uuid) for uuid in found)


def test_uuids_never_change():
    """An installed template is updated by them: another one would make a second item and lose the history."""
    for export in DOCUMENTS.values():
        assert template(export)["uuid"] == "05e9415ff92f4a018de76e0623fa190f"
        assert items(export)[named("expired")]["uuid"] == "500333fb38c741a89d47adaa194e9259"
        assert items(export)[MASTER]["uuid"] == "4b6ddc82b2c0470c861edca8ce346b16"


def test_both_templates_are_the_same_in_zabbix_s_eyes():
    old, new = DOCUMENTS.values()
    assert len({frozenset(part["uuid"] for part in parts(each) if "uuid" in part) for each in (old, new)}) == 1
    assert old["triggers"] == new["triggers"] and template(old)["macros"] == template(new)["macros"]


@pytest.mark.parametrize("version", templates.VERSIONS)
def test_uuids_are_quoted(version):
    """One of digits only would be read as a number."""
    text = (templates.HERE / f"template_{version}.yaml").read_text()
    assert len(re.findall(r"uuid: '[0-9a-f]{32}'$", text, re.M)) == text.count("uuid:")


@each
def test_what_belongs_to_one_version_only(export):
    new = export["version"] == "7.0"
    of_7 = ("template_groups" in export, "vendor" in template(export), "timeout" in items(export)[MASTER])
    assert of_7 == (new,) * 3
    assert ("groups" in export) == ("date" in export) == (not new)


@each
def test_macros_are_defined_and_used(export):
    defined = {row["macro"]: row for row in template(export)["macros"]}
    assert len(defined) == len(template(export)["macros"])
    assert all(row["description"] for row in defined.values())
    texts = [value for part in parts(export) for key, value in part.items()
             if isinstance(value, str) and key not in ("macro", "description")]
    used = {found.groups() for text in texts for found in MACRO.finditer(text)}
    assert {"{$%s}" % name for name, _ in used} == {macro for macro in defined if ":" not in macro}
    for macro in defined:
        name, context = MACRO.fullmatch(macro).groups()
        assert context is None or (name, context) in used


@each
def test_dependent_items_hang_on_the_master(export):
    for key, item in items(export).items():
        assert (item["type"], item.get("master_item")) == (
            ("EXTERNAL", None) if key == MASTER else ("DEPENDENT", {"key": MASTER}))


@each
def test_a_missing_field_makes_no_item_unsupported(export):
    for key, item in items(export).items():
        for step in item["preprocessing"]:
            if step["type"] == "JSONPATH":
                assert step["error_handler"] in ("DISCARD_VALUE", "CUSTOM_VALUE"), key
                assert step.get("error_handler_params", "none") == "none"


@each
def test_value_maps_exist(export):
    known = {row["name"] for row in template(export)["valuemaps"]}
    assert {item["valuemap"]["name"] for item in items(export).values() if "valuemap" in item} == known
    switches = {row["name"]: row["mappings"] for row in template(export)["valuemaps"]}["CWP switch"]
    assert switches == [{"value": "0", "newvalue": "off"}, {"value": "1", "newvalue": "on"}]


@each
def test_triggers_ask_for_items_that_exist(export):
    for trigger in export["triggers"]:
        asked = re.findall(r"\(/([^/]+)/([a-z_.]+)[,)]", trigger["expression"])
        assert asked and all(host == templates.TEMPLATE and key in items(export) for host, key in asked)
        assert trigger["expression"].count("(") == trigger["expression"].count(")")


@each
def test_triggers_depend_on_triggers(export):
    known = {(trigger["name"], trigger["expression"]) for trigger in export["triggers"]}
    assert len({name for name, _ in known}) == len(export["triggers"])
    waiting = [trigger for trigger in export["triggers"] if "dependencies" in trigger]
    assert len(waiting) > 15
    for trigger in waiting:
        assert all((other["name"], other["expression"]) in known for other in trigger["dependencies"])


@each
def test_only_values_that_are_all_stored_are_judged(export):
    """A changed macro is to be felt at the next check, not hours later."""
    judged = {key for trigger in export["triggers"] for key in re.findall(r"/([a-z_.]+)[,)]", trigger["expression"])}
    for key in judged:
        assert all(step["type"] != "DISCARD_UNCHANGED_HEARTBEAT" for step in items(export)[key]["preprocessing"])


@each
def test_graphs_and_the_dashboard_show_what_exists(export):
    shown = [row["item"] for graph in export["graphs"] for row in graph["graph_items"]]
    graphs = {graph["name"] for graph in export["graphs"]}
    for widget in template(export)["dashboards"][0]["pages"][0]["widgets"]:
        for field in widget["fields"]:
            if field["type"] == "GRAPH":
                assert field["value"]["name"] in graphs
            elif field["type"] == "ITEM":
                shown.append(field["value"])
    assert all(row["host"] == templates.TEMPLATE and row["key"] in items(export) for row in shown)


@each
def test_widgets_do_not_overlap(export):
    columns = {"6.0": 24, "7.0": 72}[export["version"]]
    taken = set()
    for widget in template(export)["dashboards"][0]["pages"][0]["widgets"]:
        x, y, width, height = (int(widget.get(word, 0)) for word in ("x", "y", "width", "height"))
        assert x + width <= columns
        cells = {(x + dx, y + dy) for dx in range(width) for dy in range(height)}
        assert not cells & taken
        taken |= cells


# ---- The command ----


def test_the_key_is_a_command_that_the_program_takes():
    """With every macro as it comes, but the file of the key: that this machine lacks it is no mistake of usage."""
    values = {row["macro"]: row["value"] for row in templates.macros()}
    words = json.loads("[" + MASTER.partition("[")[2])
    words = [MACRO.sub(lambda found: values[found[0]], word) for word in words]
    assert not [word for word in words if not word.startswith("--")]
    done = subprocess.run([program.PROGRAM, *words, "--input=/dev/null"], stdout=subprocess.PIPE, check=False)
    assert json.loads(done.stdout)["error"]["kind"] == "malformed"
