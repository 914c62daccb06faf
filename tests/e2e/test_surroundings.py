# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Where the program may find itself: environments, limits and users, as rows. It works there, or says plainly why not;
a crash, a hang or a wrong result are never the answer."""

import os
import pwd
import resource
import shutil
import sys
import tempfile

import pytest

import keys
from running import SANITIZERS, WRAPPER
from standin.netns import HOSTS, RESOLVER
from standin.server import Api

pytestmark = pytest.mark.skipif(bool(WRAPPER), reason="a wrapper has surroundings of its own")
needs_room = pytest.mark.skipif(bool(SANITIZERS), reason="a sanitizer takes terabytes of addresses")
needs_root = pytest.mark.skipif(os.getuid() != 0, reason="needs root")

HEALTHY = "4 available"
NOBODY = pwd.getpwnam("nobody").pw_uid if "nobody" in [entry.pw_name for entry in pwd.getpwall()] else 65534
LONELY = 1500000000     # from here on, no user has an entry in passwd or another process


def through_python(code):
    """A launcher that changes the process and then becomes the command."""
    whole = "import ctypes, os, resource, sys\n%s\nos.execve(sys.argv[1], sys.argv[1:], dict(os.environ))" % code
    return [sys.executable, "-I", "-S", "-c", whole]


def limit(name, value):
    return through_python("resource.setrlimit(resource.RLIMIT_%s, (%d, %d))" % (name, value, value))


# ---- The environment ----

def hostile(folder):
    """Values that lead other programs astray, or that are for libraries of this one."""
    (folder / "openssl.cnf").write_text(
        "openssl_conf = x\n[x]\nproviders = y\n[y]\nnone = z\n[z]\nmodule = /nonexistent\n")
    (folder / "curlrc").write_text("insecure\nurl = http://127.0.0.1:9/\n")
    empty = str(folder / "empty")
    return [
        {},
        {"PATH": ""},
        {"PATH": "/nonexistent:."},
        {"HOME": ""},
        {"HOME": "/nonexistent"},
        {"HOME": "relative"},
        {"HOME": "/proc/self/mem"},
        {"LC_ALL": "../../../../tmp/x", "LANG": "%s%n%s%n", "LANGUAGE": "\xff", "LOCPATH": empty, "NLSPATH": "%N%L"},
        {"LC_ALL": "x" * 5000},
        {"TZ": ":/etc/passwd", "TZDIR": empty},
        {"TZ": "A" * 5000},
        {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "ftp_proxy": "http://127.0.0.1:9"},
        {"CURL_CA_BUNDLE": "/nonexistent", "CURL_SSL_BACKEND": "schannel", "CURL_HOME": str(folder)},
        {"XDG_CONFIG_HOME": str(folder), "NETRC": "/nonexistent", "CURL_ENTROPY": "1", "CURL_TIME": "5"},
        {"OPENSSL_CONF": "/nonexistent"},
        {"OPENSSL_CONF": str(folder / "openssl.cnf")},
        {"OPENSSL_MODULES": "/nonexistent", "OPENSSL_ENGINES": "/nonexistent", "OPENSSL_ia32cap": "~0x200000200000000"},
        {"RES_OPTIONS": "attempts:0 timeout:0 ndots:99", "LOCALDOMAIN": "example.com", "HOSTALIASES": "/etc/passwd"},
        {"MALLOC_PERTURB_": "165", "MALLOC_CHECK_": "3"},
        {"POSIXLY_CORRECT": "1", "COLUMNS": "5"},
        {"IFS": "x", "ENV": "/nonexistent", "BASH_ENV": "/nonexistent", "NAGIOS_HOSTNAME": "x|y", "NO_COLOR": "1"},
        {"X%d" % number: "y" * 1000 for number in range(500)},
        {"TENCENTCLOUD_REGION": "x\ny", "TENCENTCLOUD_PROFILE": "none", "TENCENTCLOUD_ENDPOINT": "127.0.0.1:9"},
    ]


@pytest.mark.parametrize("row", range(len(hostile(type("Nowhere", (), {
    "__truediv__": lambda self, name: self, "write_text": lambda self, text: None})()))))
def test_environments_that_change_nothing(ask, api, tmp_path, row):
    env = hostile(tmp_path)[row]
    if SANITIZERS:              # a library that makes a locale when it is loaded leaks a list of glibc's
        (tmp_path / "suppressions").write_text("leak:__argz_add_sep\n")
        env["LSAN_OPTIONS"] = "suppressions=%s:print_suppressions=0" % (tmp_path / "suppressions")
    assert ask(env=env).passed(HEALTHY).details == []
    assert len(api.requests) >= 1


@pytest.mark.parametrize("env, facts", [
    ({"SSL_CERT_FILE": "/nonexistent"}, ["certificate"]),
    ({"SSL_CERT_FILE": "/etc/passwd"}, ["certificate"]),
    ({"SSL_CERT_DIR": "/nonexistent"}, ["certificate"]),
    ({"https_proxy": "http://127.0.0.1:9"}, ["proxy"]),
    ({"ALL_PROXY": "socks5h://127.0.0.1:9"}, ["proxy"]),
    ({"https_proxy": "nonsense://127.0.0.1:9"}, ["proxy"]),
    ({"https_proxy": "\x01\x02"}, ["proxy"]),
], ids=str)
def test_environments_that_lead_elsewhere(plugin, api, credentials, env, facts):
    """Without --ca-file: these are how a site tells libcurl where to look, and a mistake there is a failure."""
    result = plugin("-H", "localhost", "-p", api.port, "--credentials-file", credentials, "--retries", 0, env=env)
    result.failed(*facts)
    assert api.requests == []


def test_a_key_log_is_not_written(ask, tmp_path):
    """A libcurl that is built to write TLS keys does so when told to."""
    path = tmp_path / "keys"
    ask(env={"SSLKEYLOGFILE": str(path)}).passed(HEALTHY)
    assert not path.exists()


# ---- Descriptors ----

CLOSED = ["os.close(0)", "os.closerange(0, 2)", "os.closerange(0, 3)", "os.close(2)"]


@pytest.mark.parametrize("code", CLOSED)
def test_closed_descriptors(plugin, reach, code):
    """What is printed has nowhere to go without descriptor 1, and no socket takes its place."""
    process = plugin.start(*reach, launcher=through_python(code))
    out, _ = process.communicate(timeout=60)
    written = code in ("os.close(0)", "os.close(2)")
    assert process.returncode == (0 if written else 3) and (HEALTHY in out.decode()) == written


@pytest.mark.parametrize("count", range(4, 12))
def test_few_descriptors(ask, count):
    """The loader needs four; TLS and a key file need some more. Fewer: a failure that names itself."""
    result = ask("--retries", 0, launcher=limit("NOFILE", count))
    if count >= 8:
        result.passed(HEALTHY)
    elif result.exit:
        result.failed()


# ---- Limits ----

SIZES = [4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96]


@needs_room
@pytest.mark.parametrize("mebibytes", SIZES)
def test_little_memory(plugin, reach, api, tmp_path, mebibytes):
    """Below some size the loader cannot even start the program: it says so and ends with 127, before main."""
    process = plugin.start(*reach, "--retries", 0, launcher=limit("AS", mebibytes << 20))
    out, err = process.communicate(timeout=60)
    if process.returncode in (127, -11, -9) and not out:
        assert mebibytes <= 20, err
        return
    assert process.returncode in (0, 3) and err == b""
    assert process.returncode == 3 or HEALTHY in out.decode()
    assert process.returncode == 0 or mebibytes < 64


@needs_room
@pytest.mark.parametrize("kibibytes", [96, 128, 192, 256, 512, 1024])
def test_a_small_stack(ask, kibibytes):
    ask(launcher=limit("STACK", kibibytes << 10)).passed(HEALTHY)


@pytest.mark.parametrize("name, value", [
    ("FSIZE", 0), ("MEMLOCK", 0), ("CORE", resource.RLIM_INFINITY), ("NICE", 0), ("SIGPENDING", 0), ("MSGQUEUE", 0),
    ("CPU", 5), ("DATA", 64 << 20)])
def test_limits_that_do_not_matter(ask, name, value):
    if name in ("CORE", "DATA") and SANITIZERS:
        pytest.skip("a sanitizer takes much")
    ask(launcher=limit(name, value)).passed(HEALTHY)


@pytest.fixture
def shared(pki):
    """A folder that every user can reach, which pytest's own are not, with the authority in it; write a key for a user
    by shared(user, key)."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        shutil.copy(pki.root, folder + "/ca.pem")
        os.chmod(folder + "/ca.pem", 0o644)

        def write(user, key):
            path = "%s/key-%d" % (folder, user)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(keys.ini(key))
            os.chown(path, user, -1)
            return ["--ca-file", folder + "/ca.pem", "--credentials-file", path]
        yield write


