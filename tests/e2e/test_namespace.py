# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The defaults, in a private network where the real names and ports lead to the stand-ins."""

import pytest

from running import FACTOR, SLACK, needs_speed, seconds, unless_held_up
from standin import netns
from standin.metadata import FOLDER, Metadata
from standin.proxy import Proxy, Socks
from standin.resolver import NO_SUCH_NAME, Resolver, code
from standin.script import deaf, ok, read, stall, tls, wait
from standin.server import Api

HEALTHY = "4 available"
REAL = "cwp.intl.tencentcloudapi.com"


@pytest.fixture
def inside(plugin, network):
    """inside(...) runs the plugin in the private network, which is as it was at first again."""
    network.hosts(netns.HOSTS)
    network.resolver(netns.RESOLVER)
    return lambda *args, **how: plugin(*args, launcher=network.prefix(), **how)


@pytest.fixture
def real_api(network, pki, key, token_key):
    with Api(pki.identity(), [key, token_key], sockets=[network.listen("127.0.0.1", 443)]) as server:
        yield server


@pytest.fixture
def metadata(network, token_key):
    with Metadata(sockets=[network.listen("127.0.0.1", 80)]) as server:
        server.serve_role("Monitoring", token_key)
        yield server


def test_all_defaults(inside, real_api, credentials):
    """Default host, port and trust store; port 443 does not show in the Host header."""
    inside("--credentials-file", credentials).passed(HEALTHY)
    (request,) = real_api.requests
    assert request.header("Host") == request.server_name == REAL


def test_the_system_s_store_does_not_trust_everybody(inside, network, pki, key, credentials):
    for variant in ("other ca", "wrong host", "expired"):
        with Api(pki.identity(variant), [key], sockets=[network.listen("127.0.0.1", 443)]) as api:
            inside("--credentials-file", credentials).failed(REAL, ("certificate", "TLS"))
            assert api.requests == []


def test_another_host(inside, network, real_api, credentials):
    """The certificate is not for that name, whatever address it leads to."""
    network.hosts(netns.HOSTS + "127.0.0.1 cwp.tencentcloudapi.com\n")
    result = inside("--credentials-file", credentials, "-H", "cwp.tencentcloudapi.com")
    result.failed("cwp.tencentcloudapi.com", ("certificate", "TLS"))
    assert real_api.requests == []


def test_the_second_address_is_tried(inside, network, real_api, credentials):
    """Nothing listens on ::1 and 127.0.0.2; the stand-in is on 127.0.0.1 only."""
    network.hosts("::1 %s\n127.0.0.2 %s\n127.0.0.1 %s\n" % (REAL, REAL, REAL))
    inside("--credentials-file", credentials, within=1).passed(HEALTHY)


@pytest.mark.parametrize("option, peer", [("-4", "127.0.0.1"), ("-6", "::1")])
def test_address_family(inside, network, pki, key, credentials, option, peer):
    network.hosts("::1 %s\n127.0.0.1 %s\n" % (REAL, REAL))
    sockets = [network.listen(address, 443) for address in ("127.0.0.1", "::1")]
    with Api(pki.identity(), [key], sockets=sockets) as api:
        inside("--credentials-file", credentials, option).passed(HEALTHY)
        assert [request.peer for request in api.requests] == [peer]


def test_no_network_at_all(inside, network, credentials):
    """Another machine's address, and loopback is all there is."""
    network.hosts("192.0.2.1 %s\n" % REAL)
    inside("--credentials-file", credentials, "--retries", 0, within=1).failed(REAL, ("unreachable", "connect"))


@needs_speed
def test_stall_while_sending(inside, network, pki, token_key, write_key):
    """With the smallest of buffers on both sides, a request with a long token does not fit into them."""
    try:
        for name in ("tcp_wmem", "tcp_rmem"):
            network.sysctl("net/ipv4/" + name, "2304 2304 2304")
    except OSError as why:
        pytest.skip("cannot make buffers small here: %s" % why)
    try:
        with Api(pki.identity(), [token_key], sockets=[network.listen("127.0.0.1", 443)]) as api:
            api.play([tls, deaf])
            file = write_key(token_key)
            unless_held_up(lambda: inside("--credentials-file", file, "-t", 2, within=2 + SLACK)).failed(
                "sending", seconds(2))
    finally:
        network.sysctl("net/ipv4/tcp_wmem", "4096 16384 4194304")
        network.sysctl("net/ipv4/tcp_rmem", "4096 131072 6291456")


# ---- The instance role ----

def test_role(inside, real_api, metadata, token_key):
    result = inside("--role", "-v").passed(HEALTHY, "role", "Monitoring")
    assert [request.target for request in metadata.requests] == [FOLDER, FOLDER + "Monitoring"]
    assert all(request.header("Host") == "metadata.tencentyun.com" for request in metadata.requests)
    assert real_api.requests[0].header("X-TC-Token") == token_key.token
    assert "Authorization" not in [name for request in metadata.requests for name, _ in request.headers]
    assert result.seconds < 2 * FACTOR


def test_role_by_name(inside, real_api, metadata):
    inside("--role=Monitoring").passed(HEALTHY)
    assert metadata.requests[-1].target == FOLDER + "Monitoring"


def test_role_goes_past_every_proxy(inside, real_api, metadata):
    """http_proxy is for the metadata service's scheme; nothing listens on port 9."""
    env = {"http_proxy": "http://127.0.0.1:9", "all_proxy": "http://127.0.0.1:9", "no_proxy": REAL}
    inside("--role", env=env).passed(HEALTHY)
    assert len(metadata.requests) == 2


