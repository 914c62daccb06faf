# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""How files look: who wrote them and under which license, how long lines, functions and files may be, and nothing of
the machine they were written on."""
import fnmatch
import pathlib
import re

from tree import code, files, sources, text

# In two pieces, so that no tool takes this for the mark of this file.
MARK = ("SPDX-" "FileCopyrightText: 2026 The check_tencent_cwp_license authors", "SPDX-" "License-Identifier: MIT")

LONGEST_LINE = {".c": 100, ".h": 100, ".py": 120}
LONGEST_FILE = 320
LONGEST_FUNCTION = 40

# A folder of somebody's home, or of a workspace.
SOMEBODYS = re.compile(r"(?<![\w.~}])/(?:home|Users|root|work|farm)/\w")

ALL = list(files())
C_FILES = [name for name in ALL if name.endswith((".c", ".h"))]


def test_the_tree_was_found():
    assert {"Makefile", "LICENSE", "plugin/main.c", "thresholds/range.c", "tests/lint/test_style.py"} <= set(ALL)


def unmarked(name):
    """Formats without comments are listed, in the way of https://reuse.software."""
    listed = re.search(r"^Files: (.*(?:\n .*)*)", text(".reuse/dep5"), re.M).group(1).split()
    return name == "LICENSE" or any(fnmatch.fnmatchcase(name, pattern) for pattern in listed)


def test_license_is_named():
    heads = {name: "\n".join(text(name).splitlines()[:10]) for name in ALL if not unmarked(name)}
    assert len(heads) > 100
    assert not [name for name, head in heads.items() if not all(mark in head for mark in MARK)]


def long_lines():
    for name in ALL:
        longest = LONGEST_LINE.get(pathlib.PurePath(name).suffix)
        for number, line in enumerate(text(name).splitlines() if longest else (), 1):
            if len(line) > longest:
                yield "%s:%d: %d columns" % (name, number, len(line))


def test_lines_are_short():
    found = list(long_lines())
    assert not found, "\n".join(found)


def test_nothing_is_left_over():
    assert not [name for name in ALL if re.search(r"(\.(orig|rej|bak|sw[op])|~)$", name)]


def test_no_tabs():
    assert not [name for name in C_FILES if "\t" in text(name)]


def test_files_are_short():
    lengths = {name: len(text(name).splitlines()) for name in sources(".c", ".h")}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def functions(source):
    """Name and number of lines of each function of a C file, from its opening brace to its closing one, the lines of
    tables within it not counted."""
    source = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", source, flags=re.M)    # a macro's braces may stand alone
    depth, begin, start, tables = 0, 0, 0, 0
    table = None
    for at, char in enumerate(source):
        if char == "{":
            if depth == 0:
                start, begin, tables = at, max(source.rfind(c, 0, at) for c in ";}") + 1, 0
            elif table is None and source[:at].rstrip().endswith("="):
                table = (depth, at)
            depth += 1
        elif char == "}":
            depth -= 1
            if table and depth == table[0]:
                tables += source.count("\n", table[1], at)
                table = None
            head = source[begin:start].rstrip()
            if depth == 0 and head.endswith(")"):
                yield re.search(r"(\w+)\s*\(", head).group(1), source.count("\n", start, at) + 1 - tables
    assert depth == 0, "braces that do not match"


def test_functions_are_short():
    found = [(name, function, lines) for name in C_FILES for function, lines in functions(code(name))]
    assert len(found) > 200
    assert not [row for row in found if row[2] > LONGEST_FUNCTION]


def test_functions_are_found():
    """The counter above is no compiler: it must find what is there."""
    found = dict(functions(code("plugin/main.c")))
    assert found["exit_code"] == 3 and found["main"] > 10 and len(found) > 8


def test_nothing_of_this_machine():
    lines = [(name, number, line) for name in ALL for number, line in enumerate(text(name).splitlines(), 1)]
    assert not [row for row in lines if SOMEBODYS.search(row[2])]
