# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The fault zoo: one row for each way in which network, server, proxy, clock or answer may misbehave.

    row.py      what a row is      scenes.py   what a row's misbehavior is made of      place.py   where it happens
    lines.py    names and TCP      handshakes.py  TLS         web.py      HTTP      documents.py   JSON
    refusals.py errors of the API  texts.py       its words   proxies.py  proxies   roles.py       the metadata service
    clocks.py   clocks  real_proxies.py  tinyproxy and squid

A new misbehavior is a new row in one of the tables. test_zoo.py runs each row once in both formats, deadline.py with
short limits under bad conditions.
"""

from . import clocks, documents, handshakes, lines, proxies, refusals, roles, texts, web

LAYERS = {module.__name__.rpartition(".")[2]: [row.here() for row in module.ROWS]
          for module in (lines, handshakes, web, documents, refusals, texts, proxies, roles, clocks)}
ROWS = [row for rows in LAYERS.values() for row in rows]
