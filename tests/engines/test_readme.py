# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""From the package to the first result by the words of README.md: its blocks are taken as they are, files go where it
says, commands run in a shell, and the engines, which run already, show the result. It is asked for, because they spread
first checks over time."""

import shutil

import pytest

import engine
import icinga as icinga2
import nagios as nagios4
from engine import PACKAGING, ROOT, accounts, block, wait_for

BAD = {"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}
DOC = "/usr/share/doc/check-tencent-cwp-license/examples/"
DATA = "/usr/share/check-tencent-cwp-license/"

# What the package puts where, as far as README.md speaks of it.
PACKAGED = {
    "icinga2/check_tencent_cwp_license.conf": "/usr/share/icinga2/include/plugins-contrib.d/",
    "nagios/check_tencent_cwp_license.cfg": "/etc/nagios-plugins/config/",
    "nrpe/check_tencent_cwp_license.cfg": DOC + "nrpe/",
    "director/check_tencent_cwp_license.json": DATA + "director/",
}

# No systemd here: what it would do for a service that was started by the test (see serve).
SYSTEMCTL = """#!/bin/sh
[ "$1" = reload ] && kill -HUP "$(cat /run/served/"$2")"
"""


def serve(world, name, process):
    world.write("/run/served/" + name, str(process.pid))


@pytest.fixture
def world():
    engine.need("sh")
    with engine.World() as world:
        world.install()
        for name, folder in PACKAGED.items():
            world.path(folder).mkdir(parents=True, exist_ok=True)
            shutil.copy(PACKAGING / name, world.path(folder))
        world.write("/usr/bin/systemctl", SYSTEMCTL, mode=0o755)
        world.api.play(accounts(default=BAD))
        yield world


def test_try(world):
    engine.need("runuser")
    code, said = world.run("sh", "-c", block("try"), check=False)
    assert code == 2 and said.startswith("CWP LICENSE CRITICAL") and "/etc/tencentcloud/credentials" in said


def test_icinga(world):
    engine.need("icinga2", "curl")
    one, many, reload = block("icinga-service"), block("icinga-accounts"), block("icinga-reload")
    daemon = icinga2.Icinga(world).start()
    serve(world, "icinga2", daemon.process)
    daemon.write("licenses.conf", one + many)
    world.sh(reload)

    names = ["tencent-cloud!cwp-license", "tencent-cloud-accounts!cwp-license-prod",
             "tencent-cloud-accounts!cwp-license-test"]
    wait_for(lambda: set(names) <= {row["name"] for row in daemon.ask("GET", "objects/services", quiet=True) or []},
             "the services", 60)
    found = {name: icinga2.state(daemon.check(name)) for name in names}
    state, output, rest, _ = found["tencent-cloud!cwp-license"]
    assert state == "CRITICAL" and "2 EXPIRED" in output and "[CRITICAL] expired" in rest
    assert found["tencent-cloud-accounts!cwp-license-prod"][:2] == (
        "WARNING", "CWP LICENSE WARNING [prod] - 4 available (want 5 or more), none expired, "
                   "none expiring within 15 days")
    assert found["tencent-cloud-accounts!cwp-license-test"][0] == "OK"


def test_nagios(world):
    engine.need("nagios4")
    service, reload = block("nagios-service"), block("nagios-reload")
    daemon = nagios4.Nagios(world, samples=True).start()
    serve(world, "nagios4", daemon.process)
    daemon.write("licenses.cfg", service)
    world.sh(reload)
    wait_for(lambda: "CWP license" in daemon.services(), "the service")
    state, output, rest = nagios4.state(*daemon.check("CWP license"))
    assert state == "CRITICAL" and "2 EXPIRED" in output and "[CRITICAL] expired" in rest


def test_nrpe(world):
    engine.need("nrpe", "/usr/lib/nagios/plugins/check_nrpe")
    host, server = block("nrpe-host"), block("nrpe-server")
    world.folder_for("/run/nagios")
    serve(world, "nagios-nrpe-server", world.start("nrpe", "-c", "/etc/nagios/nrpe.cfg", "-f"))
    check = [engine.PLUGINS + "/check_nrpe", "-H", "127.0.0.1"]
    wait_for(lambda: world.run(*check, check=False)[0] == 0, "NRPE")
    world.sh(host)

    def reloaded():
        code, said = world.run("sh", "-ec", server, check=False)
        return said.startswith("CWP LICENSE CRITICAL - 2 EXPIRED") and code == 2
    wait_for(reloaded, "the result through NRPE", 10)


def test_director(world):
    engine.need("icingacli", "icinga2", "psql", "curl")
    script = block("director")
    from test_director import Director
    director = Director(world, icinga2.Icinga(world).start())
    assert "have been restored" in world.sh(script)
    assert director.rows("select object_name from icinga_service") == ["tencent-cwp-license"]


def test_checkmk():
    assert block("mrpe").strip() == (PACKAGING / "checkmk" / "mrpe.cfg").read_text().strip().splitlines()[-1]


def test_zone():
    """Run by test_icinga_distributed.py; here only that it is what the example does."""
    assert "tencent_cwp_license_credentials_file" in block("icinga-zone")


def test_the_package_puts_files_there():
    """The list above against the rules of the package, where they are in the tree."""
    rules = ROOT / "packaging" / "debian" / "rules"
    if not rules.exists():
        pytest.skip("no rules of a package in the tree")
    text = rules.read_text()
    for variable, name in (("ICINGA2DIR", "icinga2/check_tencent_cwp_license.conf"),
                           ("NAGIOSDIR", "nagios/check_tencent_cwp_license.cfg")):
        assert "%s=%s" % (variable, PACKAGED[name].rstrip("/")) in text
    assert "EXAMPLEDIR=" + DOC.rstrip("/") in text
