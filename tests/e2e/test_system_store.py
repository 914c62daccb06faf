# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The system's store in its two forms, a hashed directory and a bundle, when they do not hold the same: the directory
is read, and the bundle is read after all when the directory does not have the authority."""

import re
from pathlib import Path

import pytest

from running import GNUTLS
from standin import netns
from standin.exchange import tls_context
from standin.proxy import Proxy
from standin.script import read, tls
from standin.server import Api

pytestmark = pytest.mark.skipif(GNUTLS, reason="that TLS library always reads the bundle")

STRANGER = "is signed by an authority that this host does not trust"


class Store:
    def __init__(self, folder, root):
        self.root = Path(root).read_bytes()
        self.bundle = folder / netns.BUNDLE
        (self.link,) = [path for path in folder.glob("*.0") if path.read_bytes() == self.root]
        self.kept = self.bundle.read_bytes()

    def add(self, certificate):
        self.bundle.write_bytes(self.kept + Path(certificate).read_bytes())

    def restore(self):
        self.link.write_bytes(self.root)
        self.bundle.write_bytes(self.kept)


@pytest.fixture
def store(network, pki):
    """Of the private network, as it was at first again when the test ends."""
    found = Store(Path(network.folder) / "certs", pki.root)
    yield found
    found.restore()


@pytest.fixture
def check(plugin, network, pki, key, credentials):
    """check(variant, options...) runs it against an API with such a certificate: the result and the trust it tells."""
    def run(variant, *options):
        network.hosts(netns.HOSTS)
        with Api(pki.identity(variant), [key], sockets=[network.listen("127.0.0.1", 443)]) as api:
            result = plugin("--credentials-file", credentials, "--retries", 0, "-v", *options,
                            launcher=network.prefix())
            assert len(api.requests) == (1 if result.exit == 0 else 0)
        return result, re.search(r"^Trust: (.*)$", result.out, re.M)[1]
    return run


def test_the_directory_is_enough(check, store):
    store.bundle.unlink()
    result, trust = check("good")
    assert result.passed("4 available") and trust == "system directory"


def test_a_root_in_the_bundle_alone(check, store):
    store.link.unlink()
    result, trust = check("good")
    assert result.passed("4 available") and trust == "system bundle, not yet rehashed"


def test_a_certificate_signed_by_itself_in_the_bundle_alone(check, store, pki):
    result, trust = check("self-signed")
    assert result.failed("is signed by itself") and trust == "system directory and bundle"
    store.add(pki.identity("self-signed").chain)
    result, trust = check("self-signed")
    assert result.passed("4 available") and trust == "system bundle, not yet rehashed"


def test_an_authority_in_neither(check, store):
    result, trust = check("other ca", "--api-error-state", "critical")
    assert result.failed(STRANGER, state="CRITICAL") and trust == "system directory and bundle"


@pytest.mark.parametrize("variant, words", [("other ca", STRANGER), ("expired", "has expired"),
                                            ("wrong host", "is for another name")])
def test_the_reason_stays_without_a_bundle(check, store, variant, words):
    store.bundle.unlink()
    result, trust = check(variant, "--api-error-state", "critical")
    assert result.failed(words, state="CRITICAL") and trust == "system directory"


def test_a_bundle_that_is_none(check, store):
    """That file is not what is wrong: as a rule no check reads it."""
    store.link.unlink()
    store.bundle.write_text("no certificate\n")
    result, trust = check("good", "--api-error-state", "critical")
    assert result.failed(STRANGER, state="CRITICAL") and trust == "system directory and bundle"


def test_the_root_of_a_proxy_in_the_bundle_alone(plugin, api, network, store, pki, credentials):
    store.link.unlink()
    network.hosts(netns.HOSTS)
    with Proxy(sockets=[network.listen("127.0.0.1", 8443)]) as proxy:
        proxy.context = tls_context(pki.identity())
        proxy.play([tls], [tls, read, proxy.tunnel])
        result = plugin("-H", "localhost", "-p", api.port, "--credentials-file", credentials, "--proxy",
                        "https://localhost:8443", "-v", launcher=network.prefix())
    assert result.passed("4 available", "Trust: system bundle, not yet rehashed")
