# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""NRPE on the host that may reach the API, check_nrpe on the one that monitors, TLS between, by the shipped line."""

import pytest

import engine
from engine import PACKAGING, accounts, steady, wait_for
from standin.script import error, stall

engine.need("nrpe", "/usr/lib/nagios/plugins/check_nrpe")

COMMAND = engine.NAME
CHECK = [engine.PLUGINS + "/check_nrpe", "-H", "127.0.0.1", "-t", "15"]
BAD = {"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}


@pytest.fixture(scope="module")
def world():
    with engine.World() as world:
        world.install()
        line = PACKAGING / "nrpe" / "check_tencent_cwp_license.cfg"
        world.write("/etc/nagios/nrpe.d/license.cfg", line.read_text())
        # What a whole output may look like: all levels of detail.
        words = line.read_text().strip().splitlines()[-1].partition("=")[2]
        world.write("/etc/nagios/nrpe.d/verbose.cfg", "command[verbose]=%s --detail -vvv\n" % words)
        world.words = words.split()
        world.folder_for("/run/nagios")
        world.start("nrpe", "-c", "/etc/nagios/nrpe.cfg", "-f")
        wait_for(lambda: world.run(*CHECK, user=engine.USER, check=False)[0] == 0, "NRPE")
        yield world


def ask(world, command=COMMAND, options=()):
    return world.run(*CHECK, *options, "-c", command, user=engine.USER, check=False)


def direct(world, *options):
    return world.run(*world.words, *options, user=engine.USER, check=False)


@pytest.mark.parametrize("behavior, code", [
    (accounts(), 0),
    (accounts(default={"NearExpiryLicenseCnt": 5}), 1),
    (accounts(default=BAD), 2),
    (error("AuthFailure.SecretIdNotFound"), 3),
], ids=["OK", "WARNING", "CRITICAL", "UNKNOWN"])
def test_states(world, behavior, code):
    """Exit code, first line, performance data and further lines arrive as the plugin wrote them."""
    world.api.play(behavior)
    assert steadied(ask(world)) == steadied(direct(world))
    assert ask(world)[0] == code


def steadied(result):
    return result[0], steady(result[1])


def test_the_shape_of_the_output(world):
    world.api.play(accounts(default=BAD))
    code, text = ask(world)
    first, *rest = text.rstrip("\n").split("\n")
    assert first.startswith("CWP LICENSE CRITICAL - 2 EXPIRED (allowed 0)") and "|expired=2;;0;0 " in first
    assert "[CRITICAL] expired: 2 (allowed 0)" in rest and code == 2


def test_long_output(world):
    world.api.play(accounts(default=BAD))
    code, text = ask(world, "verbose")
    assert code == 2 and len(text) > 2000
    wanted = direct(world, "--detail", "-vvv")[1]
    assert len(text.splitlines()) == len(wanted.splitlines())


def test_only_with_tls(world):
    world.api.play(accounts())
    code, text = ask(world, options=["-n"])
    assert code == 3 and "CWP LICENSE" not in text


def test_the_plugin_has_the_word_when_the_api_hangs(world):
    """Its 8 s end before check_nrpe's 10 s: the stage is told, not just that something took too long."""
    world.api.play(stall())
    code, text = world.run(*CHECK[:3], "-c", COMMAND, user=engine.USER, check=False)
    assert code == 3 and text.rstrip().splitlines()[0].endswith("licenses NOT checked") and "8" in text
    assert "CHECK_NRPE" not in text
