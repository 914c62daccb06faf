# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Unit files of systemd, read as it reads them as far as ours need it."""

import re
import shlex

from program import ROOT

FOLDER = ROOT / "packaging" / "prometheus"
TEXTFILE = "check_tencent_cwp_license-textfile"
SERVICE, TIMER = "check_tencent_cwp_license@.service", "check_tencent_cwp_license@.timer"


def settings(name):
    """All lines of a unit file as (section, key, value), in their order."""
    section, found = None, []
    plain = "\n".join(line for line in (FOLDER / name).read_text().splitlines() if not line.startswith("#"))
    for line in re.sub(r"\\\n", "", plain).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.strip():
            key, _, value = line.partition("=")
            found.append((section, key.strip(), value.strip()))
    return found


def values(name, wanted):
    return [value for _, key, value in settings(name) if key == wanted]


def environment(name):
    return dict(word.split("=", 1) for value in values(name, "Environment") for word in shlex.split(value))


def expand(line, instance, variables):
    """The words of a command line: specifiers, ${NAME} within a word, $NAME as words of its own."""
    def word(text):
        if re.fullmatch(r"\$[A-Z_]+", text):
            return variables[text[1:]].split()
        return [re.sub(r"\$\{([A-Z_]+)\}", lambda match: variables[match[1]], text)]
    specifiers = {"%i": instance, "%p": SERVICE.partition("@")[0], "%%": "%"}
    line = re.sub("%.", lambda match: specifiers[match[0]], line)
    return [part for text in shlex.split(line.lstrip("+")) for part in word(text)]
