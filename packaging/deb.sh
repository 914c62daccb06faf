#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# deb.sh VERSION FOLDER: makes the Debian source and binary packages in a clean copy of the tree and leaves them in
# FOLDER. It needs no root. DEB_BUILD_OPTIONS are Debian's own: nocheck leaves out the tests, parallel=N.
set -eu

version=${1:?version}
mkdir -p "${2:?folder}"
out=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
base=check_tencent_cwp_license-$version

command -v dpkg-buildpackage >/dev/null || { echo "dpkg-buildpackage is missing: make setup-packages"; exit 1; }

# Modes of files must not follow that of the caller.
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

sh packaging/dist.sh "$base" "$work" >/dev/null
mv "$work/$base.tar.gz" "$work/check-tencent-cwp-license_$version.orig.tar.gz"
tar -xzf "$work/check-tencent-cwp-license_$version.orig.tar.gz" -C "$work"
cp -R "$work/$base/packaging/debian" "$work/$base/debian"

# What is not run needs not be installed.
case " ${DEB_BUILD_OPTIONS-} " in
*' nocheck '*) export DEB_BUILD_PROFILES="${DEB_BUILD_PROFILES-nocheck}" ;;
esac

(cd "$work/$base" && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL dpkg-buildpackage --unsigned-source --unsigned-changes)

# The bill of materials of the very program that is in the package.
program=$work/$base/debian/check-tencent-cwp-license/usr/lib/nagios/plugins/check_tencent_cwp_license
if command -v python3 >/dev/null; then
    python3 packaging/sbom.py "$program" "$version" >"$out/check-tencent-cwp-license_$version.cdx.json"
else
    echo "Without python3 there is no bill of materials."
fi

cd "$work"
for file in check-tencent-cwp-license_* check-tencent-cwp-license-dbgsym_*; do
    [ ! -f "$file" ] || mv "$file" "$out/"
done
