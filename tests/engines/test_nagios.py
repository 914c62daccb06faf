# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Nagios Core runs the plugin by the definitions that ship; what it recorded is read back from its status file."""

import pytest

import engine
import nagios as nagios4
import program
from engine import accounts, perfdata, steady, wait_for
from standin.script import error, reset_at

engine.need("nagios4")

ALL = ("CWP license", "CWP license prod", "CWP license test")

# What the comment of the command file says of special characters.
EXTRA = r"""
define service {
    use                     tencent-cwp-license
    host_name               tencent-cloud
    service_description     quoted
    check_command           check_tencent_cwp_license!-c 'expired=~:' -w '@available' --account 'a\!b\;c$$'
}
define service {
    use                     tencent-cwp-license
    host_name               tencent-cloud
    service_description     ranges
    check_command           check_tencent_cwp_license!-c 'expired=~:' -w 'available=@0:4'
}
"""


@pytest.fixture(scope="module")
def world():
    with engine.World() as world:
        world.install()
        world.mail = world.mailbox()
        yield world


@pytest.fixture(scope="module")
def nagios(world):
    daemon = nagios4.Nagios(world)
    daemon.use("check_tencent_cwp_license.cfg", "services.cfg")
    daemon.write("extra.cfg", EXTRA)
    return daemon.start()


@pytest.fixture(autouse=True)
def healthy(world):
    """Each test begins with accounts in which nothing has expired."""
    world.api.play(accounts())


def test_shipped_files_are_valid(nagios):
    said = nagios.validate()
    assert "Total Warnings: 0" in said and "Total Errors:   0" in said, said


def test_states(nagios, world):
    """OK, WARNING, and CRITICAL with further lines, at once from three accounts."""
    world.api.play(accounts(prod={"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}))
    default, prod, test = nagios.check(*ALL)
    assert nagios4.state(default) == ("WARNING", "CWP LICENSE WARNING - Ultimate: 1 available (want 3 or more), "
                                      "none expired, none expiring within 15 days", "")
    assert nagios4.state(test) == ("OK", "CWP LICENSE OK [test] - 4 available, 46 used, none expired, "
                                   "none expiring within 15 days", "")
    state, output, rest = nagios4.state(prod)
    assert state == "CRITICAL" and output.startswith("CWP LICENSE CRITICAL [prod] - 2 EXPIRED (allowed 0)")
    assert "[CRITICAL] expired: 2 (allowed 0)" in rest.splitlines() and len(rest.splitlines()) >= 3
    assert "|" not in output + rest


def test_performance_data(nagios):
    (service,) = nagios.check("CWP license prod")
    found = perfdata(service["performance_data"])
    assert list(found) == [metric.name for metric in program.metrics()]
    assert found["expired"] == "0;;0;0" and found["available"] == "4;5:;1:;0"
    assert found["time"].endswith("s;;;0")


def test_the_output_is_complete(nagios, world):
    """What Nagios kept is what the plugin says on a terminal."""
    world.api.play(accounts(prod={"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}))
    (service,) = nagios.check("CWP license prod")
    _, output, rest = nagios4.state(service)
    options = service["check_command"].split("!", 1)[1].split()
    code, direct = world.run(engine.PLUGINS + "/" + engine.NAME, *options, user=engine.USER, check=False)
    first, _, details = direct.rstrip("\n").partition("\n")
    assert (output, rest) == (first.split("|")[0], details) and code == 2
    assert steady(service["performance_data"]) == steady(first.split("|")[1])


def test_unknown_when_the_api_is_down(nagios, world):
    world.api.play(reset_at())
    (service,) = nagios.check("CWP license")
    state, output, _ = nagios4.state(service)
    assert state == "UNKNOWN" and output.endswith("licenses NOT checked")
    assert service["performance_data"] == ""


def test_recovery(nagios, world):
    world.api.play(accounts(test={"ExpireLicenseCnt": 11}))
    (service,) = nagios.check("CWP license test")
    assert nagios4.state(service)[0] == "CRITICAL"
    world.api.play(accounts())
    (service,) = nagios.check("CWP license test")
    assert nagios4.state(service)[0] == "OK" and int(service["last_time_critical"]) > 0


def test_special_characters(nagios):
    """As the comment in the command file says; a mistake is told in the plugin's own words."""
    quoted, ranges = nagios.check("quoted", "ranges")
    state, output, _ = nagios4.state(ranges)
    assert state == "WARNING" and "4 available (must not be 0 to 4)" in output
    assert perfdata(ranges["performance_data"])["expired"] == "0;;~:;0"
    state, output, _ = nagios4.state(quoted)
    assert state == "UNKNOWN" and "@available" in output


def test_notifications(nagios, world):
    """WARNING and CRITICAL to those who buy licenses, UNKNOWN to the monitoring team, recovery to who was told."""
    name = "CWP license test"
    nagios.hard(name)
    before = len(nagios.told(name))
    for behavior in (accounts(test={"ExpireLicenseCnt": 11}), accounts(), error("AuthFailure.SecretIdNotFound"),
                     accounts()):
        world.api.play(behavior)
        nagios.hard(name)
    wanted = [("CRITICAL", "license-owner"), ("OK", "license-owner"), ("UNKNOWN", "monitoring"), ("OK", "monitoring")]
    wait_for(lambda: len(nagios.told(name)) - before >= len(wanted), "notifications", 10)
    assert nagios.told(name)[before:] == wanted


def test_the_words_survive_a_notification(world):
    """Nagios takes characters out of what it mails; none of the first line's are among them."""
    mails = wait_for(lambda: [mail.read_text() for mail in world.mail.iterdir()], "a mail")
    assert any("CWP LICENSE CRITICAL [test] - 11 EXPIRED (allowed up to 10)" in mail for mail in mails), mails
