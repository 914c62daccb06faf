# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The surroundings of runs, one set for each thread: services, keys, folders in which nothing may be left behind."""

import os
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

import keys
import running
from standin.pki import GOOD, VARIANTS
from standin.server import Api
from standin.tc3 import Key

STRANGERS = tuple(name for name in VARIANTS if name not in GOOD)
SPARE = 20          # seconds above its limit after which a run is given up as hanging


class World:
    def __init__(self, folder, pki):
        self.folder, self.pki = Path(folder), pki
        self.key = Key("AKID" + secrets.token_hex(16), secrets.token_hex(20))
        self.plugin = running.Plugin(self.key)
        self.last = None

    def __enter__(self):
        for name in ("home", "tmp", "cwd", "files"):
            (self.folder / name).mkdir()
        self.api = Api(self.pki.identity(), [self.key]).__enter__()
        self.strangers = {name: Api(self.pki.identity(name), [self.key]).__enter__()
                          for name in STRANGERS}
        self.closed = socket.socket()
        self.closed.bind(("127.0.0.1", 0))      # and does not listen
        self.closed_port = self.closed.getsockname()[1]
        self.good_key = ["--credentials-file", self.write("key", keys.ini(self.key))]
        self.bad_keys = self.make_bad_keys()
        return self

    def __exit__(self, *_):
        for server in [self.api, *self.strangers.values()]:
            server.__exit__()
        self.closed.close()

    def write(self, name, text, mode=0o600):
        path = self.folder / "files" / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return str(path)

    def file(self, data):
        return self.write("answer", data)

    def make_bad_keys(self):
        half = Key(self.key.secret_id, "")
        return {
            "none": str(self.folder / "files" / "none"),
            "open to all": self.write("open", keys.ini(self.key), 0o644),
            "half": self.write("half", keys.ini(half)),
            "swapped": self.write("swapped", keys.ini(Key(self.key.secret_key, self.key.secret_id))),
            "unknown": self.write("unknown", keys.ini(keys.WRONG)),
            "wrong secret": self.write("wrong", keys.ini(Key(self.key.secret_id, "x" * 40))),
            "expired": self.write("expired", keys.tccli(self.key, expiresAt=5)),
            "NUL": self.write("nul", keys.ini(self.key) + "\0"),
            "no JSON": self.write("json", "{" + keys.ini(self.key)),
            "folder": str(self.folder / "files"),
        }

    def leftovers(self):
        """Files in the places where programs leave them, and requests that strangers heard."""
        for place in ("home", "tmp", "cwd"):
            yield from (str(path) for path in (self.folder / place).rglob("*"))
        for name, server in self.strangers.items():
            yield from ("a request at the %s server" % name for _ in server.requests)

    def options(self, plan, wishes):
        options = ["--retries", 0] + plan.options + wishes.options + ["-t", plan.limit]
        if "--input" in plan.options:
            return options
        return (plan.target or ["-H", "localhost", "-p", self.api.port]) + ["--ca-file", self.pki.root] \
            + (plan.key or self.good_key) + options

    def run(self, plan, wishes):
        self.api.requests.clear()
        self.api.handshake_failures.clear()
        self.api.play(*(plan.behaviors or [self.api.default]), clock=plan.clock)
        args = [str(word) for word in self.options(plan, wishes)]
        env = {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp")}
        with open("/dev/full", "wb") as full:
            begin = time.monotonic()
            process = subprocess.Popen([running.PROGRAM] + args, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                       stdout=full if plan.silent else subprocess.PIPE, env=env,
                                       cwd=self.folder / "cwd")
        if plan.terminate:
            self.api.wait_for_request()
            process.send_signal(signal.SIGTERM)
        try:
            out, err = process.communicate(timeout=plan.limit + SPARE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        seconds = time.monotonic() - begin
        self.last = running.Result(args, process.returncode, (out or b"").decode("utf-8", "replace"),
                                   err.decode("utf-8", "replace"), seconds)
        return self.last
