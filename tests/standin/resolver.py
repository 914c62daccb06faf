# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A name server that seldom helps: it gives every question the same answer, late if told so, or none at all."""

import select
import socket
import threading
import time

NO_SUCH_NAME, REFUSED, SERVER_FAILURE = 3, 5, 2
NO_ERROR = 0
TRUNCATED = 0x0200
A, CNAME, AAAA = 1, 5, 28


def addresses(*texts):
    """Answers to questions of both kinds: those of the given addresses that are of that kind."""
    def answer(query):
        wanted = int.from_bytes(query[-4:-2], "big")
        families = {A: socket.AF_INET, AAAA: socket.AF_INET6}
        found = [socket.inet_pton(families[wanted], text) for text in texts
                 if (":" in text) is (wanted == AAAA)] if wanted in families else []
        return message(query, NO_ERROR, [(wanted, data) for data in found])
    return answer


def code(rcode, flags=0):
    """No records, and this code."""
    return lambda query: message(query, rcode | flags)


def itself(query):
    """A name that is only another name for itself."""
    return message(query, NO_ERROR, [(CNAME, b"\xc0\x0c")])


def of_another_question(query):
    """What somebody sends who does not see the question and guesses its number."""
    return bytes([query[0] ^ 1, query[1]]) + addresses("127.0.0.1")(query)[2:]


def noise(query):
    return b"\xff" * 40


def message(query, flags, records=()):
    """A response, recursion wanted and available; the question comes back. Records: (type, data)."""
    body = b"".join(b"\xc0\x0c" + kind.to_bytes(2, "big") + b"\0\1\0\0\0\1" + len(data).to_bytes(2, "big") + data
                    for kind, data in records)
    head = query[:2] + (0x8180 | flags).to_bytes(2, "big") + b"\0\1" + len(records).to_bytes(2, "big") + bytes(4)
    return head + question(query) + body


def question(query):
    """Without what may follow it (EDNS)."""
    end = query.index(b"\0", 12) + 5
    return query[12:end]


class Resolver:
    """On a bound UDP socket (see Network.datagram in netns.py); use it in a with statement. asked: a question came."""

    def __init__(self, sock, answer=None, delay=0):
        """answer: a function of the question, as above; None for silence."""
        self.sock, self.answer, self.delay, self.asked = sock, answer, delay, threading.Event()
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
        held = []                       # (when it is due, message, where to), in the order of arrival
        while True:
            left = max(0, held[0][0] - time.monotonic()) if held else None
            ready, _, _ = select.select([self.sock, self._stop_signal], [], [], left)
            if self._stop_signal in ready:
                return
            if ready:
                query, peer = self.sock.recvfrom(4096)
                query = query[:12] + question(query)
                self.asked.set()
                if self.answer:
                    held.append((time.monotonic() + self.delay, self.answer(query), peer))
            while held and held[0][0] <= time.monotonic():
                _, data, peer = held.pop(0)
                self.sock.sendto(data, peer)
