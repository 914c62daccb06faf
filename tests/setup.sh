#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# setup.sh build|slim|test|ci|deadline|flavors|engines|pictures|packages|bench: finds out what is missing
# for that purpose and installs it with the package manager of the machine, or says what to install.
# Prints nothing when all is there.
set -eu

purpose=${1:?which purpose: build, slim, test, ci, deadline, flavors, engines, pictures, packages or bench}
PYTHON=${PYTHON:-/usr/bin/python3}

# Package names by manager: apt, dnf, apk.
needed=
need() {
    case $manager in
    apt) needed="$needed $1" ;;
    dnf) needed="$needed $2" ;;
    apk) needed="$needed $3" ;;
    *) needed="$needed $1" ;;
    esac
}

has() { command -v "$1" >/dev/null 2>&1; }

if has apt-get; then manager=apt
elif has dnf; then manager=dnf
elif has apk; then manager=apk
else manager=none
fi

# What a program with this header and this library needs to compile and link.
has_library() {
    printf '#include <%s>\nint main(void) { return 0; }\n' "$1" |
        ${CC:-cc} -x c -o /dev/null - -l"$2" 2>/dev/null
}

# cmocka.h wants these before it.
has_cmocka() {
    printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <cmocka.h>\nint main(void) { return 0; }\n' |
        ${CC:-cc} -x c -o /dev/null - -lcmocka 2>/dev/null
}

python_has() { "$PYTHON" -c "import $1" 2>/dev/null; }

need_build() {
    has "${CC:-cc}" || need gcc gcc gcc
    has make || need make make make
    printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
        ${CC:-cc} -x c -o /dev/null - 2>/dev/null || need libc6-dev glibc-devel musl-dev
    has pkg-config || need pkg-config pkgconf pkgconf
    has_library curl/curl.h curl || need libcurl4-openssl-dev libcurl-devel curl-dev
    has_library sodium.h sodium || need libsodium-dev libsodium-devel libsodium-dev
    has_library cjson/cJSON.h cjson || need libcjson-dev cjson-devel cjson-dev
    # For the stand-in of the API that demo and tests run against.
    has "$PYTHON" || need python3 python3 python3
    has openssl || need openssl openssl openssl
}

need_test() {
    need_build
    has_cmocka || need libcmocka-dev libcmocka-devel cmocka-dev
    python_has pytest || need python3-pytest python3-pytest py3-pytest
    python_has xdist || need python3-pytest-xdist python3-pytest-xdist py3-pytest-xdist
    python_has pytest_timeout || need python3-pytest-timeout python3-pytest-timeout py3-pytest-timeout
    python_has jsonschema || need python3-jsonschema python3-jsonschema py3-jsonschema
    has ip || need iproute2 iproute iproute2
    has strace || need strace strace strace
    "$PYTHON" -c 'import ctypes; ctypes.CDLL("libseccomp.so.2")' 2>/dev/null ||
        need libseccomp2 libseccomp libseccomp
    has man || need man-db man-db mandoc
    # For rows of the fault zoo; elsewhere they may be in no repository, and the rows are skipped.
    if [ "$manager" = apt ]; then
        has faketime || need faketime
        has tinyproxy || need tinyproxy-bin
        has squid || [ -x /usr/sbin/squid ] || need squid
    fi
    has gcore || need gdb gdb gdb
}

need_ci() {
    need_test
    has gcc || need gcc gcc gcc
    has clang || need clang clang clang
    has clang-tidy || need clang-tidy clang-tools-extra clang-extra-tools
    # The runtime of clang's sanitizers is a package of its own in places.
    printf 'int main(void) { return 0; }\n' |
        clang -fsanitize=address -x c -o /dev/null - 2>/dev/null ||
        need libclang-rt-dev compiler-rt compiler-rt
    has valgrind || need valgrind valgrind valgrind
    has cppcheck || need cppcheck cppcheck cppcheck
    has shellcheck || need shellcheck ShellCheck shellcheck
    has gcovr || need gcovr gcovr gcovr
    has mandoc || need mandoc mandoc mandoc
}

# A libcurl of its own from the source package, in place of the system's: make slim.
need_slim() {
    has gcc || need gcc gcc gcc
    has make || need make make make
    has pkg-config || need pkg-config pkgconf pkgconf
    has_library openssl/ssl.h ssl || need libssl-dev openssl-devel openssl-dev
    has_library sodium.h sodium || need libsodium-dev libsodium-devel libsodium-dev
    has_library cjson/cJSON.h cjson || need libcjson-dev cjson-devel cjson-dev
    [ "$manager" != apt ] || has dpkg-source || need dpkg-dev
    has autoreconf || need autoconf autoconf autoconf
    has automake || need automake automake automake
    has libtoolize || need libtool libtool libtool
}

