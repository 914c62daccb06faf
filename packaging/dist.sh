#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# dist.sh NAME-VERSION FOLDER: makes the source tarball FOLDER/NAME-VERSION.tar.gz. Nothing of it depends on who makes
# it, where or when: names are sorted, owners are nobody's, modes are not the umask's, times are those of CHANGELOG.md.
# In a clone it holds what git knows and what is not ignored; elsewhere all but what a build makes.
set -eu

base=${1:?name and version}
mkdir -p "${2:?folder}"
out=$(cd "$2" && pwd)/$base.tar.gz
cd "$(dirname "$0")/.."
epoch=${SOURCE_DATE_EPOCH:-$(sh packaging/epoch.sh)}

names() {
    if [ -e .git ]; then
        git ls-files -z --cached --others --exclude-standard
    else
        find . -type d \( -path ./build -o -path ./dist -o -name __pycache__ -o -name .pytest_cache \) -prune \
            -o \( -type f -o -type l \) ! -name '*.pyc' -printf '%P\0'
    fi
}

# What was removed but not yet in git is still in its list.
existing() { while IFS= read -r name; do [ ! -e "$name" ] || printf '%s\n' "$name"; done; }

list=$(mktemp)
trap 'rm -f "$list"' EXIT
if ! names >"$list" || [ ! -s "$list" ]; then
    echo "No tarball: the files of this tree cannot be listed. In a clone that takes git, as its owner." >&2
    exit 1
fi
tr '\0' '\n' <"$list" | LC_ALL=C sort -u | existing |
    tar --create --file="$out.tar" --no-recursion --files-from=- --transform="s|^|$base/|" --format=ustar \
        --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX
gzip -9 -n <"$out.tar" >"$out"
rm "$out.tar"
echo "$out"
