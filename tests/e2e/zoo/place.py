# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Where a row's scene is set: plain loopback, or a private network, which may have a long and lossy line in it."""

from dataclasses import dataclass, field

from standin import wire
from standin.listener import listen_on

REAL = "cwp.intl.tencentcloudapi.com"
METADATA = "metadata.tencentyun.com"


@dataclass
class Way:
    """How the program gets to a scene. server: the API's stand-in, if it is in the scene."""
    options: list
    env: dict = field(default_factory=dict)
    launcher: list = field(default_factory=list)
    server: object = None


class Place:
    """Services listen on here; the program finds them at there."""

    here, there, here6, there6 = "127.0.0.1", "127.0.0.1", "::1", "::1"
    host = "localhost"
    network = None

    def __init__(self, pki, key, token_key, write_key, folder):
        self.pki, self.key, self.token_key, self.write_key, self.folder = pki, key, token_key, write_key, folder

    @property
    def keys(self):
        return [self.key, self.token_key]

    def sockets(self, port=0):
        return listen_on((self.here,), port)

    def prefix(self):
        return []

    def way(self, port, *more, server=None, **how):
        options = ["-H", self.host, "-p", port, "--ca-file", self.pki.root,
                   "--credentials-file", self.write_key(self.key), *more]
        return Way(options, launcher=self.prefix(), server=server, **how)


class Inside(Place):
    """The private network, as it was at first."""

    host = REAL

    def __init__(self, network, *args):
        super().__init__(*args)
        self.network = network
        self.names("%s localhost %s %s" % (self.there, REAL, METADATA))
        network.resolver("nameserver %s\n" % self.there)

    def names(self, *lines):
        self.network.hosts("\n".join(lines) + "\n")

    def sockets(self, port=0):
        return [self.network.listen(self.here, port)]

    def prefix(self):
        return self.network.prefix()


class Beyond(Inside):
    """The private network, its services at the other end of a line (standin/wire.py)."""

    here, there, here6, there6 = wire.NEAR, wire.FAR, wire.NEAR6, wire.FAR6


