#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Writes the Zabbix templates beside this file from what the program says of itself in --help.

    make && python3 packaging/zabbix/generate.py

A new field of the program becomes an item with its triggers by running this again; a test fails
until that was done. What is decided here and not by the program: names, severities, the dashboard.
"""
import hashlib
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "lint"))
import program  # noqa: E402 (found by the line above)

VERSIONS = ("6.0", "7.0")
TEMPLATE = "Tencent Cloud CWP License by external check"
GROUP = ("c2c162144c2d4c5491c8801193af4945", "Templates/Cloud")  # Zabbix's own
PREFIX = "tencent.cwp.license."
SWITCH_MAP, STATE_MAP = "CWP switch", "CWP plugin state"
HEARTBEAT = "6h"

MASTER = ('check_tencent_cwp_license["--output-format=json","{$TENCENT.CWP.CREDENTIALS}",'
          '"--profile={$TENCENT.CWP.PROFILE}","--account={$TENCENT.CWP.ACCOUNT}",'
          '"--hostname={$TENCENT.CWP.API.HOST}","--timeout={$TENCENT.CWP.TIMEOUT}",'
          '"{$TENCENT.CWP.OPTION1}","{$TENCENT.CWP.OPTION2}","{$TENCENT.CWP.OPTION3}"]')

# A count that no threshold makes sense for: the API counts isolated and expired licenses in it.
UNJUDGED = ("total",)
LEVELS = (("CRIT", "critical", "HIGH"), ("WARN", "warning", "WARNING"))


# ---- What the program says ----


def default_of(option):
    """The default that the help of an option names."""
    text = next(row.help for row in program.options() if row.name == option)
    return re.search(r"default: ([^\s)]+)", text).group(1)


def less_is_bad(metric):
    """Such a metric refuses a bare number as a threshold; any other gets as far as the empty answer."""
    run = subprocess.run([program.PROGRAM, "--output-format=json", f"--warning={metric}=5",
                          "--input=/dev/null"], stdout=subprocess.PIPE, text=True, check=False)
    return '"kind":"usage"' in run.stdout


# ---- Pieces of a template ----


def uuid(*what):
    """Of version 4 in form, as Zabbix wants it, but always the same one for the same thing."""
    digits = list(hashlib.sha256("/".join(("check_tencent_cwp_license",) + what).encode())
                  .hexdigest()[:32])
    digits[12], digits[16] = "4", "89ab"[int(digits[16], 16) % 4]
    return "".join(digits)


def title(name):
    words = name.replace("_", " ")
    return re.sub(r"\b(ai|rasp)\b", lambda word: word[0].upper(), words[0].upper() + words[1:],
                  flags=re.I)


def function(call, name, *rest):
    return f"{call}({','.join((f'/{TEMPLATE}/{PREFIX}{name}',) + rest)})"


def step(kind, parameter, handler=None, value=None):
    found = {"type": kind, "parameters": [parameter]}
    if handler:
        found["error_handler"] = handler
    if value is not None:
        found["error_handler_params"] = value
    return found


def or_nothing(kind, parameter=""):
    """A value that is not there leaves the item as it was: neither unsupported nor 0."""
    return step(kind, parameter, "DISCARD_VALUE")


def item(name, label, component, value_type, steps, description, **more):
    found = {"uuid": uuid("item", name), "name": f"CWP {label}", "type": "DEPENDENT",
             "key": PREFIX + name}
    if value_type in ("CHAR", "TEXT"):
        found["trends"] = "0"
    if value_type != "UNSIGNED":  # what Zabbix takes when nothing is said
        found["value_type"] = value_type
    found.update(more)
    found["description"] = description
    if "valuemap" in found:
        found["valuemap"] = {"name": found.pop("valuemap")}
    found["preprocessing"] = steps
    found["master_item"] = {"key": MASTER}
    found["tags"] = [{"tag": "component", "value": component}]
    return found


def text_item(name, label, path, description, missing=None):
    """Texts change seldom, so an unchanged one is stored every few hours only."""
    if missing:
        steps = [step("JSONPATH", path, "CUSTOM_VALUE", missing)]
    else:
        steps = [or_nothing("JSONPATH", path), or_nothing("NOT_MATCHES_REGEX", "^null$")]
    return item(name, label, "check", "CHAR",
                [*steps, step("DISCARD_UNCHANGED_HEARTBEAT", HEARTBEAT)], description)


def trigger(slug, name, expression, priority, description, scope, **more):
    found = {"uuid": uuid("trigger", slug), "expression": expression, "name": f"CWP {name}"}
    for word in ("event_name", "opdata"):
        if word in more:
            found[word] = more[word]
    if "event_name" in found:
        found["event_name"] = "CWP " + found["event_name"]
    found["priority"] = priority
    found["description"] = description
    if more.get("after"):
        found["dependencies"] = [{"name": other["name"], "expression": other["expression"]}
                                 for other in more["after"]]
    found["tags"] = [{"tag": "account", "value": "{$TENCENT.CWP.ACCOUNT}"},
                     {"tag": "scope", "value": scope}]
    return found


# ---- Items ----

# The items of one answer may come in one after the other. So no trigger judges two of them, and
# what depends on two parts of an answer is put together before.
ERROR = """var answer = JSON.parse(value);
return answer.error ? answer.error.kind + ': ' + answer.summary : 'none';"""
RISK = """var answer = JSON.parse(value), on = answer.switches;
var safe = on.auto_purchase_renew && on.order_renew;
return JSON.stringify({ at_risk: safe ? 0 : answer.metrics.near_expiry });"""
# What --trust-auto-renew is elsewhere.
AT_RISK = program.Field("near_expiry_at_risk", "near_expiry, but 0 while both renewal switches are on")


def master(version):
    found = {
        "uuid": uuid("item", "master"), "name": "CWP license: answer of the check",
        "type": "EXTERNAL", "key": MASTER, "delay": "{$TENCENT.CWP.INTERVAL}", "history": "7d",
        "trends": "0", "value_type": "TEXT",
        "description": "What the program printed: one line of JSON, whatever happened. All other "
                       "items are parts of it.",
        # Anything else, or a word more (of the shell, say), shows as the error of this item. Not ^
        # and $: they would match at every line.
        "preprocessing": [step("MATCHES_REGEX", r'\A\{"schema":1,.*\}\z')],
        "tags": [{"tag": "component", "value": "raw"}]}
    if version != "6.0":
        tags = found.pop("tags")
        found.update(timeout="30s", tags=tags)
    return found


def metric_item(field):
    if field.name == "time":
        kind, more = "FLOAT", {"units": "s"}
    else:
        kind, more = "UNSIGNED", {}
    return item(field.name, f"license: {title(field.name)}", "license", kind,
                [or_nothing("JSONPATH", f"$.metrics.{field.name}")], sentence(field.help), **more)


def switch_item(field):
    return item(field.name, f"switch: {title(field.name)}", "switch", "UNSIGNED",
                [or_nothing("JSONPATH", f"$.switches.{field.name}"), step("BOOL_TO_DECIMAL", "")],
                sentence(field.help), valuemap=SWITCH_MAP)


def sentence(text):
    return text[0].upper() + text[1:] + "."


def items(version):
    return [
        master(version), *map(metric_item, program.metrics()), *map(switch_item, program.switches()),
        text_item("upgrade_mode", "license: Upgrade mode", "$.upgrade_mode",
                  "Edition that automatic upgrade gives."),
        text_item("state", "check: State", "$.state",
                  "By the program's own default thresholds; the triggers judge by macros."),
        item("exit_code", "check: Exit code", "check", "UNSIGNED",
             [or_nothing("JSONPATH", "$.exit_code"),
              step("DISCARD_UNCHANGED_HEARTBEAT", HEARTBEAT)],
             "The state as a number, to be drawn.", valuemap=STATE_MAP),
        text_item("summary", "check: Summary", "$.summary", "The result in one sentence."),
        text_item("error_kind", "check: Error kind", "$.error.kind",
                  "Why the licenses could not be checked, in one word; none when they were. empty: they "
                  "were, but the account has none at all.", missing="none"),
        # Every value is stored, for the triggers count them.
        item("error", "check: Error", "check", "TEXT", [step("JAVASCRIPT", ERROR)],
             "The error kind and the summary in one, so that a problem never takes its reason from "
             "another check; none without an error."),
        item(AT_RISK.name, f"license: {title(AT_RISK.name)}", "license", "UNSIGNED",
             [step("JAVASCRIPT", RISK), or_nothing("JSONPATH", "$.at_risk")], sentence(AT_RISK.help)),
        text_item("request_id", "check: Request ID", "$.request_id",
                  "For Tencent Cloud's support, when it fails."),
    ]


# ---- Triggers ----


def limit_triggers(field):
    """One for each level: critical, and warning that waits while critical is on."""
    bound = "MIN" if field != AT_RISK and less_is_bad(field.name) else "MAX"
    found = []
    for level, _, priority in LEVELS:
        macro = f'{{$TENCENT.CWP.{bound}.{level}:"{field.name}"}}'
        value = function("last", field.name)
        if bound == "MIN":
            name, want = f"below {macro}", f"want {macro} or more"
            expression = f"{value}<{macro}"
        else:
            name, want = f"above {macro}", f"allowed up to {macro}"
            expression = f"{value}>{macro} and {macro}>=0"
        opdata = "Now: {ITEM.LASTVALUE1}"
        if field.name == "near_expiry":
            # Always so: it makes the switches known to the operational data.
            expression += (f" and {function('count', 'auto_purchase_renew', '#1')}"
                           f"+{function('count', 'order_renew', '#1')}>=0")
            opdata = ("Auto-renew: {ITEM.LASTVALUE2} for auto-purchased orders, {ITEM.LASTVALUE3} for "
                      "other orders")
        found.append(trigger(
            f"{field.name}/{level}", f"license: {title(field.name)} {name}", expression, priority,
            ADVICE.get(field.name, sentence(field.help)),
            "availability" if field.name == "expired" else "capacity",
            event_name=f"license: {title(field.name)}: {{ITEM.LASTVALUE1}} ({want})",
            opdata=opdata, after=found[:1]))
    return found


ADVICE = {
    "expired": "Renew in the CWP console under Authorization Management. Expired orders that nobody "
               "will renew: delete them there, or accept their number by this macro on the host.",
    "near_expiry": "Renew in the CWP console under Authorization Management, or switch on the renewal "
                   "of orders. The 15 days are Tencent Cloud's.",
}


def q(text):
    return f'"{text}"'


def switch_trigger(field):
    macro = f'{{$TENCENT.CWP.REQUIRE.SWITCH:"{field.name}"}}'
    return trigger(f"{field.name}/off", f"switch: {title(field.name)} is off",
                   f"{function('last', field.name)}=0 and {macro}=1", "WARNING",
                   f"{sentence(field.help)} Required by the macro {macro}.", "notice")


# Bare, the macro would be cut at 20 characters.
WHOLE_ERROR = r'{{ITEM.LASTVALUE1}.regsub("(.*)","\1")}'


def check_triggers():
    unchecked = trigger(
        "unchecked", "license: licenses could not be checked",
        function("count", "error", "{$TENCENT.CWP.FAILURES}", q("regexp"), q("^(none$|empty:)"))
        + "=0",
        "AVERAGE",
        "Nothing is known of the licenses since then: all other items keep what they had. The error "
        "kind says whose turn it is. credentials, permission, usage: the settings here. clock: the "
        "time of the machine that runs the check. network, tls, timeout: the way to Tencent Cloud. "
        "http, throttled, service, malformed: Tencent Cloud itself. internal: the program.",
        "availability", event_name="license: check failed, " + WHOLE_ERROR, opdata=WHOLE_ERROR)
    silent = trigger(
        "silent", "license: no result for {$TENCENT.CWP.NODATA}",
        function("nodata", "error", "{$TENCENT.CWP.NODATA}") + "=1", "AVERAGE",
        "The check does not run, or not to its end. The item with its answer shows the error: the "
        "program missing in ExternalScripts or not executable, or the Timeout of server or proxy too "
        "short.", "availability", after=[unchecked])
    empty = trigger(
        "empty", "license: this account has no licenses at all",
        function("find", "error", "", q("regexp"), q("^empty:")) + "=1", "AVERAGE",
        "Every count is 0. Mostly that is the wrong account or key. If it is meant to be so, set "
        "{$TENCENT.CWP.OPTION1} to --empty-state=ok.", "notice")
    return [unchecked, silent, empty]


def triggers():
    judged = [field for field in [*program.metrics(), AT_RISK] if field.name not in UNJUDGED]
    return ([row for field in judged for row in limit_triggers(field)]
            + [switch_trigger(field) for field in program.switches()] + check_triggers())


# ---- Macros ----


def macros():
    default = default_of("profile")
    rows = [
        ("CREDENTIALS", "--credentials-file=/etc/tencentcloud/credentials",
         "The option that says where the API key is. The file must be readable by the user zabbix of "
         "the server or proxy that runs the check. On a CVM instance with a role: --role"),
        ("PROFILE", default, "Profile in that file"),
        ("ACCOUNT", "default", "Name of the account in problems, at most 32 characters"),
        ("API.HOST", default_of("hostname"), "Host of the API"),
        ("TIMEOUT", default_of("timeout"),
         "Seconds that the check may take, at most 25. The Timeout of a 6.0 server or proxy must be "
         "longer"),
        ("INTERVAL", "1h", "How often to ask"),
        *((f"OPTION{n}", "--no-perfdata",
           "Room for a further option, written as --name=value. The default does nothing here")
          for n in (1, 2, 3)),
        ("FAILURES", "#2", "Failed checks in a row that make a problem, as #N"),
        ("NODATA", "3h", "Without a result for so long, there is a problem; longer than two intervals"),
        ("REQUIRE.SWITCH", "0", 'Set it with the name of a switch, {$TENCENT.CWP.REQUIRE.SWITCH:'
                                '"auto_purchase"}, to 1: a problem when it is off'),
    ]
    for bound, example, word in (("MAX", "used", "most"), ("MIN", "ultimate_available", "least")):
        rows += [(f"{bound}.{level}", "-1",
                  f"The {word} that is no {severity} problem, for metrics that have no value of their "
                  f'own. Set it with the name of a metric: {{$TENCENT.CWP.{bound}.{level}:"{example}"}}. '
                  "Negative: off")
                 for level, severity, _ in LEVELS]
    for field in program.metrics():
        rows += [(f'MAX.{level}:"{field.name}"', getattr(field, severity),
                  f"The most that is no {severity} problem: {field.help}")
                 for level, severity, _ in LEVELS if getattr(field, severity)]
    return [{"macro": f"{{$TENCENT.CWP.{name}}}", "value": value, "description": text}
            for name, value, text in sorted(rows)]


# ---- Graphs and the dashboard ----

COLORS = ("1A7C11", "2774A4", "F7941D", "F63100", "6C59DC", "FC6EA3", "AC8C14", "611F27")
GRAPHS = (("Licenses", ("available", "used", "near_expiry", "expired")), ("Available by edition", None))


def edition_metrics():
    return [field.name for field in program.metrics() if field.name.endswith("_available")]


def graphs():
    return [{"uuid": uuid("graph", name), "name": f"CWP license: {name}",
             "show_triggers": "NO", "ymin_type_1": "FIXED", "graph_items": [
                 {"sortorder": str(n), "drawtype": "BOLD_LINE", "color": COLORS[n % len(COLORS)],
                  "item": {"host": TEMPLATE, "key": PREFIX + metric}}
                 for n, metric in enumerate(metrics or edition_metrics())]}
            for name, metrics in GRAPHS]


def widget(kind, name, place, fields, version):
    """place: x, y, width, height in 6.0's grid of 24 columns; 7.0 has 72."""
    x, y, width, height = place
    scale = 1 if version == "6.0" else 3
    if version != "6.0":
        kind = {"ITEM": "item", "GRAPH_CLASSIC": "graph", "PLAIN_TEXT": "itemhistory"}.get(kind, kind)
    found = {"type": kind, "name": name, "x": str(x * scale), "y": str(y),
             "width": str(width * scale), "height": str(height), "fields": fields}
    return {word: value for word, value in found.items() if value not in ("", "0")}