def become(user, code="pass"):
    return through_python("%s; os.setgroups([]); os.setgid(%d); os.setuid(%d)" % (code, user, user))


@needs_root
@pytest.mark.parametrize("most, works", [(50, True), (1, False)])
def test_no_further_thread(plugin, network, pki, key, shared, most, works):
    """RLIMIT_NPROC is reached: libcurl cannot start the thread that looks up names. Root has no such limit."""
    if SANITIZERS and not works:
        pytest.skip("the sanitizer wants a thread of its own for its report")
    network.hosts(HOSTS)
    network.resolver(RESOLVER)
    code, user = "resource.setrlimit(resource.RLIMIT_NPROC, (%d, %d))" % (most, most), LONELY + os.getpid()
    with Api(pki.identity(), [key], sockets=[network.listen("127.0.0.1", 443)]):
        result = plugin(*shared(user, key), "--retries", 0, launcher=network.prefix() + become(user, code))
    if works:
        result.passed(HEALTHY)
    else:
        result.failed("cwp.intl.tencentcloudapi.com", "resolve")


# ---- Users ----

@needs_root
@pytest.mark.parametrize("user", [0, NOBODY, LONELY], ids=["root", "nobody", "no entry of its own"])
def test_users(plugin, api, key, shared, user):
    """None of them has a HOME either."""
    options = ["-H", "localhost", "-p", api.port] + shared(user, key)
    plugin(*options, launcher=become(user)).passed(HEALTHY)
    if user:
        os.chown(options[-1], 0, 0)
        plugin(*options, launcher=become(user)).failed("key file", "Permission denied")


@needs_root
def test_memory_that_cannot_be_locked(plugin, api, key, shared):
    """The key is in guarded memory all the same: wiped, left out of dumps, but it might be swapped out."""
    code = "resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))"
    options = ["-H", "localhost", "-p", api.port] + shared(LONELY, key)
    plugin(*options, launcher=become(LONELY, code)).passed(HEALTHY)
