#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# unpack.sh ARCHITECTURE ROOT PACKAGE...: unpacks packages, with all that they depend on, below ROOT.
# Nothing is installed, so it may be what the machine itself cannot have: another architecture, or a
# package that conflicts with an installed one.
set -eu

architecture=${1:?which architecture} root=${2:?below which folder}
shift 2
case $root in /*) ;; *) root=$PWD/$root ;; esac
# shellcheck disable=SC2034 # for apt.sh
apt_lenient=yes
# shellcheck disable=SC1091
. "$(dirname "$0")/../../packaging/slim/apt.sh"

rm -rf "$root"
mkdir -p "$root"
log=$(mktemp)
{
    apt_begin deb "$root.apt" -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" &&
        apt_try apt-get install -y --no-install-recommends --download-only "$@" &&
        for package in "$root".apt/cache/archives/*.deb; do
            dpkg-deb -x "$package" "$root"
        done
} >"$log" 2>&1 </dev/null || {
    cat "$log" >&2
    rm -f "$log"
    exit 1
}
rm -f "$log"
