#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# zabbix_70.sh [COMMAND...]: runs tests/engines/test_zabbix.py, or the command, where Zabbix is 7.0: in a minimal Debian
# 13 in a folder (ROOT, by default build/debian13; about 1.3 GB, made at the first run and kept). Needs root, mmdebstrap
# and Debian's mirror, whose address is taken from the machine's own list.
#
#     tests/engines/zabbix_70.sh python3 tests/engines/picture_zabbix.py
#     cp build/debian13/tree/packaging/pictures/zabbix.png packaging/pictures/
set -eu

tree=$(cd "$(dirname "$0")/../.." && pwd)
root=${ROOT:-$tree/build/debian13}
packages=zabbix-server-pgsql,zabbix-frontend-php,php-cli,php-pgsql,postgresql,jq,curl,iproute2,mount,chromium,\
fonts-dejavu-core,gcc,libc6-dev,make,pkg-config,libcurl4-openssl-dev,libsodium-dev,libcjson-dev,openssl,\
ca-certificates,python3,python3-pytest,python3-pytest-timeout

if [ ! -e "$root/made" ]; then
    # shellcheck disable=SC2016 # apt-get's own variable
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
    mkdir -p "$root"
    mmdebstrap --variant=apt --include="$packages" trixie "$root" "deb $mirror trixie main"
    touch "$root/made"
fi
rm -rf "$root/tree"
mkdir "$root/tree"
(cd "$tree" && tar -c --exclude=./build --exclude=./.git .) | tar -x -C "$root/tree"
# For the package of the proxy, which conflicts with the server's and is downloaded apart.
cp /etc/resolv.conf "$root/etc/"

[ $# -gt 0 ] || set -- python3 -m pytest -q -s -p no:cacheprovider tests/engines/test_zabbix.py
# The root becomes that of a mount namespace: a chroot would not do, for nsenter leaves it.
# shellcheck disable=SC2016 # to be expanded in there
exec unshare -m sh -euc '
    root=$1
    shift
    mount --bind "$root" "$root"
    cd "$root"
    mount -t proc proc proc
    mount -t sysfs sysfs sys
    mount --rbind /dev dev
    mount -t tmpfs tmpfs tmp
    mkdir -p old
    pivot_root . old
    cd /tree
    umount -l /old
    make -s
    PLUGIN=/tree/build/check_tencent_cwp_license PYTHONDONTWRITEBYTECODE=1
    export PLUGIN PYTHONDONTWRITEBYTECODE
    exec "$@"' sh "$root" "$@"
