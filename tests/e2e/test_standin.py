# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The stand-ins themselves, tried with a client of our own: a test that trusts a lenient server proves nothing."""

import http.client
import json
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standin import script, tc3
from standin.metadata import FOLDER, Metadata
from standin.pki import VARIANTS
from standin.server import Api

DOC_KEY = tc3.Key("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")
JSON, JSON_UTF8 = "application/json", "application/json; charset=utf-8"
CWP = "cwp.intl.tencentcloudapi.com"
CVM_BODY = (b'{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}')
ACTION_TOO = "content-type;host;x-tc-action"

# Published by the vendor (A, B) or made with the vendor's own SDK (C...).
VECTORS = [
    ("A", DOC_KEY, 1551113065, "cvm", "cvm.tencentcloudapi.com", JSON_UTF8, CVM_BODY, "content-type;host",
     "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"),
    ("B", tc3.Key("AKID" + "*" * 32, "*" * 32), 1551113065, "cvm", "cvm.tencentcloudapi.com", JSON_UTF8, CVM_BODY,
     ACTION_TOO, "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"),
    ("C1", DOC_KEY, 1551113065, "cwp", CWP, JSON, b"{}", "content-type;host",
     "a6c51168c607547d9ec357c742cd57e55de90594204401052328ef548dd5d92a"),
    ("C4, last second of a day", DOC_KEY, 1551139199, "cwp", CWP, JSON, b"{}", "content-type;host",
     "639e13b5889691b1366354954e43635e76f9fd55515cccfd92ff7261565e891f"),
    ("C5, first second", DOC_KEY, 1551139200, "cwp", CWP, JSON, b"{}", "content-type;host",
     "ff5f5af2436765c165be6945173367a92f0097a9e2a1b9e1fccc9395ffa9e916"),
    ("C8, zero byte in digest", DOC_KEY, 1551113077, "cwp", CWP, JSON, b"{}", "content-type;host",
     "210002010306bccfdca86ab3197dd6db06dc337ae927035a96b9793db6d754e0"),
]


@pytest.mark.parametrize("name, key, stamp, service, host, kind, body, signed, wanted", VECTORS,
                         ids=[row[0] for row in VECTORS])
def test_known_signatures(name, key, stamp, service, host, kind, body, signed, wanted):
    headers = {"host": host, "content-type": kind, "x-tc-action": "DescribeInstances"}
    assert tc3.authorization(key, stamp, headers, body, signed, service).endswith("Signature=" + wanted)


class Client:
    """A correct client; call() takes what to change: headers (None drops one), key, clock, body, method."""

    def __init__(self, port, key, **trust):
        self.port, self.key, self.timeout = port, key, 10
        self.context = ssl.create_default_context(**trust)

    def call(self, key=None, clock=0, body=b"{}", method="POST", signed="content-type;host", service="cwp", **headers):
        stamp = int(time.time() + clock)
        sent = {"Host": "localhost:%d" % self.port, "Content-Type": JSON, "X-TC-Action": "DescribeLicenseGeneral",
                "X-TC-Version": "2018-02-28", "X-TC-Timestamp": str(stamp), "X-TC-Language": "en-US"}
        lower = {name.lower(): value for name, value in sent.items()}
        key = key or self.key
        sent["Authorization"] = tc3.authorization(key, stamp, lower, body, signed, service)
        if key.token:
            sent["X-TC-Token"] = key.token
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=self.timeout)
        try:
            connection.request(method, "/", body, {name: value for name, value in sent.items() if value is not None})
            answer = connection.getresponse()
            assert answer.status == 200
            return json.loads(answer.read())["Response"]
        finally:
            connection.close()


@pytest.fixture
def client(api, pki, key):
    return Client(api.port, key, cafile=pki.root)


def test_a_correct_request_is_answered_and_recorded(client, api):
    answer = client.call(signed=ACTION_TOO)
    (request,) = api.requests
    assert answer["AvailableLicenseCnt"] == 4 and answer["RequestId"] == request.id
    assert (request.method, request.body, request.refused) == ("POST", b"{}", "")
    assert request.header("X-TC-Version") == "2018-02-28" and request.tls == "TLSv1.3"
    assert request.server_name == "localhost"


WRONG = [
    ("AuthFailure.SecretIdNotFound", {"key": DOC_KEY}),
    ("AuthFailure.SignatureFailure", {"body": b"{}", "Content_Length": "2", "service": "cvm"}),
    ("AuthFailure.SignatureExpire", {"clock": -302}),
    ("AuthFailure.SignatureExpire", {"clock": 302}),
    ("AuthFailure.InvalidAuthorization", {"Authorization": None}),
    ("AuthFailure.InvalidAuthorization", {"Authorization": "TC3-HMAC-SHA256 Credential=x"}),
    ("AuthFailure.InvalidAuthorization", {"signed": "host"}),
    ("AuthFailure.SignatureFailure", {"signed": "host;content-type"}),
    ("AuthFailure.TokenFailure", {"X_TC_Token": "made up"}),
    ("InvalidAction", {"X_TC_Action": "DescribeLicenseList"}),
    ("MissingParameter", {"X_TC_Action": None}),
    ("MissingParameter", {"X_TC_Timestamp": "tomorrow"}),
    ("NoSuchVersion", {"X_TC_Version": "2018-02-27"}),
    ("UnsupportedProtocol", {"method": "PUT"}),
    ("UnsupportedProtocol", {"Content_Type": "text/json"}),
    ("InvalidRequest", {"Host": "localhost"}),
    ("InvalidParameter", {"body": b"{ }"}),
    ("InvalidParameterValue", {"X_TC_Language": "de-DE"}),
]


