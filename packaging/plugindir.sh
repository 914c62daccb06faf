#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# Prints the folder where this distribution keeps monitoring plugins: asked from pkg-config, then
# the folders that packages of the Monitoring Plugins use, then our own below PREFIX.
set -eu

dir=$("${PKG_CONFIG:-pkg-config}" --variable=plugindir monitoring-plugins 2>/dev/null || true)
if [ -n "$dir" ]; then
    printf '%s\n' "$dir"
    exit
fi
if [ -f /etc/debian_version ]; then
    # Debian and Ubuntu: fixed by policy of the packages, whether or not one is installed.
    echo /usr/lib/nagios/plugins
    exit
fi
for dir in /usr/lib64/nagios/plugins /usr/lib/nagios/plugins /usr/lib/monitoring-plugins; do
    if [ -d "$dir" ]; then
        echo "$dir"
        exit
    fi
done
echo "${PREFIX:-/usr/local}/lib/monitoring-plugins"
