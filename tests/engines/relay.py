# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""python3 relay.py PORT TO: a cable between two programs on loopback. To cut it, end this process."""

import select
import socket
import sys
import threading


def carry(one, other):
    try:
        while True:
            for ready in select.select([one, other], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    return
                (other if ready is one else one).sendall(data)
    except OSError:
        pass
    finally:
        one.close()
        other.close()


def main(port, to):
    with socket.create_server(("127.0.0.1", port)) as listening:
        while True:
            caller, _ = listening.accept()
            try:
                called = socket.create_connection(("127.0.0.1", to))
            except OSError:
                caller.close()
                continue
            threading.Thread(target=carry, args=(caller, called), daemon=True).start()


main(*map(int, sys.argv[1:]))
