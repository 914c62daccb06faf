# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# To be read by scripts: apt with the distribution's own package sources of this machine, but with a
# state of its own in a folder that goes away. The machine's configuration is read, never changed.

if ! command -v apt-get >/dev/null || ! command -v dpkg-source >/dev/null; then
    echo "Packages are fetched with apt-get and dpkg-source, of Debian or Ubuntu." >&2
    exit 1
fi

# apt_begin TYPE FOLDER [OPTION...]: TYPE is deb or deb-src; the options go to apt each time. Where
# apt_lenient is set, a package source that cannot be read now is done without.
apt_begin() {
    apt_type=$1 apt=$2
    shift 2
    apt_options=$*
    rm -rf "$apt"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/parts" "$apt/fetched"
    trap 'rm -rf "$apt"' EXIT
    : >"$apt/status"
    apt-get indextargets 'Created-By: Packages' | awk -v type="$apt_type" 'BEGIN { RS = "" } {
        split("", field)
        for (n = split($0, line, "\n"); n > 0; n--) {
            at = index(line[n], ": ")
            field[substr(line[n], 1, at - 1)] = substr(line[n], at + 2)
        }
        if (field["Origin"] !~ /^(Debian|Ubuntu)/)
            next
        options = (field["Signed-By"] ? "signed-by=" field["Signed-By"] " " : "") \
                  (field["Trusted"] == "yes" ? "trusted=yes" : "")
        print type " [ " options " ] " field["Repo-URI"] " " field["Release"] " " field["Component"]
    }' | sed 's/ \[ *\]//' | sort -u >"$apt/sources.list"
    split -l 1 "$apt/sources.list" "$apt/list."
    apt_with "$apt/sources.list" apt-get update || [ "${apt_lenient:-}" ]
}

# apt_with LIST COMMAND WORD...: with nothing but that list of sources.
apt_with() {
    apt_list=$1 apt_command=$2
    shift 2
    # shellcheck disable=SC2086 # one word an option
    "$apt_command" -q -o Dir::Etc::sourcelist="$apt_list" -o Dir::Etc::sourceparts="$apt/parts" \
        -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
        -o APT::Sandbox::User= $apt_options "$@"
}

# The same with all sources together, and if that fails with each by itself: a mirror may lack in one
# suite what it has in another.
apt_try() {
    for apt_each in "$apt/sources.list" "$apt"/list.*; do
        ! apt_with "$apt_each" "$@" || return 0
    done
    return 1
}
