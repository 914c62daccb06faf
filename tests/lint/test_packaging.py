# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The ways to package agree with the source and with one another: version, day, license, folders."""
import email.utils
import os
import re

from program import ROOT
from tree import files, text

DEBIAN, SPEC, ALPINE = ("packaging/debian", "packaging/rpm/nagios-plugins-tencent-cwp-license.spec",
                        "packaging/alpine/APKBUILD")
VERSION = re.search(r"^VERSION := (\S+)$", text("Makefile"), re.M).group(1)


def first(pattern, path):
    return re.search(pattern, text(path), re.M).groups()


def day(year, month, number):
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return "%s-%02d-%02d" % (year, months.index(month) + 1, int(number))


def test_version_is_the_same_everywhere():
    assert {
        "CHANGELOG.md": first(r"^## \[([0-9.]+)\]", "CHANGELOG.md")[0],
        "debian/changelog": first(r"^check-tencent-cwp-license \((\S+)-\d+\)", DEBIAN + "/changelog")[0],
        "spec": first(r"^Version: +(\S+)$", SPEC)[0],
        "changelog of the spec": first(r"^%changelog\n\* .* - (\S+)-\d+$", SPEC)[0],
        "APKBUILD": first(r"^pkgver=(\S+)$", ALPINE)[0],
    } == dict.fromkeys(["CHANGELOG.md", "debian/changelog", "spec", "changelog of the spec", "APKBUILD"], VERSION)


def test_day_is_the_same_everywhere():
    """Builds take their time from it, each from the file of its own kind."""
    released = first(r"^## \[[0-9.]+\] - (\S+)$", "CHANGELOG.md")[0]
    debian = email.utils.parsedate_to_datetime(first(r"^ -- .*>  (.*)$", DEBIAN + "/changelog")[0])
    assert (debian.strftime("%Y-%m-%d %H:%M"), debian.utcoffset().total_seconds()) == (released + " 00:00", 0)
    month, number, year = first(r"^%changelog\n\* \w+ (\w+) (\d+) (\d+) ", SPEC)
    assert day(year, month, number) == released
    assert first(r"^\.TH \S+ 1 (\S+) ", "packaging/man/check_tencent_cwp_license.1.in")[0] == released


def test_license_is_the_same_everywhere():
    """Debian's name for it is Expat, and its copy is word for word ours."""
    assert first(r"^License: +(\S+)$", SPEC)[0] == "MIT"
    assert first(r'^license="(\S+)"$', ALPINE)[0] == "MIT"
    copyright_file = text(DEBIAN + "/copyright")
    assert "\nLicense: Expat\n" in copyright_file
    words = " ".join(text("LICENSE").partition("\n\n")[2].partition("\n\n")[2].split())
    assert words in " ".join(copyright_file.replace("\n .\n", "\n").split())


def test_summary_is_the_same_everywhere():
    summaries = {first(r"^Description: (.*)$", DEBIAN + "/control")[0], first(r"^Summary: +(.*)$", SPEC)[0],
                 first(r'^pkgdesc="(.*)"$', ALPINE)[0]}
    assert len(summaries) == 1 and len(summaries.pop()) <= 80


def test_dependencies_are_those_of_the_makefile():
    """libcurl, libsodium and cJSON, and nothing else, to build; to run, Debian's are found by the linker."""
    libraries = first(r"^LIBRARIES := (.*)$", "Makefile")[0].split()
    assert sorted(re.findall(r"^BuildRequires: +pkgconfig\((lib\w+)\)$", text(SPEC), re.M)) == sorted(libraries)
    names = {"libcurl": "curl-dev", "libsodium": "libsodium-dev", "libcjson": "cjson-dev"}
    assert sorted(first(r'^makedepends="(.*)"$', ALPINE)[0].split()) == sorted(names[name] for name in libraries)
    assert first(r"^Depends: (.*)$", DEBIAN + "/control")[0] == "${misc:Depends}, ${shlibs:Depends}"


def test_scripts_without_a_suffix_can_be_run():
    """Others are given to sh or python3 by name, so that their mode does not matter."""
    scripts = [name for name in files() if name.startswith("packaging/") and "." not in os.path.basename(name)
               and text(name).startswith("#!")]
    assert DEBIAN + "/rules" in scripts and DEBIAN + "/tests/loopback" in scripts
    assert not [name for name in scripts if not os.access(ROOT / name, os.X_OK)]


def test_untested_is_said():
    """What nobody could try here must say so where it would be used."""
    assert "NOT tested" in text(SPEC) and "NOT tested" in text(ALPINE)
