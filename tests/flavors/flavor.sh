#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# flavor.sh NAME: gets the libraries for that way to build the plugin, and says in
# build/flavors/NAME/settings.mk how the Makefile uses them. Warnings are errors in all of them.
#   gnutls  the distribution's libcurl with GnuTLS
#   i386    32 bits, against libraries of that architecture
#   musl    another libc, and all static
set -eu

name=${1:?gnutls, i386 or musl}
case $name in gnutls | i386 | musl) ;; *) echo "FLAVORS are gnutls, i386, musl and slim, not $name."; exit 1 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "build/flavors/$name"
folder=$(cd "build/flavors/$name" && pwd)
root=$folder/root
settings=$folder/settings.mk

# Made once: what is named after the folder, or after "make clean", is made again.
[ ! -e "$settings" ] || exit 0
echo "  libraries for $name"

# The library itself is installed; its headers would be in the way of those of the other libcurl.
flavor_gnutls() {
    sh "$here/unpack.sh" "$(dpkg --print-architecture)" "$root" libcurl4-gnutls-dev
    multiarch=$(gcc -print-multiarch)
    cat <<END
LIB_CFLAGS := -I$root/usr/include/$multiarch $(pkg-config --cflags libsodium libcjson)
LIB_LDLIBS := -L$root/usr/lib/$multiarch -lcurl $(pkg-config --libs libsodium libcjson)
END
}

flavor_i386() {
    sh "$here/unpack.sh" i386 "$root" libc6-dev libcurl4-openssl-dev libsodium-dev libcjson-dev libcmocka-dev
    place=lib/i386-linux-gnu        # found there at run time, also by each other
    cat <<END
CC := gcc -m32 --sysroot=$root
LIB_CFLAGS := -I$root/usr/include/i386-linux-gnu
LIB_LDLIBS := -lcurl -lsodium -lcjson
LDFLAGS := -Wl,--dynamic-linker=$root/lib/ld-linux.so.2 -Wl,--disable-new-dtags,-rpath,$root/usr/$place:$root/$place
END
}

flavor_musl() {
    sh "$here/musl-libraries.sh" "$folder/libraries" >&2
    prefix=$folder/libraries/prefix
    PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig
    export PKG_CONFIG_LIBDIR
    cat <<END
CC := musl-gcc
LIBCURL_BUILT_IN := $(cat "$folder/libraries/curl.version")
LIB_CFLAGS := $(pkg-config --static --cflags libcurl libsodium libcjson)
LIB_LDLIBS := $(pkg-config --static --libs libcurl libsodium libcjson)
HARDENING_LDFLAGS := -static -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack
END
}

"flavor_$name" >"$settings.new"
echo 'CFLAGS := -O2 -g -Werror' >>"$settings.new"
mv "$settings.new" "$settings"
