# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Tiny forward proxies: CONNECT only, and SOCKS, each with or without a login. Whatever name is asked for, they reach
no further than loopback."""

import base64
import select
import socket
import ssl
import struct

from .exchange import Hangup
from .listener import Listener
from .script import read


class Proxy(Listener):
    """The default behavior is an honest tunnel; tests may play others."""

    def __init__(self, login=None, **where):
        """login: "user:password" that a client must give."""
        self.default = [read, self.tunnel]
        super().__init__(**where)
        self.login = login

    def judge(self, request):
        if request.method != "CONNECT":
            return 405, "this proxy only tunnels"
        if self.login is not None:
            wanted = "Basic " + base64.b64encode(self.login.encode()).decode()
            if request.header("Proxy-Authorization") != wanted:
                return 407, "who are you?"
        return None

    def refuse(self, exchange, status, text):
        headers = {"Proxy-Authenticate": 'Basic realm="stand-in"'} if status == 407 else {}
        exchange.send(exchange.head(status, headers, len(text)) + text.encode())

    def tunnel(self, x, headers=b""):
        port = int(x.request.target.rpartition(":")[2])
        join(x, port, b"HTTP/1.1 200 Connection established\r\n" + headers + b"\r\n")


def join(x, port, greeting):
    """Greet, then pass bytes both ways."""
    with socket.create_connection(("127.0.0.1", port), 5) as inner:
        x.send(greeting)
        way = {x.sock: inner, inner: x.sock}
        while True:
            ready, _, _ = select.select(list(way) + [x.server.stop_signal], [], [])
            if x.server.stop_signal in ready:
                raise Hangup()
            for sock in ready:
                data = sock.recv(65536)
                while isinstance(sock, ssl.SSLSocket) and sock.pending():    # select does not see these
                    data += sock.recv(65536)
                if not data:
                    raise Hangup()
                way[sock].sendall(data)


class Socks(Listener):
    """SOCKS 4, 4a and 5. requests: what was asked for, as "5 name:port"."""

    def __init__(self, login=None, refuse=False, **where):
        self.default = [self.talk]
        super().__init__(**where)
        self.login, self.refusing = login, refuse

    def talk(self, x):
        version = x.take(1)[0]
        place, port, greeting = self.five(x) if version == 5 else self.four(x)
        self.requests.append("%d %s:%d" % (version, place, port))
        if self.refusing:
            x.send(greeting[:1] + (b"\x02" if version == 5 else b"\x5b") + greeting[2:])
            raise Hangup()
        join(x, port, greeting)

    def four(self, x):
        _, port, address = struct.unpack("!BH4s", x.take(7))
        x.take_until(b"\0")
        named = address[:3] == b"\0\0\0"                               # 4a
        place = x.take_until(b"\0")[:-1].decode() if named else socket.inet_ntoa(address)
        return place, port, b"\0\x5a" + bytes(6)

    def five(self, x):
        ways = x.take(x.take(1)[0])
        wanted = 2 if self.login else 0
        if wanted not in ways:
            x.send(b"\5\xff")
            raise Hangup()
        x.send(bytes([5, wanted]))
        if self.login:
            x.take(1)
            given = b":".join(x.take(x.take(1)[0]) for _ in range(2))
            x.send(b"\1" + (b"\0" if given == self.login.encode() else b"\1"))
        kind = x.take(4)[3]
        place = {1: lambda: socket.inet_ntoa(x.take(4)), 3: lambda: x.take(x.take(1)[0]).decode(),
                 4: lambda: socket.inet_ntop(socket.AF_INET6, x.take(16))}[kind]()
        return place, struct.unpack("!H", x.take(2))[0], b"\5\0\0\1" + bytes(6)
