# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Proxies of the distribution, run in the private network, where every port is free."""

import contextlib
import glob
import os
import shutil
import subprocess
from typing import NamedTuple

import pytest

from lacking import lacks
from standin.server import Api

from .place import METADATA, REAL

USER, PASSWORD = "monitor", "s3cr3t-pass-Word"
PORT = 8888


class Kind(NamedTuple):
    name: str
    program: str
    config: object          # config(folder, fault, api_port): its configuration file
    arguments: tuple        # before the name of that file
    ready: str              # what it says when it listens
    wrong_login: str        # what the plugin says of it


def tinyproxy(folder, fault, port):
    return "\n".join([
        "Port %d" % PORT, "Timeout 60", "MaxClients 20", "LogLevel Info",
        "ConnectPort %d" % (1 if fault == "port" else port),
        *["BasicAuth %s %s" % (USER, PASSWORD)] * (fault == "login"),
        *["Allow 192.0.2.1"] * (fault == "client"), ""])


def squid(folder, fault, port):
    """Who may log in says a helper process, to which squid gives "USER PASSWORD" on a line. It runs as another user,
    who could not read a file of ours."""
    helper = "/bin/sed -u -e s/^%s.%s$/OK/ -e t -e s/.*/ERR/" % (USER, PASSWORD)
    login = ["auth_param basic program " + helper, "auth_param basic children 1 startup=1",
             "acl known proxy_auth REQUIRED", "http_access deny !known"]
    return "\n".join([
        "http_port %d" % PORT, "pid_filename none", "cache deny all", "access_log none", "cache_log stdio:/dev/stderr",
        "netdb_filename none", "coredump_dir %s" % folder, "shutdown_lifetime 0 seconds", "pinger_enable off",
        "visible_hostname localhost", "cache_effective_user proxy", "dns_timeout 1 second",
        "dns_retransmit_interval 200 milliseconds",
       
        "connect_timeout 2 seconds", "dns_nameservers 127.0.0.1", "logfile_rotate 0",
        "acl there port %d" % (1 if fault == "port" else port), "acl CONNECT method CONNECT",
        "http_access deny !there", *(login if fault == "login" else []),
        "http_access %s all" % ("deny" if fault == "client" else "allow"), ""])


TINYPROXY = Kind("tinyproxy", "tinyproxy", tinyproxy, ("-d", "-c"), "Accepting connections", "it answered HTTP 401")
SQUID = Kind("squid", "squid", squid, ("-N", "-d1", "-n", "NAME", "-f"), "Accepting HTTP Socket connections",
             "it answered HTTP 407")


@contextlib.contextmanager
def running(kind, place, fault, port):
    program = shutil.which(kind.program, path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not program:
        lacks("no %s here" % kind.program)
    if kind is SQUID and os.getuid() != 0:
        pytest.skip("squid wants to change its user, and a user namespace has no other")
    config = place.folder / (kind.name + ".conf")
    config.write_text(kind.config(place.folder, fault, port))
    name = "zoo%d" % os.getpid()
    arguments = [name if word == "NAME" else word for word in kind.arguments]
    process = subprocess.Popen(place.prefix() + [program, *arguments, str(config)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if kind.ready in line:
                break
        assert said and kind.ready in said[-1], "".join(said)
        yield
    finally:
        process.kill()          # squid takes its time to end in peace
        process.communicate()
        for left in glob.glob("/dev/shm/%s-*" % name):
            os.unlink(left)


def real(kind, fault=None, given=""):
    """What is wrong: login (it wants one), port, client (refused by its rules), nobody, name (behind it)."""
    @contextlib.contextmanager
    def scene(place):
        with Api(place.pki.identity(), place.keys, sockets=place.sockets()) as server:
            port = 9 if fault == "nobody" else server.port
            if fault == "name":
                place.names("%s localhost" % place.there)
            else:
                place.names("%s localhost %s %s" % (place.there, REAL, METADATA))
            with running(kind, place, fault, port):
                yield place.way(port, "--proxy", "http://%s%s:%d" % (given, place.there, PORT), server=server)
    return scene
