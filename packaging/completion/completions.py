#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Writes the completions for bash, zsh and fish from what the program says in --help.

Run it after an option, a field or a value has changed (it asks the program in build/, or the one named in PLUGIN).
tests/lint/test_completion.py fails while a file differs from what this writes.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "lint"))

import program                                                  # noqa: E402

COMMAND = "check_tencent_cwp_license"
HEAD = """\
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# Written by packaging/completion/completions.py from the program's --help.
"""


# ---- From --help to values ----


def listed(text):
    """"text (default), json or prometheus" is three words."""
    return re.sub(r" \(default\)", "", text).replace(" or ", ", ").split(", ")


def choices(option):
    """The words that an option takes, where --help lists them; "STATE" of a switch is found with the switches."""
    if option.argument == "STATE":
        return listed(re.search(r": ([^;]*)", option.help).group(1))
    if option.argument == "FORMAT":
        return listed(option.help)
    if option.name == "hostname":
        return [re.search(r"\(default: (\S+)\)", option.help).group(1)]
    return []


def switch_states():
    option = next(option for option in program.options() if option.argument == "NAME[=STATE]")
    return listed(re.search(r"STATE is ([^;]*)", option.help).group(1))


def kind(option):
    """What completes the argument: none, glued, metric, switch, words, file, folder or any."""
    if choices(option):
        return "words"
    return {"": "none", "METRIC=RANGE": "metric", "NAME[=STATE]": "switch", "FILE": "file", "DIR": "folder",
            "[=NAME]": "glued"}.get(option.argument, "any")


def repeatable(option):
    return "repeatable" in option.help or option.help.startswith("-v ")


def summary(option):
    """The help up to its first semicolon; the shells have one line for it."""
    return option.help.split(";")[0]


def names(option):
    return (["-" + option.letter] if option.letter else []) + ["--" + option.name]


# ---- bash ----

BASH = """\

_check_tencent_cwp_license() {
    local cur=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT}
    local option value words='' end=' '

    # Bash breaks words at "="; this is the whole one under the cursor, and the one before it.
    local word=${line##*[[:space:]]}
    line=${line%%"$word"}
    line=${line%%"${line##*[![:space:]]}"}
    option=${line##*[[:space:]]} value=$word
    if [[ $word == --*=* ]]; then
        option=${word%%%%=*} value=${word#*=}
    fi
    [[ $cur == = ]] && cur=

    COMPREPLY=()
    case $option in
%(cases)s
    *)
        [[ $word == -* ]] || return 0
        words='%(options)s'
        value=$word
        ;;
    esac

    # Only what follows the last break is replaced.
    local IFS=$' \\n' found
    for found in $(compgen -W "$words" -- "$value"); do
        found=${word%%"$value"}$found$end
        COMPREPLY+=("${found#"${word%%"$cur"}"}")
    done
}

# The blanks after words are put by the function.
complete -o nospace -F _check_tencent_cwp_license check_tencent_cwp_license
"""


def bash_case(options, body):
    pattern = " | ".join(name for option in options for name in names(option))
    return "    %s)\n%s        ;;" % (pattern, "".join("        %s\n" % line for line in body))


def bash_cases(options):
    by_kind = {}
    for option in options:
        by_kind.setdefault((kind(option), tuple(choices(option))), []).append(option)
    for (what, words), group in by_kind.items():
        if what == "metric":
            yield bash_case(group, ["words='%s' end=''" % " ".join(m.name + "=" for m in program.metrics())])
        elif what == "switch":
            yield bash_case(group, ["words='%s'" % " ".join(s.name for s in program.switches()),
                                    "[[ $value == *=* ]] && words='%s' value=${value#*=}" % " ".join(switch_states())])
        elif what == "words":
            yield bash_case(group, ["words='%s'" % " ".join(words)])
        elif what == "file":
            yield bash_case(group, ["compopt -o default +o nospace", "return 0"])
        elif what == "folder":
            yield bash_case(group, ["compopt -o dirnames +o nospace", "return 0"])
        elif what == "any":
            yield bash_case(group, ["return 0"])


