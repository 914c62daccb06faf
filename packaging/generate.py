#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Writes the definitions that repeat what the program says of itself:

    icinga2/check_tencent_cwp_license.conf     the CheckCommand
    director/check_tencent_cwp_license.json    the same for the Icinga Director, as a basket

Run it after an option, a field or a default has changed (it asks the program in build/, or the one
named in PLUGIN). tests/lint/test_integrations.py fails while a file differs from what this writes.
"""

import json
import pathlib
import sys
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "lint"))

import program                                                  # noqa: E402

COMMAND = "tencent_cwp_license"
PLUGIN = "check_tencent_cwp_license"
TEMPLATE = "tencent-cwp-license"
NOT_FOR_A_CHECK = ("help", "version")

# What the plugin can take as a value, told by the word that --help prints for it.
NUMBERS = ("N", "SECONDS")
STATES = "STATE"


@dataclass(frozen=True)
class Argument:
    """One way in which a custom variable becomes words of the command line."""
    name: str                   # key in the dictionary of arguments
    variable: str
    kind: str                   # flag, number, state, text, list, metric, glued, count
    description: str
    option: str = ""            # what is passed, where that is not the name
    text: str = ""              # metric and glued: what stands before the value
    caption: str = ""           # for people who see a form
    group: str = ""


# ---- From --help to arguments ----


def variable(*parts):
    return "_".join([COMMAND] + [part.replace("-", "_") for part in parts])


def caption(word):
    return word.replace("-", " ").replace("_", " ").capitalize()


def threshold(option):
    """The array first (order -1), so that the variable of one metric wins over it: the last one counts."""
    level = option.name
    yield Argument("--" + level, variable(level), "list", option.help + "; an array of METRIC=RANGE",
                   caption=caption(level), group="thresholds")
    for metric in program.metrics():
        default = getattr(metric, level)
        text = "%s when %s is outside this range: %s%s" % (
            level.upper(), metric.name, metric.help, " (default: %s)" % default if default else "")
        yield Argument("%s_%s" % (level, metric.name), variable(level, metric.name), "metric", text,
                       option="--" + level, text=metric.name + "=", caption="%s: %s" % (caption(level), metric.name),
                       group=level)


def role(option):
    name = "--" + option.name
    yield Argument(name, variable(option.name), "flag", option.help, caption=caption(option.name))
    yield Argument(option.name + "_name", variable(option.name, "name"), "glued", option.help + ", by name",
                   option=name, text=name + "=", caption=caption(option.name) + " name")


def verbose(option):
    yield Argument("-v", variable(option.name), "count", option.help + "; a number from 0 to 3",
                   caption=caption(option.name))


def plain(option):
    kind = "flag" if not option.argument else \
        "number" if option.argument in NUMBERS else \
        "state" if option.argument == STATES else \
        "list" if "repeatable" in option.help else "text"
    help_text = option.help + ("; an array of " + option.argument if kind == "list" else "")
    yield Argument("--" + option.name, variable(option.name), kind, help_text, caption=caption(option.name))


def reader(option):
    if option.argument == "METRIC=RANGE":
        return threshold
    if option.argument.startswith("[="):
        return role
    if option.help.startswith("-v "):
        return verbose
    return plain


def arguments():
    return [argument for option in program.options() if option.name not in NOT_FOR_A_CHECK
            for argument in reader(option)(option)]


# ---- Icinga 2 ----

# "vvv" is cut to as many letters as the number says.
COUNT = '"-" + "vvv".substr(0, Number(macro("$%s$")))'

CONF = """\
/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Written by packaging/generate.py from the plugin's --help. Change your services, not this file.
 *
 * Thresholds have a variable for each metric and level, and an array for each level:
 *
 *   vars.tencent_cwp_license_warning_available = "5:"
 *   vars.tencent_cwp_license_warning = [ "available=5:", "ultimate_available=3:" ]
 *
 * A variable for each metric, because a template, a host and a service can then each change one
 * threshold and keep the others, and because the Director gives each its own field. An array, for
 * those who keep all thresholds of an account in one place. A dictionary would do neither: set
 * again, it is replaced whole, and in the Director it takes a template of its own. Where both name
 * a metric, the variable of the metric wins.
 *
 * The API key is no variable, for variables are shown in web interfaces and kept in databases: it
 * stays in a file that the user of Icinga can read (credentials_file, profile).
 */

object CheckCommand "%(command)s" {
	/* PluginContribDir is the ITL's place for plugins that do not come with the Monitoring Plugins.
	 * The packages of Icinga set it to the same folder as PluginDir, where this one is installed. */
	command = [ PluginContribDir + "/%(plugin)s" ]

	/* The plugin ends by itself after tencent_cwp_license_timeout seconds, 10 by default, and says
	 * in which stage it was stuck. Set check_timeout in the service when you give it more than 25. */
	timeout = 30s

