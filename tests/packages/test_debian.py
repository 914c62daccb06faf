# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The Debian package as a stranger meets it: built in a fresh root by a user without rights, installed by apt in
another one that has nothing else in it, run, upgraded and purged there. Everything for each release of Debian."""

import re
import shutil
from dataclasses import dataclass

import pytest

from conftest import NAME, PACKAGE, need, places, run, shown
from test_hardening import weaknesses

PLUGIN = "/usr/lib/nagios/plugins/" + NAME
NAGIOS = "/etc/nagios-plugins/config/%s.cfg" % NAME
ICINGA = "/usr/share/icinga2/include/plugins-contrib.d/%s.conf" % NAME
SUITES = ["bookworm", "trixie"]
# A person would answer apt's question, and take recommended packages too.
YES = {"APT_CONFIG": "/etc/apt/yes"}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in SUITES])
def suite(request):
    return request.param


@pytest.fixture(scope="module")
def base(suite, bases):
    root = bases(suite)
    root.write(YES["APT_CONFIG"], 'APT::Get::Assume-Yes "1"; APT::Install-Recommends "0"; quiet "2";\n')
    return root


@pytest.fixture
def fresh(base, tmp_path):
    yield base.copy(tmp_path / "fresh")
    shutil.rmtree(tmp_path / "fresh")


@dataclass
class Build:
    said: str
    files: dict                 # by name
    had: list                   # of what only tests need, what was there

    def file(self, pattern):
        return next(path for name, path in self.files.items() if re.fullmatch(pattern, name))


@pytest.fixture(scope="module")
def build(suite, base, unpack, tmp_path_factory):
    """Made by the words of README.md: as nobody, from a copy that belongs to nobody, with the packages only that
    debian/control names. The tests of the program are those of tests/flavors."""
    folder = tmp_path_factory.mktemp("build-" + suite)
    root = base.copy(folder / "root")
    source = root.put(unpack(folder / "tree"), "/srv/build")
    root.run("chown", "-R", "nobody", "/srv/build")
    needs, make, _ = shown("deb")
    root.run("sh", "-c", needs, cwd=source, env=YES)
    said = root.run("sh", "-c", make, cwd=source, user="nobody")
    made = shutil.copytree(root.path(source + "/dist"), folder / "made")
    had = [name for name in ("/usr/bin/python3", "/usr/include/cmocka.h") if root.path(name).exists()]
    shutil.rmtree(root.folder)
    return Build(said, {path.name: path for path in made.iterdir()}, had)


@pytest.fixture(scope="module")
def deb(build):
    return build.file(PACKAGE + r"_[^_]+_[^_]+\.deb")


@pytest.fixture(scope="module")
def root(suite, base, deb, tmp_path_factory):
    """With the package, installed by apt."""
    root = base.copy(tmp_path_factory.mktemp("installed-" + suite) / "root")
    root.put(deb, "/srv/dist")
    root.run("sh", "-c", shown("deb")[2], cwd="/srv", env=YES)
    yield root
    shutil.rmtree(root.folder)


@pytest.fixture(scope="module")
def icinga(root):
    root.install("icinga2-bin", "icinga2-common")
    return root


# ---- The build ----


def test_build_makes_source_and_binary(build, version):
    assert {name for name in build.files if name.endswith((".deb", ".dsc", ".gz", ".xz", ".changes"))} >= {
        "%s_%s-1.dsc" % (PACKAGE, version), "%s_%s.orig.tar.gz" % (PACKAGE, version)}


def test_build_has_no_warnings(build):
    assert not re.findall(r".*\b[Ww]arning: .*", build.said)


def test_build_needs_nothing_of_the_tests(build):
    assert build.had == []


def test_program_is_hardened(build, root):
    """As the distribution does it, and with what the compiler knows besides."""
    compiled = [line for line in build.said.splitlines() if re.search(r"^\S*(cc|gcc) .* -c ", line)]
    assert len(compiled) > 20
    assert not [line for line in compiled if not all(flag in line for flag in (
        "-D_FORTIFY_SOURCE=", "-fstack-protector-strong", "-fstack-clash-protection", "-fcf-protection"))]
    assert weaknesses(root.path(PLUGIN)) == set()


# What the lintian of a release finds besides, for the package suits the older one.
NEWER_LINTIAN = {
    "bookworm": [],
    "trixie": ["out-of-date-standards-version 4.6.2", "unused-override no-manual-page"],
}


def test_lintian(build, tested, suite):
    """The release's own one, with all it can say; what is overridden has its reason beside it."""
    root = tested[0]
    root.install("lintian")
    changes = build.file(r".*\.changes")
    files = root.put(changes.parent, "/srv/lintian")
    out = root.run("lintian", "--allow-root", "--pedantic", "--display-info", "--color", "never",
                   "%s/%s" % (files, changes.name))
    said = [line for line in out.splitlines() if line[:3] in ("E: ", "W: ", "I: ", "P: ")]
    assert len(said) == len(NEWER_LINTIAN[suite]), out
    assert all(any(known in line for line in said) for known in NEWER_LINTIAN[suite]), out


