# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Whoever upgrades learns from CHANGELOG.md what is other than before: interface.txt has the names that the last
release had, and what is gone or changed must stand under "Breaking"."""
import re

import pytest

from interface import interface
from tree import text


def released():
    return [line for line in text("tests/lint/interface.txt").splitlines() if not line.startswith("#")]


def first_entry():
    return re.split(r"^## \[", text("CHANGELOG.md"), flags=re.M)[1]


def breaking(entry):
    return entry.partition("### Breaking\n")[2].partition("\n### ")[0]


def names(line, content):
    name = line.split()[1]
    return re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(name), content)


def silent(before, now, entry):
    """What CHANGELOG.md has to say and does not."""
    known = {line.split()[1] for line in before}
    gone = [line for line in before if line not in now and not names(line, breaking(entry))]
    new = [line for line in now if line.split()[1] not in known and not names(line, entry)]
    return gone + new


def labels(lines):
    return [line for line in lines if line.startswith("label ")]


def test_changes_are_told():
    assert len(interface()) > 80
    assert silent(released(), interface(), first_entry()) == []


def test_order_of_labels_stays():
    """Graphs may count on it; new ones come where the program has them."""
    before, now = labels(released()), labels(interface())
    assert [line for line in before if line in now] == [line for line in now if line in before]


def test_the_change_log_says_what_breaking_is():
    head = text("CHANGELOG.md").partition("\n## ")[0]
    assert '"Breaking"' in head and "performance data" in head and "options" in head


BEFORE = ["option --old FILE -", "option --kept FILE -", "label used"]
UNTOLD = {
    "nothing changed": (BEFORE, "", []),
    "gone": (BEFORE[1:], "### Removed\n- `--old`\n", BEFORE[:1]),
    "gone, told elsewhere": (BEFORE[1:], "### Breaking\n- more\n### Added\n- `--old`\n", BEFORE[:1]),
    "gone, told": (BEFORE[1:], "### Breaking\n- `--old` is gone\n### Added\n- more\n", []),
    "gone, another told": (BEFORE[1:], "### Breaking\n- `--older` is gone\n", BEFORE[:1]),
    "another argument": (["option --old DIR -"] + BEFORE[1:], "### Changed\n- `--old`\n", BEFORE[:1]),
    "another argument, told": (["option --old DIR -"] + BEFORE[1:], "### Breaking\n- `--old`\n", []),
    "label renamed": (BEFORE[:2] + ["label in_use"], "### Breaking\n- used\n", ["label in_use"]),
    "label renamed, told": (BEFORE[:2] + ["label in_use"], "### Breaking\n- used is in_use\n", []),
    "new": (BEFORE + ["option --new - -"], "### Added\n- more\n", ["option --new - -"]),
    "new, told": (BEFORE + ["option --new - -"], "### Added\n- `--new`\n", []),
}


@pytest.mark.parametrize("now, entry, untold", UNTOLD.values(), ids=UNTOLD)
def test_the_judge(now, entry, untold):
    assert silent(BEFORE, now, entry) == untold
