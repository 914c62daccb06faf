# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Icinga 2 in a world (see engine.py): Debian's own configuration plus files of the product, asked by its REST API."""

import json
import re
import secrets
import shutil
import time

from engine import PACKAGING, USER, load_json, wait_for

STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
CONF_D = "/etc/icinga2/conf.d/"


AUTHORITY = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=ca -keyout ca.key -out ca.crt"
CERTIFICATE = """
openssl req -newkey rsa:2048 -nodes -subj /CN=%(name)s -keyout %(name)s.key -out %(name)s.csr
openssl x509 -req -in %(name)s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out %(name)s.crt
"""
# Checks run when asked for. Icinga spreads the first ones of its own over a minute, and drops what is asked of a
# service whose check is running.
FORCED_ONLY = '''
object IcingaApplication "app" {
	enable_service_checks = false
	enable_host_checks = false
}
'''
USERS = 'object ApiUser "test" { password = "%s", permissions = [ "*" ] }\n'


class Api:
    """What a test asks of a running daemon; world, port, password and log come from the classes below."""

    process = None

    def wait(self):
        wait_for(lambda: self.ask("GET", "status/IcingaApplication", quiet=True), "Icinga's API")

    def ask(self, method, path, body=None, quiet=False):
        words = ["curl", "-sk", "--max-time", "20", "-u", "test:" + self.password, "-H", "Accept: application/json",
                 "-X", "POST", "-H", "X-HTTP-Method-Override: " + method,
                 "--data-binary", "@-", "https://localhost:%d/v1/%s" % (self.port, path)]
        code, text = self.world.run(*words, check=False, stdin=json.dumps(body or {}))
        if quiet and (code != 0 or "results" not in text):
            return None
        assert code == 0, "curl: exit %d, Icinga %s: %s" % (code, self.process and self.process.poll(), text)
        return load_json(text)["results"]

    def service(self, name):
        (found,) = self.ask("GET", "objects/services", {"filter": "service.__name == name",
                                                        "filter_vars": {"name": name}})
        return found["attrs"]

    def evaluate(self, expression):
        (result,) = self.ask("POST", "console/execute-script", {"command": expression})
        return result["result"]

    def check(self, name, seconds=30):
        """Have a service checked now; its attributes once the new result is there."""
        before = time.time()
        (done,) = self.ask("POST", "actions/reschedule-check", {
            "type": "Service", "filter": "service.__name == name", "filter_vars": {"name": name}, "force": True})
        assert done["code"] == 200, done

        def fresh():
            attrs = self.service(name)
            result = attrs["last_check_result"]
            return result and result["execution_start"] >= before and attrs
        return wait_for(fresh, "a result of " + name, seconds)

    def hard(self, name, attempts=3):
        """Check until the state is final; attributes."""
        for _ in range(attempts):
            attrs = self.check(name)
        assert attrs["state_type"] == 1, attrs
        return attrs

    def parsed(self, name):
        """{label: object} as Icinga itself understands the performance data."""
        host, service = name.split("!")
        rows = self.evaluate('get_service("%s", "%s").last_check_result.performance_data.map(x => '
                             "parse_performance_data(x))" % (host, service))
        return {row["label"]: row for row in rows}

    def told(self, service):
        """Who was notified of a service, as Icinga logged it: a list of (type, rule, user)."""
        pattern = re.compile(r"Sending '?(\w+)'? notification '%s!([\w-]+)' for user '([\w-]+)'" % re.escape(service))
        return pattern.findall(self.world.path(self.log).read_text())


