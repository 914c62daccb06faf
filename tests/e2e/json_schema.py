# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Holds one JSON result against the schema that ships, and against what a schema cannot say."""

import json
import re
from pathlib import Path

from jsonschema import Draft7Validator

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "packaging" / "json" / "schema.json").read_text())
VALIDATOR = Draft7Validator(SCHEMA)


def unique(pairs):
    assert len(dict(pairs)) == len(pairs), "a key occurs twice: %r" % (pairs,)
    return dict(pairs)


def no_constant(word):
    raise AssertionError("no JSON: " + word)      # NaN and Infinity, which Python would read


def parse(text):
    """The one document on the one line."""
    assert text.endswith("\n") and text.count("\n") == 1 and text.isascii(), text
    return json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)


def validate(text):
    document = parse(text)
    errors = ["%s: %s" % ("/".join(map(str, error.absolute_path)), error.message)
              for error in VALIDATOR.iter_errors(document)]
    assert not errors, "%s\n%s" % ("\n".join(errors), text)
    # For the schema 4.0 is an integer; a reader in another language may see it otherwise.
    for name, value in document["metrics"].items():
        assert isinstance(value, float if name == "time" else int), text
    assert not re.search(r"[0-9][eE]", text.split('"switches"')[0].split('"metrics"')[1]), text
    assert document["metrics"].get("time", document["duration_s"]) == document["duration_s"], text
    return document
