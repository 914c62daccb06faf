# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What a release is made of: bill of materials, sums, signatures, and the step that makes them; with keys made here and
thrown away."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile

import pytest

from conftest import NAME, PACKAGE, environment, fails, make, need, run

# ---- Bill of materials ----


@pytest.fixture(scope="module")
def bill(built):
    need("readelf")
    make(built, "sbom")
    return json.loads((built / "build" / (NAME + ".cdx.json")).read_text())


def test_bill_is_of_this_program(bill, built, version):
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    me = bill["metadata"]["component"]
    assert (me["name"], me["version"], me["type"]) == (NAME, version, "application")
    assert me["licenses"] == [{"license": {"id": "MIT"}}]
    digest = hashlib.sha256((built / "build" / NAME).read_bytes()).hexdigest()
    assert me["hashes"] == [{"alg": "SHA-256", "content": digest}]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])


def test_bill_names_every_library_with_its_version(bill, built):
    linked = set(re.findall(r"NEEDED.*\[(.+)\]", run("readelf", "-dW", built / "build" / NAME)))
    assert {part["properties"][0]["value"] for part in bill["components"]} == linked
    assert {part["name"] for part in bill["components"]} >= {"libcurl", "libsodium", "cJSON"}
    for part in bill["components"]:
        assert part["type"] == "library" and part["purl"].startswith("pkg:") and part["licenses"], part
        assert re.match(r"\d+(\.\d+)+", part["version"]), part
    modules = {"libcurl": "libcurl", "libsodium": "libsodium", "cJSON": "libcjson"}
    for part in bill["components"]:
        if part["name"] in modules:
            assert part["version"] == run("pkg-config", "--modversion", modules[part["name"]]).strip()


def test_bill_holds_together(bill):
    refs = [part["bom-ref"] for part in bill["components"]] + [bill["metadata"]["component"]["bom-ref"]]
    assert len(refs) == len(set(refs)) == len(bill["dependencies"])
    assert {row["ref"] for row in bill["dependencies"]} == set(refs)
    assert set(bill["dependencies"][0]["dependsOn"]) == set(refs[:-1])


def test_bill_does_not_depend_on_when_it_is_made(bill, built):
    again = built / "build" / (NAME + ".cdx.json")
    before = again.read_bytes()
    make(built, "sbom")
    assert again.read_bytes() == before
    assert bill["metadata"]["timestamp"].endswith("T00:00:00Z")


