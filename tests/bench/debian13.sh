#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# debian13.sh [TARGET...]: make bench-gate, or those targets, with the OpenSSL of Debian 13: in a minimal root of it in
# a temporary folder (600 MB). What make leaves in build/bench there is copied to build/bench/debian13 here. Needs root,
# mmdebstrap and Debian's mirror, whose address is taken from the machine's own list.
set -eu

tree=$(cd "$(dirname "$0")/../.." && pwd)
packages=nginx-light,curl,strace,valgrind,monitoring-plugins-basic,gcc,libc6-dev,make,pkg-config,iproute2,mount,man-db,\
libcurl4-openssl-dev,libssl-dev,libsodium-dev,libcjson-dev,libcmocka-dev,openssl,ca-certificates,python3,\
python3-pytest,python3-pytest-timeout,python3-pytest-xdist,python3-jsonschema

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 1' INT TERM
chmod 755 "$root"
# shellcheck disable=SC2016 # apt-get's own variable
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
mmdebstrap --quiet --variant=apt --include="$packages" trixie "$root" "deb $mirror trixie main"
mkdir "$root/tree"
(cd "$tree" && tar -c --exclude=./build --exclude=./.git .) | tar -x -C "$root/tree"

[ $# -gt 0 ] || set -- bench-gate
# The root becomes that of a mount namespace: a chroot would not do, for nsenter leaves it.
status=0
# shellcheck disable=SC2016 # to be expanded in there
unshare -m sh -euc '
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
    exec make --silent PYTHON=/usr/bin/python3 "$@"' sh "$root" "$@" || status=$?
if [ -d "$root/tree/build/bench" ]; then
    mkdir -p "$tree/build/bench/debian13"
    cp "$root"/tree/build/bench/*.csv "$tree/build/bench/debian13/"
fi
exit $status
