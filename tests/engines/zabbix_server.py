# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A real Zabbix server, 6.0 or 7.0, whichever is installed, in a World of its own (see engine.py): PostgreSQL on a
socket, the PHP frontend for its JSON-RPC API, and a proxy with SQLite. All of it with the packages' own configuration
and paths; what differs from that is in CONFIGURATION."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from engine import CREDENTIALS, NAME, PACKAGING, PROGRAM, README, ROOT, World, need, wait_for

USER = "zabbix"
SERVER = "/usr/sbin/zabbix_server"
DATABASE = "/run/database"
SCHEMA = "/usr/share/zabbix-server-pgsql"
PORT, PROXY_PORT = 8080, 10061
PROXY = "branch"
TEMPLATE = "Tencent Cloud CWP License by external check"
PREFIX = "tencent.cwp.license."
ADMIN = ("Admin", "zabbix")
NORMAL, NOT_SUPPORTED = "0", "1"

# Of PostgreSQL: no network, and no care for what is thrown away afterwards.
SETTINGS = [word for setting in ("listen_addresses=", "fsync=off", "full_page_writes=off", "wal_level=minimal",
                                 "max_wal_senders=0", "max_wal_size=8GB", "shared_buffers=256MB")
            for word in ("-c", setting)]

# Only the speed of the machinery, and where its database is.
CONFIGURATION = """
DBHost=
SocketDir=/run/zabbix
ListenIP=127.0.0.1
CacheUpdateFrequency=1
StartPollers=3
StartPollersUnreachable=1
StartTrappers=2
StartPingers=1
StartDiscoverers=1
StartHTTPPollers=1
StartPreprocessors=1
StartDBSyncers=1
StartEscalators=1
StartAlerters=1
"""
PROXY_CONFIGURATION = """
ProxyMode=0
Server=127.0.0.1
ListenIP=127.0.0.1
ListenPort=%d
Hostname=%s
SocketDir=/run/zabbix
DBName=/run/zabbix/proxy.db
LogFile=/run/zabbix/zabbix_proxy.log
PidFile=/run/zabbix/zabbix_proxy.pid
Timeout=15
%s=1
DataSenderFrequency=1
ProxyLocalBuffer=1
StartPollers=2
StartPreprocessors=1
StartDBSyncers=1
"""
FRONTEND = """<?php
$DB = ['TYPE' => 'POSTGRESQL', 'SERVER' => '/run/postgresql', 'PORT' => '0', 'DATABASE' => 'zabbix',
       'USER' => 'zabbix', 'PASSWORD' => '', 'SCHEMA' => '', 'ENCRYPTION' => false, 'VAULT_URL' => '',
       'DOUBLE_IEEE754' => true];
$ZBX_SERVER = '127.0.0.1';
$ZBX_SERVER_PORT = '10051';
$ZBX_SERVER_NAME = '';
$IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
"""
# What a proxy has taken down for an item, read under the locks of its database.
HISTORY = """
import json, sqlite3, sys
with sqlite3.connect("file:/run/zabbix/proxy.db?mode=ro", uri=True, timeout=10) as database:
    rows = database.execute("SELECT value FROM proxy_history WHERE itemid=?", sys.argv[1:]).fetchall()
print(json.dumps([row[0] for row in rows]))
"""


def needed():
    need("zabbix_server", "php", "psql", "jq", "curl")


def installed_version():
    done = subprocess.run([SERVER, "-V"], stdout=subprocess.PIPE, text=True, check=True)
    return re.search(r"\(Zabbix\) (\d+\.\d+)", done.stdout).group(1)


def blocks():
    """{name: code} of all blocks for Zabbix in the documents. A block that stands in two must be the same in both."""
    found = {}
    for document in (README, PACKAGING / "zabbix" / "README.md"):
        text = document.read_text() if document.exists() else ""
        for name, code in re.findall(r"<!-- test: (zabbix-\S+) -->\n+```\w*\n(.*?)^```$", text, re.S | re.M):
            assert found.setdefault(name, code) == code, "%s: %s differs" % (document, name)
    return found


