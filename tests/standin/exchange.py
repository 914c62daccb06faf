# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""One connection to a stand-in: what it has heard so far, and everything that a script can do to it."""

import select
import socket
import ssl
import struct
import time
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus

HEAD_LIMIT = 64 * 1024


class Hangup(Exception):
    """This connection is over; not an error."""


@dataclass
class Request:
    method: str
    target: str
    headers: list                   # (name, value) as received, in order, repetitions included
    body: bytes
    raw: bytes                      # the head, byte for byte
    at: float                       # the stand-in machine's clock, not the skewed one that it may show
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    refused: str = ""               # the error code, if the stand-in found the request wrong
    peer: str = ""
    tls: str = ""                   # "TLSv1.3"; empty without TLS
    server_name: str = ""           # SNI

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name):
        """The value of a header, empty if absent. Repeated headers are joined, so no check mistakes them for one."""
        return ", ".join(self.all(name))


class Exchange:
    def __init__(self, sock, peer, server):
        self.sock, self.peer, self.server = sock, peer, server
        self.request = None
        self.secured = False
        self._pending = b""
        sock.settimeout(60)         # far above any test's own limit: only keeps threads from living forever

    # Hearing

    def start_tls(self):
        """The handshake; nothing to do on a connection that a client uses again."""
        if self.secured:
            return
        try:
            self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        except (OSError, ValueError) as why:
            self.server.handshake_failed(str(why))
            raise Hangup() from why
        self.secured = True

    def read_request(self):
        """Read one request, record it, and send away a client whose request is wrong."""
        head = self.take_until(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = (lines[0].split(" ") + ["", "", ""])[:3]
        headers = [tuple(part.strip() for part in line.partition(":")[::2]) for line in lines[1:] if line]
        request = Request(method, target, headers, b"", head, time.time(), peer=self.peer[0])
        if self.secured:
            request.tls, request.server_name = self.sock.version(), getattr(self.sock, "asked_for", None) or ""
        length = request.header("Content-Length")
        request.body = self.take(int(length) if length.isdigit() else 0)
        self.request = request
        refusal = self.server.judge(request)
        if refusal:
            request.refused = refusal[0]
        self.server.heard(request)
        if refusal:
            self.server.refuse(self, *refusal)
            raise Hangup()

    def take_until(self, mark):
        while mark not in self._pending:
            if len(self._pending) > HEAD_LIMIT:
                raise Hangup()
            self._fill()
        head, _, self._pending = self._pending.partition(mark)
        return head + mark

    def take(self, length):
        while len(self._pending) < length:
            self._fill()
        body, self._pending = self._pending[:length], self._pending[length:]
        return body

    def _fill(self):
        data = self.sock.recv(65536)
        if not data:
            raise Hangup()
        self._pending += data

    def heard_more(self):
        """Wait for a further request on the same connection; false when the client is done."""
        try:
            self._fill()
        except (Hangup, OSError):
            return False
        return True

    # Answering

    def send(self, data):
        self.sock.sendall(data)

    def head(self, status, headers, length):
        """Headers named here replace the usual ones; a value of None takes one away."""
        try:
            phrase = HTTPStatus(status).phrase
        except ValueError:
            phrase = "Odd"
        usual = {"Server": "nginx", "Date": self.server.http_date(), "Content-Type": "application/json",
                 "Content-Length": str(length), "X-TC-RequestId": self.request.id if self.request else None}
        usual.update({name.replace("_", "-"): value for name, value in headers.items()})
        lines = ["%s: %s" % (name, value) for name, value in usual.items() if value is not None]
        return ("HTTP/1.1 %d %s\r\n%s\r\n\r\n" % (status, phrase, "\r\n".join(lines))).encode()

    def drip(self, data, size, pause):
        for start in range(0, len(data), size):
            self.send(data[start:start + size])
            self.wait(pause)

    def wait(self, seconds=None):
        """Do nothing until time is up, the client has left, or the server stops. What the client says is dropped."""
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            left = None if end is None else max(0, end - time.monotonic())
            ready, _, _ = select.select([self.sock, self.server.stop_signal], [], [], left)
            if not ready:
                return
            if self.server.stop_signal in ready or not self.sock.recv(65536):
                raise Hangup()

    def wait_deaf(self):
        """As wait(), but without reading anything, so that the client's data piles up on its side."""
        select.select([self.server.stop_signal], [], [])
        raise Hangup()

    # Leaving

    def close(self):
        """FIN, without the goodbye of TLS: what a crashed server or a cutting middlebox looks like."""
        self.sock.close()
        raise Hangup()

    def goodbye(self):
        """A clean end: close_notify, then FIN."""
        if self.secured:
            self.sock.settimeout(2)
            try:
                self.sock = self.sock.unwrap()
            except (OSError, ValueError):
                pass
        self.close()

    def reset(self):
        """RST: a socket closed with linger time zero is dropped without ceremony."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()


def tls_context(identity):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")      # weak certificates and old versions are for the client to refuse
    context.load_cert_chain(identity.chain, identity.key)
    context.sni_callback = lambda sock, name, _: setattr(sock, "asked_for", name)
    return context
