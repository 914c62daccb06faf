#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Which system calls a check makes, measured with strace over runs of every kind: what a filter must let through.

Called by "make syscalls". The set is that of one architecture and one C library with its friends; another libcurl or
another name service may want more.
"""

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from demo import NAME, write_credentials
from standin.answers import document
from standin.metadata import Metadata
from standin.netns import HOSTS, RESOLVER, Network, unshare_command
from standin.pki import Pki
from standin.proxy import Proxy
from standin.resolver import NO_SUCH_NAME, Resolver
from standin.resolver import code as rcode
from standin.script import error, ok, reset_at, stall
from standin.server import Api
from standin.tc3 import Key

REAL = "cwp.intl.tencentcloudapi.com"
CALL = re.compile(r"^(?:\d+ +)?(?:<\.\.\. )?([a-z]\w+)(?:\(| resumed)", re.M)


class Scene:
    """Services, key and private network for the runs below. trace(...) runs the program with these arguments behind a
    command, which gets the program's own words after its own, and returns exit code and output."""

    def __init__(self, folder, program, command):
        self.folder, self.program, self.command = Path(folder), program, list(command)
        self.key = Key("AKID" + secrets.token_hex(16), secrets.token_hex(20), secrets.token_hex(50))
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        for name in ("pki", "network", "home"):
            (self.folder / name).mkdir()
        self.pki = Pki(self.folder / "pki")
        self.api = self.enter(Api(self.pki.identity(), [self.key]))
        self.proxy = self.enter(Proxy())
        self.network = self.enter(Network(self.folder / "network", self.pki, unshare_command()))
        self.inside = self.enter(Api(self.pki.identity(), [self.key], sockets=[self.network.listen("127.0.0.1", 443)]))
        self.metadata = self.enter(Metadata(sockets=[self.network.listen("127.0.0.1", 80)]))
        self.metadata.serve_role("Monitoring", self.key)
        self.credentials = write_credentials(str(self.folder / "key"), self.key)
        with open(self.credentials, "a") as file:
            file.write("[token]\nsecret_id = %s\nsecret_key = %s\ntoken = %s\n" % self.key)
        self.answer = str(self.folder / "answer")
        Path(self.answer).write_bytes(document())
        os.mkfifo(self.folder / "never")
        return self

    def __exit__(self, *why):
        self.stack.close()

    def enter(self, manager):
        return self.stack.enter_context(manager)

    def start(self, *args, before=(), env=None, stdin=subprocess.DEVNULL):
        words = list(before) + self.command + [self.program] + [str(arg) for arg in args]
        return subprocess.Popen(words, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/",
                                env=dict({"PATH": os.environ["PATH"]}, **(env or {})))

    def run(self, *args, **how):
        process = self.start(*args, **how)
        out, _ = process.communicate(timeout=120)
        return process.returncode, out.decode(errors="replace")

    def ask(self, *args, **how):
        return self.run("-H", "localhost", "-p", self.api.port, "--ca-file", self.pki.root, "--credentials-file",
                        self.credentials, "--profile", "token", *args, **how)

    def ask_inside(self, *args, **how):
        """Real names in the private network, the system's own trust store in its place."""
        return self.run(*args, before=self.network.prefix(), **how)


# ---- The runs: each returns exit code and output ----

def good(s):
    s.api.play(ok())
    return s.ask()


def good_by_name(s):
    s.network.hosts(HOSTS)
    s.network.resolver(RESOLVER)
    return s.ask_inside("--credentials-file", s.credentials, "--profile", "token")


def good_without_the_usual_root(s):
    """Then the directory of roots is listed."""
    link = s.folder / "network" / "certs" / "4042bcee.0"
    if link.is_symlink():
        link.unlink()
    return good_by_name(s)


def role(s):
    return s.ask_inside("--role", "-v")


def no_such_name(s):
    s.network.hosts("127.0.0.1 localhost\n")
    with Resolver(s.network.datagram("127.0.0.1", 53), rcode(NO_SUCH_NAME)):
        return s.ask_inside("-H", "no.such.example", "--credentials-file", s.credentials, "--retries", 0)


def silent_resolver(s):
    with Resolver(s.network.datagram("127.0.0.1", 53)):
        return s.ask_inside("-H", "no.such.example", "--credentials-file", s.credentials, "-t", 2)


def searched_key(s):
    """The whole chain of places, and the passwd entry for want of HOME."""
    return s.run("-H", "127.0.0.1", "-p", 1, "--retries", 0)


