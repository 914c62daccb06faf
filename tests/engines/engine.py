# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A machine for monitoring engines to run on, without touching the one that it runs on.

A World is a private network (see standin/netns.py), in which the API's real name and port lead to a stand-in, with
layers of its own over /etc, /usr and /var. In there the plugin is installed where its package puts it, the key lies
where the documents say, and the definitions that ship are used as they are, without a change for the test.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from lacking import lacks
from standin import answers, tc3
from standin.netns import Network, unshare_command
from standin.pki import Pki
from standin.script import HEARD, reply
from standin.server import Api

ROOT = Path(__file__).resolve().parents[2]
NAME = "check_tencent_cwp_license"
PROGRAM = Path(os.environ.get("PLUGIN") or ROOT / "build" / NAME).resolve()
PACKAGING = ROOT / "packaging"
README = Path(os.environ.get("README") or ROOT / "README.md")

PLUGINS = "/usr/lib/nagios/plugins"             # where Debian's engines look
USER = "nagios"                                 # as whom Debian's Nagios, Icinga 2 and NRPE run
PROFILES = ("default", "prod", "test")          # of the key file that the examples speak of
CREDENTIALS = "/etc/tencentcloud/credentials"
LAYERS = ("/etc", "/usr", "/var")
FROM_NETWORK = ("hosts", "resolv.conf", "nsswitch.conf")


