# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Each row of the fault zoo (zoo/), once as text and once as JSON with another --api-error-state."""

import collections

import pytest

import json_schema
from running import FACTOR, HARD_LIMIT, NOT_CHECKED, STATES
from zoo import LAYERS, ROWS
from zoo.place import Inside, Place
from zoo.row import KINDS, essence

LEAST = 484         # what the table has grown to: no row leaves it unseen


@pytest.fixture
def place(request, pki, key, token_key, write_key, tmp_path):
    """place(row) is where a row is set up."""
    own = (pki, key, token_key, write_key, tmp_path)
    return lambda row: Inside(request.getfixturevalue("network"), *own) if row.inside else Place(*own)


def limit(options):
    return int(options[options.index("-t") + 1]) if "-t" in options else 10 * max(1, FACTOR / 3)


@pytest.fixture
def run(plugin, place):
    """Both halves by themselves: json_too has nothing to add here. Whether time limits are kept to the quarter of a
    second is for deadline.py, which measures the machine too."""
    def once(row, *more):
        with row.scene(place(row)) as way:
            options = ["--retries", "0", *row.options]
            process = plugin.start(*way.options, *options, *more, env=way.env, launcher=way.launcher)
            return plugin.finish(process, within=limit(options) + 1), way.server

    def run(row, *more):
        for _ in range(3):
            result, server = once(row, *more)
            if HARD_LIMIT in row.says or HARD_LIMIT not in result.out:
                break       # else a busy machine held the program up for the tenth of a second before the hard limit
        return result, server
    return run


def unheard(row, server):
    """What a server without a good certificate heard, and an API that no key was found for."""
    return server.requests if server and (row.kind == "tls" or row.name.startswith("metadata")
                                          and row.kind == "credentials" and "refuses the token" not in row.name) else []


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_row(run, row):
    if row.hangs and FACTOR > 3:
        pytest.skip("the program is too slow here for so short a limit")
    text, server = run(row)
    assert text.first.startswith("CWP LICENSE %s - " % row.state), text.out
    assert text.exit == STATES.index(row.state)
    assert row.says in text.first, (row.says, text.first)
    assert "X-Evil" not in text.first, text.first
    assert row.kind != "timeout" or text.seconds > limit(row.options) - 0.6, "the answer might still have come"
    assert text.first.endswith(NOT_CHECKED) is (row.state != "OK" and row.kind != "empty"), text.first
    assert not unheard(row, server)
    assert not server or len(server.requests) <= max(1, row.tries)

    result, server = run(row, "--api-error-state", "critical", "--output-format", "json")
    said = json_schema.validate(result.out)
    state = "CRITICAL" if row.outage else row.state
    assert (said["state"], result.exit) == (state, STATES.index(state)), result.out
    error = said["error"] or {"kind": None, "retryable": False}
    assert error["kind"] == row.kind or error["kind"] in row.or_else, result.out
    assert error["retryable"] is row.retryable, result.out
    assert not unheard(row, server)
    if server:
        assert said["attempts"] == (row.tries if server.requests or row.kind != "credentials" else 0), result.out


def test_there_are_enough():
    assert len(ROWS) >= LEAST and all(len(rows) >= 10 for rows in LAYERS.values())


def test_rows_are_distinct():
    """In their names, and in what they do."""
    for what in (lambda row: row.name, lambda row: (essence(row.scene), row.options)):
        same = collections.defaultdict(list)
        for row in ROWS:
            same[what(row)].append(row.name)
        assert not [found for found in same.values() if len(found) > 1]


def test_rows_are_compared_by_what_they_do():
    """The comparison above must see a difference deep inside, and none where there is none."""
    from standin.script import error, ok, wait
    from zoo.scenes import api
    assert essence(api(error("a", "x"))) == essence(api(error("a", "x"))) != essence(api(error("b", "x")))
    assert essence(api([wait(1)])) != essence(api([wait(2)])) and essence(api(ok())) != essence(api())


def test_rows_are_complete():
    for row in ROWS:
        assert row.kind is None or row.kind in KINDS, row.name
        assert row.says, "%s: something must be said on the first line" % row.name
    missing = set(KINDS) - {row.kind for row in ROWS} - {"usage", "internal"}
    assert not missing, "no row ends in these: %s" % missing
