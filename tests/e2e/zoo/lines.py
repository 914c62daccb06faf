# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Names and TCP."""

from standin import resolver
from standin.answers import document
from standin.script import (
    HEARD, STAGES, close, close_at, drip, goodbye, head, ok, reply, reset, reset_at, send, slow, stall, tls, wait)
from standin.shaky import half_close, hears

from .row import CUT_OFF, Row
from .scenes import api, names, refused, two_families

WHOLE = document()
UNRESOLVED = "cannot be resolved"
IN_VAIN = "(stage: name resolution)"


def at(*texts):
    """The name's addresses; THERE is where the API is."""
    return lambda place: resolver.addresses(*[place.there if text == "THERE" else text for text in texts])


def always(answer):
    return lambda place: answer


def name(title, answer, *expected, delay=0, **more):
    return Row(title, names(answer, delay), *expected, inside=True, **more)


def families(title, v4, v6, *expected, more=(), **how):
    return Row(title, two_families(v4, v6, *more), *expected, inside=True, **how)


LATE = ("-t", "1")

ROWS = [
    # Names
    name("name does not exist", always(resolver.code(resolver.NO_SUCH_NAME)), "network", UNRESOLVED),
    name("name server refuses", always(resolver.code(resolver.REFUSED)), "network", UNRESOLVED),
    name("name server fails", always(resolver.code(resolver.SERVER_FAILURE)), "network", UNRESOLVED),
    name("name without an address", always(resolver.code(resolver.NO_ERROR)), "network", UNRESOLVED),
    name("name that is only another name for itself", always(resolver.itself), "network", UNRESOLVED),
    name("answer too long for UDP, none by TCP", always(resolver.code(resolver.NO_ERROR, resolver.TRUNCATED)),
         "network", UNRESOLVED),
    name("name server is silent", None, "timeout", IN_VAIN, options=LATE),
    name("name server talks nonsense", always(resolver.noise), "timeout", IN_VAIN, options=LATE),
    name("name server answers another question", always(resolver.of_another_question), "timeout", IN_VAIN,
         options=LATE),
    name("name server answers after 3 s, in time", at("THERE"), delay=3, options=("-t", "9")),
    name("name server answers after 3 s, too late", at("THERE"), "timeout", IN_VAIN, delay=3, options=("-t", "2"),
         fine_after=3),
    name("wrong address, nobody listens", at("127.0.0.9"), "network", "cannot connect"),
    name("wrong address, no way there", at("192.0.2.1"), "network", "cannot connect"),
    name("wrong address, a group of hosts", at("224.0.0.1"), "network", "cannot connect"),
    name("wrong address, all hosts", at("255.255.255.255"), "network", "cannot connect"),
    name("two wrong addresses before the right one", at("127.0.0.9", "192.0.2.1", "THERE")),
    name("three wrong addresses", at(*["127.0.1.%d" % n for n in range(1, 4)]), "network", "cannot connect"),
    families("v4 works, v6 is refused", "good", "refused"),
    families("v6 works, v4 is refused", "refused", "good"),
    families("v4 works, v6 is a black hole", "good", "hole"),
    families("v6 works, v4 is a black hole", "hole", "good"),
    families("both families are black holes", "hole", "hole", "timeout", "(stage: connect)", options=LATE),
    families("both families are refused", "refused", "refused", "network", "cannot connect"),
    families("only v6 works, v4 wanted", "refused", "good", "network", "cannot connect", more=["-4"]),
    families("v6 is a black hole, v6 wanted", "good", "hole", "timeout", "(stage: connect)", more=["-6"],
             options=LATE),

    # TCP
    Row("refused", refused("-4"), "network", "cannot connect"),
    Row("reset at once", api(reset_at("accept")), "tls", "localhost", may_pass=True, or_else=("network",)),
    Row("reset before TLS", api([hears, reset]), "tls", "the TLS handshake with", may_pass=True),
    Row("reset after TLS", api([tls, hears, reset]), "network", "broke"),
    Row("reset before the answer", api(reset_at("answer")), "network", "broke before the answer was complete"),
    Row("reset in the head", api(reset_at("head")), "network", "broke before the answer was complete"),
    Row("reset in the body", api(reset_at("body")), "network", "broke before the answer was complete"),
    Row("reset after the answer", api(HEARD + [reply(WHOLE), reset])),
    Row("closed before TLS", api([hears, close]), "tls", "the TLS handshake with", may_pass=True),
    Row("closed after TLS", api([tls, hears, close]), "network", "broke"),
    Row("closed before the answer", api(close_at("answer")), "network", "closed the connection without",
        with_gnutls=CUT_OFF),
    Row("closed in the body", api(close_at("body")), "network", "ended too early", with_gnutls=CUT_OFF),
    Row("silence from the first", api(stall("accept")), "timeout", "(stage: TLS handshake)", options=LATE),
    Row("silence after the handshake", api(stall("handshake")), "timeout", "(stage: waiting for the answer)",
        options=LATE),
    Row("silence in the head", api(stall("head")), "timeout", "(stage: ", options=LATE),
    Row("silence in the body", api(stall("body")), "timeout", "(stage: reading)", options=LATE),
    Row("half closed before TLS", api([hears, half_close, wait()]), "tls", "the TLS handshake with", may_pass=True),
    Row("half closed before the answer", api(HEARD + [half_close, wait()]), "network", "closed the connection without",
        with_gnutls=CUT_OFF),
    Row("half closed in the body", api(STAGES["body"] + [half_close, wait()]), "network", "ended too early",
        with_gnutls=CUT_OFF),
    Row("half closed after the answer", api(HEARD + [reply(WHOLE), half_close, wait()])),
    Row("a byte at a time, in time", api(HEARD + [head(length=len(WHOLE)), drip(WHOLE, 1, 0)])),
    Row("the answer is late, in time", api(slow(0.7)), options=("-t", "3")),
    Row("the answer comes after the limit", api(slow(1.6)), "timeout", "(stage: waiting for the answer)", options=LATE,
        fine_after=1.6),
    Row("reset once, then fine", api(reset_at("answer"), ok()), options=("--retries", "1"), tries=2),
    Row("reset for ever", api(reset_at("answer")), "network", "2 tries", options=("--retries", "1"), tries=2),
    Row("reset once, then silence", api(reset_at("answer"), stall("answer")), "timeout",
        "(stage: waiting for the answer), 2 tries", options=("--retries", "1", "-t", "3"), tries=2),
    Row("a farewell before the answer", api(HEARD + [goodbye]), "network", "closed the connection without"),
    Row("a farewell in the body", api(HEARD + [head(length=400), send(WHOLE[:200]), goodbye]), "network",
        "ended too early"),
    Row("closed in a body without length", api(HEARD + [head(Content_Length=None, Connection="close"),
                                                        send(WHOLE[:-2]), close]), "malformed",
        "not valid JSON: it ends in the middle", with_gnutls=CUT_OFF),
]