def at(name, version):
    """Fields that hold lists are numbered since 7.0."""
    return name if version == "6.0" else name + ".0"


def field_of_item(name, key):
    return {"type": "ITEM", "name": name, "value": {"host": TEMPLATE, "key": key}}


def value_widget(name, place, colors, version):
    """One value in large letters over its name. colors: from which value on which color, since 7.0."""
    fields = [field_of_item(at("itemid", version), PREFIX + name),
              {"type": "STRING", "name": "description", "value": title(name)},
              {"type": "INTEGER", "name": "decimal_places", "value": "0"},
              {"type": "INTEGER", "name": "value_size", "value": "45" if colors else "15"}]
    fields += [{"type": "INTEGER", "name": "show" if version == "6.0" else f"show.{n}", "value": part}
               for n, part in enumerate((DESCRIPTION, VALUE))]
    if version == "6.0":
        fields.append({"type": "INTEGER", "name": "adv_conf", "value": "1"})
        colors = ()
    for n, (threshold, color) in enumerate(colors):
        fields += [{"type": "STRING", "name": f"thresholds.{n}.color", "value": color},
                   {"type": "STRING", "name": f"thresholds.{n}.threshold", "value": threshold}]
    found = widget("ITEM", "", place, fields, version)
    fields = found.pop("fields")
    return dict(found, hide_header="YES", fields=fields)


