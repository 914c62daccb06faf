# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Stand-ins for the services that the plugin talks to: the API, the metadata service, a proxy.

They exist so that tests, the demo and real monitoring engines can run the shipped program, unchanged, against real TLS
on loopback. Nothing here shares code with plugin/: where both know a rule (the signature, say), they know it from the
vendor's description, and a misreading in one shows as a refusal by the other.

    server.py     the API        listener.py  what all stand-ins share: sockets, threads, the record of requests
    metadata.py   CVM metadata   exchange.py  one connection, and what can be done to it
    proxy.py      CONNECT proxy  script.py    steps, behaviors made of steps, and scripts made of behaviors
    tc3.py        the signature  verify.py    how the API judges a request
    pki.py        certificates   answers.py   answer documents
    netns.py      a private network, with names and a trust store of its own
    wire.py       a long and lossy line in it
    resolver.py   a name server   shaky.py     steps below and within TLS
"""
