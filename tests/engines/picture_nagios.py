#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Makes packaging/pictures/nagios.png: Nagios' own status page after it has run the plugin by the shipped definitions,
against the stand-in of the API, in four states. Needs: sh tests/setup.sh pictures"""

import secrets
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import engine                                                   # noqa: E402
import nagios as nagios4                                        # noqa: E402
from engine import accounts, wait_for                           # noqa: E402
from standin.tc3 import Key                                     # noqa: E402

TARGET = engine.PACKAGING / "pictures" / "nagios.png"
URL = "http://localhost/cgi-bin/nagios4/status.cgi?host=tencent-cloud&style=detail&limit=0"
SIZE = (1240, 390)
BROWSER = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"]

# The pages' pictures and style sheets lie in three folders.
WEB = """
server.modules = ("mod_alias", "mod_cgi")
server.document-root = "/usr/share/nagios4/htdocs"
server.port = 80
server.bind = "127.0.0.1"
alias.url = ("/cgi-bin/nagios4/" => "/usr/lib/cgi-bin/nagios4/", "/nagios4/stylesheets" => "/etc/nagios4/stylesheets",
             "/nagios4" => "/usr/share/nagios4/htdocs")
cgi.assign = (".cgi" => "")
mimetype.assign = (".css" => "text/css", ".png" => "image/png", ".gif" => "image/gif", ".js" => "text/javascript")
"""

# An account whose key has been deleted.
LAB = """
define service {
    use                     tencent-cwp-license
    host_name               tencent-cloud
    service_description     CWP license lab
    check_command           check_tencent_cwp_license!--profile lab --account lab
}
"""


def take(world, target):
    folder = world.folder / "browser"
    folder.mkdir()
    shot = folder / "shot.png"
    world.run(*BROWSER, "--user-data-dir=%s" % folder, "--window-size=%d,%d" % SIZE, "--screenshot=%s" % shot, URL,
              env={"HOME": str(folder), "PATH": "/usr/bin:/bin"}, seconds=120)
    target.write_bytes(shot.read_bytes())


def main():
    with engine.World() as world:
        world.keys["lab"] = Key("AKID" + secrets.token_hex(16), secrets.token_hex(20))
        world.install()
        world.mailbox()
        world.api.play(accounts(prod={"ExpireLicenseCnt": 2, "NearExpiryLicenseCnt": 5}))
        daemon = nagios4.Nagios(world)
        daemon.use("check_tencent_cwp_license.cfg", "services.cfg")
        daemon.write("lab.cfg", LAB)
        daemon.start()
        names = ["CWP license", "CWP license lab", "CWP license prod", "CWP license test"]
        states = [nagios4.state(service)[0] for service in daemon.check(*names)]
        assert states == ["WARNING", "UNKNOWN", "CRITICAL", "OK"], states
        world.sh("cat >>/etc/nagios4/cgi.cfg", stdin="default_user_name=nagiosadmin\nenable_page_tour=0\n")
        world.write("/etc/lighttpd/nagios.conf", WEB)
        world.start("lighttpd", "-D", "-f", "/etc/lighttpd/nagios.conf")
        wait_for(lambda: "2 EXPIRED" in world.run("curl", "-s", URL, check=False)[1], "the status page")
        take(world, TARGET)
    print("%s: %d bytes" % (TARGET.relative_to(engine.ROOT), TARGET.stat().st_size))


if __name__ == "__main__":
    main()