def history_widget(name, place, metrics, lines, version):
    if version == "6.0":
        fields = [field_of_item("itemids", PREFIX + metric) for metric in metrics]
    else:
        fields = []
        for n, metric in enumerate(metrics):
            fields += [field_of_item(f"columns.{n}.itemid", PREFIX + metric),
                       {"type": "STRING", "name": f"columns.{n}.name", "value": title(metric)}]
        fields += [{"type": "INTEGER", "name": "show_timestamp", "value": "1"},
                   {"type": "INTEGER", "name": "show_column_header", "value": "1"},
                   {"type": "STRING", "name": "reference", "value": reference(name)}]
    fields.append({"type": "INTEGER", "name": "show_lines", "value": str(lines)})
    return widget("PLAIN_TEXT", name, place, fields, version)


def reference(name):
    """Five capitals that name a widget to others."""
    return "".join(chr(65 + int(digit, 16)) for digit in uuid("widget", name)[:5])


def graph_widget(graph, place, version):
    fields = [{"type": "GRAPH", "name": at("graphid", version),
               "value": {"host": TEMPLATE, "name": graph["name"]}}]
    if version != "6.0":
        fields.append({"type": "STRING", "name": "reference", "value": reference(graph["name"])})
    return widget("GRAPH_CLASSIC", "", place, fields, version)


