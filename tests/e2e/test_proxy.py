# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Proxies: the option, the environment, logins that never show, and ways around."""

import socket

import pytest

from standin.exchange import tls_context
from standin.proxy import Proxy, Socks
from standin.script import close, error, read, reply, send, tls

LOGIN, USER, PASSWORD = "monitor:s3cr3t-pass-Word", "monitor", "s3cr3t-pass-Word"
HEALTHY = "4 available"


def tunnels(proxy):
    return [request.target for request in proxy.requests]


@pytest.mark.parametrize("with_token", [False, True])
def test_option(plugin, api, pki, proxy, write_key, key, token_key, with_token):
    """Each hears only what is meant for it: the proxy no header of the request, the API none of the proxy."""
    plugin("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--proxy", "http://127.0.0.1:%d" % proxy.port,
           "--credentials-file", write_key(token_key if with_token else key)).passed(HEALTHY)
    assert tunnels(proxy) == ["localhost:%d" % api.port]
    assert {name for name, _ in proxy.requests[0].headers} == {"Host", "Proxy-Connection"}
    assert api.requests[0].header("Proxy-Authorization") == ""


@pytest.fixture
def guarded(plugin):
    plugin.hide(PASSWORD)
    with Proxy(login=LOGIN) as server:
        yield server


@pytest.mark.parametrize("more", [[], ["-v"], ["-vv"], ["-vvv"], ["--output-format", "json"], ["--detail"]])
def test_login(ask, api, guarded, more):
    """The fixture has told the plugin runner that the password is one more secret to look for."""
    result = ask("--proxy", "http://%s@127.0.0.1:%d" % (LOGIN, guarded.port), *more)
    assert result.exit == 0, result.out
    assert len(tunnels(guarded)) == len(api.requests) == 1
    assert "Proxy-Authorization" not in result.out


@pytest.mark.parametrize("login", ["", USER + ":wrong-passW0rd@"])
@pytest.mark.parametrize("more", [[], ["-vvv"]])
def test_login_refused(ask, api, guarded, plugin, login, more):
    plugin.hide("wrong-passW0rd")
    ask("--proxy", "http://%s127.0.0.1:%d" % (login, guarded.port), "--retries", 0, *more).failed("proxy", "407")
    assert api.connections == 0
    assert all(request.refused for request in guarded.requests)


def test_encoded_login(ask, api, plugin):
    for word in ("p@ss:w/rd", "p%40ss%3Aw%2Frd"):
        plugin.hide(word)
    with Proxy(login="monitor:p@ss:w/rd") as proxy:
        ask("--proxy", "http://monitor:p%%40ss%%3Aw%%2Frd@127.0.0.1:%d" % proxy.port, "-vvv").passed(HEALTHY)


@pytest.mark.parametrize("way", ["option", "environment"])
@pytest.mark.parametrize("place", [
    "http://%s@127.0.0.1:99999", "http://%s@127.0.0.1:port", "http://%s@", "http://%s@bad host:1", "http://%s@[::1",
    "http://%s@127.0.0.1:1/\n", "ftp://%s@127.0.0.1:1", "nonsense://%s@127.0.0.1:1"])
def test_a_bad_url_is_refused_without_its_password(ask, plugin, api, place, way):
    """libcurl quotes the whole URL in some of its own messages."""
    plugin.hide(PASSWORD)
    url = place % LOGIN
    for more in ([], ["-vvv"], ["--output-format", "json"]):
        how = {"env": {"https_proxy": url}} if way == "environment" else {}
        result = ask(*(["--proxy", url] if way == "option" else []), "--retries", 0, *more, **how)
        assert result.exit == 3 and "proxy" in result.out.lower()
    assert api.connections == 0


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_environment(ask, guarded, variable):
    ask(env={variable: "http://%s@127.0.0.1:%d" % (LOGIN, guarded.port)}).passed(HEALTHY)
    assert len(tunnels(guarded)) == 1


@pytest.mark.parametrize("env", [
    {"https_proxy": "http://127.0.0.1:{port}", "no_proxy": "example.com,localhost"},
    {"https_proxy": "http://127.0.0.1:{port}", "NO_PROXY": "localhost"},
    {"https_proxy": "http://127.0.0.1:{port}", "no_proxy": "*"},
    {"http_proxy": "http://127.0.0.1:{port}"},      # not for https
    {"HTTP_PROXY": "http://127.0.0.1:{port}"},      # in CGI this is a header of the client's
])
def test_environment_that_leads_past_the_proxy(ask, proxy, env):
    ask(env={name: value.format(port=proxy.port) for name, value in env.items()}).passed(HEALTHY)
    assert tunnels(proxy) == []


def test_no_proxy_option(ask, proxy):
    ask("--no-proxy", env={"https_proxy": "http://127.0.0.1:%d" % proxy.port}).passed(HEALTHY)
    assert tunnels(proxy) == []


def test_the_option_beats_the_environment(ask, proxy):
    ask("--proxy", "http://127.0.0.1:%d" % proxy.port, env={"https_proxy": "http://127.0.0.1:1"}).passed(HEALTHY)
    assert len(tunnels(proxy)) == 1


@pytest.mark.parametrize("way", ["option", "environment"])
def test_proxy_is_named_when_it_is_down(ask, api, way):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = "http://127.0.0.1:%d" % bound.getsockname()[1]
        if way == "option":
            ask("--proxy", url, "--retries", 0).failed("proxy")
        else:
            ask("--retries", 0, env={"https_proxy": url}).failed("proxy")
    assert api.connections == 0


