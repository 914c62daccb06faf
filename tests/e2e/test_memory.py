# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Memory runs out: at any one allocation of a run, or from there on. What the program prints then is what it prints
with memory, or UNKNOWN; never another result, never nothing, and a certificate that is bad stays bad.

    make check-memory       every allocation, instead of a choice of them where TLS makes thousands
"""

import os
import re

import pytest

import keys
import running
from running import FACTOR, SANITIZERS, WRAPPER
from scarce import TLS, Scarce, build, error_of
from standin.answers import document
from standin.metadata import Metadata
from standin.netns import HOSTS, RESOLVER
from standin.script import error, ok
from standin.server import Api

pytestmark = pytest.mark.skipif(bool(WRAPPER), reason="a wrapper allocates, too")

WHOLE = bool(os.environ.get("EVERY_ALLOCATION"))
CRASHED = "the check crashed"
ONCE = ["--retries", "0"]           # a second try would find memory again


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    return build(tmp_path_factory.mktemp("preload")) or pytest.skip("needs a C compiler")


@pytest.fixture
def scarce(plugin, library):
    return Scarce(plugin, library)


# ---- Scenarios: each returns options, and what else the run needs ----

class Stage:
    """What scenarios are made of."""

    def __init__(self, request, folder):
        self.get, self.folder = request.getfixturevalue, folder

    def file(self, data):
        path = self.folder / "file"
        path.write_bytes(data)
        path.chmod(0o600)
        return path

    def api(self, *behaviors):
        self.get("api").play(*behaviors)
        return self.get("reach") + ONCE


def from_file(stage):
    return ["--input", stage.file(document())], {}


def from_empty_account(stage):
    data = re.sub(rb": [1-9][0-9]*", b": 0", document())
    return ["--input", stage.file(data)], {}


def usage(stage):
    return ["--warning", "expired=5:3", "--input", stage.file(document())], {}


def no_key(stage):
    return ["-H", "127.0.0.1", "-p", 1, "--credentials-file", stage.folder / "none"], {}


def good(stage):
    return stage.api(ok()), {}


def talkative(stage):
    return stage.api(ok()) + ["-vvv", "--detail"], {}


def tccli(stage):
    """In a file that needs memory of its own."""
    document = keys.tccli(stage.get("key"), expiresAt=2 ** 32, note="x" * 4096)
    options, path = stage.api(ok()), stage.file(document.encode())
    return options + ["--credentials-file", path], {}


def variables(stage):
    reach = stage.api(ok())
    at = reach.index("--credentials-file")
    return reach[:at] + reach[at + 2:], {"env": keys.environment(stage.get("token_key"))}


def api_error(stage):
    return stage.api(error("AuthFailure.SecretIdNotFound", "The SecretId does not exist.")), {}


def bad_certificate(stage):
    """The stand-in must never hear a request."""
    server = stage.get("untrusted")
    return ["-H", "localhost", "-p", server.port, "--ca-file", stage.get("pki").root, "--credentials-file",
            stage.get("credentials"), "--api-error-state", "critical"] + ONCE, {}


def role(stage):
    """By name, so that libcurl's resolver thread takes part; hosts and port 443 are those of the private network."""
    if SANITIZERS:
        pytest.skip("the sanitizer cannot start a thread itself without memory")
    stage.get("role_services")
    return ["--role", "-v"] + ONCE, {"launcher": stage.get("network").prefix()}


@pytest.fixture
def untrusted(pki, key):
    with Api(pki.identity("other ca"), [key]) as server:
        yield server
        assert server.requests == [], "a request was sent to a stranger"


@pytest.fixture
def role_services(network, pki, token_key):
    network.hosts(HOSTS)
    network.resolver(RESOLVER)
    with Api(pki.identity(), [token_key], sockets=[network.listen("127.0.0.1", 443)]), \
            Metadata(sockets=[network.listen("127.0.0.1", 80)]) as metadata:
        metadata.serve_role("Monitoring", token_key)
        yield


# Scenario, further options, and whether TLS takes part: then not every allocation of it has its turn in "make check".
ROWS = [
    (from_file, [], False),
    (from_file, ["--output-format", "json"], False),
    (from_file, ["--output-format", "prometheus"], False),
    (from_file, ["--detail", "-w", "available=5:", "-c", "used=10"], False),
    (from_empty_account, ["--output-format", "json", "--exit-ok"], False),
    (usage, [], False),
    (usage, ["--output-format", "json"], False),
    (no_key, ["--output-format", "json"], True),
    (good, [], True),
    (good, ["--output-format", "json"], True),
    (good, ["--output-format", "prometheus"], True),
    (talkative, [], True),
    (tccli, [], True),
    (variables, ["--output-format", "json"], True),
    (api_error, [], True),
    (api_error, ["--output-format", "json"], True),
    (bad_certificate, [], True),
    (role, [], True),
]
# Which allocations fail. TLS makes some sixteen thousand, hence the steps: one in so many has its turn, in each row
# from another one on. The last column is for EVERY_ALLOCATION, where one row goes through all of them.
TURNS = [
    ("each but those of TLS", {"skip": TLS}, "", 5, 1),
    ("none left, any but those of TLS", {"skip": TLS}, "+", 5, 1),
    ("each", {}, "", 499, 5 * sum(tls for _, _, tls in ROWS)),
    ("none left", {}, "+", 997, 131),
]
EACH = [pytest.param(make, more, tls, turn, id="%s %s: %s" % (make.__name__, " ".join(more), turn[0]))
        for make, more, tls in ROWS for turn in TURNS if tls or not turn[1]]


