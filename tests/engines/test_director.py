# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The Director restores the basket that ships, makes a service of it as its user would, and deploys to an Icinga 2 that
runs the plugin. Without its web pages: by its own command line, which is the same code."""

import json
from pathlib import Path

import pytest

import engine
import icinga as icinga2
from engine import PACKAGING, accounts, load_json, wait_for
from shipped import generate

engine.need("icinga2", "icingacli", "curl", "psql")

BASKET = PACKAGING / "director" / "check_tencent_cwp_license.json"
SERVICE = "tencent-cloud!cwp-license"
MODULES = ("director", "incubator", "reactbundle", "monitoring")

CONFIG = {
    "config.ini": '[global]\nmodule_path = "/usr/share/icingaweb2/modules"\nconfig_resource = "director"\n',
    "resources.ini": '[director]\ntype = "db"\ndb = "pgsql"\nhost = "%(socket)s"\nport = "5432"\ncharset = "utf8"\n'
                     'dbname = "director"\nusername = "director"\npassword = ""\n',
    "modules/director/config.ini": '[db]\nresource = "director"\n',
    "modules/director/kickstart.ini": '[config]\nendpoint = "icinga"\nhost = "127.0.0.1"\nport = "5665"\n'
                                      'username = "test"\npassword = "%(password)s"\n',
}


class Director:
    """The module with a database of its own: director("basket", "list") runs its command line."""

    def __init__(self, world, icinga):
        self.world = world
        self.socket = Path("/var/lib/director")
        self._database()
        for name, text in CONFIG.items():
            world.write("/etc/icingaweb2/" + name, text % {"socket": self.socket, "password": icinga.password})
        world.sh("cd /etc/icingaweb2; mkdir -p enabledModules; cd enabledModules; rm -f *\n"
                 + "\n".join("ln -s /usr/share/icingaweb2/modules/%s" % module for module in MODULES))
        # The name of Icinga's own endpoint, which the Director goes on to use.
        world.sh("echo 127.0.0.1 icinga >>/etc/hosts")
        self("migration", "run")
        self("kickstart", "run")

    def _database(self):
        self.world.folder_for(self.socket, "postgres")
        self.world.sh("""
            bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
            $bin/initdb -D %(folder)s/data -U director -A trust --no-sync -E UTF8 --locale=C >/dev/null
            $bin/pg_ctl -D %(folder)s/data -w -l %(folder)s/log -o '-c listen_addresses= -k %(folder)s -F' start
            psql -qh %(folder)s -U director -d postgres -c 'create database director'
            psql -qh %(folder)s -U director -d director -c 'create extension pgcrypto'
            """ % {"folder": self.socket}, user="postgres", cwd="/")

    def __call__(self, *words, stdin=""):
        return self.world.run("icingacli", "director", *words, stdin=stdin)

    def rows(self, query):
        return self.world.run("psql", "-qAth", self.socket, "-U", "director", "-d", "director", "-c", query).split()


@pytest.fixture(scope="module")
def world():
    with engine.World() as world:
        world.install()
        yield world


@pytest.fixture(scope="module")
def icinga(world):
    daemon = icinga2.Icinga(world)
    # An agent's home is the Director's to define here, and "hostalive" asks for a network.
    daemon.write("hosts.conf", "")
    # The template library's command is there too, as the package brings it: neither is in the way of the other.
    world.sh("cp %s /usr/share/icinga2/include/plugins-contrib.d" % (PACKAGING / "icinga2" / BASKET.name.replace(
        ".json", ".conf")))
    return daemon.start()


@pytest.fixture(scope="module")
def director(world, icinga):
    return Director(world, icinga)


@pytest.fixture(scope="module")
def restored(director):
    said = director("basket", "restore", stdin=BASKET.read_text())
    assert "have been restored" in said, said
    return director


def test_the_basket_is_restored(restored):
    command = load_json(restored("command", "show", generate.DIRECTOR_COMMAND, "--json", "--no-defaults"))
    assert len(command["arguments"]) == len(generate.arguments())
    assert command["command"] == "PluginContribDir + /" + engine.NAME
    assert len(restored.rows("select datafield_id from icinga_command_field")) == len(generate.arguments())
    template = load_json(restored("service", "show", generate.TEMPLATE, "--json", "--no-defaults"))
    times = [int(template[name]) for name in ("check_interval", "retry_interval", "max_check_attempts")]
    assert times == [3600, 900, 3]


def test_restoring_again_changes_nothing(restored):
    before = restored.rows("select count(*) from director_datafield") \
        + restored.rows("select count(*) from director_activity_log")
    restored("basket", "restore", stdin=BASKET.read_text())
    after = restored.rows("select count(*) from director_datafield") \
        + restored.rows("select count(*) from director_activity_log")
    assert after == before


@pytest.fixture(scope="module")
def deployed(restored, icinga):
    """What a user clicks together: a host for the account, the service with some of its fields filled in."""
    restored("host", "create", "--json", json.dumps({
        "object_name": "tencent-cloud", "object_type": "object", "check_command": "dummy"}))
    restored("service", "create", "--json", json.dumps({
        "object_name": "cwp-license", "object_type": "object", "host": "tencent-cloud", "imports": [generate.TEMPLATE],
        "vars": {"tencent_cwp_license_account": "prod", "tencent_cwp_license_profile": "prod",
                 "tencent_cwp_license_warning_available": "5:",
                  "tencent_cwp_license_critical": ["used=50", "expired=3"],
                 "tencent_cwp_license_empty_state": "critical", "tencent_cwp_license_timeout": 9,
                 "tencent_cwp_license_trust_auto_renew": True, "tencent_cwp_license_verbose": 2,
                 "tencent_cwp_license_require_switch": ["auto_upgrade=critical"],
                 "tencent_cwp_license_role_name": "Monitoring"}}))
    said = restored("config", "deploy")
    assert "deployed" in said, said
    wait_for(lambda: icinga.ask("GET", "objects/services", quiet=True), "the deployed service", 60)
    return icinga


def test_the_deployed_service_runs(deployed, world):
    world.api.play(accounts(prod={"ExpireLicenseCnt": 2}))
    attrs = deployed.check(SERVICE)
    state, output, rest, words = icinga2.state(attrs)
    assert state == "WARNING" and output.startswith("CWP LICENSE WARNING [prod] - ")
    assert "4 available (want 5 or more)" in output
    assert words[0] == engine.PLUGINS + "/" + engine.NAME
    # The array comes first, so that the field of a metric has the last word.
    assert words[1:5] == ["--critical", "used=50", "--critical", "expired=3"]
    assert {"--warning=available=5:", "--trust-auto-renew", "-vv", "--role=Monitoring"} <= set(words)
    assert {("--timeout", "9"), ("--empty-state", "critical"), ("--require-switch", "auto_upgrade=critical"),
            ("--profile", "prod")} <= set(zip(words, words[1:]))
    assert (attrs["check_interval"], attrs["retry_interval"], attrs["max_check_attempts"]) == (3600, 900, 3)
    assert "Authorization" in rest


def test_the_deployed_service_notices_trouble(deployed, world):
    world.api.play(accounts(prod={"ExpireLicenseCnt": 4}))
    assert icinga2.state(deployed.check(SERVICE))[0] == "CRITICAL"
