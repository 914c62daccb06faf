#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# run.sh NAME...: builds the plugin in each of these ways and runs all its tests with the program that
# comes out, or with FLAVOR_TESTS=unit a part of them. See flavor.sh; "slim" is the one of make slim.
# All are tried, even when one fails. How long a run may take is tested with the usual build.
set -u

# shellcheck disable=SC2086 # one word a target
try() {
    if [ "$1" = slim ]; then
        SLIM_OLDER=yes make --no-print-directory slim && variant=slim
    else
        sh tests/flavors/flavor.sh "$1" && variant=flavors/$1
    fi && TIME_FACTOR=${TIME_FACTOR:-2} \
        make --no-print-directory ${FLAVOR_TESTS:-unit e2e} VARIANT="$variant" FLAVOR="$1"
}

failed=
for name in "$@"; do
    echo "== built as $name"
    try "$name" || failed="$failed $name"
done
[ -z "$failed" ] || { echo "These flavors failed:$failed"; exit 1; }
