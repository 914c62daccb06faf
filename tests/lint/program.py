# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What the program says of itself, for comparing documents and definitions with it.

The tables of the source are the one place for options, fields and defaults; --help prints them
all, so whatever is shipped beside the program is held against its --help.
"""
import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PLUGIN", str(ROOT / "build" / "check_tencent_cwp_license"))


@dataclass(frozen=True)
class Option:
    name: str  # long, without dashes
    letter: str  # "" for none
    argument: str  # "", "FILE", "[=NAME]", ...
    help: str


@dataclass(frozen=True)
class Field:
    name: str
    help: str
    warning: str = ""  # default ranges
    critical: str = ""


def help_text():
    return subprocess.run([PROGRAM, "--help"], stdout=subprocess.PIPE, text=True,
                          check=False).stdout


def _section(title):
    return re.search(rf"^{title}.*?:\n(.*?)(?:\n\n|\Z)", help_text(), re.S | re.M).group(1)


def options():
    found = re.findall(r"^  (?:-(\w), |    )--([a-z0-9-]+) ?(\S*)\n((?:^ {10}.*\n?)+)",
                       _section("Options") + "\n", re.M)
    return [Option(name, letter, argument, " ".join(text.split()))
            for letter, name, argument, text in found]


def _fields(title):
    fields = []
    for line in _section(title).splitlines():
        name, text = line.split(None, 1)
        defaults = dict(re.findall(r"\((warning|critical) (\S+)\)", text))
        fields.append(Field(name, re.sub(r" \((?:warning|critical) \S+\)", "", text), **defaults))
    return fields


def metrics():
    """The 16 counts and the time, in the order of printing."""
    return _fields("Metrics")


def switches():
    return _fields("Switches")
