# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A long and lossy line within a private network: every packet takes its time, and some never arrive.

The kernel's own emulation (netem) is not in every kernel. Here a TUN device takes the packets, a thread holds each one
for a while and hands it back with source and destination exchanged, which leaves the checksums right: whoever connects
to FAR from NEAR reaches what listens on NEAR, by way of the line. nftables drops a share of what comes in.
"""

import collections
import os
import select
import socket
import threading
import time

NEAR, FAR, NEAR6, FAR6 = "10.9.0.1", "10.9.0.2", "fd09::1", "fd09::2"
DEVICE = "line"
RULES = """
table inet line {
  chain lose {
    type filter hook input priority 0; policy accept;
    iifname "%s" numgen random mod 100 < %d drop
  }
}
"""


def turned(packet):
    """Source and destination addresses exchanged; None for what is neither IPv4 nor IPv6."""
    version = packet[0] >> 4
    if version == 4:
        return packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
    if version == 6:
        return packet[:8] + packet[24:40] + packet[8:24] + packet[40:]
    return None


class Wire:
    """Use it in a with statement. delay: seconds there and back again; loss: per cent, each way."""

    def __init__(self, network, delay, loss):
        self.network, self.delay, self.loss = network, delay / 2, loss
        self.packets = 0
        self._stop_signal, self._stopper = socket.socketpair()
        self._thread = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self):
        self._device = self.network.tunnel(DEVICE)
        for command in ("addr add %s/24 dev %s" % (NEAR, DEVICE), "addr add %s/64 dev %s nodad" % (NEAR6, DEVICE),
                        "link set %s up" % DEVICE):
            self.network.run("ip", *command.split())
        if self.loss:
            self.network.run("nft", "-f", "-", text=RULES % (DEVICE, self.loss))
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopper.close()
        self._thread.join()
        self._stop_signal.close()
        os.close(self._device)

    def _carry(self):
        held = collections.deque()          # (when it is due, packet), in the order of arrival
        while True:
            left = max(0, held[0][0] - time.monotonic()) if held else None
            ready, _, _ = select.select([self._device, self._stop_signal], [], [], left)
            if self._stop_signal in ready:
                return
            if ready:
                packet = turned(os.read(self._device, 65536))
                if packet:
                    self.packets += 1
                    held.append((time.monotonic() + self.delay, packet))
            while held and held[0][0] <= time.monotonic():
                os.write(self._device, held.popleft()[1])
