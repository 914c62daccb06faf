# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Fixtures of the end-to-end tests: the program, the services it talks to, and a key. Nothing is shared between tests
but the certificates and the key pair, so tests run in any order and, with pytest-xdist, side by side."""

import secrets
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))    # tests/, for the package standin

from lacking import lacks                                       # noqa: E402
from running import Plugin                                      # noqa: E402
from standin.netns import Network, unshare_command              # noqa: E402
from standin.pki import Pki                                     # noqa: E402
from standin.proxy import Proxy                                 # noqa: E402
from standin.server import Api                                  # noqa: E402
from standin.tc3 import Key                                     # noqa: E402


@pytest.fixture(scope="session")
def pki(tmp_path_factory):
    return Pki(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="session")
def key():
    """Random, so that finding any part of it in an output is no accident."""
    return Key("AKID" + secrets.token_hex(16), secrets.token_hex(20))


@pytest.fixture(scope="session")
def token_key():
    """A temporary key, with the longest token that the service hands out."""
    return Key("AKID" + secrets.token_hex(16), secrets.token_hex(20), secrets.token_hex(2048))


@pytest.fixture
def plugin(key, token_key):
    program = Plugin(key)
    for word in token_key:
        program.hide(word)
    return program


@pytest.fixture
def write_key(tmp_path):
    """write_key(key) makes a credentials file and returns its path."""
    def write(key, name="credentials"):
        path = tmp_path / name
        lines = ["[default]", "secret_id = " + key.secret_id, "secret_key = " + key.secret_key]
        path.touch(0o600)
        path.write_text("\n".join(lines + (["token = " + key.token] if key.token else [])) + "\n")
        return str(path)
    return write


@pytest.fixture
def credentials(write_key, key):
    return write_key(key)


@pytest.fixture
def api(pki, key, token_key):
    with Api(pki.identity(), [key, token_key]) as server:
        yield server


@pytest.fixture
def proxy():
    with Proxy() as server:
        yield server


@pytest.fixture
def reach(api, pki, credentials):
    """The options that lead to the stand-in: plugin(*reach, ...)."""
    return ["-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", credentials]


@pytest.fixture
def ask(plugin, reach):
    """ask("--retries", 0) runs the plugin against the stand-in."""
    return lambda *args, **how: plugin(*reach, *args, **how)


@pytest.fixture(scope="session")
def network(tmp_path_factory, pki):
    """A private network with the real names and ports; see standin/netns.py."""
    unshare = unshare_command()
    if not unshare:
        lacks("needs root or user namespaces (unshare, nsenter)")
    with Network(tmp_path_factory.mktemp("network"), pki, unshare) as private:
        yield private


def pytest_terminal_summary(terminalreporter):
    """The rows of figures that tests have noted with record_property("table", ...)."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "table":
                terminalreporter.write_line(value)
