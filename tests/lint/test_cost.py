# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What README and plot say of costs is what was measured: both are made from the CSV files beside the plot."""
import importlib.util
import re

import pytest

from program import ROOT
from tree import text

_SPEC = importlib.util.spec_from_file_location("publish", ROOT / "tests/bench/publish.py")
publish = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(publish)


def test_the_readme_shows_what_was_measured():
    readme = text("README.md")
    assert readme.count(publish.BEGIN) == readme.count(publish.END) == 1
    assert readme == publish.replace(readme, publish.block())


def test_the_plot_shows_what_was_measured():
    assert text("packaging/pictures/cost.svg") == publish.plot(*publish.read(publish.PICTURES / "cost.csv"))


@pytest.mark.parametrize("name", ["cost.csv", "cost-debian13.csv"])
def test_what_was_measured_is_enough(name):
    """Rounds, peers and the machine's load, without which the figures say little."""
    head, rows = publish.read(publish.PICTURES / name)
    assert int(head["rounds"]) >= 60 and {"system", "libraries", "processor", "load average"} <= set(head)
    assert {"this program", "curl", "curl --cacert", "floor", "check_http", "python3"} <= {
        row["program"] for row in rows}


def test_growth_was_measured_whole():
    """From the smallest of each kind to the largest, as the benchmark has it now."""
    def sizes(name):
        return [int(n) for n in re.search(r"^%s = \[(.*?)\]" % name, text("tests/bench/growth.py"), re.M)[1].split(",")]
    _, rows = publish.read(publish.PICTURES / "growth.csv")
    known = {"options": sizes("OPTION_COUNTS"), "profiles": sizes("PROFILE_COUNTS")}
    for kind in {row["kind"] for row in rows}:
        wanted = known.get(kind) or [1024 * size for size in sizes("ANSWER_SIZES")]
        assert [row["size"] for row in rows if row["kind"] == kind] == wanted, kind


def test_no_other_figures_of_costs():
    """Milliseconds, rates and parts of a core are said in that part only."""
    outside = publish.replace(text("README.md"), "")
    section = outside.partition("## What it costs")[2].partition("\n##")[0]
    assert section and not [word for word in section.split() if word[0].isdigit() and word.rstrip(".,") not in
                            {"3.0", "60"}]