def test_bill_of_what_is_no_program_is_refused(built):
    done = subprocess.run(["python3", built / "packaging/sbom.py", built / "README.md", "1"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode != 0 and done.stdout == b""


# ---- Signatures ----


@pytest.fixture
def summed(built, tmp_path):
    """A tree with something in dist/, and sums of it."""
    tree = tmp_path / "tree"
    (tree / "dist").mkdir(parents=True)
    shutil.copytree(built / "packaging", tree / "packaging")
    for name in ("Makefile", "CHANGELOG.md"):
        shutil.copy(built / name, tree)
    (tree / "dist/file").write_text("what is released\n")
    (tree / "dist/SHA256SUMS").write_text(run("sha256sum", "file", cwd=tree / "dist"))
    return tree


@pytest.fixture
def gpg():
    """A home of gpg with one key. Its path is short, for the sockets of gpg's agent."""
    need("gpg")
    with tempfile.TemporaryDirectory(prefix="cwp-") as home:
        env = environment(GNUPGHOME=home, HOME=home)
        run("gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "", "--quick-generate-key",
            "Nobody in particular <nobody@example.com>", "ed25519", "sign", "1d", env=env)
        yield env
        subprocess.run(["gpgconf", "--kill", "all"], env=env, check=False)


def test_gpg_signature(summed, gpg):
    make(summed, "sign", "KEY=nobody@example.com", env=gpg)
    sums = summed / "dist/SHA256SUMS"
    verify = ["gpg", "--batch", "--verify", str(sums) + ".asc", sums]
    assert "Good signature" in run(*verify, env=gpg)
    sums.write_text(sums.read_text().upper())
    fails(*verify, env=gpg)


def test_minisign_signature(summed, tmp_path):
    need("minisign")
    env = environment(HOME=str(tmp_path))
    run("minisign", "-G", "-W", "-p", tmp_path / "public", "-s", tmp_path / "secret key", env=env)
    make(summed, "sign", "KEY=%s" % (tmp_path / "secret key"), env=env)
    verify = ["minisign", "-V", "-p", tmp_path / "public", "-m", summed / "dist/SHA256SUMS"]
    assert "verified" in run(*verify)
    with (summed / "dist/SHA256SUMS").open("a") as file:
        file.write("\n")
    fails(*verify)


def test_what_does_not_match_is_not_signed(summed, gpg):
    (summed / "dist/file").write_text("something else\n")
    fails("make", "-C", summed, "sign", "KEY=nobody@example.com", env=gpg)
    assert not (summed / "dist/SHA256SUMS.asc").exists()


def test_without_a_key_nothing_is_signed(summed, gpg):
    fails("make", "-C", summed, "sign", env=gpg)
    fails("make", "-C", summed, "sign", "KEY=somebody-else@example.com", env=gpg)
    assert not (summed / "dist/SHA256SUMS.asc").exists()


# ---- The release ----


@pytest.fixture
def clone(unpack, tmp_path):
    """A clone of git with one commit and nothing else in it, whatever the state of the tree that is tested."""
    need("git")
    tree = unpack(tmp_path / "clone")
    git(tree, "init", "-q")
    commit(tree)
    return tree


def git(tree, *words):
    return run("git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.com", *words, cwd=tree,
               env=environment(HOME=str(tree.parent)))


def commit(tree):
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "x")


def release(tree, version, tests="all", **env):
    done = subprocess.run(["make", "release", "VERSION=" + version, "RELEASE_TESTS=" + tests], cwd=tree, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=environment(HOME=str(tree.parent), **env))
    return done.returncode, done.stdout


def test_release(clone, version):
    need("dpkg-buildpackage", "dh", "rpmbuild")
    before = git(clone, "for-each-ref")
    status, out = release(clone, version, "all sbom")
    assert status == 0, out[-5000:]
    assert "after make all sbom:" in out
    made = {path.name: path for path in (clone / "dist").iterdir()}
    for wanted in (r"%s-%s\.tar\.gz" % (NAME, version), PACKAGE + r"_.*\.deb", PACKAGE + r"_.*\.dsc",
                   r"nagios-plugins-.*\.x86_64\.rpm|nagios-plugins-.*(?<!src)\.rpm", r"nagios-plugins-.*\.src\.rpm",
                   PACKAGE + r"_.*\.cdx\.json"):
        assert [name for name in made if re.fullmatch(wanted, name)], wanted
    assert "OK" in run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=clone / "dist")
    assert len(made["SHA256SUMS"].read_text().splitlines()) == len(made) - 1
    # The upstream source of the Debian package is the tarball, bit for bit.
    assert made["%s_%s.orig.tar.gz" % (PACKAGE, version)].read_bytes() == \
        made["%s-%s.tar.gz" % (NAME, version)].read_bytes()
    assert git(clone, "for-each-ref") == before and git(clone, "status", "--porcelain") == ""


def refused(clone, version, why, **how):
    status, out = release(clone, version, **how)
    assert status != 0 and why in out, out[-3000:]
    assert not (clone / "dist").exists()


def test_release_of_another_version_is_refused(clone):
    refused(clone, "9.9.9", "the Makefile has")
    refused(clone, "1.0", "is no version")
    refused(clone, "", "make release VERSION=x.y.z")


def test_release_needs_a_clean_tree(clone, version):
    (clone / "stray").touch()
    refused(clone, version, "stray")
    (clone / "stray").unlink()
    with (clone / "plugin/main.c").open("a") as file:
        file.write("\n")
    refused(clone, version, "plugin/main.c")


def test_release_needs_a_dated_entry(clone, version):
    changes = clone / "CHANGELOG.md"
    text = changes.read_text()
    changes.write_text(text.replace("## [%s] - " % version, "## [Unreleased]\n\n## [%s] - " % version, 1))
    commit(clone)
    refused(clone, version, "first entry of CHANGELOG.md")
    changes.write_text(re.sub(r"^(## \[[^]]*\]) - .*$", r"\1", text, flags=re.M))
    commit(clone)
    refused(clone, version, "no date")


def test_release_stops_when_a_test_fails(clone, version):
    with (clone / "Makefile").open("a") as file:
        file.write("\nfailing-test:\n\t@false\n")
    commit(clone)
    refused(clone, version, "tests have failed", tests="failing-test")


def test_release_runs_all_tests_by_default(clone):
    text = (clone / "Makefile").read_text()
    wanted = re.search(r"^RELEASE_TESTS \?= (.*)$", text, re.M)[1].split()
    there = set(re.findall(r"^((?:check|soak|bench-gate|analyze)[a-z-]*):.*## ", text, re.M))
    assert wanted[0] == "check" and set(wanted) == there
    assert "`make %s`" % " ".join(wanted) in (clone / "README.md").read_text()


def test_release_outside_of_git_is_refused(unpack, tmp_path, version):
    tree = unpack(tmp_path)
    refused(tree, version, "no clone of git", GIT_CEILING_DIRECTORIES=os.path.dirname(tree))
