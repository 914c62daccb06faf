# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Where the key comes from, through the real program. That no output holds any of it is a promise of every run
(running.py); the details of the formats are rows of the unit tests."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest

from keys import SOURCES, WRONG, Places, blame, environment, ini, private_etc_command, shown, tccli
from running import PROGRAM, WRAPPER

NOT_CHECKED = ", licenses NOT checked\n"


@pytest.fixture
def nook():
    """A folder with a short path, so that messages with it fit on the first line."""
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        yield Path(folder)


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


@pytest.fixture(scope="session")
def replace_etc():
    command = private_etc_command()
    if not command:
        pytest.skip("needs root or user namespaces (unshare, mount)")
    return command


@pytest.fixture
def call(plugin, api, pki, places, replace_etc):
    """call(options, env) runs it against the stand-in; no key but those of the test can be found."""
    def run(options, env, **how):
        reach = ["-H", "localhost", "-p", api.port, "--ca-file", pki.root, "--no-proxy"]
        return plugin(*reach, *options, env=env, launcher=replace_etc + [str(places.etc)], **how)
    return run


# ---- The chain ----

@pytest.mark.parametrize("source", SOURCES + ["option_json"])
def test_each_source(call, api, places, key, source):
    options, env, words = getattr(places, source)(key)
    result = call(options + ["-v"], dict(places.env, **env)).passed("4 available")
    assert result.details[0] == "Key: %s, from %s" % (shown(key), words)
    assert [request.header("X-TC-Token") for request in api.requests] == [""]


@pytest.mark.parametrize("first", range(len(SOURCES)), ids=SOURCES)
def test_first_hit_wins(call, api, places, key, first):
    """All sources behind the first hold a key that the stand-in refuses."""
    options, env, words = getattr(places, SOURCES[first])(key)
    for source in SOURCES[first + 1:]:
        more, variables, _ = getattr(places, source)(WRONG)
        options, env = options + more, dict(variables, **env)
    call(options + ["-v"], dict(places.env, **env)).passed("from " + words)


@pytest.mark.parametrize("source", SOURCES)
def test_tokens_are_sent(call, api, places, token_key, source):
    options, env, _ = getattr(places, source)(token_key)
    call(options + ["-vvv"], dict(places.env, **env)).passed("X-TC-Token: (not shown)")
    assert api.requests[0].header("X-TC-Token") == token_key.token


@pytest.mark.parametrize("env", [{}, {"HOME": ""}], ids=["not set", "empty"])
def test_home_of_the_user_database(call, places, key, env):
    _, _, words = places.home_file(key)
    call(["-v"], env).passed("from " + words)


def test_no_key_anywhere(call, api, places):
    result = call([], places.env)
    assert result.exit == 3 and api.connections == 0
    assert result.out == (
        "CWP LICENSE UNKNOWN - no API key found for profile default" + NOT_CHECKED
        + "Looked at: TENCENTCLOUD_SECRET_ID (not set), {0}/.tencentcloud/credentials (not there), "
          "/etc/tencentcloud/credentials (not there), {0}/.tccli/default.credential (not there). Name a file with "
          "--credentials-file.\n".format(places.home))


def test_half_a_key_ends_the_search(call, api, places, key):
    places.tccli_file(key)
    places.write("etc/tencentcloud/credentials", "[default]\nsecret_id = %s\n" % key.secret_id)
    call([], places.env).failed("half an API key: the secret key is missing in /etc/tencentcloud/credentials")
    assert api.connections == 0


def test_expired_file_of_tccli(call, api, places, token_key):
    path = places.write("home/.tccli/default.credential", tccli(token_key, expiresAt=int(time.time()) - 1))
    call([], places.env).failed("the key in %s is expired, run tccli" % path)
    places.write("home/.tccli/default.credential", tccli(token_key, expiresAt=int(time.time()) + 60))
    call([], places.env).passed()
    assert len(api.requests) == 1


# ---- Profiles ----

def test_profiles(call, api, places, key):
    """With --profile the variables do not count, and each source is asked for that profile."""
    env = dict(places.env, **environment(WRONG))
    path = places.write("option", ini(WRONG) + ini(key, "mon itor"))
    call(["--credentials-file", path, "--profile", "mon itor", "-v"], env).passed("from %s, profile mon itor" % path)
    places.write("home/.tencentcloud/credentials", ini(WRONG))
    places.write("etc/tencentcloud/credentials", ini(WRONG) + ini(key, "other"))
    call(["--profile", "other", "-v"], env).passed("from /etc/tencentcloud/credentials, profile other")
    path = places.write("home/.tccli/third.credential", tccli(key))
    call(["--profile", "third", "-v"], env).passed("from " + path)
    assert len(api.requests) == 3