def need(*programs):
    """Skip the tests of a module, saying why."""
    missing = [program for program in programs if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin")]
    if missing:
        lacks("%s: not installed, run: sh tests/setup.sh engines" % ", ".join(missing))
    if os.geteuid() != 0 or unshare_command() != ["unshare", "-n", "-m"]:
        lacks("needs root and namespaces of network and mounts")
    if not PROGRAM.exists():
        lacks("build the plugin first, or name it in PLUGIN")


def wait_for(condition, what, seconds=30):
    """The first true value of condition()."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError("waited %d s in vain for %s" % (seconds, what))
        time.sleep(0.1)


def blocks(*names):
    """The code blocks of README.md that stand below <!-- test: NAME -->; none of a name that is not there."""
    text = README.read_text() if README.exists() else ""
    found = re.findall(r"<!-- test: (\S+) -->\n+```\w*\n(.*?)^```$", text, re.S | re.M)
    return [block for name, block in found if name in names]


def block(name):
    """The one of that name."""
    found = blocks(name)
    assert len(found) == 1, "README.md has %d blocks %s" % (len(found), name)
    return found[0]


# ---- What the service does ----


def accounts(**changes):
    """Each profile's account: accounts(prod={"ExpireLicenseCnt": 2}) is a behavior (see standin/script.py).

    A behavior in place of the fields is done instead: accounts(test=error("InternalError")).
    """
    def step(x):
        profile = x.server.profiles[tc3.AUTHORIZATION.match(x.request.header("Authorization"))["id"]]
        wanted = changes.get(profile, {})
        if isinstance(wanted, list):
            for other in wanted[len(HEARD):]:
                other(x)
        else:
            reply(answers.fields(**wanted))(x)
    return HEARD + [step]


# ---- The world ----


class World:
    """Use it in a with statement. world.api is the stand-in (see standin/server.py): world.api.play(accounts(...))"""

    def __enter__(self):
        self._end = contextlib.ExitStack()
        with self._end:                                         # what was made until a mistake is taken away again
            self.folder = Path(tempfile.mkdtemp(prefix="cwp-engine-"))
            self._end.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self.folder.chmod(0o755)
            self.log = self.folder / "log"
            self.keys = {profile: tc3.Key("AKID" + secrets.token_hex(16), secrets.token_hex(20))
                         for profile in PROFILES}
            self._network()
            self._layers()
            self._stand_in()
            self._end = self._end.pop_all()
        return self

    def __exit__(self, *_):
        self._end.close()

    def _network(self):
        private, net = self.folder / "private", self.folder / "network"
        private.mkdir(0o700)
        net.mkdir()
        self.pki = Pki(private)
        self.network = self._end.enter_context(Network(net, self.pki, unshare_command()))
        self.holder = int(self.network.prefix()[2])             # nsenter -t PID: the process that keeps it alive
        self.root = Path("/proc/%d/root" % self.holder)

    def _stand_in(self):
        sockets = [self.network.listen("127.0.0.1", 443)]
        self.api = Api(self.pki.identity(), self.keys.values(), sockets=sockets)
        self.api.profiles = {key.secret_id: profile for profile, key in self.keys.items()}
        self.api.play(accounts())
        self._end.enter_context(self.api)
        self._end.callback(self.end_all)

    def _layers(self):
        """In memory, and gone with the namespace."""
        layers = self.folder / "layers"
        layers.mkdir()
        script = ["mount -t tmpfs none /run", "mount -t tmpfs none %s" % layers]
        for layer in LAYERS:
            upper, work = layers / ("upper" + layer), layers / ("work" + layer)
            script.append("mkdir -p %s %s" % (upper, work))
            script.append("mount -t overlay none -o lowerdir=%s,upperdir=%s,workdir=%s %s"
                          % (layer, upper, work, layer))
        net = self.folder / "network"
        script += ["cp %s/%s /etc/%s" % (net, name, name) for name in FROM_NETWORK]
        script.append("rm -rf /etc/ssl/certs && cp -a %s/certs /etc/ssl/certs" % net)
        self.sh("\n".join(script))

    # Processes

    def command(self, words, user=None):
        words = [str(word) for word in words]
        if user:
            words = ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--"] + words
        return self.network.prefix() + words

    def run(self, *words, user=None, check=True, stdin="", seconds=60, **how):
        """Text of standard output and error; how: env, cwd."""
        done = subprocess.run(self.command(words, user), input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=seconds, **how)
        if check and done.returncode != 0:
            raise AssertionError("%s: exit %d\n%s" % (" ".join(map(str, words)), done.returncode, done.stdout))
        return done.stdout if check else (done.returncode, done.stdout)

    def sh(self, script, **how):
        return self.run("sh", "-euc", script, **how)

    def start(self, *words, user=None, **how):
        """In the background; ended with the world. What it says goes to world.log."""
        with open(self.log, "a") as log:
            return subprocess.Popen(self.command(words, user), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                    start_new_session=True, **how)

    def processes(self):
        """All that live in the world, by id: those that were started and their children, wherever they went."""
        mine = os.readlink("/proc/%d/ns/net" % self.holder)
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink("/proc/%s/ns/net" % pid) == mine and int(pid) != self.holder:
                    found.append(int(pid))
            except OSError:
                pass
        return found

    def end_all(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + 1.5
            self._signal_all(number)
            while self._reap() and time.monotonic() < end:
                time.sleep(0.05)

    def _signal_all(self, number):
        for pid in self.processes():
            try:
                os.kill(pid, number)
            except OSError:
                pass

    def _reap(self):
        left = self.processes()
        for pid in left:
            try:
                os.waitpid(pid, os.WNOHANG)
            except OSError:
                pass
        return left

    # Files

    def path(self, path):
        """A file of the world, as seen from outside. Not for ways through absolute symbolic links, such as /var/run."""
        return self.root / str(path).lstrip("/")

    def write(self, path, text, owner="root:root", mode=0o644):
        target = self.path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        target.chmod(mode)
        shutil.chown(target, *owner.split(":"))
        return path

    def folder_for(self, path, user=USER):
        self.path(path).mkdir(parents=True, exist_ok=True)
        shutil.chown(self.path(path), user, user)
        return path

    # The product

    def install(self):
        """The plugin and the key, as the package and the administrator do it."""
        self.sh("install -m 755 %s %s/%s" % (PROGRAM, PLUGINS, NAME))
        self.write_credentials()
        return self

    def write_credentials(self):
        text = "".join("[%s]\nsecret_id = %s\nsecret_key = %s\n" % (profile, key.secret_id, key.secret_key)
                       for profile, key in self.keys.items())
        self.write(CREDENTIALS, text, "root:" + USER, 0o640)

    def mailbox(self):
        """Put a recorder in the place of the mail command; returns the folder with a file for each mail."""
        folder = self.folder / "mail"
        folder.mkdir(mode=0o755)
        folder.chmod(0o1777)
        self.sh("rm -f /usr/bin/mail")
        self.write("/usr/bin/mail", '#!/bin/sh\n{ echo "$*"; cat; } >"$(mktemp %s/XXXXXX)"\n' % folder, mode=0o755)
        return folder


# ---- What a result says ----


def perfdata(text):
    """{label: value with thresholds} of raw perfdata."""
    return dict(item.split("=", 1) for item in text.split())


def steady(text):
    """Without what differs from run to run: the time that a request took, and its id."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", re.sub(r"\d+\.\d{3}s", "0.000s", text))


def load_json(text):
    try:
        return json.loads(text)
    except ValueError as why:
        raise AssertionError("no JSON: %s\n%s" % (why, text)) from why
