# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A name server that never helps: it answers every question with the same error, or not at all."""

import select
import socket
import threading

NO_SUCH_NAME, REFUSED, SERVER_FAILURE = 3, 5, 2


class Resolver:
    """On a bound UDP socket (see Network.datagram in netns.py); use it in a with statement. asked: a question came."""

    def __init__(self, sock, rcode=None):
        self.sock, self.rcode, self.asked = sock, rcode, threading.Event()
        self._stop_signal, self._stopper = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopper.close()
        self._thread.join()
        self.sock.close()
        self._stop_signal.close()

    def _serve(self):
        while True:
            ready, _, _ = select.select([self.sock, self._stop_signal], [], [])
            if self._stop_signal in ready:
                return
            query, peer = self.sock.recvfrom(4096)
            self.asked.set()
            if self.rcode is not None:
                flags = (0x8180 | self.rcode).to_bytes(2, "big")    # a response, recursion wanted and available
                counts = query[4:6] + bytes(6)                      # the question comes back, no records follow
                self.sock.sendto(query[:2] + flags + counts + query[12:], peer)
