#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# sign.sh KEY FILE: makes a detached signature beside FILE. KEY is a file with minisign's secret key (FILE.minisig), or
# else names a key of gpg (FILE.asc). The sums in FILE must hold.
set -eu

key=${1:?make sign KEY=file of minisign or name of a key of gpg}
file=${2:?file}
[ -f "$file" ] || { echo "$file is not there: make release first"; exit 1; }

(cd "$(dirname "$file")" && sha256sum --check --quiet --strict "$(basename "$file")")
case $key in
*/*) [ -f "$key" ] || { echo "$key is not there: KEY is a file of minisign, or the name of a key of gpg"; exit 1; } ;;
esac
if [ -f "$key" ]; then
    minisign -S -s "$key" -m "$file"
    echo "$file.minisig"
else
    gpg --batch --yes --armor --local-user "$key" --output "$file.asc" --detach-sign "$file"
    echo "$file.asc"
fi
