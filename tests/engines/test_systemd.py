# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The shipped units under a real systemd, with all their fences: it runs as the first process of namespaces of its own,
in a control group of its own, over the layers of the World."""

import json
import os
import re
import signal
import struct
import subprocess
import time
from pathlib import Path

import pytest

import engine
from engine import PACKAGING, accounts, block, wait_for
from lacking import lacks
from standin.script import error
from unit_files import SERVICE, TEXTFILE, TIMER, environment

engine.need("systemctl", "unshare", "nsenter", "setpriv")

PREFIX = "tencent_cwp_license_"
TEXTFILES = environment(SERVICE)["TEXTFILES"]
SYSTEMD = "/usr/lib/systemd/systemd"

# Mounts of a container, shared as systemd wants them; its own start-up units stay out, for there is nothing to start.
BOOT = """
echo $$ >"$0/cgroup.procs"
exec unshare --mount --pid --ipc --uts --cgroup --fork --kill-child sh -euc '
    mount -t proc proc /proc
    mount -t sysfs -o ro sysfs /sys
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mkdir /run/dev
    mount -t tmpfs -o mode=755 tmpfs /run/dev
    for name in null zero full random urandom tty; do
        touch /run/dev/$name
        mount --bind /dev/$name /run/dev/$name
    done
    mkdir /run/dev/shm /run/dev/pts
    mount -t devpts -o newinstance,ptmxmode=0666 devpts /run/dev/pts
    ln -s pts/ptmx /run/dev/ptmx
    mount --rbind /run/dev /dev
    mount -t tmpfs -o mode=1777 tmpfs /tmp
    mount --make-rshared /
    exec env -i PATH=/usr/sbin:/usr/bin container=test \\
        %s --system --unit=first.target --log-target=null --show-status=no
'""" % SYSTEMD
FIRST = "[Unit]\nDescription=Nothing but what is asked for\n"


