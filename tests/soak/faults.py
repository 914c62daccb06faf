# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What may go wrong in one run, drawn at random. Each fault is a function of a random generator and the world it
happens in; it returns a Plan."""

import json
from dataclasses import dataclass, field

import naive
from naive import Failed
from standin import answers
from standin.script import (HEARD, STAGES, body, close, close_at, drip, error, goodbye, head, oversize, redirect, reply,
                            reset, reset_at, send, stall, status, wait)

HOSTILE = ["", "try again", "a|b=1;;;0 `$x`", "<b>bold</b>\n\r\n\x1b[31m", "\u4f60\u597d" * 40, "\ud800", "x" * 5000,
           "%s%n"]
CODES = ["InternalError", "InternalError.Db", "ServiceUnavailable", "RequestLimitExceeded", "AuthFailure",
         "FailedOperation",
         "RequestLimitExceeded.UinLimitExceeded", "AuthFailure.SecretIdNotFound", "UnauthorizedOperation", "Odd|`Code",
         "AuthFailure.SignatureExpire", "ResourceInUse", "NoSuchProduct", "internalerror", "InternalErrors", " ",
         "x" * 300]
NUMBERS = [0, 0, 0, 1, 2, 3, 5, 10, 46, 100, 99999, 2 ** 31, 2 ** 53]
NO_COUNTS = ['"5"', "-1", "-0", "1.0", "1.5", "1e2", "true", "[]", "{}", "9007199254740993", "1" + "0" * 40, '""']
LIMIT = 10


@dataclass
class Plan:
    truth: object                   # (counts, switches) or a Failed
    behaviors: list = field(default_factory=list)
    options: list = field(default_factory=list)
    target: list = None             # options that lead elsewhere than to the usual stand-in
    key: list = None                # options that name another key than the usual one
    clock: int = 0                  # seconds that the service's clock is ahead
    limit: int = LIMIT
    terminate: bool = False         # SIGTERM once the request is there
    silent: bool = False            # standard output is /dev/full
    data: bytes = b""               # the answer


def evaluate(data, code=200):
    try:
        return naive.answer(data, code)
    except Failed as why:
        return why


def one_of(kinds, outage=None):
    return Failed(kinds.split(), outage)


NETWORK = "network tls http malformed timeout"


# ---- Answers ----

def some_fields(rng):
    """Counts and switches of any kind, some of them absent or null."""
    made = {api: rng.choice(NUMBERS) for api in naive.COUNTS.values()}
    made.update({api: rng.random() < 0.5 for api in naive.SWITCHES.values()})
    made.update(ProtectType=rng.choice(["FLAGSHIP_PREPAY", "\u4f60", "a|b"]), RequestId=answers.REQUEST_ID)
    if rng.random() < 0.05:
        made.update({api: 0 for api in naive.COUNTS.values()})
    if rng.random() < 0.5:
        made.update({"ExpireLicenseCnt": 0, "NearExpiryLicenseCnt": 0})
    for api in rng.sample(sorted(made), rng.choice([0, 0, 1, 4])):
        if api not in ("ExpireLicenseCnt", "NearExpiryLicenseCnt", "AvailableLicenseCnt"):
            made[api] = None
    items = [item for item in made.items() if item[1] is not None or rng.random() < 0.5]
    rng.shuffle(items)
    return dict(items, **{"NewField%d" % n: n for n in range(rng.choice([0, 1]))})


def document(rng):
    return json.dumps({"Response": some_fields(rng)}, ensure_ascii=rng.random() < 0.5).encode()


def answering(data):
    return Plan(evaluate(data), [body(data)], data=data)


def healthy(rng, world):
    return answering(document(rng))


def field_that_is_none(rng, world):
    """One field is absent though required, or of another type."""
    made = some_fields(rng)
    api = rng.choice(sorted(naive.COUNTS.values()) + sorted(naive.SWITCHES.values()) + list(naive.TEXTS))
    made[api] = "@@"
    if rng.random() < 0.3:
        api = rng.choice(["ExpireLicenseCnt", "NearExpiryLicenseCnt", "AvailableLicenseCnt"])
        made.pop(api, None)
    return answering(json.dumps({"Response": made}).replace('"@@"', rng.choice(NO_COUNTS)).encode())


def mutation(rng, world):
    """A healthy document with a few bytes changed, left out, cut off or doubled."""
    data = bytearray(document(rng))
    for _ in range(rng.choice([1, 1, 2, 5])):
        if not data:
            break               # nothing is left to change
        at = rng.randrange(len(data))
        how = rng.randrange(5)
        if how == 0:
            data[at] = rng.randrange(256)
        elif how == 1:
            del data[at:at + rng.choice([1, 2, 10])]
        elif how == 2:
            data[at:at] = data[at:at + rng.choice([1, 8, 40])]
        elif how == 3:
            data[at:at] = rng.choice([b"\0", b"\xef\xbb\xbf", b",", b"}", b"[" * 40, b"\\ud800", b"e5", b"."])
        else:
            del data[at + 1:]
    return answering(bytes(data))


def refused_by_the_api(rng, world):
    code, message, number = rng.choice(CODES), rng.choice(HOSTILE), rng.choice([200, 200, 200, 400, 403, 500])
    data = json.dumps({"Response": {"Error": {"Code": code, "Message": message}, "RequestId": "x"}}).encode()
    return Plan(evaluate(data, number), [status(number, data)])


def gateway(rng, world):
    """Somebody on the way answers, or the service does with a status that is not 200."""
    number = rng.choice([201, 202, 203, 206, 300, 301, 304, 307, 308, 400, 401, 403, 404, 407, 408, 413, 418, 429, 451,
                         499, 500, 501, 502, 503, 504, 511, 599, 600, 999])
    data = rng.choice([b"", b"<html>" + b"x" * 2000, b"{}", document(rng), b"login, please"])
    if number == 304:
        data = b""
    return Plan(evaluate(data, number), [status(number, data)])


def refusal(words):
    return json.dumps({"Response": {"Error": {"Code": "InvalidAction", "Message": words}, "RequestId": "x"}}).encode()


def echo(rng, world):
    """What was sent comes back, the signature included."""
    if rng.random() < 0.5:
        return Plan(one_of("malformed", False), [HEARD + [lambda x: reply(x.request.raw)(x)]])
    return Plan(evaluate(refusal("x")), [HEARD + [lambda x: reply(refusal(x.request.header("Authorization")))(x)]])


def elsewhere(rng, world):
    code = rng.choice([301, 302, 307])
    return Plan(one_of("http", False), [redirect("https://localhost:%d/" % world.api.port, code)])


# ---- Breaks of the protocol ----

def garbage(rng, world):
    noise = bytes(rng.randrange(256) for _ in range(rng.choice([1, 20, 3000])))
    data = rng.choice([noise, b"HTTP/0.9\r\n\r\n", b"\r\n\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n",
                       b"HTTP/1.1 200", b"ICY 200 OK\r\n\r\n", b"HTTP/9.9 200\r\n\r\n"])
    return Plan(one_of(NETWORK + " service internal"), [HEARD + [send(data), goodbye]], limit=2)


def broken_off(rng, world):
    stage = rng.choice(sorted(STAGES))
    return Plan(one_of(NETWORK), [rng.choice([reset_at, close_at])(stage)])


def wrong_length(rng, world):
    """Longer than what comes, or shorter: the rest is not read, and what is left is cut JSON."""
    data = document(rng)
    longer = rng.random() < 0.5
    length = len(data) + rng.randrange(1, 500) if longer else rng.randrange(1, len(data) - 5)
    truth = one_of(NETWORK) if longer else evaluate(data[:length])
    return Plan(truth, [HEARD + [head(length=length), send(data), goodbye]])


def chunked(rng, world):
    data, parts = document(rng), []
    at = 0
    while at < len(data):
        size = rng.randrange(1, 300)
        parts.append(b"%x\r\n%s\r\n" % (len(data[at:at + size]), data[at:at + size]))
        at += size
    start = head(Content_Length=None, Transfer_Encoding="chunked")
    if rng.random() < 0.4:
        spoiled = rng.choice([b"zz\r\n", b"fffffffffffffffff\r\n", b"-5\r\n"])
        return Plan(one_of(NETWORK), [HEARD + [start, send(b"".join(parts[:1]) + spoiled), goodbye]])
    return Plan(evaluate(data), [HEARD + [start, send(b"".join(parts) + b"0\r\n\r\n")]])


def floods(rng, world):
    """Endless headers, endless interim answers, an endless body, an answer that is too large."""
    how = rng.randrange(4)
    if how == 0:
        return Plan(one_of("malformed", False), [oversize(rng.choice([300, 1000]) * 1024, rng.random() < 0.5)])
    one = [b"X-Pad: " + b"x" * 200 + b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"x" * 4096][how - 1]
    begin = [b"HTTP/1.1 200 OK\r\n", b"", b"HTTP/1.1 200 OK\r\n\r\n"][how - 1]
    return Plan(one_of("malformed network http tls"), [HEARD + [send(begin + one * 2000), goodbye]])


def slow(rng, world):
    data = document(rng)
    dripping = [head(length=len(data)), drip(data, len(data) // 4 + 1, 0.05)]
    steps = dripping if rng.random() < 0.5 else [wait(0.2), reply(data)]
    return Plan(evaluate(data), [HEARD + steps])


def hangs(rng, world):
    """A busy machine may leave it to the hard limit, which --api-error-state does not soften."""
    return Plan(one_of("timeout"), [stall(rng.choice(sorted(STAGES)))], limit=1)


def odd_headers(rng, world):
    data = document(rng)
    odd = rng.choice([{"Date": None}, {"Date": "yesterday"}, {"Content_Type": "text/html"},
                      {"Content_Type": "x" * 3000},
                      {"Server": "\x1b[2J|`"}, {"Set_Cookie": "a=b; domain=.com"}, {"Content_Encoding": "identity"},
                      {"Strict_Transport_Security": "max-age=1"}, {"Connection": "close"}, {"X_A": "b" * 8000},
                      {"Location": "http://127.0.0.1:9/"}, {"Refresh": "0; url=http://127.0.0.1:9/"}])
    return Plan(evaluate(data), [body(data, **odd)])


# ---- Connections that never come about ----

def stranger(rng, world):
    """The certificate is not one to trust."""
    server = rng.choice(sorted(world.strangers.items()))[1]
    return Plan(one_of("tls", True), target=["-H", "localhost", "-p", server.port])


def nobody_there(rng, world):
    return Plan(one_of("network", True), target=["-H", rng.choice(["localhost", "127.0.0.1"]), "-p", world.closed_port])


def no_tls(rng, world):
    steps = [send(b"HTTP/1.1 400 Bad Request\r\n\r\n"), close] if rng.random() < 0.5 else [close]
    return Plan(one_of("tls network"), [steps])


def wrong_clock(rng, world):
    return Plan(one_of("clock", False), [], clock=rng.choice([-400, 400, -86400, 86400 * 730]))


# ---- This host ----

def key_fault(rng, world):
    name = rng.choice(sorted(world.bad_keys))
    return Plan(one_of("credentials", False), key=["--credentials-file", world.bad_keys[name]])


def from_file(rng, world):
    plan = rng.choice([healthy, field_that_is_none, mutation])(rng, world)
    return Plan(plan.truth, options=["--input", world.file(plan.data)])


def terminated(rng, world):
    return Plan(one_of("internal", False), [stall("answer")], terminate=True)


def full_disk(rng, world):
    data = document(rng)
    return Plan(evaluate(data), [body(data)], silent=True)


# ---- Gone at the next try ----

def second_try(rng, world):
    data = document(rng)
    first = rng.choice([error("InternalError"), error("RequestLimitExceeded"), status(503, "x"), status(429, "x"),
                        reset_at("answer"), close_at("head"), [reset], HEARD + [goodbye]])
    return Plan(evaluate(data), [first, body(data)], options=["--retries", rng.choice([1, 2, 3])])


# Fault and how often it is drawn.
FAULTS = [
    (healthy, 18), (field_that_is_none, 8), (mutation, 14), (refused_by_the_api, 9), (gateway, 9), (elsewhere, 1),
    (echo, 2), (garbage, 4), (broken_off, 6), (wrong_length, 3), (chunked, 3), (floods, 2), (slow, 2), (hangs, 2),
    (odd_headers, 4),
    (stranger, 4), (nobody_there, 1), (no_tls, 1), (wrong_clock, 2), (key_fault, 2), (from_file, 6), (terminated, 1),
    (full_disk, 1), (second_try, 3),
]


def draw(rng, world):
    make = rng.choices([fault for fault, _ in FAULTS], [weight for _, weight in FAULTS])[0]
    return make, make(rng, world)
