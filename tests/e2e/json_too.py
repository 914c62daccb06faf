# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A plugin of pytest: every call that an end-to-end test makes is made a second time with --output-format json, held
against the schema, and compared with what the text said. The tests themselves stay as they are and notice nothing:

    PYTHONPATH=tests/e2e python3 -m pytest -p json_too tests/e2e
"""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))    # tests/, for the package standin

import json_schema                                              # noqa: E402
import running                                                  # noqa: E402
from standin.listener import Listener                           # noqa: E402

PROBLEM = re.compile(r"\[(WARNING|CRITICAL|UNKNOWN)\] (\w+): ")
RECORDS = ("requests", "handshake_failures")
RACES = ("network", "tls", "timeout")       # at which step a connection breaks may differ from run to run
SETTLE = 0.3        # seconds for what a stand-in still does when its client has left

listening = set()


def settle(server, before):
    """Exchanges note things until they end; those that never do by themselves are not waited for."""
    for thread in [thread for thread in server._threads if thread not in before]:
        while thread.ident is None:         # noted, but not yet started
            time.sleep(0.001)
        thread.join(SETTLE)


class Rewind:
    """Stand-ins as they were: a second run hears what the first one heard, and leaves no trace."""

    def __init__(self):
        self.threads = {server: list(server._threads) for server in listening}
        self.at = {server: getattr(server.script, "_at", 0) for server in listening}

    def again(self):
        for server, before in self.threads.items():
            settle(server, before)
        self.known = {server: ([len(getattr(server, name)) for name in RECORDS], server.connections,
                               getattr(server.script, "_at", 0), list(server._threads)) for server in self.threads}
        for server, at in self.at.items():
            server.script._at = at

    def forget(self):
        for server, (lengths, connections, at, before) in self.known.items():
            settle(server, before)
            for name, length in zip(RECORDS, lengths):
                del getattr(server, name)[length:]
            server.connections, server.script._at = connections, at


def fits(args, stdin):
    """Help has one form; what has a format already is tested as it is; a pipe can be read once."""
    return not running.asks_for_help(args) and not any("--outp" in word for word in args) \
        and stdin == subprocess.DEVNULL


def timeless(text):
    """Two runs are not made in the same moment: what is 1m0s in one may be 59s in the other."""
    return re.sub(r"([0-9]+(\.[0-9]+)?[dhms]?)+", "#", text)


def summary(text, said):
    """What follows state and account on the first line. The name may hold anything, but its length is known."""
    before = "CWP LICENSE " + said["state"]
    assert text.first.startswith(before + " "), (text.out, said)
    rest = text.first[len(before) + (len(said["account"]) + 3 if said["account"] else 0):]
    return rest.replace(" [from file]", "", 1).replace(" - ", "", 1)


def same_words(text, said):
    """The one line of the text may be cut; that of the JSON has no state and account before it, and thus more room."""
    shown, full = summary(text, said), said["summary"].replace("[from file] ", "", 1)
    if not said["metrics"] or "time" in " ".join(text.args):
        shown, full = timeless(shown), timeless(full)
    if shown != full:
        head = re.sub(r"(\.\.\.|, and \S+ more)$", "", shown.replace(", " + running.NOT_CHECKED, ""))
        assert len(text.first) > 110 and full.startswith(head), (text.out, said)


def compare(text, said):
    if (said["error"] or {}).get("kind") not in RACES:
        same_words(text, said)
    if text.perfdata:
        numbers = {name: float(item.split(";")[0].rstrip("s")) for name, item in text.perfdata.items()}
        assert dict(said["metrics"], time=0) == dict(numbers, time=0), (text.out, said)
    listed = PROBLEM.findall(text.out)
    if listed:
        assert [(problem["state"], problem["metric"]) for problem in said["problems"]] == listed, (text.out, said)


def call_twice(once):
    def call(self, *args, env=None, within=None, launcher=(), stdin=subprocess.DEVNULL):
        how = {"env": env, "within": within, "launcher": launcher, "stdin": stdin}
        words = [str(arg) for arg in args]
        if not fits(words, stdin):
            return once(self, *args, **how)
        rewind = Rewind()
        text = once(self, *args, **how)

        def in_json():
            rewind.again()
            result = once(self, "--output-format", "json", *args, **how)
            rewind.forget()
            return result

        hard = running.HARD_LIMIT in text.out
        json = in_json() if hard else running.unless_held_up(in_json)
        if hard and running.HARD_LIMIT not in json.out:
            return text         # it was held up; the test will see
        assert json.exit == text.exit, (text.out, json.out)
        compare(text, json_schema.validate(json.out))
        return text
    return call


@pytest.fixture(autouse=True)
def json_too(monkeypatch):
    enter, leave = Listener.__enter__, Listener.__exit__

    def entered(self):
        listening.add(self)
        return enter(self)

    def left(self, *why):
        listening.discard(self)
        return leave(self, *why)

    monkeypatch.setattr(Listener, "__enter__", entered)
    monkeypatch.setattr(Listener, "__exit__", left)
    monkeypatch.setattr(running, "check_json", lambda result: json_schema.validate(result.out))
    monkeypatch.setattr(running.Plugin, "__call__", call_twice(running.Plugin.__call__))
