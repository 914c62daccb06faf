# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Where costs are measured: a private network with nginx on the API's name and port, the system's trust store with one
root more in it, and the programs that make the same request there, each with its own defaults."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))        # for the package standin

from standin import answers, netns                              # noqa: E402
from standin.pki import Pki                                     # noqa: E402
from standin.tc3 import Key, authorization                      # noqa: E402

NAME = "check_tencent_cwp_license"
ROOT = HERE.parents[1]
PROGRAM = os.path.abspath(os.environ.get("PLUGIN") or str(ROOT / "build" / NAME))
TOOLS = Path(os.environ.get("BENCH_TOOLS") or str(ROOT / "build" / "tests" / "bench"))
SLIM = os.environ.get("SLIM")
HOST = "cwp.intl.tencentcloudapi.com"
NEAR, FAR = "127.0.0.1", "127.0.0.2"        # nginx itself; a relay that takes its time
ROUND_TRIP = 0.040
ANSWER_SIZE = 1024
MANY = 50                                   # a store with fewer authorities is not a real one
HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]")  # what openssl rehash calls an authority

# What the figures are kept under.
OURS, OURS_SLIM, CURL, CURL_ONE, FLOOR, CHECK_HTTP, PYTHON = (
    "this program", "this program, slim", "curl", "curl --cacert", "floor", "check_http", "python3")

NGINX = """
daemon off;
user root;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {address}:443 ssl;
        ssl_certificate {chain};
        ssl_certificate_key {key};
        ssl_protocols TLSv1.2 TLSv1.3;
        default_type application/json;
        location / {{ return 200 '{answer}'; }}
    }}
}}
"""


def roots():
    """How many authorities the system's hashed directory has."""
    names = os.listdir(netns.TRUST) if os.path.isdir(netns.TRUST) else []
    return len([name for name in names if HASHED.fullmatch(name)])


def lacks():
    """What a measurement needs and is not here, in words."""
    tools = ["nginx", "curl", "strace", "valgrind", "openssl", "ldd"]
    missing = [name for name in tools if not find(name)]
    missing += [str(path) for path in (Path(PROGRAM), TOOLS / "run", TOOLS / "floor") if not path.exists()]
    if roots() < MANY:
        missing.append("a hashed directory with the system's authorities, %s" % netns.TRUST)
    if not netns.unshare_command():
        missing.append("root or user namespaces (unshare, nsenter)")
    return missing


