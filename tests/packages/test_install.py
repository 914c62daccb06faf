# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""make install and make uninstall: what the one brings the other takes away, and nothing else, whatever the folders are
called; and what a packager may set is honored."""

import os
import pathlib
import re
import subprocess

import pytest

from conftest import NAME, make, places

PLACES = {
    "defaults": [],
    "a prefix with blanks": ["PREFIX=/opt/my own/apps", "PLUGINDIR=/opt/my own/plug ins"],
    "characters of sed": ["PREFIX=/opt/a&b|c\\d", "PLUGINDIR=/opt/a&b|c\\d/plugins"],
    "as in a package": ["PREFIX=/usr", "PLUGINDIR=/usr/lib64/nagios/plugins", "NAGIOSDIR=/etc/nagios-plugins/config",
                        "ICINGA2DIR=/usr/share/icinga2/include/plugins-contrib.d",
                        "EXAMPLEDIR=/usr/share/examples/check-tencent-cwp-license"],
}


def files(folder):
    """Every file below a folder with its mode and what is in it."""
    return {str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes())
            for path in pathlib.Path(folder).rglob("*") if path.is_file()}


def folders(folder):
    return {str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*") if path.is_dir()}


@pytest.fixture(params=PLACES.values(), ids=PLACES)
def place(request, tmp_path):
    return ["DESTDIR=%s" % (tmp_path / "the root"), *request.param]


def test_install_and_uninstall(built, tmp_path, place):
    root = tmp_path / "the root"
    make(built, "install", *place)
    brought = files(root)
    assert len(brought) > 20
    own = [name for name in brought if NAME not in name and "/check-tencent-cwp-license/" not in name]
    assert not own, "a name that may be somebody else's"
    # A file of somebody else in each folder must stay, and so must the folder.
    for folder in [""] + sorted(folders(root)):
        (root / folder / "somebody's").touch()
    before = files(root)
    make(built, "install", *place)
    assert files(root) == before, "a second time changes nothing"
    make(built, "uninstall", *place)
    assert set(files(root)) == set(before) - set(brought)


def test_nothing_of_ours_stays(built, tmp_path, place):
    root = tmp_path / "the root"
    make(built, "install", *place)
    make(built, "uninstall", *place)
    assert files(root) == {}
    assert not [folder for folder in folders(root) if "tencent" in folder]


def test_modes_do_not_follow_the_umask(built, tmp_path):
    for umask in (0o022, 0o077):
        make(built, "install", "DESTDIR=%s" % (tmp_path / oct(umask)), preexec_fn=lambda: os.umask(umask))
    assert files(tmp_path / "0o22") == files(tmp_path / "0o77")
    executable = {pathlib.Path(name).name for name, (mode, _) in files(tmp_path / "0o22").items() if mode & 0o111}
    assert executable == {NAME, NAME + "-textfile"}


def test_files_name_the_folders_of_this_installation(built, tmp_path):
    make(built, "install", "DESTDIR=%s" % tmp_path, "PREFIX=/opt/a&b|c", "PLUGINDIR=/opt/p")
    data = tmp_path / "opt/a&b|c/share/check-tencent-cwp-license"
    unit = (data / "prometheus" / (NAME + "@.service")).read_text()
    assert "/opt/p/" + NAME in unit and "/opt/a&b|c/libexec/" in unit and "/usr/lib" not in unit
    for example in ("nrpe/%s.cfg" % NAME, "checkmk/mrpe.cfg"):
        assert "/opt/p/%s --cred" % NAME in (data / "examples" / example).read_text()
    assert not re.search(r"/usr/lib(exec|/nagios)", "".join(
        content.decode() for name, (_, content) in files(data).items() if not name.endswith(".md")))


def test_files_are_where_the_readme_says(built, tmp_path):
    """And nothing else is there."""
    make(built, "install", "DESTDIR=%s" % tmp_path)
    listed = {"/" + name for name in files(tmp_path)}
    told = places(2) + [places(1)[0]]
    assert len(told) > 10
    assert not [place for place in told if not (tmp_path / place[1:]).exists()]
    assert not [path for path in listed
                if not any(path == place or path.startswith(place + "/") for place in told)]


def test_installed_program_runs(installed, version):
    done = subprocess.run([installed / "usr/lib/nagios/plugins" / NAME, "--version"], stdout=subprocess.PIPE, text=True,
                          check=False)
    assert done.returncode == 3 and version in done.stdout


def test_no_debris(built, tmp_path):
    """Nothing that makes files is installed, nor what it leaves behind."""
    make(built, "install", "DESTDIR=%s" % tmp_path)
    assert not [name for name in files(tmp_path) if re.search(r"\.(py|pyc|in|sh|orig|rej)$|~$|__pycache__", name)]


def test_every_integration_is_installed(built, installed):
    """A new folder or file in packaging/ is installed, or stands here with the reason."""
    ways_to_package = {"debian", "rpm", "alpine", "slim"}
    makers = r".*\.(py|sh|in)|pictures/.*|icingaexchange\.yml|.*/__pycache__/.*"
    there = {path.name for path in installed.rglob("*") if path.is_file()}
    there |= {name + suffix for name in there for suffix in (".bash",)}         # bash wants the bare name
    missing = [name for name in files(built / "packaging") if pathlib.PurePath(name).parts[0] not in ways_to_package
               and not re.fullmatch(makers, name) and pathlib.PurePath(name).name not in there]
    assert not missing


# ---- What a packager sets ----


def test_compiler_and_pkg_config_are_those_given(built, tmp_path):
    """For a cross build; CFLAGS and LDFLAGS come after ours, so that they win."""
    asked = tmp_path / "pkg-config"
    asked.write_text("#!/bin/sh\ncase $1 in --cflags) echo -I/cross/include ;; --libs) echo -L/cross/lib -lcurl ;; "
                     "--variable=*) echo /cross/plugins ;; esac\n")
    asked.chmod(0o755)
    out = make(built, "-B", "-n", "install", "CC=cross-gcc -m64", "PKG_CONFIG=%s" % asked, "CFLAGS=-Os -DTHEIRS",
               "LDFLAGS=-Wl,--theirs", "V=1")
    compiled = [line for line in out.splitlines() if " -c " in line]
    assert len(compiled) > 20
    assert all(re.match(r"cross-gcc -m64 .*-I/cross/include.* -Os -DTHEIRS ", line) for line in compiled)
    linked = next(line for line in out.splitlines() if "plugin/main.o" in line and " -c " not in line)
    assert linked.startswith("cross-gcc -m64 ") and linked.rstrip().endswith("-L/cross/lib -lcurl")
    assert "-Wl,--theirs" in linked
    assert "PLUGINDIR='/cross/plugins'" in out


def test_build_needs_no_python_and_no_test_library(built):
    out = make(built, "-B", "-n", "install")
    assert "cmocka" not in out and "python" not in out.lower()


def test_tree_with_blanks_in_its_name(unpack, tmp_path, version):
    tree = unpack(tmp_path / "my own folder")
    make(tree, "-j2")
    make(tree, "install", "DESTDIR=%s" % (tmp_path / "out"), "PLUGINDIR=/plugins")
    assert version in subprocess.run([tmp_path / "out/plugins" / NAME, "--version"], stdout=subprocess.PIPE, text=True,
                                     check=False).stdout


def test_build_leaves_the_tree_as_it_was(unpack, tmp_path):
    """All that is made is in build/, and make clean removes it."""
    tree = unpack(tmp_path)
    before = files(tree)
    make(tree, "-j2")
    assert {name.split("/")[0] for name in set(files(tree)) - set(before)} == {"build"}
    make(tree, "clean")
    assert files(tree) == before
