# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Nagios Core in a world (see engine.py): Debian's own configuration plus the product's files, read from status.dat."""

import re
import time

from engine import PACKAGING, wait_for

STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
CONFIG = "/etc/nagios4/nagios.cfg"
CONF_D = "/etc/nagios4/conf.d/"
STATUS = "/var/lib/nagios4/status.dat"
LOG = "/var/log/nagios4/nagios.log"
HOST = "tencent-cloud"


class Nagios:
    """One daemon with all the defaults but faster books: nagios.use(...), nagios.start(), nagios.check("service")."""

    def __init__(self, world, samples=False):
        """samples: with the checks of this machine that are among Debian's samples."""
        self.world = world
        for folder in ("/run/nagios4", "/var/lib/nagios4/rw", "/var/log/nagios4/archives"):
            world.folder_for(folder)
        world.sh("sed -i 's/^\\(status_update_interval\\|check_result_reaper_frequency\\)=.*/\\1=1/' " + CONFIG)
        if not samples:
            self.world.write("/etc/nagios4/objects/localhost.cfg", "")

    def use(self, *names):
        """Shipped files, by their names in packaging/nagios."""
        for name in names:
            self.write(name, (PACKAGING / "nagios" / name).read_text())

    def write(self, name, text):
        self.world.write(CONF_D + name, text)

    def validate(self):
        """What "nagios4 -v" says; fails when it objects."""
        return self.world.run("nagios4", "-v", CONFIG)

    def start(self):
        self.process = self.world.start("nagios4", CONFIG)
        wait_for(lambda: self.world.path(STATUS).exists() and self.services(), "Nagios' status.dat")
        return self

    def services(self):
        """{name: {item: text}} of what status.dat says of the services."""
        blocks = re.findall(r"^servicestatus \{\n(.*?)^\t\}", self.world.path(STATUS).read_text(), re.S | re.M)
        found = [dict(line.strip().split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks]
        return {service["service_description"]: service for service in found}

    def check(self, *names, seconds=30):
        """Have services checked now; what status.dat says of them once the new results are in it.

        Its times have whole seconds, so that no result counts that might be of the second before.
        """
        start = int(time.time()) + 1
        time.sleep(start - time.time())
        orders = "".join("[%d] SCHEDULE_FORCED_SVC_CHECK;%s;%s;%d\n" % (start, HOST, name, start) for name in names)
        self.world.sh("cat >/var/lib/nagios4/rw/nagios.cmd", stdin=orders)

        def fresh():
            services = self.services()
            return all(int(services[name]["last_check"]) >= start for name in names) and services
        services = wait_for(fresh, "results of " + ", ".join(names), seconds)
        return [services[name] for name in names]

    def hard(self, name):
        """Check until the state is final."""
        while True:
            (service,) = self.check(name)
            if service["state_type"] == "1":
                return service

    def told(self, service):
        """Who was notified of a service, as Nagios logged it: a list of (state, contact)."""
        pattern = re.compile(r"SERVICE NOTIFICATION: ([\w-]+);%s;%s;(\w+);" % (HOST, re.escape(service)))
        return [(state, contact) for contact, state in pattern.findall(self.world.path(LOG).read_text())]


def state(service):
    """The state, its first line and what follows."""
    rest = service["long_plugin_output"].replace("\\n", "\n").rstrip("\n")
    return STATES[int(service["current_state"])], service["plugin_output"], rest
