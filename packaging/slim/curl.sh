#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# curl.sh SOURCE PREFIX [WORD...]: builds what the plugin needs of libcurl, as a static library, from
# an unpacked source package; the words go to its configure. What stays: HTTP and HTTPS, all kinds of
# proxies, IPv6, and the resolver in a thread of its own, without which no time limit holds.
set -eu

source=${1:?the unpacked source} prefix=${2:?where to put the library}
shift 2

cd "$source"
[ -x configure ] || autoreconf -fi      # releases bring it, snapshots do not

# Each protocol and extra that configure can leave out and this version knows.
without=
for extra in ftp file ldap ldaps rtsp dict telnet tftp pop3 imap smb smtp gopher mqtt \
    websockets ipfs manual libcurl-option alt-svc hsts doh netrc cookies mime form-api \
    unix-sockets tls-srp ntlm ntlm-wb negotiate-auth kerberos-auth aws crypto-auth digest-auth \
    get-easy-options ares; do
    ! grep -q -e "--disable-$extra\b" -e "--enable-$extra\b" configure ||
        without="$without --disable-$extra"
done
for library in zlib brotli zstd libpsl libidn2 libssh2 libssh librtmp nghttp2 ngtcp2 nghttp3 gssapi \
    libgsasl; do
    ! grep -q -e "--with-$library\b" -e "--without-$library\b" configure ||
        without="$without --without-$library"
done

# shellcheck disable=SC2086 # one word an option
./configure --prefix="$prefix" --disable-shared --enable-static --disable-dependency-tracking \
    --enable-threaded-resolver --enable-ipv6 --enable-proxy --with-openssl \
    --with-ca-path=/etc/ssl/certs --with-ca-bundle=/etc/ssl/certs/ca-certificates.crt \
    $without "$@"
make -C lib -j"${JOBS:-2}" install
make -C include install
make install-pkgconfigDATA
