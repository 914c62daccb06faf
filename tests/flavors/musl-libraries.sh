#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# musl-libraries.sh FOLDER: builds the libraries that the plugin and its unit tests need, static and
# for musl, from the distribution's source packages, into FOLDER/prefix. What was built is kept.
set -eu

folder=${1:?into which folder}
here=$(cd "$(dirname "$0")" && pwd)
slim=$here/../../packaging/slim
jobs=${JOBS:-2}
mkdir -p "$folder/prefix/lib/pkgconfig" "$folder/prefix/include" "$folder/kernel"
folder=$(cd "$folder" && pwd)
prefix=$folder/prefix

# OpenSSL and curl want headers of the kernel, which musl does not bring.
ln -sfn /usr/include/linux "$folder/kernel/linux"
ln -sfn /usr/include/asm-generic "$folder/kernel/asm-generic"
ln -sfn "/usr/include/$(gcc -print-multiarch)/asm" "$folder/kernel/asm"
CFLAGS="-O1 -fPIC -idirafter $folder/kernel"
export CC=musl-gcc CFLAGS PKG_CONFIG_LIBDIR="$prefix/lib/pkgconfig"

# once NAME: fetches the source of that package and lets build_NAME make its library there.
once() {
    [ ! -e "$folder/$1.version" ] || return 0
    echo "  musl: $1"
    version=$(sh "$slim/source.sh" "$1" "$folder/$1" older) || return 1
    (cd "$folder/$1" && "build_$1") >"$folder/$1.log" 2>&1 || {
        tail -n 30 "$folder/$1.log" >&2
        return 1
    }
    rm -rf "${folder:?}/$1"
    echo "$version" >"$folder/$1.version"
}

# What no HTTPS client needs is left out, to save time. musl has no ucontext, which "async" wants.
# Weak keys are refused, as the distribution's own OpenSSL does.
build_openssl() {
    ./Configure "linux-$(uname -m)" --prefix="$prefix" --libdir=lib --openssldir=/usr/lib/ssl \
        no-shared no-tests no-module no-dso no-engine no-async no-afalgeng no-legacy no-cmp no-cms \
        no-ts no-srp no-ssl3 no-dtls no-comp -DOPENSSL_TLS_SECURITY_LEVEL=2
    make -j"$jobs" build_libs
    make install_dev
}

build_libsodium() {
    autoreconf -fi
    ./configure --prefix="$prefix" --disable-shared --enable-static --host="$(uname -m)-linux-musl"
    make -j"$jobs" -C src install
    make install-pkgconfigDATA
}

# Small ones: their own build systems would need more than they have files.
build_cjson() {
    # shellcheck disable=SC2086 # one word an option
    $CC $CFLAGS -DCJSON_EXPORT_SYMBOLS -c cJSON.c
    ar rcs "$prefix/lib/libcjson.a" cJSON.o
    mkdir -p "$prefix/include/cjson"
    cp cJSON.h "$prefix/include/cjson"
    cat >"$prefix/lib/pkgconfig/libcjson.pc" <<END
Name: libcjson
Description: cJSON
Version: $(sed -n 's/^set(PROJECT_VERSION_[A-Z]* \([0-9]*\))/\1/p' CMakeLists.txt | paste -sd .)
Cflags: -I$prefix/include -I$prefix/include/cjson
Libs: -L$prefix/lib -lcjson -lm
END
}

build_cmocka() {
    # shellcheck disable=SC2086 # one word an option
    $CC $CFLAGS -Iinclude -DHAVE_SIGNAL_H -DHAVE_UNISTD_H -DHAVE_SYS_TYPES_H -DHAVE_STRINGS_H \
        -DHAVE_MALLOC_H -DHAVE_INTTYPES_H -DHAVE_STRUCT_TIMESPEC -DHAVE_CLOCK_GETTIME \
        -DHAVE_CLOCK_REALTIME -DHAVE_SNPRINTF -DHAVE_VSNPRINTF -DHAVE_STRSIGNAL -c src/cmocka.c
    ar rcs "$prefix/lib/libcmocka.a" cmocka.o
    cp include/cmocka*.h "$prefix/include"
}

build_curl() {
    CPPFLAGS="-I$prefix/include" LDFLAGS="-L$prefix/lib" \
        JOBS=$jobs sh "$slim/curl.sh" . "$prefix" --with-openssl="$prefix" --host="$(uname -m)-linux-musl"
}

for name in openssl libsodium cjson cmocka curl; do
    once $name
done