GREEN, AMBER, RED, GRAY = "0EC9AC", "FFD54F", "FF465C", "CFD8DC"
DESCRIPTION, VALUE = "1", "2"  # parts of a value widget


def dashboard(version):
    values = (("expired", (("0", GREEN), ("1", RED))), ("near_expiry", (("0", GREEN), ("1", AMBER))),
              ("available", (("0", GRAY),)), ("used", (("0", GRAY),)), ("state", ()), ("error_kind", ()))
    widgets = [value_widget(name, (n * 4, 0, 4, 2), colors, version)
               for n, (name, colors) in enumerate(values)]
    widgets += [graph_widget(graph, (n * 12, 2, 12, 5), version) for n, graph in enumerate(graphs())]
    switches = [field.name for field in program.switches()]
    widgets += [history_widget("Last results", (0, 7, 12, 5), ["summary"], 10, version),
                history_widget("Switches", (12, 7, 12, 5), switches, len(switches), version)]
    return {"uuid": uuid("dashboard"), "name": "CWP licenses", "pages": [{"widgets": widgets}]}


# ---- The whole ----


def valuemaps():
    return [{"uuid": uuid("valuemap", name), "name": name,
             "mappings": [{"value": str(n), "newvalue": word} for n, word in enumerate(words)]}
            for name, words in ((STATE_MAP, ("OK", "WARNING", "CRITICAL", "UNKNOWN")),
                                (SWITCH_MAP, ("off", "on")))]