def test_the_clock_is_not_measured_by_the_proxy_s(ask, api, proxy):
    """The answer to CONNECT has a Date header too, and Tencent Cloud knows nothing of it."""
    tunnel = proxy.tunnel
    proxy.play([read, lambda x: tunnel(x, b"Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n")])
    api.play(error("AuthFailure.SignatureExpire", "x", Date=None))
    result = ask("--proxy", "http://127.0.0.1:%d" % proxy.port, "-v").failed("AuthFailure.SignatureExpire")
    assert "ahead" not in result.out and "days" not in result.out


@pytest.mark.parametrize("status, tries", [(502, 2), (503, 2), (429, 2), (403, 1), (407, 1)])
def test_faults_of_a_proxy_that_may_pass(ask, proxy, status, tries):
    proxy.play([read, reply(b"", status)])
    ask("--proxy", "http://127.0.0.1:%d" % proxy.port).failed("proxy", str(status))
    assert len(proxy.requests) == tries


@pytest.mark.parametrize("way", ["option", "environment"])
@pytest.mark.parametrize("password", ["p@ss/word-Xyz", "ss?word-Xyz", "a#word-Xyz"])
def test_a_password_that_splits_the_url(ask, plugin, api, password, way):
    """libcurl takes a part of it for the name of the proxy, and says so."""
    plugin.hide("word-Xyz")
    plugin.hide(password[:3])
    url = "http://monitor:%s@127.0.0.1:3" % password
    result = ask("--retries", 0, "-vvv", *(["--proxy", url] if way == "option" else []),
                 env={"https_proxy": url} if way == "environment" else None)
    assert result.exit == 3 and "proxy" in result.out
    assert api.connections == 0


def test_the_longest_name_is_asked_for_whole(ask, proxy):
    name = ".".join(["a" * 63] * 3 + ["b" * 61])
    assert len(name) == 253
    proxy.play([read, reply(b"", 403)])
    ask("-H", name, "-p", 12345, "--proxy", "http://127.0.0.1:%d" % proxy.port, "--retries", 0).failed("proxy")
    assert tunnels(proxy) == [name + ":12345"]


# ---- Other kinds of proxies ----

def secured(proxy, identity):
    proxy.context = tls_context(identity)
    proxy.play([tls, read, proxy.tunnel])


def test_https_proxy(ask, api, proxy, pki, plugin):
    if "GnuTLS/" in plugin("--version").out:
        pytest.skip("with GnuTLS, libcurl itself may wait in vain for what it has read from such a proxy (curl #6936)")
    secured(proxy, pki.identity())
    ask("--proxy", "https://localhost:%d" % proxy.port).passed(HEALTHY)
    assert tunnels(proxy) == ["localhost:%d" % api.port]
    assert proxy.requests[0].tls in ("TLSv1.2", "TLSv1.3")


@pytest.mark.parametrize("variant", ["wrong host", "expired", "other ca"])
def test_https_proxy_is_verified(ask, api, proxy, pki, variant):
    secured(proxy, pki.identity(variant))
    ask("--proxy", "https://localhost:%d" % proxy.port).failed("certificate", "proxy")
    assert (proxy.connections, proxy.requests, api.connections) == (1, [], 0)


@pytest.mark.parametrize("kind, version, named", [
    ("socks4", 4, False), ("socks4a", 4, True), ("socks5", 5, False), ("socks5h", 5, True)])
def test_socks(ask, api, kind, version, named):
    """Who resolves the name is what the kinds differ in."""
    with Socks() as proxy:
        ask("--proxy", "%s://127.0.0.1:%d" % (kind, proxy.port)).passed(HEALTHY)
    places = ("localhost",) if named else ("127.0.0.1", "::1")
    (target,) = proxy.requests
    assert target in ["%d %s:%d" % (version, place, api.port) for place in places]
    assert len(api.requests) == 1


@pytest.mark.parametrize("word, good", [(PASSWORD, True), ("wrong-passW0rd", False)])
def test_socks_login(ask, api, plugin, word, good):
    plugin.hide(word)
    with Socks(login=LOGIN) as proxy:
        result = ask("--proxy", "socks5h://%s:%s@127.0.0.1:%d" % (USER, word, proxy.port), "--retries", 0, "-vvv")
    result.passed(HEALTHY) if good else result.failed("proxy")
    assert len(api.requests) == good


@pytest.mark.parametrize("kind", ["socks4", "socks5h"])
def test_behind_socks_the_certificate_is_that_of_the_api(ask, api, pki, kind):
    api.context = tls_context(pki.identity("other ca"))
    with Socks() as proxy:
        result = ask("--proxy", "%s://127.0.0.1:%d" % (kind, proxy.port), "--retries", 0)
    result.failed("the certificate of localhost is signed by an authority that this host does not trust")


def test_the_handshake_with_a_proxy(ask, api, proxy):
    """It speaks no TLS."""
    proxy.play([send(b"HTTP/1.1 400 What is that\r\n\r\n"), close])
    ask("--proxy", "https://localhost:%d" % proxy.port, "--retries", 0).failed(
        "the TLS handshake with the proxy to localhost failed")
    assert api.connections == 0


def test_whose_address_it_is(ask, api, proxy):
    assert "address 127.0.0.1\n" in ask("-v").out
    url = "http://127.0.0.1:%d" % proxy.port
    assert "address 127.0.0.1 of the proxy\nProxy: %s, from --proxy\n" % url in ask("-v", "--proxy", url).out
    assert "Proxy: %s, from HTTPS_PROXY\n" % url in ask("-v", env={"HTTPS_PROXY": url}).out


@pytest.mark.parametrize("kind", ["socks4a", "socks5h"])
def test_socks_refuses(ask, api, kind):
    with Socks(refuse=True) as proxy:
        ask("--proxy", "%s://127.0.0.1:%d" % (kind, proxy.port), "--retries", 0).failed("proxy")
    assert len(proxy.requests) == 1 and api.connections == 0
