# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The RPM package, with Debian's rpm: built by a user without rights, checked, and installed into an empty root. What
it requires by name (nagios-common, the libraries) is not there to be installed, so that is not tested here."""

import os
import re
import shutil
import subprocess
import tempfile

import pytest

from conftest import NAME, ROOT, environment, need, run
from test_hardening import weaknesses

PLUGIN = "usr/lib64/nagios/plugins/" + NAME


def has_cmocka():
    """The tests of the program run while it is built, where their library is there."""
    return subprocess.run(["pkg-config", "--exists", "cmocka"], check=False).returncode == 0


@pytest.fixture(scope="module")
def built_rpm(unpack):
    """The folder with the packages, and what was said while they were built."""
    need("rpmbuild", "rpm")
    with tempfile.TemporaryDirectory(prefix="cwp-") as folder:
        os.chmod(folder, 0o755)
        tree = unpack(folder)
        lead = []
        if os.getuid() == 0:
            run("chown", "-R", "nobody", folder)
            lead = ["setpriv", "--reuid=nobody", "--clear-groups"]
        version = re.search(r"^VERSION := (\S+)$", (tree / "Makefile").read_text(), re.M).group(1)
        without = [] if has_cmocka() else ["--without", "check"]
        out = run(*lead, "sh", tree / "packaging/rpm.sh", version, tree / "dist", *without)
        yield tree / "dist", out


@pytest.fixture(scope="module")
def package(built_rpm):
    return next(path for path in built_rpm[0].iterdir() if not path.name.endswith(".src.rpm"))


@pytest.fixture
def rpm_root(tmp_path):
    """rpm(...) for an empty root; as root only, for rpm changes its root folder."""
    if os.getuid() != 0:
        pytest.skip("needs root, for chroot")
    root = tmp_path / "root"
    root.mkdir()

    def rpm(*words, status=0):
        done = subprocess.run(["rpm", "--root", root, "--dbpath", "/rpm", *words], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=environment())
        # Debian's rpm says with each command that it should not be used.
        out = "".join(line + "\n" for line in done.stdout.splitlines()
                      if not re.match(r"rpm: (RPM should not be used|However assuming)", line))
        assert done.returncode == status, out
        return out
    rpm("--initdb")
    return root, rpm


def test_rpmlint(built_rpm):
    need("rpmlint")
    out = run("rpmlint", "--config", ROOT / "packaging/rpm/rpmlint.toml", ROOT / "packaging/rpm",
              *built_rpm[0].glob("*.rpm"))
    assert "2 packages and 1 specfiles checked; 0 errors, 0 warnings" in out


def test_build_has_no_warnings(built_rpm):
    assert not re.findall(r".*\b[Ww]arning: .*", built_rpm[1])


def test_no_name_of_this_machine(package):
    facts = run("rpm", "-qp", "--qf", "%{BUILDHOST} %{BUILDTIME} %{LICENSE} %{VENDOR} %{PACKAGER}\n", package)
    epoch = run("sh", ROOT / "packaging/epoch.sh").strip()
    assert facts.splitlines()[-1] == "localhost %s MIT (none) (none)" % epoch


def test_requires_what_the_linker_found(package):
    needs = run("rpm", "-qp", "--requires", package)
    for library in ("libcurl.so.4()(64bit)", "libsodium.so", "libcjson.so.1"):
        assert library in needs
    assert "python" not in needs


def test_install_verify_remove(package, rpm_root, version):
    root, rpm = rpm_root
    rpm("--install", "--nodeps", "--noscripts", package)
    assert rpm("--verify", "--nodeps", "--all") == ""
    done = subprocess.run([root / PLUGIN, "--version"], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3 and version in done.stdout
    assert weaknesses(root / PLUGIN) == set()
    unit = (root / "usr/share/check-tencent-cwp-license/prometheus" / (NAME + "@.service")).read_text()
    assert "/" + PLUGIN in unit and "/usr/lib/nagios" not in unit
    assert (root / "usr/share/icinga2/include/plugins-contrib.d" / (NAME + ".conf")).exists()
    with (root / PLUGIN).open("ab") as file:
        file.write(b"x")
    assert "5" in rpm("--verify", "--nodeps", "--all", status=1).split()[0]
    rpm("--erase", "--nodeps", "--noscripts", "nagios-plugins-tencent-cwp-license")
    shutil.rmtree(root / "rpm")
    assert not [path for path in root.rglob("*") if path.is_file() or "tencent" in path.name]


def test_program_passes_its_own_tests(built_rpm):
    if not has_cmocka():
        pytest.skip("not installed: cmocka")
    assert re.search(r"^unit tests: [1-9]\d* passed, 0 programs failed", built_rpm[1], re.M)


# What Fedora's macros set and Debian's do not: packages for debuggers, hardening of the distribution's.
AS_ON_FEDORA = {
    "install": "%{?buildsubdir:%{debug_package}}\\\n%%install\\\n%{nil}",
    "_enable_debug_packages": "1",
    "_debugsource_packages": "1",
    "_hardened_build": "1",
    "build_cflags": "-O2 -g -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2",
    "build_ldflags": "-pie -Wl,-z,relro -Wl,-z,now",
}


def test_build_with_the_settings_of_fedora(unpack, tmp_path, version):
    """The packages for debuggers have the symbols and the sources, which rpm finds by their whole paths."""
    need("rpmbuild", "find-debuginfo", "eu-strip", "file")
    tree = unpack(tmp_path)
    words = [word for row in AS_ON_FEDORA.items() for word in ("--define", "%s %s" % row)]
    out = run("sh", tree / "packaging/rpm.sh", version, tmp_path / "dist", "--without", "check", *words)
    compiled = next(line for line in out.splitlines() if re.search(r" -c .*plugin/main\.c", line))
    assert AS_ON_FEDORA["build_cflags"] in compiled and compiled.count("-fPIE") == 1
    made = {re.sub(r"-\d.*", "", path.name): path for path in (tmp_path / "dist").glob("*.x86_64.rpm")}
    name = "nagios-plugins-tencent-cwp-license"
    assert set(made) == {name, name + "-debuginfo", name + "-debugsource"}
    sources = run("rpm", "-qpl", made[name + "-debugsource"])
    assert "/plugin/main.c\n" in sources and "/thresholds/range.c\n" in sources
    assert re.search(r"/%s-.*\.debug$" % NAME, run("rpm", "-qpl", made[name + "-debuginfo"]), re.M)


# ---- Alpine ----


def test_functions_of_the_apkbuild(unpack, tmp_path):
    """abuild is not to be had here; its functions are plain shell, and do their work."""
    tree = unpack(tmp_path / "src")
    script = "set -eu; srcdir=%s; pkgdir=%s; . %s; cd \"$builddir\"; build; package; echo \"$pkgname $pkgver\"" % (
        tmp_path / "src", tmp_path / "pkg", ROOT / "packaging/alpine/APKBUILD")
    out = run("sh", "-c", script, env=environment())
    assert out.splitlines()[-1] == "check-tencent-cwp-license " + tree.name.rpartition("-")[2]
    for name in ("usr/lib/monitoring-plugins/" + NAME, "usr/share/man/man1/%s.1" % NAME,
                 "usr/share/bash-completion/completions/" + NAME,
                 "usr/share/icinga2/include/plugins-contrib.d/%s.conf" % NAME):
        assert (tmp_path / "pkg" / name).exists()