def document(version):
    group = {"uuid": GROUP[0], "name": GROUP[1]}
    found = {"version": version}
    if version == "6.0":
        found.update(date="2026-01-01T00:00:00Z", groups=[group])
    else:
        found["template_groups"] = [group]
    template = {
        "uuid": uuid("template"), "template": TEMPLATE, "name": TEMPLATE,
        "description": "Counts and switches of Tencent Cloud's Cloud Workload Protection licenses: "
                       "expired, about to expire, available.\nNeeds the program "
                       "check_tencent_cwp_license in ExternalScripts and an API key that it can read: "
                       "see the README of its project.",
        "vendor": {"name": "check_tencent_cwp_license", "version": f"{version}-1"},
        "groups": [{"name": GROUP[1]}], "items": items(version),
        "tags": [{"tag": "class", "value": "cloud"}, {"tag": "target", "value": "tencent-cwp"}],
        "macros": macros(), "dashboards": [dashboard(version)], "valuemaps": valuemaps()}
    if version == "6.0":
        del template["vendor"]
    found.update(templates=[template], triggers=triggers(), graphs=graphs())
    return {"zabbix_export": found}


# ---- YAML ----

PLAIN = re.compile(r"[A-Za-z$][A-Za-z0-9_.$ /()-]*")
WORDS_OF_YAML = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


