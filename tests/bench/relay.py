# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""python3 relay.py LISTENING-DESCRIPTOR ADDRESS PORT SECONDS: a long cable. What comes in at one end goes out at the
other half of SECONDS later, so that a round trip takes SECONDS more. Opening the connection does not: the kernel of
this machine answers that by itself."""

import asyncio
import socket
import sys


async def carry(reader, writer, delay):
    loop = asyncio.get_running_loop()
    while data := await reader.read(65536):
        loop.call_later(delay, writer.write, data)
    loop.call_later(delay, writer.close)


async def main(listening, address, port, seconds):
    async def accept(reader, writer):
        called = await asyncio.open_connection(address, port)
        await asyncio.gather(carry(reader, called[1], seconds / 2), carry(called[0], writer, seconds / 2),
                             return_exceptions=True)

    server = await asyncio.start_server(accept, sock=socket.socket(fileno=listening))
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
