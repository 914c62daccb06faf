# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A tiny forward proxy: CONNECT only, with or without a login."""

import base64
import select
import socket

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
        """Pass bytes both ways. Loopback only, whatever name was asked for: tests must not reach further."""
        port = int(x.request.target.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 5) as inner:
            x.send(b"HTTP/1.1 200 Connection established\r\n" + headers + b"\r\n")
            way = {x.sock: inner, inner: x.sock}
            while True:
                ready, _, _ = select.select(list(way) + [self.stop_signal], [], [])
                if self.stop_signal in ready:
                    raise Hangup()
                for sock in ready:
                    data = sock.recv(65536)
                    if not data:
                        raise Hangup()
                    way[sock].sendall(data)