def scalar(text, pad):
    if "\n" in text:
        return "|-\n" + "\n".join(f"{pad}  {line}" for line in text.split("\n"))
    plain = PLAIN.fullmatch(text) and text[-1] != " " and text.lower() not in WORDS_OF_YAML
    # A UUID is quoted even where its digits would not make a number of it.
    if plain and not re.fullmatch("[0-9a-f]{32}", text):
        return text
    return "'" + text.replace("'", "''") + "'"


def lines_of(value, depth=0):
    pad = "  " * depth
    if isinstance(value, list):
        for entry in value:
            if isinstance(entry, dict):
                first, *rest = lines_of(entry, depth + 1)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{pad}- {scalar(entry, pad)}"
        return
    for key, entry in value.items():
        if isinstance(entry, (dict, list)):
            yield f"{pad}{key}:"
            yield from lines_of(entry, depth + 1)
        else:
            yield f"{pad}{key}: {scalar(entry, pad)}"


def text_of(version):
    head = ("# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors\n"
            "# SPDX-License-Identifier: MIT\n"
            "# Written by generate.py in this folder, to be changed there.\n")
    return head + "\n".join(lines_of(document(version))) + "\n"


def readme():
    """README.md with its table of macros."""
    table = ["", "| macro | as it comes | |", "|---|---|---|"]
    table += [f"| `{row['macro']}` | `{row['value']}` | {row['description']} |" for row in macros()]
    text = (HERE / "README.md").read_text()
    return re.sub(r"(<!-- macros.*? -->\n).*(?=<!-- end of macros -->)",
                  lambda found: found[1] + "\n".join(table) + "\n\n", text, flags=re.S)


def outputs():
    """{path: what stands there}"""
    found = {HERE / f"template_{version}.yaml": text_of(version) for version in VERSIONS}
    found[HERE / "README.md"] = readme()
    return found


def main():
    for path, text in outputs().items():
        path.write_text(text)


if __name__ == "__main__":
    main()