def test_a_profile_that_is_not_there(call, api, places, nook, key):
    path = places.write(nook / "k", ini(key))
    result = call(["--credentials-file", path, "--profile", "nope"], places.env)
    assert result.out == "CWP LICENSE UNKNOWN - key file %s has no profile nope with a key%s" \
        "It has no line [nope]; --profile chooses another profile.\n" % (path, NOT_CHECKED)
    places.home_file(key)
    result = call(["--profile", "nope"], places.env)
    assert result.out.startswith("CWP LICENSE UNKNOWN - no API key found for profile nope" + NOT_CHECKED)
    assert result.exit == 3 and api.connections == 0


# ---- The environment ----

NAMES = ["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_the_token(call, api, places, token_key, name):
    env = dict(environment(token_key._replace(token="")), **{name: token_key.token})
    call([], dict(places.env, **env)).passed()
    assert api.requests[0].header("X-TC-Token") == token_key.token


ENVIRONMENTS = [
    ({"TENCENTCLOUD_SECRET_KEY": ""}, "half an API key: the secret key is missing in the environment"),
    ({"TENCENTCLOUD_SECRET_ID": ""}, "half an API key: the secret id is missing in the environment"),
    ({"TENCENTCLOUD_TOKEN": "a", "TENCENTCLOUD_SECURITY_TOKEN": "b"},
     "TENCENTCLOUD_TOKEN and TENCENTCLOUD_SECURITY_TOKEN differ, set only one of them"),
    ({"TENCENTCLOUD_TOKEN": "a b"}, "TENCENTCLOUD_TOKEN of the environment has a blank inside"),
    ({"TENCENTCLOUD_SECRET_KEY": "a\nb"}, "TENCENTCLOUD_SECRET_KEY of the environment has a control character"),
    ({"TENCENTCLOUD_SECRET_ID": "k" * 1025}, "TENCENTCLOUD_SECRET_ID of the environment is longer than 1024 bytes"),
]


@pytest.mark.parametrize("change, words", ENVIRONMENTS, ids=[row[1][:40] for row in ENVIRONMENTS])
def test_environments(call, api, places, key, change, words):
    places.home_file(key)
    call([], dict(places.env, **dict(environment(key), **change))).failed(words)
    assert api.connections == 0


# ---- Files that are refused: what the file holds, its mode, what is said of it ----

FIX = "run chmod 640 on it"
REFUSED = [
    ("good", 0o644, "key file PATH can be read by all users, " + FIX),
    ("good", 0o604, "key file PATH can be read by all users, " + FIX),
    ("good", 0o660, "key file PATH can be written by other users, " + FIX),
    ("good", 0o602, "key file PATH can be written by other users, " + FIX),
    ("[default]\nsecret_id = KEY", 0o600, "half an API key: the secret key is missing in PATH, profile default"),
    ("[default]\nsecret_key = KEY", 0o600, "half an API key: the secret id is missing in PATH, profile default"),
    ("[default]\nsecret_id = a\nsecret_key = KEY KEY", 0o600,
     "secret_key of PATH, profile default has a blank inside, write the value alone on its line"),
    ("[default]\nsecret_id = a\nsecret_key = KEY\x1b", 0o600,
     "secret_key of PATH, profile default has a control character or a letter outside ASCII inside"),
    ("[default]\nsecret_key = KEY\nsecret_key = KEY", 0o600, "secret_key occurs twice in PATH, profile default"),
    ("[default\nsecret_key = KEY", 0o600, "line 1 of key file PATH is no section, write [PROFILE] alone on it"),
    ("[default]\nKEY", 0o600, "line 2 of key file PATH has no equals sign, write NAME = VALUE"),
    ("", 0o600, "key file PATH has no profile default with a key"),
    ("secret_id = a\nsecret_key = KEY", 0o600, "key file PATH has no profile default with a key"),
    ("[default]\nsecret_id = a\0\nsecret_key = KEY", 0o600,
     "key file PATH has a NUL byte in it, is it a text file?"),
    ('{"secretId": "a", "secretKey": "KEY"', 0o600, "key file PATH is not valid JSON: it ends in the middle"),
    ('{"secretId": "a", "secretKey": "KEY", "expiresAt": 1735689600}', 0o600,
     "the key in PATH is expired, run tccli"),
]


@pytest.mark.parametrize("options", [[], ["-vvv"], ["--output-format", "json"], ["--output-format", "prometheus"]],
                         ids=str)
@pytest.mark.parametrize("text, mode, words", REFUSED, ids=["%o %.40s" % row[1:] for row in REFUSED])
def test_refused_files(plugin, nook, key, text, mode, words, options):
    """UNKNOWN whatever --api-error-state says, and nothing is sent: nothing listens on port 1."""
    path = nook / "k"
    path.write_text(ini(key) if text == "good" else text.replace("KEY", key.secret_key))
    path.chmod(mode)
    result = plugin("--credentials-file", path, "--api-error-state", "critical", "-H", "localhost", "-p", 1, *options)
    assert result.exit == 3
    first, whole = result.out.split("\n")[0], words.replace("PATH", str(path))
    if "json" in options:
        said = result.json["error"]
        message, _, remedy = said.pop("message").partition(". It has no line [default]; ")
        assert said == {"kind": "credentials", "code": None, "retryable": False}
        assert message == whole and bool(remedy) == ("no profile" in words)
    elif "prometheus" not in options:
        assert first == "CWP LICENSE UNKNOWN - " + whole + NOT_CHECKED[:-1] \
            or first.endswith("..." + NOT_CHECKED[:-1]) and "In full: %s\n" % whole in result.out


def test_not_regular(plugin, nook):
    os.mkfifo(nook / "fifo", 0o600)
    for path, words in ((nook, "is a directory, name a file"), (nook / "fifo", "is not a regular file"),
                        ("/dev/null", "is not a regular file"), (nook / "no", "cannot be opened: No such file or "
                                                                              "directory")):
        result = plugin("--credentials-file", path, within=1)
        assert result.out == "CWP LICENSE UNKNOWN - key file %s %s%s" % (path, words, NOT_CHECKED)
        assert result.exit == 3


def test_links_are_followed(call, places, key, nook):
    link = nook / "link"
    link.symlink_to(places.write("target", ini(key), 0o640))
    call(["--credentials-file", link], places.env).passed()
    places.write("target", ini(key), 0o644)
    call(["--credentials-file", link], places.env).failed("%s can be read by all users" % link)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("uid, words", [
    (12345, "belongs to uid 12345, which no user has"), (4294967294, "belongs to uid 4294967294, which no user has"),
    (4711, "belongs to user some-body")])
def test_another_owner(plugin, places, nook, key, replace_etc, uid, words):
    (places.etc / "passwd").write_text("root:x:0:0::/root:/bin/sh\nsome-body:x:4711:0::/:/bin/sh\n")
    path = nook / "k"
    path.write_text(ini(key))
    path.chmod(0o600)
    os.chown(path, uid, -1)
    result = plugin("--credentials-file", path, "--output-format", "json", launcher=replace_etc + [str(places.etc)])
    assert result.json["error"]["message"] == "key file %s %s, run chown root and chmod 640 on it" % (path, words)


@pytest.fixture
def counts():
    """Where anybody can write."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        yield folder


AS_NOBODY = """
import os, sys
os.setgroups([]); os.setgid(12345); os.setuid(12345)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(bool(WRAPPER or blame(PROGRAM)), reason="somebody else cannot run the program")
def test_as_an_ordinary_user(plugin, nook, key, counts):
    """A file of root that is closed is a mistake to be told; a home that cannot even be searched is none. A build that
    counts its lines complains where it cannot write, hence GCOV_PREFIX."""
    def run(*options, **env):
        return plugin("-H", "localhost", "-p", 1, "--retries", 0, *options, env=dict(env, GCOV_PREFIX=counts),
                      launcher=[sys.executable, "-S", "-c", AS_NOBODY])

    nook.chmod(0o711)
    (nook / ".tencentcloud").mkdir(mode=0o711)
    path = nook / ".tencentcloud" / "credentials"
    path.write_text(ini(key))
    path.chmod(0o600)
    closed = run("--credentials-file", path).failed("key file %s cannot be opened: Permission denied" % path,
                                                    "chgrp THEIR-GROUP %s and chmod 640" % path)
    assert run(HOME=str(nook)).out == closed.out
    shutil.chown(path, 0, 12345)
    path.chmod(0o640)
    assert "cannot connect" in run(HOME=str(nook)).out, "root's file, readable by the group, is what is recommended"
    nook.chmod(0o700)
    assert str(path) not in run(HOME=str(nook)).failed().first
