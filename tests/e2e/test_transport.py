# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""HTTP, beside the rows of the fault zoo (test_zoo.py): what is asked, and what becomes of an answer that is none."""

import pytest

from standin import answers
from standin.script import body, error, ok, read, redirect, reply, status, tls

WHOLE = answers.document()


def test_compressed_answers_are_not_asked_for(ask, api):
    """A decompressor would be one more thing to bomb."""
    ask().passed()
    assert api.requests[0].header("Accept-Encoding") in ("", "identity")
    api.play(body(b"\x1f\x8b\x08\x00" + b"\x00" * 40, Content_Encoding="gzip"))
    ask("--retries", 0).failed()


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", [
    "/other", "https://localhost:{port}/", "http://localhost:{port}/", "file:///etc/passwd"])
def test_redirects_are_not_followed(ask, api, code, place):
    api.play(redirect(place.format(port=api.port), code), ok())
    result = ask("--retries", 3).failed(str(code))
    assert len(api.requests) == api.connections == 1
    assert "root:" not in result.out


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404, 429, 500, 503])
def test_an_error_object_counts_whatever_the_status(ask, api, code):
    api.play(error("AuthFailure.UnauthorizedOperation", "no", status=code))
    result = ask("--retries", 3)
    result.failed("AuthFailure.UnauthorizedOperation", "cwp:DescribeLicenseGeneral", api.requests[0].id)
    assert len(api.requests) == 1, "the code says not to repeat it, so the status does not matter"


@pytest.mark.parametrize("code", [201, 202, 203, 204, 206, 226])
def test_other_successes_are_no_answer(ask, api, code):
    """Only 200 was ever promised; a 206 may be half the truth."""
    api.play(status(code, "" if code == 204 else WHOLE, Content_Type="application/json"))
    result = ask("--retries", 0)
    assert result.exit in (0, 3)
    if result.exit == 3:
        result.failed(str(code))


FORMS = [["-v"], ["-vv"], ["-vvv"], ["--detail"], ["--output-format", "json"], ["--output-format", "prometheus"]]


@pytest.mark.parametrize("behavior", [
    ok(), error("AuthFailure.SignatureFailure", "x"), status(404, "x"), body("<html>")],
    ids=["ok", "refused", "404", "malformed"])
@pytest.mark.parametrize("more", FORMS, ids=str)
def test_no_output_holds_a_signature(ask, api, behavior, more):
    """With it, whoever reads the monitoring's log could repeat the request for five minutes."""
    api.play(behavior)
    result = ask("--retries", 0, *more)
    authorization = api.requests[0].header("Authorization")
    assert authorization.rpartition("Signature=")[2] not in result.out
    if more[0] in ("-vv", "-vvv"):
        result.says("/cwp/tc3_request", "X-TC-Timestamp: " + api.requests[0].header("X-TC-Timestamp"))


def test_the_request_is_what_the_api_wants(ask, api):
    ask("--region", "ap-singapore").passed()
    (request,) = api.requests
    wanted = {"X-TC-Region": "ap-singapore", "X-TC-Language": "en-US", "X-TC-Action": "DescribeLicenseGeneral",
              "X-TC-Version": "2018-02-28", "Content-Type": "application/json", "X-TC-Token": "", "Expect": "",
              "Proxy-Authorization": "", "Cookie": ""}
    assert {name: request.header(name) for name in wanted} == wanted
    api.play([tls, read, reply(WHOLE)])
    ask().passed()
    assert api.requests[1].header("X-TC-Region") == ""