	arguments = {
%(arguments)s
	}

%(defaults)s
}
"""


def quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def conf_lines(argument):
    macro = "$%s$" % argument.variable
    if argument.kind == "flag":
        yield "set_if = " + quoted(macro)
    elif argument.kind == "count":
        yield "set_if = " + quoted(macro)
        yield "skip_key = true"
        yield "value = {{ %s }}" % (COUNT % argument.variable)
    elif argument.kind == "glued":
        yield "skip_key = true"
        yield "value = " + quoted(argument.text + macro)
    elif argument.kind == "metric":
        yield "key = " + quoted(argument.option)
        yield "value = " + quoted(argument.text + macro)
    else:
        yield "value = " + quoted(macro)
    if argument.kind == "list":
        yield "repeat_key = true"
        yield "order = -1"
    yield "description = " + quoted(argument.description)


def conf_argument(argument):
    inner = "".join("\t\t\t%s\n" % line for line in conf_lines(argument))
    return "\t\t%s = {\n%s\t\t}" % (quoted(argument.name), inner)


def conf_defaults(found):
    values = {"flag": "false", "count": "0"}
    return "\n".join("\tvars.%s = %s" % (argument.variable, values[argument.kind])
                     for argument in found if argument.kind in values)


def conf(found):
    return CONF % {"command": COMMAND, "plugin": PLUGIN, "defaults": conf_defaults(found),
                   "arguments": "\n".join(conf_argument(argument) for argument in found)}


# ---- Director ----

# Not the name of the template library's command: Icinga takes a name once only, and on a machine
# that has the package the Director's deployment would be refused.
DIRECTOR_COMMAND = PLUGIN

# No object has a UUID: Director 1.11 can do without, for it finds command, template and list by their
# names, while 1.10 refuses them ("$bytes string should contain 16 characters").
TYPES = {"flag": "Boolean", "number": "Number", "count": "Number", "state": "Datalist", "list": "Array"}
LIST = "Tencent CWP license: state"
CATEGORIES = {
    "": ("Tencent CWP license", "What the check asks and how it answers"),
    "thresholds": ("Tencent CWP license: thresholds as arrays", "METRIC=RANGE, as on the command line"),
    "warning": ("Tencent CWP license: warning", "A range for each metric, such as 10 or 5:"),
    "critical": ("Tencent CWP license: critical", "A range for each metric, such as 10 or 5:"),
}
NOTES = ("Expired, expiring and available licenses of Tencent Cloud Workload Protection. "
         "WARNING and CRITICAL are for the owner of the licenses, UNKNOWN is for the monitoring team: "
         "then the licenses could not be checked.")


def basket_argument(argument):
    """The Director does not know an argument's key, so that a metric's option and value are one word."""
    macro = "$%s$" % argument.variable
    if argument.kind == "flag":
        entry = {"set_if": macro}
    elif argument.kind == "count":
        entry = {"set_if": macro, "skip_key": True,
                 "value": {"type": "Function", "body": COUNT % argument.variable}}
    elif argument.kind == "glued":
        entry = {"skip_key": True, "value": argument.text + macro}
    elif argument.kind == "metric":
        entry = {"skip_key": True, "value": "%s=%s%s" % (argument.option, argument.text, macro)}
    else:
        entry = {"value": macro}
    if argument.kind == "list":
        entry.update(repeat_key=True, order=-1)
    return dict(entry, description=argument.description)


def basket_field(argument):
    datatype = TYPES.get(argument.kind, "String")
    settings = {"String": {"visibility": "visible"},
                "Datalist": {"behavior": "strict", "data_type": "string", "datalist": LIST}}
    return {
        "varname": argument.variable,
        "caption": argument.caption,
        "description": argument.description,
        "datatype": "Icinga\\Module\\Director\\DataType\\DataType" + datatype,
        "format": None,
        "settings": settings.get(datatype, {}),
        "category": CATEGORIES[argument.group][0],
    }


def basket(found):
    defaults = {"flag": False, "count": 0}
    return {
        "Command": {DIRECTOR_COMMAND: {
            "arguments": {argument.name: basket_argument(argument) for argument in found},
            "command": "PluginContribDir + /" + PLUGIN,
            "disabled": False,
            "fields": [{"datafield_id": number, "is_required": "n", "var_filter": None}
                       for number, _ in enumerate(found, 1)],
            "imports": [],
            "is_string": None,
            "methods_execute": "PluginCheck",
            "object_name": DIRECTOR_COMMAND,
            "object_type": "object",
            "timeout": "30",
            "vars": {argument.variable: defaults[argument.kind] for argument in found
                     if argument.kind in defaults},
            "zone": None,
        }},
        "ServiceTemplate": {TEMPLATE: {
            "check_command": DIRECTOR_COMMAND,
            "check_interval": "3600",
            "disabled": False,
            "fields": [],
            "imports": [],
            "max_check_attempts": "3",
            "notes": NOTES,
            "object_name": TEMPLATE,
            "object_type": "template",
            "retry_interval": "900",
            "use_agent": False,
            "vars": {},
        }},
        "DataList": {LIST: {
            "list_name": LIST,
            "owner": PLUGIN,
            "entries": [{"entry_name": state, "entry_value": state.upper(), "format": "string",
                         "allowed_roles": None} for state in ("critical", "ok", "unknown", "warning")],
        }},
        "DatafieldCategory": {name: {"category_name": name, "description": text}
                              for name, text in CATEGORIES.values()},
        "Datafield": {str(number): basket_field(argument) for number, argument in enumerate(found, 1)},
    }


# ---- Files ----


def files():
    """What each file has to hold, by its path below packaging/."""
    found = arguments()
    return {
        "icinga2/check_tencent_cwp_license.conf": conf(found),
        "director/check_tencent_cwp_license.json": json.dumps(basket(found), indent=4) + "\n",
    }


if __name__ == "__main__":
    for path, text in files().items():
        (HERE / path).write_text(text)
        print("packaging/" + path)
