#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# build.sh FOLDER: makes the libcurl of the slim build below FOLDER, from the newest source package of
# the distribution, and FOLDER/settings.mk, by which the Makefile builds with it. OpenSSL, libsodium
# and cJSON stay the shared ones of the system. Nothing is built again for the same source.
# SLIM_OLDER=yes: an earlier source will do where a mirror lacks the newest; for tests only.
set -eu

folder=${1:?into which folder}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
source=$folder/curl prefix=$folder/libcurl
log=$folder/curl.log

echo "  libcurl: looking for the newest source package"
version=$(sh "$here/source.sh" curl "$source" ${SLIM_OLDER:+older})
if [ "$version" != "$(cat "$prefix/version" 2>/dev/null)" ]; then
    echo "  libcurl: building $version"
    rm -rf "$prefix"
    # In sections, so that the linker leaves out what nothing calls.
    flags="-ffunction-sections -fdata-sections -fstack-protector-strong -fPIC"
    CFLAGS="${CFLAGS:--O2 -g} $flags -ffile-prefix-map=$source=curl" \
        CPPFLAGS="-D_FORTIFY_SOURCE=2" \
        sh "$here/curl.sh" "$source" "$prefix" >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        exit 1
    }
    echo "$version" >"$prefix/version"
fi
rm -rf "$source"

pkg_config=${PKG_CONFIG:-pkg-config}
# Newer than before only if it says something else: then all is built again.
cat >"$folder/settings.new" <<END
LIBCURL_BUILT_IN := $version
LIB_CFLAGS := -I$prefix/include $($pkg_config --cflags libsodium libcjson)
LIB_LDLIBS := -Wl,--gc-sections $prefix/lib/libcurl.a $($pkg_config --libs libssl libcrypto libsodium libcjson) -pthread
END
cmp -s "$folder/settings.new" "$folder/settings.mk" || mv "$folder/settings.new" "$folder/settings.mk"
rm -f "$folder/settings.new"
