# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Checkmk is not packaged here: the shipped line is read and run as its Linux agent does it (MRPE), told in own words
from the agent's source: name, an interval in parentheses, then a command that a shell gets between single quotes."""

import re

import pytest

import engine
from engine import PACKAGING, accounts

engine.need("sh")


def lines():
    text = (PACKAGING / "checkmk" / "mrpe.cfg").read_text()
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_the_line_is_understood():
    (line,) = lines()
    assert re.fullmatch(r"[\w.-]+ \(interval=\d+\) /\S+/check_tencent_cwp_license [^'\"]+", line)


@pytest.fixture(scope="module")
def world():
    with engine.World() as world:
        yield world.install()


@pytest.mark.parametrize("changes, code", [({}, 0), ({"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 1}, 2)])
def test_the_agent_s_section(world, changes, code):
    """(PLUGIN) NAME CODE OUTPUT on one line; the performance data splits at blanks, as the server does it."""
    world.api.play(accounts(default=changes))
    name, _, rest = lines()[0].partition(" ")
    command = re.sub(r"^\([^)]*\) ", "", rest)
    script = "OUTPUT=$(eval '%s'); printf '(%%s) %%s %%s %%s' plugin %s $? \"$OUTPUT\" | tr '\\n' '\\001'"
    section = world.run("sh", "-c", script % (command, name))
    _, shown, state, output = section.split(" ", 3)
    assert (shown, state) == (name, str(code))
    items = output.split("\1")[0].partition("|")[2].split()
    assert items and all(re.fullmatch(r"[a-z_]+=[\d.]+s?;[^;]*;[^;]*;0;?", item) for item in items), items