def find(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def thousand_bytes():
    """An answer of exactly that size; the padding is a field that nobody knows."""
    bare = answers.document(Padding="").decode()
    return answers.document(Padding="x" * (ANSWER_SIZE - len(bare))).decode()


def libraries():
    """What the program runs with: ("libcurl/7.88.1", "OpenSSL/3.0.22")."""
    shown = subprocess.run([PROGRAM, "--version"], stdout=subprocess.PIPE, text=True, env={}).stdout
    return re.search(r"\((libcurl/\S+) ([^\s)]+)", shown).groups()


def new_openssl():
    """Since 3.2 it reads a certificate in a fraction of the time, so there is less to save."""
    found = re.match(r"OpenSSL/(\d+)\.(\d+)", libraries()[1])
    return bool(found) and tuple(map(int, found.groups())) >= (3, 2)


class Scene:
    """Use it in a with statement. scene.commands: name to command."""

    def __enter__(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="cwp-bench-")
        self.folder = Path(self._temporary.name)
        (self.folder / "network").mkdir()
        (self.folder / "pki").mkdir()
        self.pki = Pki(self.folder / "pki", rsa=True)
        self.network = netns.Network(self.folder / "network", self.pki, netns.unshare_command())
        self.network.__enter__()
        self._children = []
        try:
            self._start_nginx()
            self._start_relay()
            self.commands = self._commands()
            self.distance(NEAR)
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in self._children:
            child.terminate()
            child.wait(10)
        self.network.__exit__()
        self._temporary.cleanup()

    def distance(self, address):
        """NEAR, or FAR for a round trip that takes ROUND_TRIP longer."""
        self.network.hosts("127.0.0.1 localhost\n%s %s\n" % (address, HOST))

    def inside(self, *command):
        """Run a command in there and give its output; no environment, which might name proxies."""
        return subprocess.run(self.network.prefix() + [str(word) for word in command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={})

    def _spawn(self, *command, **how):
        # Whatever happens to this process, they end with it.
        prefix = self.network.prefix() + ["setpriv", "--pdeathsig", "TERM"]
        self._children.append(subprocess.Popen(prefix + [str(word) for word in command], stdin=subprocess.DEVNULL,
                                               **how))

    def _start_nginx(self):
        identity = self.pki.identity()
        conf = self.folder / "nginx.conf"
        conf.write_text(NGINX.format(folder=self.folder, address=NEAR, chain=identity.chain, key=identity.key,
                                     answer=thousand_bytes()))
        self._spawn(find("nginx"), "-c", conf, "-p", self.folder, "-e", self.folder / "nginx.log")

    def _start_relay(self):
        with self.network.listen(FAR, 443) as sock:
            self._spawn(sys.executable, HERE / "relay.py", sock.fileno(), NEAR, 443, ROUND_TRIP,
                        pass_fds=[sock.fileno()])

    def _commands(self):
        key = Key("AKID" + "bench" * 6 + "Zz", "bench" * 6 + "Zz")
        credentials = self.folder / "credentials"
        credentials.touch(0o600)
        credentials.write_text("[default]\nsecret_id = %s\nsecret_key = %s\n" % key[:2])
        self.credentials = str(credentials)
        now = int(time.time())
        signed = {"content-type": "application/json", "host": HOST}
        headers = ["Content-Type: application/json", "X-TC-Action: DescribeLicenseGeneral", "X-TC-Version: 2018-02-28",
                   "X-TC-Language: en-US", "X-TC-Timestamp: %d" % now,
                   "Authorization: " + authorization(key, now, signed, b"{}")]
        curl = [find("curl"), "--silent", "--data", "{}"] + [word for line in headers for word in ("--header", line)]
        url = "https://%s/" % HOST
        # A patient limit: under valgrind, on a busy machine, ten seconds may not do.
        options = ["-t", "120", "--credentials-file", self.credentials]
        commands = {
            OURS: [PROGRAM] + options,
            OURS_SLIM: [os.path.abspath(SLIM)] + options if SLIM else None,
            CURL: curl + [url],
            CURL_ONE: curl + ["--cacert", self.pki.root, url],
            FLOOR: [str(TOOLS / "floor"), HOST] + headers,
            CHECK_HTTP: self._check_http(headers),
            PYTHON: [sys.executable, str(HERE / "client.py"), url, self.credentials],
        }
        return {name: command for name, command in commands.items() if command}

    @staticmethod
    def _check_http(headers):
        found = [folder + "/check_http" for folder in ("/usr/lib/nagios/plugins", "/usr/lib64/nagios/plugins",
                                                       "/usr/lib/monitoring-plugins") if
                 os.path.exists(folder + "/check_http")]
        more = [word for line in headers[1:] for word in ("-k", line)]
        return found and [found[0], "-S", "--sni", "-H", HOST, "-T", "application/json", "-P", "{}"] + more

    def _wait(self):
        """Until nginx answers; then every program must succeed once."""
        end = time.monotonic() + 10
        while self.inside(*self.commands[OURS]).returncode != 0 and time.monotonic() < end:
            time.sleep(0.05)
        for name, command in self.commands.items():
            done = self.inside(*command)
            if done.returncode != 0 or name == CURL and len(done.stdout) != ANSWER_SIZE:
                raise RuntimeError("%s does not work here: %s%s" % (name, done.stdout, done.stderr))

    # ---- Measures of one program ----

    def run(self, command, jobs=1, seconds=0):
        """runs, CPU and wall microseconds, peak of the resident set in KiB, page faults; see run.c."""
        done = self.inside(TOOLS / "run", jobs, seconds, *command)
        *numbers, codes = map(int, done.stdout.split())
        if done.returncode != 0 or codes != 0:
            raise RuntimeError("%s failed while it was measured" % command[0])
        return numbers

    def instructions(self, command):
        """Of a whole run, and those in the program's own object code."""
        return instructions(command, self.network.prefix())

    def trace(self, command):
        """The number of system calls, and the names of the shared objects that were loaded."""
        log = self.folder / "strace"
        done = self.inside(find("strace"), "-f", "-qq", "-o", log, *command)
        text = log.read_text(errors="replace")
        if done.returncode != 0:
            raise RuntimeError("%s fails under strace: %s" % (command[0], done.stderr))
        calls = re.findall(r"^\d+ +[a-z_0-9]+\(", text, re.M)
        opened = re.findall(r'open(?:at)?\([^"\n]*"[^"\n]*?([^/"\n]+\.so[.0-9]*)".* = \d+$', text, re.M)
        return len(calls), set(opened)


def instructions(command, prefix=()):
    """Of a whole run, threads included, and those of the program's own object file."""
    with tempfile.NamedTemporaryFile(prefix="cwp-bench-") as out:
        whole = list(prefix) + [find("valgrind"), "--quiet", "--tool=callgrind", "--callgrind-out-file=" + out.name]
        done = subprocess.run(whole + [str(word) for word in command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={})
        if done.returncode != 0:
            raise RuntimeError("%s fails under valgrind: %s" % (command[0], done.stdout))
        costs = by_object(Path(out.name).read_text(errors="replace"))
    return sum(costs.values()), costs.get(os.path.realpath(command[0]), 0)


def by_object(profile):
    """Self cost by object file of callgrind's output; see "Callgrind Format Specification" in valgrind's manual."""
    names, costs, current, call = {}, {}, None, False
    for line in profile.splitlines():
        if line.startswith("ob="):
            number, _, name = line[3:].partition(" ")
            names.setdefault(number, name)
            current = names[number]
        elif line.startswith(("cob=", "cobj=")):
            number, _, name = line.partition("=")[2].partition(" ")
            names.setdefault(number, name)
        elif line.startswith("calls="):
            call = True                     # the next line is the cost of what was called
        elif line[:1].isdigit() or line[:1] in "+-*":
            costs.setdefault(current, 0)
            costs[current] += 0 if call else sum(map(int, line.split()[1:]))      # a cost of 0 may be left out
            call = False
    return costs


def closure(program, library):
    """Names of the shared objects that a library of that program needs, its own included."""
    def needed(path):
        shown = subprocess.run(["ldd", path], stdout=subprocess.PIPE, text=True).stdout
        return {os.path.basename(name): where for name, where in re.findall(r"^\s+(\S+) => (\S+) ", shown, re.M)}

    own = needed(program)
    found = [name for name in own if name.startswith(library + ".so")]
    return set(found) | set(needed(own[found[0]])) if found else set()
