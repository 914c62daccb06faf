#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# install.sh install|uninstall PROGRAM MANPAGE: what make install and make uninstall do. Both walk through the
# same list, so that the one takes away what the other brought. The folders come from the environment; they are
# those of the Makefile, and DESTDIR stands before each of them.
set -eu

action=${1:?install or uninstall}
program=${2:?the program}
manpage=${3:?the man page}
name=check_tencent_cwp_license
install=${INSTALL:-install}
here=$(dirname "$0")

# For a replacement in sed.
escaped() { printf '%s\n' "$1" | sed 's/[\\&|]/\\&/g'; }

# The files of packaging/ name Debian's folders; what is installed names those of this installation.
with_our_folders() {
    sed -e "s|/usr/lib/nagios/plugins|$(escaped "$PLUGINDIR")|g" \
        -e "s|/usr/libexec|$(escaped "$LIBEXECDIR")|g" \
        -e "s|/usr/share/check-tencent-cwp-license|$(escaped "$DATADIR")|g" "$1"
}

# put FILE MODE FOLDER [NAME]
put_install() {
    # shellcheck disable=SC2086 # it may have words of its own, such as install -p
    $install -d "$DESTDIR$3"
    # shellcheck disable=SC2086
    $install -m "$2" "$1" "$DESTDIR$3/${4:-$(basename "$1")}"
}

put_uninstall() {
    rm -f "$DESTDIR$3/${4:-$(basename "$1")}"
}

put() { "put_$action" "$@"; }

# edited FILE FOLDER: a text file that may name folders.
edited() {
    if [ "$action" = install ]; then
        draft=$(mktemp)
        with_our_folders "$1" >"$draft"
        put "$draft" 644 "$2" "$(basename "$1")"
        rm -f "$draft"
    else
        put "$1" 644 "$2"
    fi
}

put "$program" 755 "$PLUGINDIR" "$name"
put "$manpage" 644 "$MANDIR/man1" "$name.1"
put "$here/completion/$name.bash" 644 "$BASHDIR" "$name"
put "$here/completion/_$name" 644 "$ZSHDIR"
put "$here/completion/$name.fish" 644 "$FISHDIR"
put "$here/icinga2/$name.conf" 644 "$ICINGA2DIR"
put "$here/prometheus/$name-textfile" 755 "$LIBEXECDIR"
edited "$here/nagios/$name.cfg" "$NAGIOSDIR"

# Examples to copy and change, and files for the pages of other programs to read.
for file in icinga2/services.conf nagios/services.cfg nrpe/$name.cfg checkmk/mrpe.cfg; do
    edited "$here/$file" "$EXAMPLEDIR/$(dirname "$file")"
done
for file in "$here"/cam/*.* "$here"/director/*.* "$here"/grafana/*.* "$here"/json/*.* "$here"/prometheus/*.* \
    "$here"/zabbix/*.*; do
    case $file in
    *.py | *'/*.*') continue ;;
    esac
    edited "$file" "$DATADIR/$(basename "$(dirname "$file")")"
done

# Folders of our own, where nothing of somebody else's is in them.
if [ "$action" = uninstall ]; then
    for folder in "$EXAMPLEDIR" "$DATADIR"; do
        [ ! -d "$DESTDIR$folder" ] || find "$DESTDIR$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done
fi
