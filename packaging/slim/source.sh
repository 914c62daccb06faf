#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# source.sh PACKAGE FOLDER [older]: unpacks the source of a Debian package, the newest that this
# machine's own package sources have, into FOLDER, and prints its version. Signatures are checked by
# apt. With "older" an earlier one will do where a mirror lacks the newest: for tests only.
set -eu

package=${1:?which source package} folder=${2:?into which folder} older=${3:-}
case $folder in /*) ;; *) folder=$PWD/$folder ;; esac
# shellcheck disable=SC2034 # for apt.sh
apt_lenient=$older
# shellcheck disable=SC1091
. "$(dirname "$0")/apt.sh"

fetch() {
    newest=$(apt_with "$folder.apt/sources.list" apt-cache showsrc --only-source "$package" |
        awk '$1 == "Version:" { print $2 }' | sort -rV | sed -n 1p)
    cd "$folder.apt/fetched"
    apt_try apt-get source --download-only "$package=$newest" ||
        { [ "$older" ] && apt_try apt-get source --download-only "$package"; }
}

rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
log=$(mktemp)
{
    apt_begin deb-src "$folder.apt" && (fetch) &&
        dpkg-source --no-check --no-copy --extract "$folder".apt/fetched/*.dsc "$folder"
} >"$log" 2>&1 </dev/null || {
    cat "$log" >&2
    rm -f "$log"
    exit 1
}
rm -f "$log"
dpkg-parsechangelog -l "$folder/debian/changelog" -S Version