def plain(text):
    """Times and ports apart, what a server makes up anew for each request, and a trust store that cannot be listed."""
    text = re.sub("Trust: (system directory|defaults of libcurl)", "Trust:", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|-?[0-9]+(\.[0-9]+)?", "#", text)


def same(result, with_memory):
    """The raw answer of -vvv may have to stay out."""
    whole, brief = plain(with_memory.out), plain(with_memory.out.partition("\nAnswer: ")[0] + "\n")
    return result.exit == with_memory.exit and plain(result.out) in (whole, brief)


def is_unknown(result):
    kind = running.output_format(result.args)
    if "--exit-ok" not in result.args and result.exit != 3:
        return "--api-error-state" in result.args and result.exit == 2 and result.first.endswith(running.NOT_CHECKED)
    if kind == "json":
        return result.json["metrics"] == {} and error_of(result) and result.json["state"] == "UNKNOWN"
    if kind == "prometheus":
        return "check_success{account=\"\"} 0" in result.out and "cwp_license_available" not in result.out
    return "|" not in result.out and result.first.endswith(running.NOT_CHECKED)


def judge_beside(with_memory, plus):
    """Libraries that are known to crash when one allocation fails: OpenSSL 3.0 when its default context cannot be made,
    glibc 2.36 where it reads nsswitch.conf, and GMP, with which GnuTLS calculates, always. No other may."""
    def judge(failed, result):
        if same(result, with_memory):
            return "same"
        assert is_unknown(result), "%s failed:\n%s\nwith memory:\n%s" % (failed, result.out, with_memory.out)
        if CRASHED not in result.out:
            return "UNKNOWN"
        assert plus or failed.split()[1].startswith(TLS + ("libc.so",)), "%s failed, then the program crashed" % failed
        return "UNKNOWN for a crash"
    return judge


def choose(make, more, tls, turn):
    """The first allocation to fail, and how many to go on by."""
    step = turn[4] if WHOLE else turn[3]
    if not tls or (WHOLE and (make, more, turn[0]) == (good, [], "each")):
        step = 1
    return 1 + ROWS.index((make, more, tls)) % step, step


@pytest.mark.timeout(int(900 * FACTOR * (4 if WHOLE else 1)))
@pytest.mark.parametrize("make, more, tls, turn", EACH)
def test_memory_runs_out(scarce, request, tmp_path, record_property, make, more, tls, turn):
    _, how, plus, _, _ = turn
    options, needs = make(Stage(request, tmp_path))
    options = options + more
    none_failed, with_memory = scarce.run(0, *options, **needs)
    assert none_failed == ""
    begin, step = choose(make, more, tls, turn)
    counts = scarce.sweep(judge_beside(with_memory, plus), begin, step, plus, *options, **how, **needs)
    record_property("table", "%-75s %5d failed: %s" % (request.node.name[21:-1], sum(counts.values()), ", ".join(
        "%d %s" % (count, verdict) for verdict, count in sorted(counts.items()))))
    assert sum(counts.values()) > 0


# ---- What is said where: the sentences of the program itself, each reached at least once ----

SENTENCES = [
    (from_file, "there is not enough memory to begin"),
    (from_file, "there is not enough memory for an answer"),
    (from_file, "there is not enough memory to read the answer"),
    (good, "there is not enough memory for the API key"),
    (good, "there is not enough memory for an answer"),
    (good, "there is not enough memory for a request,"),
    (good, "there is not enough memory for a request to localhost"),
    (good, "there is not enough memory to read the answer"),
    (good, "malformed answer: a header is too large, or there is not enough memory"),
    (tccli, "there is not enough memory for key file"),
    (tccli, "there is not enough memory to read key file"),
    (role, "there is not enough memory to read the key of the role"),
    (role, "there is not enough memory,"),
]


@pytest.mark.parametrize("make", [from_file, good, tccli, role])
def test_what_is_said(scarce, request, tmp_path, make):
    """A result never blames the answer, the key file or a signal for what is for want of memory."""
    options, needs = make(Stage(request, tmp_path))
    said = []
    scarce.sweep(lambda failed, result: said.append(result.first), 1, 1, "", *options, skip=TLS, **needs)
    for sentence in [sentence for scenario, sentence in SENTENCES if scenario == make]:
        assert any(sentence in line for line in said), (sentence, sorted(set(said)))
    for wrong in ("not valid JSON", "stopped by a signal"):
        assert not any(wrong in line for line in said), (wrong, sorted(set(said)))
