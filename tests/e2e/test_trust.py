# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""TLS: whom the plugin trusts, and that nothing persuades it to trust anybody else."""

import pytest

from standin.script import ok
from standin.server import Api

HEALTHY = ("4 available", "46 used")


def test_verified_tls(ask, api):
    ask().passed(*HEALTHY)
    (request,) = api.requests
    assert request.tls in ("TLSv1.2", "TLSv1.3") and request.server_name == "localhost"


@pytest.mark.parametrize("option", ["-k", "--insecure", "--no-verify", "--no-check-certificate"])
def test_no_option_turns_verification_off(ask, api, option):
    result = ask(option)
    assert result.exit == 3 and option in result.out
    assert api.connections == 0


@pytest.mark.parametrize("option", ["--ca-file", "--ca-path"])
def test_own_trust_replaces_the_system_s(plugin, api, pki, credentials, tmp_path, option):
    folder = pki.hashed_folder(tmp_path / "hashed")
    place = {"--ca-file": pki.root, "--ca-path": folder}[option]
    reach = ["-H", "localhost", "-p", api.port, "--credentials-file", credentials]
    plugin(*reach, option, place).passed(*HEALTHY)
    plugin(*reach).failed(("certificate", "TLS"))
    assert len(api.requests) == 1


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_the_environment_s_trust(plugin, api, pki, credentials, tmp_path, variable):
    folder = pki.hashed_folder(tmp_path / "hashed")
    env = {variable: {"SSL_CERT_FILE": pki.root, "SSL_CERT_DIR": folder}[variable]}
    plugin("-H", "localhost", "-p", api.port, "--credentials-file", credentials, env=env).passed(*HEALTHY)


def test_an_option_beats_the_environment(ask, tmp_path):
    ask(env={"SSL_CERT_FILE": str(tmp_path / "none"), "SSL_CERT_DIR": str(tmp_path)}).passed(*HEALTHY)


def make_bad_trust(folder, kind):
    path = folder / "trust"
    if kind == "garbage":
        path.write_text("no certificate in here\n")
    elif kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    return path


@pytest.mark.parametrize("option", ["--ca-file", "--ca-path"])
@pytest.mark.parametrize("kind", ["missing", "garbage", "empty", "folder"])
def test_useless_trust(plugin, api, credentials, tmp_path, option, kind):
    """An empty folder is a legal --ca-path that trusts nobody; everything else is wrong by itself."""
    path = make_bad_trust(tmp_path, kind)
    result = plugin("-H", "localhost", "-p", api.port, "--credentials-file", credentials, option, path)
    assert result.exit == 3, result.out
    assert api.requests == []


@pytest.mark.parametrize("options, env, words", [
    (["--ca-file", "STRANGER"], {}, "Only authorities of --ca-file and --ca-path count, and a directory needs openssl"),
    (["--ca-path", "EMPTY"], {}, "Only authorities of --ca-file and --ca-path count, and a directory needs openssl"),
    ([], {"SSL_CERT_FILE": "STRANGER"}, "Only authorities that SSL_CERT_FILE and SSL_CERT_DIR name count."),
    ([], {}, "A private authority is named with --ca-file.")])
def test_whose_authorities_count(plugin, api, pki, credentials, tmp_path, options, env, words):
    places = {"STRANGER": pki.identity("self-signed").chain, "EMPTY": str(tmp_path)}
    result = plugin("-H", "localhost", "-p", api.port, "--credentials-file", credentials,
                    *[places.get(word, word) for word in options],
                    env={name: places[place] for name, place in env.items()})
    result.failed("the certificate of localhost is signed by an authority that this host does not trust", words)


@pytest.mark.parametrize("host, peer", [("127.0.0.1", "127.0.0.1"), ("localhost", None)])
def test_names_and_addresses(plugin, api, pki, credentials, host, peer):
    reach = ["-p", api.port, "--ca-file", pki.root, "--credentials-file", credentials]
    plugin("-H", host, *reach).passed(*HEALTHY)
    assert api.requests[0].header("Host") == "%s:%d" % (host, api.port)
    assert peer in (None, api.requests[0].peer)


@pytest.mark.parametrize("option, peer", [("-4", "127.0.0.1"), ("-6", "::1")])
def test_one_address_family(plugin, pki, key, credentials, option, peer):
    with Api(pki.identity(), [key], addresses=("127.0.0.1", "::1")) as api:
        api.play(ok())
        plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--credentials-file", credentials,
               option).passed(*HEALTHY)
        assert [request.peer for request in api.requests] == [peer]


def test_the_other_address_family_is_not_tried(ask, api):
    """The stand-in listens on 127.0.0.1 only."""
    ask("-6", "--retries", 0).failed("localhost")
    assert api.connections == 0
