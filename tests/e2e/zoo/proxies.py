# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Proxies: the stand-in's, and two real ones, as their distribution ships them."""

from standin.script import close, drip, read, reply, reset, send, stall, wait

from .real_proxies import SQUID, TINYPROXY, real
from .row import Row
from .scenes import proxy

DENIED = "the proxy does not connect to"
LATE = ("-t", "1")
LOGIN = "monitor:s3cr3t-pass-Word"
PAGE = b"<html>denied | here</html>"


def refuses(code, passing):
    return Row("proxy: HTTP %d" % code, proxy([read, reply(PAGE, code)]), "network", "it answered HTTP %d" % code,
               may_pass=passing)


def says(name, *steps, expected, kind="network", **more):
    return Row("proxy: " + name, proxy([read, *steps]), kind, expected, **more)


GRANTED = send(b"HTTP/1.1 200 Connection established\r\n\r\n")

ROWS = [
    Row("proxy: honest", proxy()),
    Row("proxy: honest, from the environment", proxy(way="environment")),
    Row("proxy: wants a login, gets none", proxy(login=LOGIN), "network", "HTTP 407", may_pass=False),
    Row("proxy: wants a login, gets a wrong one", proxy(login=LOGIN, given="monitor:wrong@"), "network", "HTTP 407",
        may_pass=False),
    Row("proxy: wants a login, gets it", proxy(login=LOGIN, given=LOGIN + "@")),
    refuses(302, False), refuses(400, False), refuses(403, False), refuses(404, False), refuses(429, True),
    refuses(500, True), refuses(502, True), refuses(503, True), refuses(504, True),
    says("a page instead of a tunnel", reply(PAGE, 200, Content_Type="text/html"), wait(), kind="tls",
         expected="the TLS handshake with", may_pass=True),
    says("no HTTP", send(b"SSH-2.0-OpenSSH_9.2\r\n"), close, expected="the connection to the proxy to"),
    says("reset", reset, expected="the connection to the proxy to"),
    says("closed", close, expected="the connection to the proxy to"),
    says("silence", wait(), expected="(stage: connect through the proxy)", kind="timeout", options=LATE),
    says("answer that drips", drip(b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 99, 2, 0.05), kind="timeout",
         expected="(stage: ", options=LATE),
    says("head without end", send(b"HTTP/1.1 200 OK\r\n"), lambda x: [x.send(b"X: 1\r\n" * 99) for _ in range(9999)],
         expected="the connection to the proxy to"),
    says("tunnel to nowhere", GRANTED, wait(), expected="(stage: TLS handshake)", kind="timeout", options=LATE),
    says("tunnel that is closed", GRANTED, close, expected="the TLS handshake with", kind="tls", may_pass=True),
    says("tunnel that is reset", GRANTED, reset, expected="the TLS handshake with", kind="tls", may_pass=True),
    Row("proxy: silence without reading", proxy([wait()]), "timeout", "(stage: connect through the proxy)",
        options=LATE),
    Row("proxy: honest, the API's certificate is not", proxy(identity="other ca"), "tls", "is signed by an authority"),
    Row("proxy: honest, the API is silent", proxy(api_does=[stall("answer")]), "timeout",
        "(stage: waiting for the answer)", options=LATE),
    Row("proxy: HTTP 503 once, then honest", proxy([read, reply(b"", 503)], None), options=("--retries", "1"),
        tries=2),

    *[Row("%s: %s" % (kind.name, name), real(kind, *how), *expected, inside=True, **more)
      for kind in (TINYPROXY, SQUID) for name, how, expected, more in (
          ("tunnels", (), (), {}),
          ("wants a login, gets none", ("login",), ("network", "it answered HTTP 407"), {"may_pass": False}),
          ("wants a login, gets a wrong one", ("login", "monitor:wrong@"), ("network", kind.wrong_login),
           {"may_pass": False}),
          ("wants a login, gets it", ("login", "monitor:s3cr3t-pass-Word@"), (), {}),
          ("does not tunnel to that port", ("port",), ("network", "it answered HTTP 403"), {"may_pass": False}),
          ("does not serve this host", ("client",), ("network", "it answered HTTP 403"), {"may_pass": False}),
          ("finds nobody there", ("nobody",), ("network", "it answered HTTP 50"), {}),
          ("does not know the name", ("name",), ("network", "it answered HTTP 50"), {}))],
]
