# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""No output holds any of the key: the check of every run (running.py), over what a service can answer and a user can
ask for."""

import re

import pytest

from keys import shown
from standin import answers
from standin.script import HEARD, reply
from standin.tc3 import Key

OPTIONS = [[], ["-v"], ["-vv"], ["-vvv"], ["-vvv", "--detail"], ["--output-format", "json", "-vvv"],
           ["--output-format", "prometheus", "-vvv"], ["-vvv", "--exit-ok", "--account", "a", "--no-perfdata"]]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
@pytest.mark.parametrize("bad", ["", "id", "key", "token"])
def test_no_secret_in_any_output(plugin, api, pki, write_key, token_key, options, bad):
    """The key accepted, and refused for each of its parts."""
    wrong = {"": token_key, "id": token_key._replace(secret_id="AKID" + "z" * 32),
             "key": token_key._replace(secret_key="y" * 40), "token": token_key._replace(token="t" * 4096)}[bad]
    for word in wrong:
        plugin.hide(word)
    result = plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", write_key(wrong),
                    *options)
    assert len(api.requests) == 1
    if "--output-format" not in options and "-vv" in " ".join(options):
        scope = r"  Authorization: TC3-HMAC-SHA256 Credential=%s/\d{4}-\d\d-\d\d/cwp/tc3_request"
        (line,) = [line for line in result.details if line.startswith("  Authorization")]
        assert re.fullmatch(scope % re.escape(shown(wrong)), line)
    assert "Signature=" not in result.out and "SignedHeaders" not in result.out


def escaped(text):
    """The same text with every character of its own an escape of JSON, as gateways write slashes."""
    hidden = "".join("\\/" if c == "/" else "\\u%04X" % ord(c) for c in text)
    return ('{"Response": {"Error": {"Code": "InvalidAction", "Message": "%s"}, "RequestId": "%s"}}'
            % (hidden, hidden)).encode()


def repeat(where):
    """An answer with token and Authorization of the request in this place of it."""
    def step(x):
        token = x.request.header("X-TC-Token")
        both = token + " " + x.request.header("Authorization")
        answer = {"Code": reply({"Error": {"Code": both, "Message": ""}}),
                  "Message": reply({"Error": {"Code": "InvalidAction", "Message": both}}),
                  "RequestId": reply({"Error": {"Code": "InvalidAction", "Message": ""}, "RequestId": token}),
                  "cut": reply({"Error": {"Code": "InvalidAction", "Message": "bad token " + token[:120] + "..."}}),
                  "ProtectType": reply(answers.fields(ProtectType=token)),
                  "escaped": reply(escaped(both)),
                  "Content-Type": reply(b"no JSON", Content_Type=token),
                  "answer": reply(x.request.raw), "page": reply(x.request.raw, 400)}[where]
        answer(x)
    return HEARD + [step]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
@pytest.mark.parametrize("length", [30, 1000], ids=["short", "long"])
@pytest.mark.parametrize(
    "where", ["Code", "Message", "RequestId", "ProtectType", "Content-Type", "escaped", "answer", "page", "cut"])
def test_a_service_that_repeats_the_request(plugin, api, pki, write_key, token_key, where, length, options):
    """As gateways do on their error pages. The secret key is never sent; id and token are, and come back. A short token
    would be shown whole, the beginning of a long one."""
    key = token_key._replace(token=token_key.token[:length])
    api.keys[key.secret_id] = key
    plugin.hide(key.token[:30])
    api.play(repeat(where))
    result = plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", write_key(key),
                    "--retries", 0, *options)
    assert len(api.requests) == 1
    signature = api.requests[0].header("Authorization").rpartition("=")[2]
    assert len(signature) == 64 and signature[:30] not in result.out, "good for the same request, for five minutes"


@pytest.mark.parametrize("words", [("a", "b"), ("e", '"'), ("Error", "Response")])
def test_a_key_that_occurs_in_any_answer(plugin, api, pki, write_key, words):
    """A placeholder in place of a key: what is hidden of the answer must not hide what the service says of it."""
    path = write_key(Key(*words))
    plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", path).failed(
        "AuthFailure.SecretIdNotFound", "was refused", path)