class Icinga(Api):
    """One daemon with all the defaults: icinga.use(...), icinga.start(), icinga.check("host!service")."""

    port, log = 5665, "/var/log/icinga2/icinga2.log"

    def __init__(self, world):
        self.world, self.password = world, secrets.token_hex(8)
        for folder in ("/run/icinga2", "/var/log/icinga2", "/var/lib/icinga2/certs", "/var/cache/icinga2"):
            world.folder_for(folder)
        # What "icinga2 api setup" does, with keys that take less time to make.
        world.sh("cd /var/lib/icinga2/certs\n" + AUTHORITY + CERTIFICATE % {"name": "icinga"}
                 + "chown %s:%s *" % (USER, USER))
        world.sh("echo 'const NodeName = \"icinga\"' >>/etc/icinga2/constants.conf; icinga2 feature enable api")
        self.write("api-users.conf", USERS % self.password)
        self.write("app.conf", FORCED_ONLY)
        # The machine that the tests run on is not to be looked at.
        for name in ("services.conf", "downtimes.conf", "apt.conf"):
            self.write(name, "")

    def write(self, name, text):
        self.world.write(CONF_D + name, text, "%s:%s" % (USER, USER), 0o640)

    def use(self, *names):
        """Shipped files, by their names in packaging/icinga2."""
        for name in names:
            self.write("cwp-" + name, (PACKAGING / "icinga2" / name).read_text())

    def validate(self):
        """What "icinga2 daemon -C" says; fails when it objects."""
        return self.world.run("icinga2", "daemon", "-C")

    def start(self):
        self.process = self.world.start("icinga2", "daemon")
        self.wait()
        return self


class Node(Api):
    """One of several daemons in a world, with folders of its own."""

    def __init__(self, world, name, port, conf):
        self.world, self.name, self.port, self.password = world, name, port, secrets.token_hex(8)
        self.folder = world.folder / name
        self.log = self.folder / "log" / "icinga2.log"
        for part in ("conf/zones.d", "data/certs", "log", "cache", "spool", "run"):
            (self.folder / part).mkdir(parents=True)
        for file in ("ca.crt", name + ".crt", name + ".key"):
            shutil.copy(world.folder / "certificates" / file, self.folder / "data/certs")
        self.write("icinga2.conf", NODE % {"port": port, "conf": conf, "folder": self.folder} + USERS % self.password)
        world.sh("chown -R %s:%s %s" % (USER, USER, self.folder))

    def write(self, name, text):
        target = self.folder / "conf" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        return target

    def start(self, **constants):
        places = {"ConfigDir": "conf", "DataDir": "data", "LogDir": "log", "CacheDir": "cache", "SpoolDir": "spool",
                  "InitRunDir": "run", "PidPath": "run/pid", "ZonesDir": "conf/zones.d", "VarsPath": "cache/vars",
                  "ObjectsPath": "cache/objects", "StatePath": "data/state", "ModAttrPath": "data/attributes"}
        words = ["-D" + "Configuration.%s=%s" % (key, self.folder / place) for key, place in places.items()]
        words += ["-D%s=%s" % pair for pair in dict(constants, NodeName=self.name).items()]
        self.process = self.world.start("icinga2", "daemon", "-c", self.folder / "conf" / "icinga2.conf", *words)
        self.wait()
        return self

    def connected(self, other):
        (found,) = self.ask("GET", "objects/endpoints/" + other)
        return found["attrs"]["connected"]


NODE = """
include <itl>
include <plugins>
const PluginDir = "/usr/lib/nagios/plugins"
if (!globals.contains("PluginContribDir")) { const PluginContribDir = PluginDir }
object CheckerComponent "checker" { }
object FileLogger "log" { path = "%(folder)s/log/icinga2.log" }
object ApiListener "api" { bind_host = "127.0.0.1", bind_port = %(port)d, accept_config = true, accept_commands = true }
%(conf)s
""" + FORCED_ONLY


def certificates(world, *names):
    """A certificate authority for the nodes of a world."""
    folder = world.folder / "certificates"
    folder.mkdir()
    script = AUTHORITY + "".join(CERTIFICATE % {"name": name} for name in names)
    world.sh("cd %s\n%s" % (folder, script))


def state(attrs):
    """The state, its first line and what follows, and the exact words that were run."""
    result = attrs["last_check_result"]
    first, _, rest = result["output"].partition("\n")
    return STATES[int(result["state"])], first, rest, [str(word) for word in result["command"]]
