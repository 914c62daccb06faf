# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What all stand-ins share: listening sockets, a thread per connection, a script, and a record of what was heard."""

import email.utils
import select
import socket
import threading
import time

from .exchange import Exchange, Hangup
from .script import Script


class Listener:
    """Use it in a with statement. Subclasses say what to do by default and how a request is judged."""

    default = []            # the behavior of an unscripted stand-in
    context = None          # TLS, for those that speak it

    def __init__(self, addresses=("127.0.0.1",), port=0, sockets=None):
        """sockets: listening ones from elsewhere (netns.py), instead of addresses and port."""
        self.sockets = sockets or listen_on(addresses, port)
        self.port = self.sockets[0].getsockname()[1]
        self.requests, self.handshake_failures, self.troubles = [], [], []
        self.connections = 0
        self.script = Script([self.default])
        self._changed = threading.Condition()
        self._threads = []
        self.stop_signal, self._stopper = socket.socketpair()

    def __enter__(self):
        for sock in self.sockets:
            self._spawn(self._accept, sock)
        return self

    def __exit__(self, *_):
        self._stopper.close()           # readable for every thread that waits, at once
        for thread in list(self._threads):
            thread.join(5)
        for sock in self.sockets + [self.stop_signal]:
            sock.close()
        if self.troubles:
            raise RuntimeError("the stand-in itself failed: %r" % self.troubles)

    # For tests

    def play(self, *behaviors, clock=0):
        """From the next request on, do these, one per request, the last one repeating."""
        self.script = Script(behaviors, clock)

    def wait_for(self, condition, seconds=20):
        """Wait until condition(self) holds; no polling."""
        with self._changed:
            if not self._changed.wait_for(lambda: condition(self), seconds):
                raise AssertionError("the stand-in waited in vain")

    def wait_for_request(self, count=1):
        self.wait_for(lambda self: len(self.requests) >= count)

    # For exchanges

    def now(self):
        return time.time() + self.script.clock

    def http_date(self):
        return email.utils.formatdate(self.now(), usegmt=True)

    def judge(self, request):
        """None, or a tuple for refuse()."""
        return None

    def refuse(self, exchange, *why):
        raise NotImplementedError

    def heard(self, request):
        self._note(lambda: self.requests.append(request))

    def handshake_failed(self, why):
        self._note(lambda: self.handshake_failures.append(why))

    # Inside

    def _note(self, change):
        with self._changed:
            change()
            self._changed.notify_all()

    def _spawn(self, work, *args):
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listening):
        while True:
            ready, _, _ = select.select([listening, self.stop_signal], [], [])
            if self.stop_signal in ready:
                return
            try:
                sock, peer = listening.accept()
            except OSError:             # the client left before we came to it
                continue
            # As real servers do; without it, small writes wait 40 ms for the client's delayed acknowledgment.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._note(self._count)
            self._spawn(self._serve, Exchange(sock, peer, self))

    def _count(self):
        self.connections += 1

    def _serve(self, exchange):
        """Behaviors until the connection ends: a client may send its next request on the same one."""
        try:
            while True:
                for step in self.script.next():
                    step(exchange)
                if not exchange.heard_more():
                    break
        except (Hangup, OSError):       # OSError: the client left or the network (a script's reset) did
            pass
        except Exception as trouble:    # a bug in a stand-in or in a test's own step must not pass unseen
            self.troubles.append(trouble)
        finally:
            exchange.sock.close()


def listen_on(addresses, port=0):
    """One socket per address, all with the same port. With port 0 the system chooses one that is free on all."""
    for attempt in range(20):
        sockets = []
        try:
            for address in addresses:
                chosen = sockets[0].getsockname()[1] if sockets else port
                sockets.append(listening_socket(address, chosen))
            return sockets
        except OSError:
            for sock in sockets:
                sock.close()
            if port or attempt == 19:
                raise


def listening_socket(address, port, backlog=128):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    sock.bind((address, port))
    sock.listen(backlog)
    return sock
