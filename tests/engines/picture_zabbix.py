#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Makes packaging/pictures/zabbix.png: the template's dashboard in a real Zabbix, after its server has run the plugin
against the stand-in of the API every five seconds while the account changed. Needs: sh tests/setup.sh pictures"""

import sys
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import engine                                                   # noqa: E402
import zabbix_server                                            # noqa: E402
from engine import accounts, wait_for                           # noqa: E402

TARGET = engine.PACKAGING / "pictures" / "zabbix.png"
SIZE = (1300, 935)
BROWSER = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
           "--virtual-time-budget=20000"]
# A third of the size, and nobody sees it.
PALETTE = "$i = imagecreatefrompng($argv[1]); imagetruecolortopalette($i, false, 256); imagepng($i, $argv[2], 9);"
HOST = "tencent-cloud"
MACROS = {"INTERVAL": "5s", 'MIN.WARN:"ultimate_available"': "3"}

# Hosts are added one after the other, the licenses run out, others expire.
ACCOUNT = [(12, 7, 0, 0), (11, 6, 0, 0), (10, 6, 0, 0), (9, 5, 0, 0), (7, 4, 5, 0), (6, 3, 5, 0), (4, 2, 5, 0),
           (4, 2, 3, 2)]
PAUSE = 8


def fields(available, ultimate, near, expired):
    return {"AvailableLicenseCnt": available, "UsedLicenseCnt": 50 - available, "NearExpiryLicenseCnt": near,
            "AvailableFlagshipVersionLicenseCnt": ultimate, "ExpireLicenseCnt": expired,
            "AutoRepurchaseRenewSwitch": True}


# How the one who signs in likes the frontend: a narrow menu, and the choice of a period folded away.
TASTES = {"web.sidebar.mode": 1, "web.dashboard.filter.active": 0}


def take(world, page, target, size=SIZE):
    for number, (name, value) in enumerate(TASTES.items(), 1000):
        world.psql("INSERT INTO profiles (profileid, userid, idx, value_int, type) VALUES (%d, 1, '%s', %d, 2)"
                   % (number, name, value))
    folder = world.folder / "browser"
    folder.mkdir(exist_ok=True)
    shot = folder / "shot.png"
    # Signing in by parameters of the address works for one page, and the page that follows is all we need.
    address = world.url + "/index.php?" + urlencode({
        "name": "Admin", "password": "zabbix", "enter": "Sign in", "request": "zabbix.php?" + urlencode(page)})
    world.run(*BROWSER, "--user-data-dir=%s" % folder, "--window-size=%d,%d" % size, "--screenshot=%s" % shot, address,
              env={"HOME": str(folder), "PATH": "/usr/bin:/bin"}, seconds=180)
    world.run("php", "-r", PALETTE, shot, shot)
    target.write_bytes(shot.read_bytes())


def live(world):
    """The account's last minutes, in the server's eyes."""
    world.install()
    for name in ("zabbix-install", "zabbix-key", "zabbix-timeout"):
        world.document_block(name)
    world.write_keys()
    world.api.play(accounts(default=fields(*ACCOUNT[0])))
    world.start_server()
    world.import_template(world.path(world.template).read_text())
    host = world.add_host(HOST, MACROS)
    world.execute_now(host)
    for account in ACCOUNT:
        world.api.play(accounts(default=fields(*account)))
        time.sleep(PAUSE)
    wait_for(lambda: len(world.problems(host)) == 3, "three problems", 60)
    return host


def main():
    with zabbix_server.Zabbix() as world:
        host = live(world)
        target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
        take(world, {"action": "host.dashboard.view", "hostid": host, "from": "now-70s", "to": "now"}, target)
    print("%s: %d bytes" % (target.name, target.stat().st_size))


if __name__ == "__main__":
    main()
