#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# Runs each unit test program given, all of them even when one fails, and adds the results up in
# one closing line.
set -u

passed=0
failed=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
for program in "$@"; do
    if ! ${UNIT_WRAPPER:-} "$program" >"$log" 2>&1; then
        cat "$log"
        failed=$((failed + 1))
    fi
    n=$(grep -c '^\[       OK \]' "$log")
    passed=$((passed + n))
    [ "$n" -gt 0 ] || { echo "$program ran no test"; failed=$((failed + 1)); }
done
echo "unit tests: $passed passed, $failed programs failed"
[ "$failed" -eq 0 ] && [ "$#" -gt 0 ]
