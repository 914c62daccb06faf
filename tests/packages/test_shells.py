# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The installed completions in real shells. Each shell finds them by itself where make install has put them; in bash
and zsh the keys are pressed at a terminal. The program on the command line is one that prints its arguments."""

import pathlib

import pytest

from conftest import NAME, environment, need, run
from terminal import Terminal

STATES = "ok warning critical unknown"
SWITCHES = "auto_upgrade auto_upgrade_before auto_purchase auto_purchase_renew order_renew auto_bind_rasp " \
    "auto_open_rasp auto_downgrade"
METRICS = ["expired", "near_expiry", "available", "used", "not_expired", "total", "pro_available", "pro_total",
           "ultimate_available", "ultimate_total", "lite_available", "lite_total", "ai_available", "ai_total",
           "app_available", "destroyed_orders", "time"]

# What is typed, and all the words that the shell offers for the last one.
OFFERS = {
    "--no": "--no-proxy --no-perfdata",
    "--empty-state ": STATES,
    "--api-error-state=": " ".join("--api-error-state=" + state for state in STATES.split()),
    "--api-error-state=cr": "--api-error-state=critical",
    "-w u": "used= ultimate_available= ultimate_total=",
    "-w ": " ".join(metric + "=" for metric in METRICS),
    "--warning available=5: --critical e": "expired=",
    "--critical=ai_": "--critical=ai_available= --critical=ai_total=",
    "--require-switch ": SWITCHES,
    "--require-switch order_renew=": "order_renew=warning order_renew=critical",
    "--require-switch order_renew=c": "order_renew=critical",
    "--output-format ": "text json prometheus",
    "-H ": "cwp.intl.tencentcloudapi.com",
    "--ca-file ca": "ca.pem",
    "--input ca": "ca.pem",
    "--ca-path au": "authorities/",
}
# Nothing to offer: a number, a free word, a range; and no file where none is wanted.
SILENT = ["-t ", "--account c", "-w available=", "-p a"]


@pytest.fixture
def stage(installed, tmp_path):
    """A folder with a file and a folder to complete, and the environment of a shell that finds a stub of the program in
    PATH and the completions in the installed root."""
    folder = tmp_path / "stage"
    (folder / "authorities").mkdir(parents=True)
    (folder / "ca.pem").touch()
    stub = tmp_path / "bin" / NAME
    stub.parent.mkdir()
    stub.write_text("#!/bin/sh\nprintf '<<%s>>\\n' \"$*\"\n")
    stub.chmod(0o755)
    env = environment(HOME=str(folder), TERM="dumb", XDG_DATA_DIRS="%s/usr/share:/usr/share" % installed)
    return folder, stub, env


def sorted_words(text):
    return sorted(text.split())


def cores(text):
    """What is left of words when all matches are inserted at once: bash puts what they have in common in front of the
    first one only, zsh leaves out what follows a word that is not yet complete."""
    return sorted(word.rstrip("=/").split("=")[-1] for word in text.split())


class Bash:
    """bash-completion 2.11 finds the file by the name alone and needs a second tab after a path; so one is pressed
    first."""
    name = "bash"
    library = pathlib.Path("/usr/share/bash-completion/bash_completion")
    keys = "\x1b*"              # insert all matches
    setup = "PS1='READ''Y>'; bind 'set enable-bracketed-paste off'; . %s\r"
    first = True
    command = ["bash", "--norc", "--noprofile", "-i"]

    @classmethod
    def start(cls, installed):
        if not cls.library.exists():
            pytest.skip("not installed: bash-completion")
        return cls.setup % cls.library


class Zsh:
    name = "zsh"
    keys = "\x18a"
    first = False
    setup = ("unsetopt zle_bracketed_paste prompt_sp; fpath=('%s/usr/share/zsh/site-functions' $fpath); "
             "autoload -Uz compinit; compinit -u -D; zle -C all-matches complete-word _generic; "
             "bindkey '^Xa' all-matches; zstyle ':completion:all-matches:*' completer _all_matches _complete; "
             "zstyle ':completion:all-matches:*' insert true; PS1='READ''Y>'\r")
    command = ["zsh", "-f", "-i"]

    @classmethod
    def start(cls, installed):
        return cls.setup % installed


@pytest.fixture(params=[Bash, Zsh], ids=["bash", "zsh"])
def shell(request):
    need(request.param.name)
    return request.param


@pytest.fixture
def press(shell, installed, stage):
    """press(line, keys) types them after the name of the program and returns the arguments that it then got."""
    folder, stub, env = stage
    env["PATH"] = "%s:%s" % (stub.parent, env["PATH"])
    with Terminal(shell.command, env, folder) as terminal:
        terminal.type(shell.start(installed))
        terminal.read_until("READY>")

        def words(line, keys=shell.keys, program=stub):
            terminal.type("%s %s%s\r" % (program, line, keys))
            terminal.read_until("<<")
            found = terminal.read_until(">>")
            terminal.read_until("READY>")
            return found
        if shell.first:
            words("--det", keys="\t", program=NAME)
        yield words


def last_words(line, got):
    """What came in the place of the last word of the line."""
    before = line.rpartition(" ")[0]
    assert got.startswith(before)
    return got[len(before):]


def test_offers(press):
    got = {line: last_words(line, press(line)) for line in OFFERS}
    assert {line: cores(words) for line, words in got.items()} == {line: cores(words) for line, words in OFFERS.items()}


def test_silent(press):
    """A tab changes nothing."""
    assert {line: press(line, keys="\t").rstrip() for line in SILENT} == {line: line.rstrip() for line in SILENT}


def test_tab(press):
    """A word that is complete gets a blank, a metric does not: its range follows."""
    assert press("--empty-st", keys="\t" + "warn\t--det\t").replace("=", " ") == \
        "--empty-state warning --detail"
    assert press("-w ultimate_a", keys="\t3:") == "-w ultimate_available=3:"
    assert press("--require-switch auto_bi", keys="\t-v") == "--require-switch auto_bind_rasp -v"


def test_by_name(press):
    """The command by its name alone, and all its options."""
    options = press("--", program=NAME).split()
    assert len(options) > 25 and "--exit-ok" in options


@pytest.fixture
def fish(stage):
    """fish(line) is what it offers, without the descriptions."""
    need("fish")
    folder, stub, env = stage
    env["PATH"] = "%s:%s" % (stub.parent, env["PATH"])

    def offers(line, program=NAME):
        out = run("fish", "-c", "complete -C '%s %s'" % (program, line), env=env, cwd=folder)
        return [row.split("\t") for row in out.splitlines()]
    return offers


def test_fish(fish):
    got = {line: sorted(row[0] for row in fish(line)) for line in OFFERS}
    assert got == {line: sorted_words(words) for line, words in OFFERS.items()}


def test_fish_silent(fish):
    """What is offered for a metric that is complete is the metric itself."""
    assert {line: [row[0] for row in fish(line) if not line.endswith(row[0])] for line in SILENT} == \
        {line: [] for line in SILENT}


def test_fish_by_path(fish, stage):
    assert ["--exit-ok", "always exit 0, the text stays the same"] in fish("--exit", program=stage[1])


def test_fish_describes(fish):
    assert ["near_expiry=", "expire within 15 days"] in fish("-w near")
    assert all(len(row) == 2 and row[1] for row in fish("--"))
