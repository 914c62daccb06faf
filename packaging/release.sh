#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# release.sh VERSION TESTS: leaves all that makes a release in dist/, after everything was checked. TESTS are targets of
# make. It sets no tag and uploads nothing.
set -eu

version=${1:?make release VERSION=x.y.z}
tests=${2-}
cd "$(dirname "$0")/.."

stop() {
    echo "No release: $*"
    exit 1
}

printf '%s\n' "$version" | grep -Eqx '[0-9]+\.[0-9]+\.[0-9]+' || stop "$version is no version such as 2.4.1."
grep -qx "VERSION := $version" Makefile || stop "the Makefile has $(sed -n 's/^VERSION := //p' Makefile)."
[ "$(sed -n 's/^## \[\([^]]*\)\].*/\1/p' CHANGELOG.md | head -n 1)" = "$version" ] ||
    stop "the first entry of CHANGELOG.md is not $version."
grep -Eqx "## \[$version\] - [0-9]{4}-[0-9]{2}-[0-9]{2}" CHANGELOG.md || stop "CHANGELOG.md has no date for $version."

clean() {
    changed=$(git status --porcelain) || stop "this is no clone of git."
    [ -z "$changed" ] || stop "the tree is not clean:
$changed"
}

clean
# With NO_SKIP, tests fail for want of a tool or rights.
# shellcheck disable=SC2086 # each is a target
[ -z "$tests" ] || NO_SKIP=1 "${MAKE:-make}" --no-print-directory $tests || stop "tests have failed."
clean

rm -rf dist
sh packaging/dist.sh "check_tencent_cwp_license-$version" dist
DEB_BUILD_OPTIONS="nocheck${DEB_BUILD_OPTIONS:+ $DEB_BUILD_OPTIONS}" sh packaging/deb.sh "$version" dist
sh packaging/rpm.sh "$version" dist --without check
clean

cd dist
sums=$(LC_ALL=C sha256sum -- *)
printf '%s\n' "$sums" >SHA256SUMS
echo
echo "In dist/, from commit $(git rev-parse --short HEAD), after make ${tests:-nothing}:"
cat SHA256SUMS
echo "Then: make sign KEY=..., and a tag. Nothing was tagged or uploaded."
