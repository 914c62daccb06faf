# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Icinga 2 with a master and a satellite in a zone of its own. The satellite runs the plugin; the master has neither
plugin nor key, gets the results, and hands out the definitions that ship. Then the cable between them is cut."""

import sys
import time

import pytest

import engine
import icinga as icinga2
from engine import PACKAGING, accounts, perfdata, wait_for

engine.need("icinga2", "curl", "openssl")

SERVICE = "tencent-cloud!cwp-license"
MASTER, SATELLITE, CABLE = 5665, 5666, 5667

ZONES = """
object Endpoint "master" { }
object Endpoint "satellite" { %s }
object Zone "master" { endpoints = [ "master" ] }
object Zone "cloud" { endpoints = [ "satellite" ], parent = "master" }
object Zone "global-templates" { global = true }
"""
# What the master's README says to put into zones.d/cloud, for a world without a README.
OBJECTS = """
object Host "tencent-cloud" {
	check_command = "dummy"
}
object Service "cwp-license" {
	host_name = "tencent-cloud"
	check_command = "tencent_cwp_license"
	check_interval = 1h
	retry_interval = 15m
	max_check_attempts = 3
	vars.tencent_cwp_license_credentials_file = "/etc/tencentcloud/credentials"
}
"""
WATCH = """
object Host "master" { check_command = "dummy" }
object Service "cloud" {
	host_name = "master"
	check_command = "cluster-zone"
	check_interval = 1h
	vars.cluster_zone = "cloud"
}
"""


class Cable:
    """Between master and satellite."""

    def __init__(self, world):
        self.world = world
        self.mend()

    def mend(self):
        self.process = self.world.start(sys.executable, "-S", engine.ROOT / "tests/engines/relay.py", CABLE, SATELLITE)

    def cut(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def world():
    with engine.World() as world:
        world.install()
        icinga2.certificates(world, "master", "satellite")
        world.cable = Cable(world)
        yield world


@pytest.fixture(scope="module")
def nodes(world):
    to_satellite = ZONES % ('host = "127.0.0.1", port = "%d"' % CABLE)
    master = icinga2.Node(world, "master", MASTER, to_satellite + WATCH)
    command = (PACKAGING / "icinga2" / "check_tencent_cwp_license.conf").read_text()
    master.write("zones.d/global-templates/check_tencent_cwp_license.conf", command)
    master.write("zones.d/cloud/licenses.conf", "\n".join(engine.blocks("icinga-zone")) or OBJECTS)
    satellite = icinga2.Node(world, "satellite", SATELLITE, ZONES % "")
    satellite.start()
    master.start(PluginContribDir="/nowhere")
    wait_for(lambda: satellite.ask("GET", "objects/services", quiet=True), "the satellite's configuration")
    wait_for(lambda: master.connected("satellite"), "the satellite's connection")
    return master, satellite


def at_master(master, wanted, seconds=30):
    """The master's view of the service, once it has that state."""
    def there():
        attrs = master.service(SERVICE)
        return attrs["last_check_result"] and icinga2.state(attrs)[0] == wanted and attrs
    return wait_for(there, wanted + " at the master", seconds)


def test_the_satellite_checks_and_the_master_knows(world, nodes):
    master, satellite = nodes
    satellite.check(SERVICE)
    attrs = at_master(master, "OK")
    result = attrs["last_check_result"]
    assert (attrs["zone"], result["check_source"]) == ("cloud", "satellite")
    assert icinga2.state(attrs)[1].startswith("CWP LICENSE OK - 4 available")
    assert perfdata(" ".join(result["performance_data"]))["expired"] == "0;;0;0"


def test_a_change(world, nodes):
    """Checked at once by an order to the satellite: one from the master counts from a minute after the start only."""
    master, satellite = nodes
    world.api.play(accounts(default={"NearExpiryLicenseCnt": 5}))
    satellite.check(SERVICE)
    attrs = at_master(master, "WARNING")
    assert "5 expire within 15 days (allowed 0)" in icinga2.state(attrs)[1]
    assert attrs["last_check_result"]["check_source"] == "satellite"


def test_the_cable_is_cut_and_mended(world, nodes):
    """Cut off, the satellite goes on; the master says that the zone is away, its own view of the licenses is of before.
    Mended, the result of meanwhile arrives, without a further check."""
    master, satellite = nodes
    before = master.service(SERVICE)["last_check"]
    assert icinga2.state(master.check("master!cloud"))[0] == "OK"

    world.cable.cut()
    wait_for(lambda: not master.connected("satellite"), "the loss of the satellite")
    assert icinga2.state(master.check("master!cloud"))[0] == "CRITICAL"
    world.api.play(accounts(default={"ExpireLicenseCnt": 2}))
    meanwhile = satellite.check(SERVICE)
    assert icinga2.state(meanwhile)[0] == "CRITICAL"
    asked = len(world.api.requests)
    time.sleep(0.5)
    away = master.service(SERVICE)
    assert away["last_check"] == before and icinga2.state(away)[0] == "WARNING"

    world.cable.mend()
    back = at_master(master, "CRITICAL", 60)
    assert back["last_check_result"]["execution_end"] == meanwhile["last_check_result"]["execution_end"]
    assert len(world.api.requests) == asked
    assert icinga2.state(master.check("master!cloud"))[0] == "OK"


def test_recovery(world, nodes):
    master, satellite = nodes
    world.api.play(accounts())
    satellite.check(SERVICE)
    at_master(master, "OK")
