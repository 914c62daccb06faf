#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# rpm.sh VERSION FOLDER [OPTION]...: makes the source and binary RPM from the source tarball and leaves them in FOLDER.
# It needs no root. Options are those of rpmbuild, such as --without check.
set -eu

version=${1:?version}
mkdir -p "${2:?folder}"
out=$(cd "$2" && pwd)
shift 2
cd "$(dirname "$0")/.."

command -v rpmbuild >/dev/null || { echo "rpmbuild is missing: make setup-packages"; exit 1; }

# Modes of files must not follow that of the caller.
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# On Debian, rpm knows of no installed package.
[ ! -f /etc/debian_version ] || set -- --nodeps "$@"

sh packaging/dist.sh "check_tencent_cwp_license-$version" "$work/SOURCES" >/dev/null
# Apart, for a binary package made together with its source has a sum of that in it, and the source package has the name
# of who made it.
for what in -bs -bb; do
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL rpmbuild $what "$@" \
        --define "_topdir $work" --define "_dbpath $work/db" --define "_tmppath $work/tmp" \
        --define "use_source_date_epoch_as_buildtime 1" --define "clamp_mtime_to_source_date_epoch 1" \
        --define "_buildhost localhost" packaging/rpm/nagios-plugins-tencent-cwp-license.spec
done
find "$work/RPMS" "$work/SRPMS" -name '*.rpm' -exec mv {} "$out/" \;