# ---- The installed package ----


def test_only_libraries_come_with_it(base, root):
    """Depends is what the linker found, no more."""
    depends = root.run("dpkg-query", "-W", "-f", "${Depends}", PACKAGE)
    assert re.findall(r"(?:^|, )(lib[a-z]+)", depends) == ["libc", "libcjson", "libcurl", "libsodium"]
    assert ":" not in depends.replace("(>=", "")


def test_nothing_is_missing_or_changed(root):
    assert "not found" not in root.run("ldd", PLUGIN)
    assert root.run("dpkg", "--verify", PACKAGE) == ""
    assert root.run("dpkg", "--audit") == ""


@pytest.fixture(scope="module")
def tested(base, build, deb, suite, tmp_path_factory):
    """A root in which autopkgtest has run debian/tests of the source package with the binary one, as Debian's own
    machines do, and what it said."""
    need("autopkgtest")
    root = base.copy(tmp_path_factory.mktemp("tested-" + suite) / "root")
    source = build.file(r".*\.dsc")
    yield root, root.try_beside("autopkgtest", "--user=nobody", deb, source, "--", "chroot", root.folder)
    shutil.rmtree(root.folder)


def test_autopkgtest(tested):
    status, out = tested[1]
    summary = out.partition("@@@@ summary\n")[2].splitlines()
    assert status == 0, out[-6000:]
    assert [line.split() for line in summary[:2]] == [["installed-program", "PASS"], ["loopback", "PASS"]], summary
    assert "leaked" not in out, "a process that outlives its test"


def test_authorities_of_the_system_are_trusted(tested, standin):
    """One that the administrator has added, as for a proxy that opens TLS, with the recommended certificates."""
    complete = tested[0]
    complete.install("ca-certificates")
    for name in ("ca_file", "credentials_file"):
        complete.put(standin[name], "/srv/key")
    command = [PLUGIN, "-H", "localhost", "-p", standin["port"], "--credentials-file", "/srv/key/credentials"]
    assert "authority that this host does not trust" in complete.run(*command, status=3)
    complete.run("cp", "/srv/key/root.pem", "/usr/local/share/ca-certificates/standin.crt")
    complete.run("update-ca-certificates")
    assert complete.run(*command).startswith("CWP LICENSE OK")


def test_program_asks_the_api(root, standin):
    """Over verified TLS, in a root without Python, openssl or certificates: what is installed is enough. The key file
    has the owner and the mode that the documents tell."""
    for name in ("ca_file", "credentials_file"):
        root.put(standin[name], "/srv/key")
    root.run("chown", "root:nogroup", "/srv/key/credentials")
    root.run("chmod", "640", "/srv/key/credentials")
    reach = [PLUGIN, "-H", "localhost", "-p", standin["port"], "--credentials-file", "/srv/key/credentials"]
    trust = ["--ca-file", "/srv/key/root.pem"]
    assert root.run(*reach, *trust, user="nobody").startswith("CWP LICENSE OK")
    assert '"state":"OK"' in root.run(*reach, *trust, "--output-format", "json", user="nobody")
    assert "near_expiry=" in root.run(*reach, *trust, "-w", "available=1000:", user="nobody", status=1)
    assert "licenses NOT checked" in root.run(*reach, user="nobody", status=3)


def test_files_are_where_the_readme_says(root):
    """And nothing else is there, but what is lintian's. The minimal root leaves out no documents."""
    listed = {path for path in root.run("dpkg", "-L", PACKAGE).split() if not root.path(path).is_dir()}
    told = places(1)
    assert len(told) > 10
    assert not [path for path in told if not root.path(path).exists()]
    assert {path for path in listed if not any(path == place or path.startswith(place + "/") for place in told)} == \
        {"/usr/share/lintian/overrides/" + PACKAGE}
    assert not [path for path in listed if root.path(path).stat().st_size == 0]
    documents = {path.rpartition("/")[2] for path in listed if path.startswith("/usr/share/doc/")}
    assert documents >= {"copyright", "README.md.gz", "README.Debian", "changelog.gz", "changelog.Debian.gz"}


# ---- Icinga and Nagios ----

SERVICE = """\
object Host "cloud" { check_command = "dummy" }
object Service "licenses" {
    host_name = "cloud"
    check_command = "tencent_cwp_license"
    vars.tencent_cwp_license_warning_available = "5:"
}
"""


def test_icinga_has_the_command(icinga):
    """With the configuration that Debian's package brings, and our examples beside it."""
    icinga.write("/etc/icinga2/conf.d/licenses.conf", SERVICE)
    assert "critical/" not in icinga.run("icinga2", "daemon", "-C")
    icinga.run("cp", "/usr/share/doc/%s/examples/icinga2/services.conf" % PACKAGE, "/etc/icinga2/conf.d/examples.conf")
    # Up to 2.13 the objects are always written for "object list".
    status, _ = icinga.try_run("icinga2", "daemon", "-C", "--dump-objects")
    if status:
        icinga.run("icinga2", "daemon", "-C")
    assert PLUGIN in icinga.run("icinga2", "object", "list", "--type", "CheckCommand", "--name", "tencent_cwp_license")