def proxy_package():
    """Downloaded once, and kept beside what is built."""
    folder = ROOT / "build" / "engines"
    pattern = "zabbix-proxy-sqlite3_*%s*.deb" % installed_version()
    if not list(folder.glob(pattern)):
        folder.mkdir(parents=True, exist_ok=True)
        get = "apt-get -qq -o APT::Sandbox::User=root download zabbix-proxy-sqlite3"
        # A list of packages from before a point release names what is there no more.
        subprocess.run("%s || { apt-get -qq update && %s; }" % (get, get), shell=True, cwd=folder, check=True,
                       stdin=subprocess.DEVNULL)
    return next(folder.glob(pattern))


def macro_rows(values):
    return [{"macro": "{$TENCENT.CWP.%s}" % name, "value": value} for name, value in values.items()]


class ApiError(Exception):
    pass


class Zabbix(World):
    """zabbix.call("host.get", output=["host"]) asks its API."""

    def __enter__(self):
        super().__enter__()
        try:
            self.version = installed_version()
            self.template = "/usr/share/check-tencent-cwp-license/zabbix/template_%s.yaml" % self.version
            self._token = None
            self._start_database()
            self._start_frontend()
        except BaseException:
            self.__exit__()
            raise
        return self

    # Processes

    def _start_database(self):
        self.sh("install -d -o postgres -g postgres /run/postgresql %s" % DATABASE)
        self.sh("install -d -o %s -g %s /run/zabbix /var/log/zabbix-server" % (USER, USER))
        (tools,) = sorted(self.root.glob("usr/lib/postgresql/*/bin"))[-1:]
        tools = "/usr/lib/postgresql/%s/bin" % tools.parent.name
        self.run(tools + "/initdb", "-D", DATABASE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
                 user="postgres", cwd="/")
        self.start(tools + "/postgres", "-D", DATABASE, "-k", "/run/postgresql", *SETTINGS, user="postgres", cwd="/")
        wait_for(lambda: self.run(tools + "/pg_isready", "-h", "/run/postgresql", check=False)[0] == 0, "PostgreSQL")
        self.psql("CREATE ROLE zabbix LOGIN SUPERUSER; ", "postgres", "postgres")
        self.psql("CREATE DATABASE zabbix OWNER zabbix", "postgres", "postgres")
        # Half a million of foreign keys need no check, they are the package's own.
        self.sh("{ echo 'SET session_replication_role = replica;'; "
                "for part in schema images data; do zcat %s/$part.sql.gz; done; } | "
                "psql -q -1 -v ON_ERROR_STOP=1 -h /run/postgresql -U zabbix zabbix" % SCHEMA, seconds=240)
        self.psql("ANALYZE")     # else the frontend's first queries take half a minute

    def psql(self, order, user=USER, database="zabbix"):
        return self.run("psql", "-qAt", "-h", "/run/postgresql", "-U", user, database, "-c", order)

    def _start_frontend(self):
        self.url = "http://127.0.0.1:%d" % PORT
        self.write("/etc/zabbix/zabbix.conf.php", FRONTEND, "root:www-data", 0o640)
        self.sh("install -d -o www-data /run/sessions")
        self._locale()
        self.start("php", "-q", "-d", "session.save_path=/run/sessions", "-d", "max_execution_time=300",
                   "-d", "memory_limit=256M", "-d", "post_max_size=16M", "-S", "127.0.0.1:%d" % PORT,
                   "-t", "/usr/share/zabbix", user="www-data", cwd="/usr/share/zabbix",
                   env=dict(os.environ, PHP_CLI_SERVER_WORKERS="4", LOCPATH="/run/locale"))
        wait_for(lambda: self.run("curl", "-sf", self.url + "/api_jsonrpc.php", check=False)[0] != 7,
                 "the frontend")
        self._token = self.call("user.login", username=ADMIN[0], password=ADMIN[1])

    def _locale(self):
        """Without one of this name, each page of the frontend bears a warning."""
        self.sh("mkdir /run/locale && cp -r /usr/lib/locale/C.utf8 /run/locale/en_US.utf8")

    def start_server(self):
        self.write("/etc/zabbix/zabbix_server.conf.d/test.conf", CONFIGURATION)
        server = self.start(SERVER, "-f", user=USER, cwd="/")
        wait_for(lambda: "server #0 started" in self.server_log() or server.poll() is not None, "Zabbix server", 60)
        assert server.poll() is None, self.server_log()

    def server_log(self):
        path = self.path("/var/log/zabbix-server/zabbix_server.log")
        return path.read_text(errors="replace") if path.exists() else ""

    def start_proxy(self):
        """Its package conflicts with the server's, so that only its files are taken."""
        files = self.folder / "proxy"
        subprocess.run(["dpkg-deb", "-x", proxy_package(), files], check=True)
        self.sh("cp %s/usr/sbin/zabbix_proxy /usr/sbin/" % files)
        frequency = "ConfigFrequency" if self.version == "6.0" else "ProxyConfigFrequency"
        self.write("/etc/zabbix/zabbix_proxy.conf", PROXY_CONFIGURATION % (PROXY_PORT, PROXY, frequency))
        if self.version == "6.0":
            proxy = self.call("proxy.create", host=PROXY, status="5")
        else:
            proxy = self.call("proxy.create", name=PROXY, operating_mode="0")
        self.start("/usr/sbin/zabbix_proxy", "-f", user=USER, cwd="/")
        return proxy["proxyids"][0]

    def values_through_proxy(self, itemid):
        """What the proxy itself has taken down."""
        return json.loads(self.run(sys.executable, "-c", HISTORY, itemid))

    # The API

    def call(self, method, **params):
        return self.ask(method, params)

    def ask(self, method, params):
        request = {"jsonrpc": "2.0", "method": method, "params": params, "id": 1}
        if self._token:
            request["auth"] = self._token
        text = self.run("curl", "-sS", "-m", "60", "-H", "Content-Type: application/json-rpc", "-d", "@-",
                        self.url + "/api_jsonrpc.php", stdin=json.dumps(request))
        try:
            reply = json.loads(text)
        except ValueError as why:
            raise ApiError("%s: %s" % (method, text)) from why
        if "error" in reply:
            raise ApiError("%s: %s" % (method, reply["error"]))
        return reply["result"]

    def import_template(self, text, form="yaml"):
        names = ["templates", "items", "triggers", "graphs", "valueMaps", "templateDashboards"]
        rules = {name: {"createMissing": True, "updateExisting": True} for name in names}
        groups = "groups" if self.version == "6.0" else "template_groups"
        rules[groups] = {"createMissing": True, "updateExisting": True}
        return self.call("configuration.import", format=form, source=text, rules=rules)

    # The product

    def install(self):
        """The program and the template, as the package does it."""
        self.sh("install -D -m 755 %s /usr/lib/nagios/plugins/%s" % (PROGRAM, NAME))
        self.write(self.template, (PACKAGING / "zabbix" / Path(self.template).name).read_text())

    def document_block(self, name, **environment):
        """Run a block of the documents as root. There is no systemd here: what is to be restarted starts later."""
        return self.run("bash", "-euc", "systemctl() { :; }\n" + blocks()[name], env=dict(os.environ, **environment))

    def write_keys(self):
        """In the place of those that the documents show, with the rights that the documents give."""
        self.path(CREDENTIALS).write_text(
            "".join("[%s]\nsecret_id = %s\nsecret_key = %s\n" % (profile, key.secret_id, key.secret_key)
                    for profile, key in self.keys.items()))

    def add_host(self, host, macros, proxyid=None):
        (template,) = self.call("template.get", filter={"host": TEMPLATE}, output=["templateid"])
        (group,) = self.call("hostgroup.get", filter={"name": "Zabbix servers"}, output=["groupid"])
        params = {
            "host": host, "groups": [{"groupid": group["groupid"]}],
            "templates": [{"templateid": template["templateid"]}],
            "interfaces": [{"type": 1, "main": 1, "useip": 1, "ip": "127.0.0.1", "dns": "", "port": "10050"}],
            "macros": macro_rows(macros)}
        if proxyid:
            params.update({"proxy_hostid": proxyid} if self.version == "6.0"
                          else {"monitored_by": 1, "proxyid": proxyid})
        return self.ask("host.create", params)["hostids"][0]

    def host_called(self, name):
        (host,) = self.call("host.get", filter={"host": name}, output=["hostid"])
        return host["hostid"]

    def set_macros(self, hostid, values):
        """All macros of this host, in the place of those that it had."""
        self.call("host.update", hostid=hostid, macros=macro_rows(values))

    # Observing

    def items(self, hostid):
        """{key without the prefix: item}; the answer of the check itself is called master."""
        rows = self.call("item.get", hostids=hostid, output=["key_", "lastvalue", "lastclock", "lastns", "state",
                                                             "error", "value_type", "units"])
        return {row["key_"][len(PREFIX):] if row["key_"].startswith(PREFIX) else "master": row for row in rows}

    def problems(self, hostid):
        """{name of the problem: the problem}"""
        rows = self.call("problem.get", hostids=hostid, output=["name", "severity", "opdata", "clock"],
                         selectTags="extend")
        return {row["name"]: row for row in rows}

    def triggers_in_doubt(self, hostid):
        """{name: why it cannot be evaluated}"""
        rows = self.call("trigger.get", hostids=hostid, filter={"state": 1}, output=["description", "error"])
        return {row["description"]: row["error"] for row in rows}

    def run_once(self, hostid):
        """Execute now, and do not wait."""
        self.ask("task.create", [{"type": 6, "request": {"itemid": self.items(hostid)["master"]["itemid"]}}])

    def make_noise(self):
        """From now on, the program says something before its answer, as one with a broken library would."""
        self.sh("cd %s; mv %s real; rm -f real; printf '#!/bin/sh\\necho \"cannot open shared object\" >&2; "
                "exec /usr/lib/nagios/plugins/%s \"$@\"\\n' >%s; chmod 755 %s" % (
                    (self.scripts(),) + (NAME,) * 4))

    def scripts(self):
        text = self.run(SERVER, "--help")
        return re.search(r'ExternalScripts +"(.*)"', text).group(1)

    def execute_now(self, *hostids):
        """Run the check of these hosts and wait for its result, which may well be that it failed."""
        before = {hostid: self.stamp(hostid) for hostid in hostids}
        for hostid in hostids:
            self.run_once(hostid)
        for hostid in hostids:
            if before[hostid][0] == "0":
                self._insist(hostid)
            wait_for(lambda hostid=hostid: self.stamp(hostid) != before[hostid], "a result of host " + hostid, 60)

    def _insist(self, hostid):
        """Server and proxy drop what is asked of them before they have heard of a new host."""
        for _ in range(12):
            end = time.monotonic() + 10
            while time.monotonic() < end:
                if self.stamp(hostid)[0] != "0":
                    return
                time.sleep(0.2)
            self.run_once(hostid)

    def look(self, *hostids):
        """What there is, once it changes no more: the items of one answer come in one after the other."""
        before = None
        while True:
            now = [{"items": self.items(hostid), "problems": self.problems(hostid),
                    "in doubt": self.triggers_in_doubt(hostid)} for hostid in hostids]
            if now == before:
                return now
            before = now
            time.sleep(1.2)     # more than a turn of the history syncer

    def stamp(self, hostid):
        """When the last result came: from the item of which every value is kept."""
        item = self.items(hostid)["error"]
        return item["lastclock"], item["lastns"]