def control_groups():
    """Where the second version of control groups is mounted; None on a machine without it."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        place, kind = line.split()[4], line.partition(" - ")[2].split()[0]
        if kind == "cgroup2" and os.access(place, os.W_OK):
            return Path(place)
    return None


if not control_groups() or not os.path.exists(SYSTEMD):
    lacks("needs systemd, and control groups of version 2")


class Machine:
    """The world with a systemd that knows the shipped units."""

    def __init__(self, world, group):
        self.world = world
        world.sh("chmod 755 /run")
        world.sh("cd /usr/lib/systemd/system; rm -rf *.wants *.requires /etc/systemd/system/*.wants")
        world.sh("install -D -m 755 %s /usr/libexec/%s" % (PACKAGING / "prometheus" / TEXTFILE, TEXTFILE))
        world.path(TEXTFILES).mkdir(parents=True, exist_ok=True)
        world.write("/etc/systemd/system/first.target", FIRST)
        for name in (SERVICE, TIMER):
            world.write("/etc/systemd/system/" + name, (PACKAGING / "prometheus" / name).read_text())
        outer = world.start("sh", "-euc", BOOT, group).pid
        children = Path("/proc/%d/task/%d/children" % (outer, outer))
        wait_for(lambda: children.exists() and children.read_text().split(), "the first process", 10)
        (self.first,) = map(int, children.read_text().split())
        wait_for(lambda: self.ask("is-system-running")[1].strip() in ("running", "degraded"), "systemd", 20)

    def run(self, *words):
        done = subprocess.run(["nsenter", "-t", str(self.first), "-m", "-n", "-p", "-i", "-u", *words], text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                              env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, check=False)
        return done.returncode, done.stdout

    def ask(self, *words):
        return self.run("systemctl", *words)

    def edit(self, unit, *lines):
        """What systemctl edit does."""
        section = "[Timer]" if unit.endswith("timer") else "[Service]"
        path = self.world.path("/etc/systemd/system/%s.d/override.conf" % unit)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((section,) + lines) + "\n")
        assert self.ask("daemon-reload")[0] == 0

    def start(self, profile="prod", good=True):
        unit = instance(SERVICE, profile)
        code, said = self.ask("start", unit)
        assert (code == 0) is good, "%s\n%s" % (said, self.ask("status", "--no-pager", unit)[1])

    def file(self, profile="prod"):
        return self.world.path("%s/check_tencent_cwp_license_%s.prom" % (TEXTFILES, profile))

    def value(self, name, profile="prod"):
        sample = r'^%s%s\{account="%s"\} (\S+)$' % (PREFIX, name, profile)
        found = re.search(sample, self.file(profile).read_text(), re.M)
        return found and float(found[1])


def instance(name, profile):
    return name.replace("@", "@" + profile)


@pytest.fixture(scope="module")
def machine():
    group = control_groups() / ("cwp-test-%d" % os.getpid())
    group.mkdir()
    try:
        with engine.World() as world:
            machine = Machine(world.install(), group)
            yield machine
            os.kill(machine.first, signal.SIGKILL)
    finally:
        wait_for(lambda: remove(group), "the end of the control group", 10)


def remove(group):
    try:
        for folder, _, _ in os.walk(group, topdown=False):
            os.rmdir(folder)
    except OSError:
        return False
    return True


@pytest.fixture(autouse=True)
def afresh(machine):
    """No drop-ins, a service that is well, and no file of a check before."""
    machine.world.sh("rm -rf /etc/systemd/system/*.d %s/check_tencent*" % TEXTFILES)
    machine.world.write_credentials()
    machine.ask("daemon-reload")
    machine.ask("reset-failed")
    machine.world.api.play(accounts())


def test_the_units_work_as_they_ship(machine):
    machine.start()
    assert (machine.value("check_success"), machine.value("available")) == (1, 4)
    status = machine.file().stat()
    assert (status.st_uid, oct(status.st_mode)) == (0, "0o100644")
    assert machine.world.api.requests[-1].refused == ""
    wait_for(lambda: machine.run("find", "/run", "-path", "*tencent*", "-type", "f")[1] == "",
             "the end of what the service needed", 5)


LOOK = """ExecStartPre=-/bin/sh -c 'id -u; stat -c "%%u %%a" ${CREDENTIALS_DIRECTORY}/credentials; \\
    cat /etc/tencentcloud/credentials /etc/shadow 2>/dev/null; ls /home /root /proc/1 2>/dev/null; \\
    for place in /etc /usr /var /run $TEXTFILES; do touch $place/x 2>/dev/null && echo can write $place; done'"""


def test_who_sees_what(machine):
    """The user, and the key as the user sees it: a file of its own, for nobody else. Beside it, not much."""
    machine.edit(SERVICE, "StandardOutput=append:/run/seen", LOOK)
    machine.start()
    user, key, *more = machine.world.path("/run/seen").read_text().splitlines()
    assert int(user) >= 61184, "not one of the dynamic users"
    assert key in (user + " 400", "0 440") and more == []
    assert machine.value("check_success") == 1


def test_settings_of_a_site(machine):
    machine.edit(instance(SERVICE, "prod"), 'Environment="ARGS=-w available=5: --account west"')
    machine.start()
    text = machine.file().read_text()
    assert PREFIX + 'check_state{account="west"} 1\n' in text and "prod" not in text


def test_a_failure_is_written_too(machine):
    """The service itself did what it should."""
    machine.world.api.play(error("AuthFailure.SecretIdNotFound"))
    machine.start()
    assert (machine.value("check_success"), machine.value("check_state"), machine.value("available")) == (0, 3, None)


def test_a_profile_that_is_not_there(machine):
    machine.start("nobody")
    assert machine.value("check_success", "nobody") == 0


def test_no_key_file(machine):
    machine.start()
    before = machine.file().read_text()
    machine.world.sh("mv %s %s.away" % (engine.CREDENTIALS, engine.CREDENTIALS))
    machine.start(good=False)
    assert machine.file().read_text() == before
    assert machine.ask("is-failed", instance(SERVICE, "prod"))[0] == 0


def test_no_program(machine):
    machine.edit(SERVICE, "Environment=PLUGIN=/usr/bin/no-such-program")
    machine.start(good=False)
    assert not machine.file().exists()