def tccli(s):
    folder = s.folder / "home" / ".tccli"
    folder.mkdir(exist_ok=True)
    path = folder / "default.credential"
    path.write_text('{"secretId": "%s", "secretKey": "%s", "token": "%s"}' % s.key)
    path.chmod(0o600)
    return s.run("-H", "localhost", "-p", s.api.port, "--ca-path", s.pki.hashed_folder(str(s.folder / "hashed")),
                 env={"HOME": str(s.folder / "home")})


def api_error_and_retry(s):
    s.api.play(error("InternalError", "try again"), ok())
    return s.ask("-vvv")


def broken_connection(s):
    s.api.play(reset_at("body"))
    return s.ask("--retries", 0)


def timeout(s):
    s.api.play(stall("answer"))
    return s.ask("-t", 1)


def hard_limit(s):
    return s.run("--input", s.folder / "never", "-t", 1)


def ended(s):
    s.api.play(stall("answer"))
    seen = len(s.api.requests)
    process = s.start("-H", "localhost", "-p", s.api.port, "--ca-file", s.pki.root, "--credentials-file", s.credentials,
                      "--profile", "token", "-t", 20)
    s.api.wait_for_request(seen + 1)
    children = Path("/proc/%d/task/%d/children" % (process.pid, process.pid)).read_text().split()
    os.kill(int(children[0]) if children else process.pid, signal.SIGTERM)
    out, _ = process.communicate(timeout=60)
    return process.returncode, out.decode()


def proxied(s):
    s.api.play(ok())
    return s.ask("--proxy", "http://127.0.0.1:%d" % s.proxy.port)


def environment(s):
    s.api.play(ok())
    return s.run("-H", "127.0.0.1", "-p", s.api.port, "--output-format", "json", env={
        "TENCENTCLOUD_SECRET_ID": s.key.secret_id, "TENCENTCLOUD_SECRET_KEY": s.key.secret_key,
        "TENCENTCLOUD_TOKEN": s.key.token, "SSL_CERT_FILE": s.pki.root})


def refused(s):
    return s.run("-H", "localhost", "-p", 1, "--credentials-file", s.credentials, "-6", "--retries", 0)


def from_file(s):
    return s.run("--input", s.answer, "--output-format", "prometheus")


def from_standard_input(s):
    with open(s.answer, "rb") as stdin:
        return s.run("--input", "-", stdin=stdin)


def asked_for_help(s):
    return s.run("--help")


def usage_error(s):
    return s.run("-w", "nonsense")


# Run, its exit code, and what its output must hold.
RUNS = [
    (good, 0, "4 available"), (good_by_name, 0, "4 available"),
    (good_without_the_usual_root, 0, "4 available"), (role, 0, "Monitoring"), (tccli, 0, "4 available"),
    (proxied, 0, "4 available"), (environment, 0, '"available":4'), (api_error_and_retry, 0, "4 available"),
    (from_file, 0, "cwp_license_available"), (from_standard_input, 0, "4 available"),
    (asked_for_help, 3, "--warning"), (usage_error, 3, "nonsense"), (searched_key, 3, "licenses NOT checked"),
    (no_such_name, 3, "cannot be resolved"), (silent_resolver, 3, "name resolution"), (refused, 3, "localhost"),
    (broken_connection, 3, "licenses NOT checked"), (timeout, 3, "waiting for the answer"),
    (hard_limit, 3, "the hard limit"), (ended, 3, "stopped by a signal"),
]


def measure(program):
    """The names of all system calls, from the first one of the program's own loader to its end."""
    found = set()
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "strace")
        with Scene(folder, program, ["strace", "-f", "-qq", "-e", "signal=none", "-o", log]) as scene:
            for run, code, words in RUNS:
                done, out = run(scene)
                if "the hard limit" in out and words not in out:    # a busy machine held it up to there
                    done, out = run(scene)
                assert done == code and words in out, "%s: exit %s\n%s" % (run.__name__, done, out)
                found |= set(CALL.findall(Path(log).read_text()))
    return found


def columns(names):
    """As the README has them."""
    lines, line = [], ""
    for name in sorted(names):
        if len(line) + len(name) > 98:
            lines, line = lines + [line.rstrip()], ""
        line += name + " "
    return "\n".join(lines + [line.rstrip()])


def main():
    if not shutil.which("strace") or not unshare_command():
        sys.exit("needs strace, and root or user namespaces")
    begin = time.monotonic()
    names = measure(os.path.abspath(os.environ.get("PLUGIN") or os.path.join(
        os.path.dirname(__file__), "..", "build", NAME)))
    print(columns(names))
    print("%d system calls in %d kinds of run, %.0f s" % (len(names), len(RUNS), time.monotonic() - begin))


if __name__ == "__main__":
    main()
