#!/bin/sh
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# Prints the time of this version for SOURCE_DATE_EPOCH: midnight UTC of the first date in CHANGELOG.md.
set -eu

day=$(sed -n 's/^## \[[0-9.]*\] - \([0-9-]*\)$/\1/p' "$(dirname "$0")/../CHANGELOG.md" | head -n 1)
date -u -d "${day:?CHANGELOG.md has no dated version}" +%s
