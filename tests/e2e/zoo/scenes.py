# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What the rows' misbehavior is made of. Each function returns a scene: a function of the place that gives a context
manager, which yields the way there."""

import contextlib
import socket

from standin.listener import listen_on
from standin.metadata import Metadata
from standin.proxy import Proxy
from standin.resolver import Resolver
from standin.server import Api

from .place import REAL


def api(*behaviors, clock=0, identity="good", tune=None, more=()):
    """The API does this, one behavior a request, the last one repeating. tune(context) changes its TLS."""
    @contextlib.contextmanager
    def scene(place):
        with Api(place.pki.identity(identity), place.keys, sockets=place.sockets()) as server:
            if tune:
                tune(server.context)
            if behaviors or clock:
                server.play(*(behaviors or [server.default]), clock=clock)
            yield place.way(server.port, *more, server=server)
    return scene


def refused(*more):
    """A port that is bound but does not listen is refused, and nobody else can take it meanwhile."""
    @contextlib.contextmanager
    def scene(place):
        if place.network:
            yield place.way(9, *more)
            return
        with socket.socket() as bound:
            bound.bind((place.here, 0))
            yield place.way(bound.getsockname()[1], *more)
    return scene


def names(answer=None, delay=0):
    """The name server answers so, or not at all; the API is where it should be."""
    @contextlib.contextmanager
    def scene(place):
        place.names("%s localhost" % place.there)
        with Resolver(place.network.datagram(place.here, 53), answer and answer(place), delay), \
                Api(place.pki.identity(), place.keys, sockets=place.sockets()) as server:
            yield place.way(server.port, server=server)
    return scene


def two_families(v4, v6, *more):
    """The name has an address of each family. What there is: "good", "hole" (no packet comes back), "refused"."""
    @contextlib.contextmanager
    def scene(place):
        place.names("%s %s" % (place.there6, REAL), "%s %s" % (place.there, REAL))
        with contextlib.ExitStack() as stack:
            good = [place.network.listen(address, 443) for address, kind in
                    ((place.here, v4), (place.here6, v6)) if kind == "good"]
            for address, kind in ((place.here, v4), (place.here6, v6)):
                if kind == "hole":
                    stack.enter_context(place.network.black_hole(address, 443))
            server = good and stack.enter_context(Api(place.pki.identity(), place.keys, sockets=good))
            yield place.way(443, *more, server=server or None)
    return scene


def proxy(*behaviors, login=None, given="", api_does=(), way="option", identity="good"):
    """A proxy between; None, or no behavior at all, is an honest one. The API listens where only the proxy gets."""
    @contextlib.contextmanager
    def scene(place):
        with Api(place.pki.identity(identity), place.keys, sockets=listen_on(("127.0.0.1",))) as server, \
                Proxy(login=login, sockets=place.sockets()) as between:
            if api_does:
                server.play(*api_does)
            if behaviors:
                between.play(*[steps or between.default for steps in behaviors])
            url = "http://%s%s:%d" % (given, place.there, between.port)
            if way == "option":
                yield place.way(server.port, "--proxy", url, server=server)
            else:
                yield place.way(server.port, server=server, env={"https_proxy": url})
    return scene


def without_key(way):
    at = way.options.index("--credentials-file")
    del way.options[at:at + 2]
    return way


def role(*behaviors, pages=None, named=False, api_does=()):
    """The key comes from the metadata service, which does this; behaviors may be functions of the key."""
    @contextlib.contextmanager
    def scene(place):
        with Metadata(sockets=place.sockets(80)) as metadata, \
                Api(place.pki.identity(), place.keys, sockets=place.sockets()) as server:
            metadata.serve_role("Monitoring", place.token_key)
            if pages is not None:
                metadata.pages = pages
            if behaviors:
                metadata.play(*[made(place.token_key) if callable(made) else made for made in behaviors])
            if api_does:
                server.play(*api_does)
            yield without_key(place.way(server.port, "--role=Monitoring" if named else "--role", server=server))
    return scene


def no_metadata(known, answer=None):
    """Nobody listens where the metadata service should be, or its name is not known: the name server answers so, or not
    at all."""
    @contextlib.contextmanager
    def scene(place):
        if not known:
            place.names("%s localhost %s" % (place.there, REAL))
        with Resolver(place.network.datagram(place.here, 53), answer), \
                Api(place.pki.identity(), place.keys, sockets=place.sockets()) as server:
            yield without_key(place.way(server.port, "--role", server=server))
    return scene