# Other ways to build, for tests/flavors. Their libraries are unpacked or built below build/.
need_flavors() {
    need_test
    need_slim
    [ "$manager" = apt ] || { echo "Other flavors are built on Debian or Ubuntu only."; exit 1; }
    printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
        gcc -m32 -x c -o /dev/null - 2>/dev/null || need gcc-multilib
    has musl-gcc || need musl-tools
    /sbin/ldconfig -p | grep -q 'libcurl-gnutls\.so\.4' || need libcurl3-gnutls
}

# A private network that loses packets.
need_deadline() {
    need_test
    has nft || need nftables nftables nftables
}

# Monitoring engines for tests/engines. Those tests know Debian's layout, and skip what is not there.
need_engines() {
    need_test
    if [ "$manager" != apt ]; then
        echo "The tests with monitoring engines need Debian or Ubuntu: they will be skipped."
        return
    fi
    has curl || need curl
    has jq || need jq
    has nagios4 || need nagios4-core
    has icinga2 || need icinga2-bin
    has nrpe || need nagios-nrpe-server
    [ -x /usr/lib/nagios/plugins/check_nrpe ] || need nagios-nrpe-plugin
    [ -x /usr/lib/nagios/plugins/check_dummy ] || need monitoring-plugins-basic
    has icingacli || need icingacli
    [ -d /usr/share/icingaweb2/modules/director ] || need icingaweb2-module-director
    has zabbix_server || need zabbix-server-pgsql
    [ -d /usr/share/zabbix ] || need zabbix-frontend-php
    has php || need php-cli
    php -m 2>/dev/null | grep -qx pgsql || need php-pgsql
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need postgresql
    has promtool || need prometheus
    has prometheus-node-exporter || need prometheus-node-exporter
    [ -x /usr/lib/systemd/systemd ] || need systemd
}

# A browser and a web server besides, for the scripts that make packaging/pictures.
need_pictures() {
    need_engines
    [ -d /usr/lib/cgi-bin/nagios4 ] || need nagios4-cgi
    has lighttpd || need lighttpd
    has chromium || need chromium
}

# Tools that make and check packages, for make deb, rpm, release and check-packages.
need_packages() {
    need_test
    has rpmbuild || need rpm rpm-build rpm
    if [ "$manager" != apt ]; then
        echo "Packages are made and tested on Debian or Ubuntu; tests without their tools will be skipped."
        return
    fi
    has git || need git
    has dpkg-buildpackage || need dpkg-dev
    has dh || need debhelper
    has lintian || need lintian
    has autopkgtest || need autopkgtest
    has mmdebstrap || need mmdebstrap
    has rpmlint || need rpmlint
    has debugedit || need debugedit
    has eu-strip || need elfutils
    has file || need file
    has diffoscope || need diffoscope-minimal
    has gpg || need gpg
    has minisign || need minisign
    has reuse || need reuse
    has faketime || need faketime
    has mandoc || need mandoc
    has zsh || need zsh
    has fish || need fish
    [ -e /usr/share/bash-completion/bash_completion ] || need bash-completion
}

# A web server and the programs that a check is compared with, for make bench and bench-gate.
need_bench() {
    need_test
    has nginx || [ -x /usr/sbin/nginx ] || need nginx-light nginx nginx
    has curl || need curl curl curl
    has_library openssl/ssl.h ssl || need libssl-dev openssl-devel openssl-dev
    has strace || need strace strace strace
    has valgrind || need valgrind valgrind valgrind
    [ -d /etc/ssl/certs ] || need ca-certificates ca-certificates ca-certificates
    has check_http || [ -x /usr/lib/nagios/plugins/check_http ] ||
        need monitoring-plugins-basic nagios-plugins-http monitoring-plugins
}

# While packages with services are installed, none of them may start a service.
policy=/usr/sbin/policy-rc.d
hold_services() {
    case $purpose in build | slim) return ;; esac
    [ ! -e $policy ] || return 0
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
    as_root chmod 755 $policy
    trap 'as_root rm -f $policy' EXIT
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif has sudo; then sudo "$@"
    else
        echo "Install these packages as root, then run make again:$needed"
        exit 1
    fi
}

"need_$purpose"
[ -n "$needed" ] || exit 0

echo "Installing what is missing:$needed"
# shellcheck disable=SC2086 # the list is one word a package
case $manager in
apt)
    hold_services
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $needed
    ;;
dnf) as_root dnf install -y $needed ;;
apk) as_root apk add $needed ;;
none)
    echo "No package manager that this script knows (apt-get, dnf, apk) is here. Install what the"
    echo "packages named above hold on Debian, then run make again."
    exit 1
    ;;
esac
