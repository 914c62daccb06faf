# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Steps below and within TLS, for scripts (see script.py): what a broken server or a box on the way does to it."""

import os
import select
import socket
import ssl

from .exchange import Hangup

# Records of RFC 8446: type, version, length, content.
FATAL = 2


def alert(description, level=FATAL):
    """An alert in the clear, as a server sends it that wants no handshake. 40: handshake_failure, 80: internal_error,
    112: unrecognized_name."""
    return lambda x: x.send(b"\x15\x03\x03\x00\x02" + bytes([level, description]))


def beneath(data):
    """Bytes under an established TLS connection: no record that the other side can decrypt."""
    return lambda x: os.write(x.sock.fileno(), data)


def hears(x):
    """Wait for the client's next bytes, and leave them unread: an end comes at the same point then, always."""
    select.select([x.sock, x.server.stop_signal], [], [])


def half_close(x):
    """FIN for what was sent, while the ear stays open."""
    x.sock.shutdown(socket.SHUT_WR)


def handshake(carry):
    """A handshake whose outgoing bytes pass through carry(exchange, data). The connection is of no use afterwards."""
    def step(x):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = x.server.context.wrap_bio(incoming, outgoing, server_side=True)
        while True:
            try:
                tls.do_handshake()
                carry(x, outgoing.read())
                return
            except ssl.SSLWantReadError:
                carry(x, outgoing.read())
                data = x.sock.recv(65536)
                if not data:
                    raise Hangup() from None
                incoming.write(data)
    return step


def dripped(size=1, pause=0.1):
    return handshake(lambda x, data: x.drip(data, size, pause))


def first_bytes(count):
    """Of the server's part of the handshake only so much, then silence."""
    def carry(x, data):
        if data:
            x.send(data[:count])
            x.wait()
    return handshake(carry)


def spoiled(at):
    """One byte of the server's part of the handshake differs, as by a faulty line or a meddler."""
    def carry(x, data):
        x.send(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:] if len(data) > at else data)
    return handshake(carry)
