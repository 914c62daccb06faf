# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What a row of the zoo is."""

from dataclasses import dataclass, field, replace
from typing import Callable, Optional

from running import GNUTLS

KINDS = ("usage", "credentials", "permission", "clock", "network", "tls", "http", "throttled", "service", "malformed",
         "timeout", "empty", "internal")
HEALTHY = "4 available, 46 used, none expired"
# What GnuTLS makes of some rows, which differs from OpenSSL. An end of the connection without its farewell is an error:
CUT_OFF = {"kind": "network", "says": "broke before the answer was complete"}
ACCEPTED = {"kind": None, "says": HEALTHY}
OUTAGES = ("network", "tls", "throttled", "timeout")        # unless a row says otherwise
PASSING = ("network", "throttled", "timeout")


@dataclass(frozen=True)
class Row:
    name: str
    scene: Callable                 # scene(place): a context manager that gives the way there
    kind: Optional[str] = None      # error.kind in JSON; None where the licenses can be read all the same
    says: str = HEALTHY             # a part of the first line
    options: tuple = ()
    is_outage: Optional[bool] = None    # does --api-error-state decide? By default as OUTAGES has it
    may_pass: Optional[bool] = None     # error.retryable, by default as PASSING has it
    inside: bool = False            # needs the private network
    tries: int = 1                  # attempts that are made
    or_else: tuple = ()             # further kinds in which a race, or a lack of time for a second try, may end
    fine_after: float = 0           # with a longer limit than these seconds all is well
    with_gnutls: dict = field(default_factory=dict)     # other values of these fields, where the TLS is GnuTLS

    def here(self):
        """The row for the program that is tested."""
        return replace(self, **self.with_gnutls) if GNUTLS else self

    @property
    def state(self):
        return "UNKNOWN" if self.kind else "OK"

    @property
    def outage(self):
        return self.kind in OUTAGES if self.is_outage is None else self.is_outage

    @property
    def retryable(self):
        return self.kind in PASSING if self.may_pass is None else self.may_pass

    @property
    def hangs(self):
        """Only its own limit ends it, or it needs a certain time: not for wrappers that slow the program down."""
        return "-t" in self.options


def essence(thing):
    """What a scene is made of, for comparison: functions by their code and what they enclose."""
    if hasattr(thing, "__wrapped__"):
        return essence(thing.__wrapped__)
    if callable(thing) and hasattr(thing, "__code__"):
        held = [cell.cell_contents for cell in thing.__closure__ or ()]
        return (thing.__qualname__, thing.__code__.co_code, repr(thing.__code__.co_consts), essence(held),
                essence(thing.__defaults__))
    if isinstance(thing, (list, tuple)):
        return tuple(essence(part) for part in thing)
    if isinstance(thing, dict):
        return tuple((name, essence(part)) for name, part in sorted(thing.items()))
    return repr(thing)
