#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Prints what users rely on, one name a line, as tests/lint/interface.txt keeps it from release to release:
after a release, python3 tests/lint/interface.py >tests/lint/interface.txt (it asks the program in build/)."""

import json
import re
import subprocess

from program import PROGRAM, ROOT, metrics, options, switches

HEAD = """\
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# What users of the last release rely on, written by interface.py. test_interface.py wants what is gone or other than
# here to stand under "Breaking" in the first entry of CHANGELOG.md, and what is new anywhere in that entry.
"""


def printed(form):
    """Of an answer with all fields."""
    answer = str(ROOT / "tests/data/sample-answer.json")
    return subprocess.run([PROGRAM, "--input", answer, "--output-format", form], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True, check=False, env={}).stdout


def interface():
    """Lines of a kind and a name, labels in the order of printing; an option has its letter and argument behind it."""
    lines = ["option --%s %s %s" % (option.name, option.argument or "-", option.letter or "-") for option in options()]
    lines += ["label %s" % metric.name for metric in metrics()]
    lines += ["switch %s" % switch.name for switch in switches()]
    lines += ["member %s" % name for name in json.loads(printed("json"))]
    lines += ["metric %s %s" % row for row in re.findall(r"^# TYPE (\S+) (\S+)$", printed("prometheus"), re.M)]
    return lines


if __name__ == "__main__":
    print(HEAD + "\n".join(interface()))