@pytest.mark.parametrize("code, change", WRONG)
def test_a_wrong_request_is_refused(client, api, code, change):
    answer = client.call(**change)
    assert answer["Error"]["Code"] == code
    assert answer["RequestId"] == api.requests[0].id and api.requests[0].refused == code


@pytest.mark.parametrize("change", [
    {"secret_key": "another"}, {"secret_key": " padded"}, {"secret_key": ""}])
def test_a_wrong_key_is_refused(client, key, change):
    assert client.call(key=key._replace(**change))["Error"]["Code"] == "AuthFailure.SignatureFailure"


def test_a_token_is_demanded_where_the_key_has_one(client, token_key):
    assert "Error" not in client.call(key=token_key)
    assert client.call(key=token_key, X_TC_Token=None)["Error"]["Code"] == "AuthFailure.TokenFailure"


def test_the_clock_can_be_moved(client, api):
    api.play(script.ok(), clock=432)
    assert client.call()["Error"]["Code"] == "AuthFailure.SignatureExpire"
    assert "Error" not in client.call(clock=432)


def test_a_script_is_followed_and_its_last_line_repeats(client, api):
    api.play(script.error("InternalError", "once"), script.ok(ExpireLicenseCnt=1), script.ok(ExpireLicenseCnt=2))
    assert client.call()["Error"]["Code"] == "InternalError"
    assert [client.call()["ExpireLicenseCnt"] for _ in range(3)] == [1, 2, 2]


FAULTS = [
    (script.stall("accept"), socket.timeout), (script.stall("answer"), socket.timeout),
    (script.reset_at("accept"), OSError), (script.reset_at("answer"), OSError),
    (script.close_at("answer"), OSError), (script.close_at("body"), http.client.IncompleteRead),
    (script.raw("SSH-2.0-x\r\n"), http.client.BadStatusLine),
]


@pytest.mark.parametrize("behavior, seen", FAULTS)
def test_faults_reach_the_client(api, client, behavior, seen):
    client.timeout = 0.3 if seen is socket.timeout else 10
    api.play(behavior)
    with pytest.raises(seen):
        client.call()


@pytest.mark.parametrize("variant, reason", [
    ("good", None), ("expired", "expired"), ("not yet valid", "not yet valid"), ("wrong host", "mismatch"),
    ("other ca", "local issuer"), ("self-signed", "self.signed"), ("no intermediate", "local issuer")])
def test_certificates_are_bad_in_the_way_they_claim(pki, key, variant, reason):
    assert variant in VARIANTS
    with Api(pki.identity(variant), [key]) as api:
        if reason is None:
            assert "Error" not in Client(api.port, key, cafile=pki.root).call()
        else:
            with pytest.raises(ssl.SSLCertVerificationError, match=reason):
                Client(api.port, key, cafile=pki.root).call()


def test_metadata_stand_in(key):
    with Metadata() as metadata:
        connection = http.client.HTTPConnection("127.0.0.1", metadata.port, timeout=5)
        connection.request("GET", FOLDER)
        assert connection.getresponse().status == 404
        metadata.serve_role("Mon", key)
        connection = http.client.HTTPConnection("127.0.0.1", metadata.port, timeout=5)
        connection.request("GET", FOLDER + "Mon")
        assert json.loads(connection.getresponse().read())["Code"] == "Success"


def test_as_a_process_it_serves_its_scenario_and_ends_in_time(tmp_path):
    scenario, state = tmp_path / "scenario", tmp_path / "state"
    scenario.write_text(json.dumps({"script": [["error", "InternalError", "x"], ["ok", {"ExpireLicenseCnt": 3}]]}))
    process = subprocess.Popen(
        [sys.executable, "-m", "standin", "--folder", tmp_path / "pki", "--state", state, "--scenario", scenario,
         "--for", "8"], cwd=str(Path(__file__).parents[1]), stdin=subprocess.DEVNULL)
    try:
        while not state.exists():
            assert process.poll() is None
            time.sleep(0.02)
        known = dict(line.split("=", 1) for line in state.read_text().split())
        lines = dict(line.split(" = ") for line in Path(known["credentials_file"]).read_text().splitlines()[1:])
        client = Client(int(known["port"]), tc3.Key(**lines), capath=known["ca_path"])
        assert client.call()["Error"]["Code"] == "InternalError"
        assert client.call()["ExpireLicenseCnt"] == 3
        scenario.with_suffix(".new").write_text(json.dumps({"clock": 400, "script": [["ok"]]}))
        scenario.with_suffix(".new").rename(scenario)
        assert client.call(clock=400)["ExpireLicenseCnt"] == 0
    finally:
        process.terminate()
        assert process.wait(10) == 0
