#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# run.sh SECONDS FOLDER TARGET...: runs each libFuzzer program for that long, two at a time. What
# it finds stays in FOLDER/found; new inputs go to FOLDER/corpus, not to the repository.
set -eu

seconds=$1
case $seconds in '' | *[!0-9]*) echo "SECONDS=$seconds is no whole number"; exit 1 ;; esac
folder=$2
shift 2

fuzz() {
    mkdir -p "$folder/corpus/$1" "$folder/found"
    if "$folder/$1" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 \
        -print_final_stats=1 -artifact_prefix="$folder/found/$1-" "$folder/corpus/$1" \
        "tests/fuzz/corpus/$1" >"$folder/$1.log" 2>&1; then
        result=clean
    else
        result=FAILED
    fi
    echo "$1: $result," \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$1.log") executions," \
        "$(grep -o 'cov: [0-9]*' "$folder/$1.log" | tail -n 1 | cut -d ' ' -f 2) edges"
    [ "$result" = clean ]
}

failed=0
while [ $# -gt 0 ]; do
    fuzz "$1" &
    first=$!
    second=
    shift
    if [ $# -gt 0 ]; then
        fuzz "$1" &
        second=$!
        shift
    fi
    wait "$first" || failed=1
    [ -z "$second" ] || wait "$second" || failed=1
done
exit "$failed"