def test_a_link_in_place_of_the_result_leads_nowhere(machine):
    """As if the program had been taken over: root must not publish what its user cannot read."""
    machine.edit(SERVICE, "ExecStart=", "ExecStart=/bin/ln -s /etc/shadow ${RUNTIME_DIRECTORY}/prom")
    machine.start(good=False)
    assert machine.world.sh("ls -A %s" % TEXTFILES) == ""


def test_two_accounts_at_once(machine):
    units = [instance(SERVICE, profile) for profile in ("prod", "test")]
    machine.world.api.play(accounts(test={"AvailableLicenseCnt": 9}))
    assert machine.ask("start", *units) == (0, "")
    assert (machine.value("available"), machine.value("available", "test")) == (4, 9)


def test_timer(machine):
    timer = instance(TIMER, "prod")
    assert machine.ask("start", timer) == (0, "")
    (row,) = json.loads(machine.ask("list-timers", "--output=json")[1])
    assert row["activates"] == instance(SERVICE, "prod") and 0 <= row["next"] / 1e6 - time.time() <= 65 * 60
    assert not machine.file().exists()
    machine.edit(timer, "OnCalendar=*:*:*", "RandomizedDelaySec=0", "AccuracySec=100ms")
    machine.ask("restart", timer)
    wait_for(machine.file().exists, "the timer's check", 10)
    assert machine.ask("stop", timer) == (0, "") and machine.value("check_success") == 1


def test_enable(machine):
    timer = instance(TIMER, "prod")
    assert machine.ask("enable", timer)[0] == 0
    assert machine.world.sh("ls /etc/systemd/system/timers.target.wants") == timer + "\n"
    assert machine.ask("disable", timer)[0] == 0


def test_what_the_readme_says(machine):
    """On a machine on which the package was installed, and nothing else was done."""
    steps, drop_in = block("systemd"), block("systemd-edit")
    folder = re.search(r"^cd (\S+)", steps)[1]
    machine.world.sh("mkdir -p {0}; cp {1}/* {0}; rm /etc/systemd/system/check_tencent*".format(
        folder, PACKAGING / "prometheus"))
    code, said = machine.run("sh", "-euc", steps)
    assert code == 0 and said.endswith(PREFIX + 'check_success{account="prod"} 1\n'), said
    assert machine.ask("is-active", instance(TIMER, "prod"))[0] == 0
    machine.ask("disable", "--now", instance(TIMER, "prod"))
    machine.edit(SERVICE, *drop_in.splitlines()[1:])
    folder = re.search(r"TEXTFILES=(\S+)", drop_in)[1]
    machine.world.sh("mkdir -p " + folder)
    machine.start()
    text = machine.world.path(folder + "/check_tencent_cwp_license_prod.prom").read_text()
    assert PREFIX + 'check_state{account="prod"} 1\n' in text, "1 Ultimate license is left, and 3 are wanted"
    assert machine.world.api.requests[-1].header("X-TC-Region") == "ap-singapore"


def test_a_key_by_access_list(machine):
    """A systemd that keeps credentials on a file system with access lists leaves the file to root and lets the user
    read it by such a list; its mode then reads 0440."""
    path, user = "/run/key", 61999
    text = machine.world.path(engine.CREDENTIALS).read_text()
    machine.world.write(path, text, mode=0o400)
    none = 0xffffffff
    entries = [(0x01, 4, none), (0x02, 4, user), (0x04, 0, none), (0x10, 4, none), (0x20, 0, none)]
    try:
        os.setxattr(machine.world.path(path), "system.posix_acl_access",
                    struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries))
    except OSError as why:
        pytest.skip("no access lists on this file system: %s" % why)
    assert oct(machine.world.path(path).stat().st_mode) == "0o100440"
    code, said = machine.world.run("setpriv", "--reuid", user, "--regid", user, "--clear-groups", engine.PLUGINS + "/"
                                   + engine.NAME, "--credentials-file", path, "--profile", "prod", check=False)
    assert code == 0 and said.startswith("CWP LICENSE OK"), said