def test_without_the_option_nobody_is_asked(inside, real_api, metadata, tmp_path):
    inside(env={"HOME": str(tmp_path)})
    assert metadata.connections == 0


@pytest.mark.parametrize("behavior", [[wait()], [read, wait()]], ids=["at first", "after the request"])
def test_a_metadata_service_that_hangs(inside, real_api, metadata, behavior):
    metadata.play(behavior)
    result = inside("--role", within=1.5).failed(("role", "metadata"))
    assert result.seconds > 0.7


def test_a_metadata_service_that_drips(inside, metadata):
    metadata.play([read, lambda x: x.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 1\r\n" * 500, 10, 0.2)])
    inside("--role", within=1.5).failed(("role", "metadata"))


@pytest.mark.parametrize("answer", [None, code(NO_SUCH_NAME)], ids=["silence", "no such name"])
def test_nothing_answers(inside, network, answer):
    """Off Tencent's network: the name leads nowhere, by a resolver that is silent or one that says no."""
    network.hosts("127.0.0.1 localhost\n")
    with Resolver(network.datagram("127.0.0.1", 53), answer):
        inside("--role", within=1.5).failed(("role", "metadata"))


def test_a_key_in_a_file_comes_before_the_role(inside, real_api, metadata, credentials):
    inside("--role", "--credentials-file", credentials).passed(HEALTHY)
    assert metadata.connections == 0


@needs_speed
def test_the_role_has_its_own_limit_within_the_whole(inside, real_api, metadata):
    def run():
        real_api.play(stall("answer"), ok())
        return inside("--role", "-t", 1, within=1 + SLACK)
    unless_held_up(run).failed("waiting for the answer")


# ---- A proxy on the API's own port, which cannot be told by it ----

PROXY_443 = "http://127.0.0.2:443"


@pytest.mark.parametrize("way", ["option", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_that_is_down(inside, real_api, credentials, way):
    """Nothing listens there; the API itself would be reached."""
    options, env = (["--proxy", PROXY_443], {}) if way == "option" else ([], {way: PROXY_443})
    inside("--credentials-file", credentials, "--retries", 0, *options, env=env).failed(
        "cannot connect to the proxy to " + REAL)


@pytest.mark.parametrize("url", ["http://no.such.example:8080", "socks5h://no.such.example:1080"])
def test_a_proxy_whose_name_is_not_known(inside, network, credentials, url):
    words = "the address of the proxy to %s cannot be resolved" % REAL
    with Resolver(network.datagram("127.0.0.1", 53), code(NO_SUCH_NAME)):
        inside("--credentials-file", credentials, "--proxy", url, "--retries", 0).failed(
            words, "The proxy is %s, from --proxy" % url)
        inside("--credentials-file", credentials, "--retries", 0, env={"ALL_PROXY": url}).failed(
            words, "The proxy is %s, from ALL_PROXY" % url)


def test_a_proxy_of_socks_with_exceptions(inside, network, credentials):
    """Whether the name is one of them is for libcurl to know, and it gives one code for both names."""
    network.hosts("127.0.0.1 localhost\n")
    env = {"ALL_PROXY": "socks5h://no.such.example:1080", "NO_PROXY": REAL}
    with Resolver(network.datagram("127.0.0.1", 53), code(NO_SUCH_NAME)):
        inside("--credentials-file", credentials, "--retries", 0, env=env).failed(
            "the name of the proxy or of %s cannot be resolved" % REAL)


@pytest.mark.parametrize("kind", ["socks4", "socks5"])
def test_a_host_that_a_proxy_of_socks_leaves_to_us(inside, network, credentials, kind):
    network.hosts("127.0.0.1 localhost\n")
    with Resolver(network.datagram("127.0.0.1", 53), code(NO_SUCH_NAME)), \
            Socks(sockets=[network.listen("127.0.0.1", 1080)]) as proxy:
        inside("--credentials-file", credentials, "--retries", 0, "--proxy", kind + "://127.0.0.1:1080").failed(
            "the name %s cannot be resolved" % REAL)
        assert proxy.requests == []


def no_proxy_at_all(name):
    return {"https_proxy": PROXY_443, name: REAL}


@pytest.mark.parametrize("options, env", [
    ([], no_proxy_at_all("no_proxy")), ([], no_proxy_at_all("NO_PROXY")), ([], {}), ([], {"https_proxy": ""}),
    ([], {"http_proxy": PROXY_443}), (["--no-proxy"], {"https_proxy": PROXY_443}),
    (["--proxy", PROXY_443, "--no-proxy"], {})], ids=str)
def test_no_proxy_is_blamed_that_was_not_asked(inside, network, credentials, options, env):
    """Now it is the API that is down."""
    result = inside("--credentials-file", credentials, "--retries", 0, *options, env=env)
    assert result.failed("cannot connect to " + REAL) and "proxy" not in result.out


def test_the_certificate_of_a_proxy(inside, network, pki, key, real_api, credentials):
    with Api(pki.identity("other ca"), [key], sockets=[network.listen("127.0.0.2", 443)]):
        inside("--credentials-file", credentials, "--proxy", PROXY_443.replace("http:", "https:")).failed(
            "the certificate of the proxy to %s cannot be trusted" % REAL)
    assert real_api.connections == 0


@needs_speed
def test_a_proxy_that_stalls(inside, network, real_api, credentials):
    with Proxy(sockets=[network.listen("127.0.0.2", 443)]) as proxy:
        proxy.play([read, wait()])
        unless_held_up(lambda: inside("--credentials-file", credentials, "--proxy", PROXY_443, "-t", 1,
                                      within=1 + SLACK)).failed(
            "stage: connect through the proxy", "The proxy is %s, from --proxy" % PROXY_443)