def test_icinga_command_can_be_switched_off(icinga):
    """As README.Debian says; the check of the configuration is one that can fail."""
    icinga.write("/etc/icinga2/conf.d/licenses.conf", SERVICE)
    icinga.run("rm", "-f", "/etc/icinga2/conf.d/examples.conf")
    icinga.run("dpkg-divert", "--local", "--rename", "--add", ICINGA)
    try:
        assert "tencent_cwp_license" in icinga.run("icinga2", "daemon", "-C", status=1)
        icinga.run("rm", "/etc/icinga2/conf.d/licenses.conf")
        icinga.run("icinga2", "daemon", "-C")
    finally:
        icinga.run("dpkg-divert", "--local", "--rename", "--remove", ICINGA)


def test_nagios_has_the_command(fresh, deb):
    """Nagios of Debian reads the folder of the command by itself; the services are our example."""
    fresh.install(fresh.put(deb), "nagios4-core", "nagios4-common", "monitoring-plugins-basic")
    fresh.run("cp", "/usr/share/doc/%s/examples/nagios/services.cfg" % PACKAGE, "/etc/nagios4/conf.d/licenses.cfg")
    out = fresh.run("nagios4", "-v", "/etc/nagios4/nagios.cfg")
    assert "Total Errors:   0" in out
    fresh.run("rm", NAGIOS)
    assert NAME in fresh.run("nagios4", "-v", "/etc/nagios4/nagios.cfg", status=1)


# ---- Upgrade, removal, purge ----

KEY = "/etc/tencentcloud/credentials"


@pytest.fixture
def earlier(deb, tmp_path):
    """earlier(change=False) is a package of an earlier version, made from this one: nothing was released before. With
    change, its Nagios configuration differs from today's."""
    need("dpkg-deb")

    def package(change):
        folder = tmp_path / "earlier"
        run("dpkg-deb", "-R", deb, folder)
        control = folder / "DEBIAN/control"
        control.write_text(re.sub(r"^Version: .*$", "Version: 0.0.1-1", control.read_text(), flags=re.M))
        if change:
            (folder / NAGIOS.lstrip("/")).write_text("# as it was in 0.0.1\n")
        run("dpkg-deb", "--root-owner-group", "-b", folder, tmp_path / "earlier.deb")
        return tmp_path / "earlier.deb"
    return package


OURS = "# changed by the administrator\n"


@pytest.mark.parametrize("changed_upstream", [False, True], ids=["same-upstream", "changed-upstream"])
def test_upgrade_keeps_changed_configuration(fresh, deb, earlier, changed_upstream):
    fresh.install(fresh.put(earlier(changed_upstream)))
    fresh.write(NAGIOS, OURS)
    fresh.write(KEY, "[default]\n", 0o640)
    # When both sides have changed it, dpkg asks; this is the answer it proposes.
    options = ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
    fresh.install(fresh.put(deb), options=options if changed_upstream else ())
    assert fresh.run("dpkg-query", "-W", "-f", "${Version}", PACKAGE) != "0.0.1-1"
    assert fresh.path(NAGIOS).read_text() == OURS
    assert fresh.path(NAGIOS + ".dpkg-dist").exists() == changed_upstream
    assert fresh.path(KEY).read_text() == "[default]\n"


def test_upgrade_renews_configuration_that_nobody_changed(fresh, deb, earlier):
    fresh.install(fresh.put(earlier(True)))
    fresh.install(fresh.put(deb))
    assert "define command" in fresh.path(NAGIOS).read_text()


def test_remove_keeps_configuration_and_purge_leaves_nothing(fresh, deb):
    package = fresh.put(deb)
    libraries = re.findall(r"(?:^|, )([^ ,]+)", run("dpkg-deb", "--field", deb, "Depends").strip())
    fresh.install(*libraries)
    before = fresh.tree()
    fresh.install(package)
    assert fresh.tree() > before
    fresh.write(NAGIOS, OURS)
    fresh.run("apt-get", "remove", "-qqy", PACKAGE)
    left = fresh.tree() - before
    assert fresh.path(NAGIOS).read_text() == OURS
    assert {path for path in left if fresh.path(path).is_file()} == {NAGIOS}
    fresh.run("apt-get", "purge", "-qqy", PACKAGE)
    assert fresh.tree() == before


def test_purge_leaves_the_key(fresh, deb):
    """It is the administrator's, and other programs use it."""
    fresh.write(KEY, "[default]\n", 0o640)
    fresh.install(fresh.put(deb))
    fresh.run("apt-get", "purge", "-qqy", "--autoremove", PACKAGE)
    assert fresh.path(KEY).read_text() == "[default]\n"
