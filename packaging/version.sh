#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# version.sh: carries version and day of the first entry in CHANGELOG.md to all other files that name them. A new entry
# gets one of its own in the changelogs of the packages, a renamed one is renamed there too.
set -eu

cd "$(dirname "$0")/.."
entry=$(sed -n '/^## \[/{p;q;}' CHANGELOG.md)
version=$(printf '%s\n' "$entry" | sed -n 's/^## \[\([0-9]*\.[0-9]*\.[0-9]*\)\] - [0-9-]*$/\1/p')
day=$(printf '%s\n' "$entry" | sed -n 's/^## \[.*\] - \([0-9]*-[0-9]*-[0-9]*\)$/\1/p')
if [ -z "$version" ] || [ -z "$day" ]; then
    echo "The first entry of CHANGELOG.md names no version and day: $entry"
    exit 1
fi

draft=$(mktemp)
trap 'rm -f "$draft"' EXIT

# change FILE SCRIPT: by sed; the file keeps its mode.
change() {
    sed "$2" "$1" >"$draft"
    cat "$draft" >"$1"
}

in_words() { LC_ALL=C date -u -d "$day" "+$1"; }

debian=packaging/debian/changelog
spec=packaging/rpm/nagios-plugins-tencent-cwp-license.spec
dpkg_time() { date -u -d "$(sed -n '/^ -- /{s/.*>  //p;q;}' $debian)" +%s; }
who=$(sed -n '/^ -- /{s/^ -- \(.*>\)  .*/\1/p;q;}' $debian)

before=$(sed -n '1s/.*(\(.*\)-[0-9]*).*/\1/p' $debian)
if ! grep -q "^## \[$before\]" CHANGELOG.md; then
    change $debian "1s/($before-/($version-/"
    change $spec "s/ - $before-\([0-9]*\)\$/ - $version-\1/"
elif [ "$before" != "$version" ]; then
    if [ "$(in_words %s)" -le "$(dpkg_time)" ]; then
        echo "CHANGELOG.md has $version of $day, no later than $before: packages want a later day."
        exit 1
    fi
    {
        printf 'check-tencent-cwp-license (%s-1) unstable; urgency=medium\n\n' "$version"
        printf '  * New upstream release, see the upstream changelog.\n\n -- %s  \n\n' "$who"
        cat $debian
    } >"$draft"
    cat "$draft" >$debian
    change $spec "s/^%changelog\$/&\\
* $(in_words '%a %b %d %Y') $who - $version-1\\
- New release\\
/"
fi
change $debian "1,/^ -- /s/^\\( -- .*>\\)  .*/\\1  $(in_words '%a, %d %b %Y %H:%M:%S +0000')/"
change $spec "/^%changelog\$/,/^\\* /s/^\\* .* \\($who - $version-\\)/* $(in_words '%a %b %d %Y') \\1/
s/^\\(Version: *\\).*/\\1$version/"
change Makefile "s/^VERSION := .*/VERSION := $version/"
change packaging/alpine/APKBUILD "s/^pkgver=.*/pkgver=$version/"
change packaging/man/check_tencent_cwp_license.1.in "s/^\\(\\.TH [A-Z_]* 1\\) [0-9-]*/\\1 $day/"
change README.md "s/\"version\":\"[0-9.]*\"/\"version\":\"$version\"/"
echo "$version of $day"
