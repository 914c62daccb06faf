# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The completions say what the program says: they are what completions.py writes from --help, and each word that they
offer is one that the program takes. tests/packages/test_shells.py presses the keys."""
import json
import subprocess
import sys

import pytest

from program import PROGRAM, ROOT, metrics, options, switches

FOLDER = ROOT / "packaging" / "completion"
sys.path.insert(0, str(FOLDER))

import completions                                              # noqa: E402

ANSWER = str(ROOT / "tests" / "data" / "sample-answer.json")


def takes(*words):
    """Whether the program gets past these options."""
    done = subprocess.run([PROGRAM, *words, "--input", ANSWER, "--output-format", "json"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, check=False, env={})
    error = json.loads(done.stdout)["error"]
    return error is None or error["kind"] != "usage"


@pytest.mark.parametrize("name", sorted(completions.files()))
def test_file_is_what_help_says(name):
    assert (FOLDER / name).read_text() == completions.files()[name], "run packaging/completion/completions.py"


@pytest.mark.parametrize("option", [option for option in options() if completions.choices(option)],
                         ids=lambda option: option.name)
def test_words_are_taken(option):
    words = completions.choices(option)
    assert words and all(takes("--" + option.name, word) for word in words)
    assert option.name == "hostname" or not takes("--" + option.name, "nonsense")


@pytest.mark.parametrize("level", ["--warning", "--critical"])
def test_metrics_are_taken(level):
    assert all(takes(level, metric.name + "=0:1") for metric in metrics())
    assert not takes(level, "nonsense=0:1")


def test_switches_are_taken():
    states = completions.switch_states()
    assert len(states) == 2
    for switch in switches():
        assert all(takes("--require-switch", "%s=%s" % (switch.name, state)) for state in states)
    assert not takes("--require-switch", switches()[0].name + "=nonsense")


def test_every_argument_has_a_kind():
    """A new sort of argument is completed as "any" until completions.py knows it: those known to be free."""
    free = {option.argument for option in options() if completions.kind(option) == "any"}
    assert free == {"NAME", "N", "URL", "SECONDS"}


def test_every_option_is_in_every_shell():
    for name, text in completions.files().items():
        lead = " -l " if name.endswith(".fish") else "--"
        assert not [option.name for option in options() if lead + option.name not in text], name