def bash(options):
    return HEAD + BASH % {"cases": "\n".join(bash_cases(options)),
                          "options": " ".join("--" + option.name for option in options)}


# ---- zsh ----

ZSH = """\

local -a metrics switches states
metrics=(
%(metrics)s
)
switches=(
%(switches)s
)
states=(%(states)s)

_check_tencent_cwp_license_metric() {
    if compset -P '*='; then
        _message 'range, such as 0, 5:, 3:10 or @0:2'
    else
        _describe -t metrics metric metrics -S = -q
    fi
}

_check_tencent_cwp_license_switch() {
    if compset -P '*='; then
        _describe -t states state states
    else
        _describe -t switches switch switches
    fi
}

_arguments -s -S \\
%(options)s
"""


def zsh_text(text):
    """Within a specification of _arguments, between single quotes."""
    return re.sub(r"([\[\]:\\])", r"\\\1", text).replace("'", "'\\''")


def zsh_option(option):
    action = {"metric": "_check_tencent_cwp_license_metric", "switch": "_check_tencent_cwp_license_switch",
              "words": "(%s)" % " ".join(choices(option)), "file": "_files", "folder": "_files -/"}
    what = kind(option)
    text = "[%s]" % zsh_text(summary(option))
    if what == "glued":
        text += "::%s:" % option.argument.strip("[=]").lower()
        ends = ("", "=-")
    elif what == "none":
        ends = ("", "")
    else:
        text += ":%s:%s" % (zsh_text(option.argument.split("[")[0].lower()), action.get(what, ""))
        ends = ("+", "=")
    words = (["-" + option.letter + ends[0]] if option.letter else []) + ["--" + option.name + ends[1]]
    if repeatable(option):
        lead = "'*'"
    elif len(words) > 1:
        lead = "'(%s)'" % " ".join(names(option))
    else:
        lead = ""
    return "    %s%s'%s'" % (lead, "{%s}" % ",".join(words) if len(words) > 1 else words[0], text)


def zsh(options):
    rows = {"metrics": program.metrics(), "switches": program.switches()}
    rows = {name: "\n".join("    '%s:%s'" % (row.name, zsh_text(row.help)) for row in found)
            for name, found in rows.items()}
    return "#compdef %s\n" % COMMAND + HEAD + ZSH % dict(
        rows, states=" ".join(switch_states()),
        options=" \\\n".join(zsh_option(option) for option in options))


# ---- fish ----


def fish_text(text):
    return "'%s'" % text.replace("\\", "\\\\").replace("'", "\\'")


def fish_values(rows, end=""):
    return " ".join("%s%s\\t%s" % (row.name, end, fish_text(row.help)) for row in rows)


def fish_option(option):
    what = kind(option)
    lead = "complete -c %s%s -l %s" % (COMMAND, " -s " + option.letter if option.letter else "", option.name)
    lead += " -d " + fish_text(summary(option))
    if what == "metric":
        yield lead + " -x -a \"%s\"" % fish_values(program.metrics(), "=")
    elif what == "switch":
        yield lead + " -x -a \"%s\"" % fish_values(program.switches())
        yield "complete -c %s -l %s -x -n 'commandline -ct | string match -rq \"_.*=\"' -a '%s'" % (
            COMMAND, option.name,
            " ".join("%s=%s" % (row.name, state) for row in program.switches() for state in switch_states()))
    elif what == "words":
        yield lead + " -x -a '%s'" % " ".join(choices(option))
    elif what == "file":
        yield lead + " -r -F"
    elif what == "folder":
        yield lead + " -x -a '(__fish_complete_directories)'"
    elif what == "any":
        yield lead + " -x"
    else:
        yield lead


def fish(options):
    lines = [line for option in options for line in fish_option(option)]
    return HEAD + "\ncomplete -c %s -f\n%s\n" % (COMMAND, "\n".join(lines))


# ---- Files ----


def files():
    """What each file has to hold, by its name in this folder."""
    options = program.options()
    return {COMMAND + ".bash": bash(options), "_" + COMMAND: zsh(options), COMMAND + ".fish": fish(options)}


if __name__ == "__main__":
    for name, text in files().items():
        (HERE / name).write_text(text)
        print("packaging/completion/" + name)
