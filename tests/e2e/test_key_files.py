# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Key files that somebody else had a hand in, and the order in which a file is opened, checked and read. What is said
of modes, owners and contents stands in test_credentials.py; here it is what a hostile user may try."""

import fcntl
import os
import re
import shutil
import signal
import socket
import tempfile
import threading
from pathlib import Path

import pytest

from keys import WRONG, Places, environment, ini, shown, tccli
from running import FACTOR, MUSL, SANITIZERS, WRAPPER
from standin.script import error, ok

STRANGER = 12345
FIX = "run chown root and chmod 640 on it"


@pytest.fixture
def nook():
    """A folder with a short path that anybody may search."""
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


NOBODY = ["-v", "-H", "127.0.0.1", "-p", 1, "--retries", 0]


@pytest.fixture
def look(plugin):
    """look(path) reads the key and gets no further: nothing listens on port 1."""
    return lambda path, *more: plugin("--credentials-file", path, *NOBODY, *more)


def used(result):
    """The id of the key that was accepted, as shown; None: it was refused."""
    found = re.search(r"^Key: (\S+), from ", result.out, re.M)
    return found and found.group(1)


def put(path, data, mode=0o600):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    path.chmod(mode)
    return path


# ---- Kinds and contents ----

def section(key, padding):
    return "[other]\n" + "#\n" * padding + ini(key)


@pytest.mark.parametrize("size, accepted", [(2 ** 20, True), (4 * 2 ** 20 - 1, True), (4 * 2 ** 20 + 1, False)])
def test_large_files(look, nook, key, size, accepted):
    """A megabyte of profiles is fine, and the limit is exact."""
    text = section(key, 0)
    path = put(nook / "k", text + "#" * (size - len(text)))
    result = look(path, "-t", 5)
    assert used(result) == (shown(key) if accepted else None)
    assert accepted or "is larger than 4 MiB" in result.first
    assert result.seconds < FACTOR


def test_a_sparse_giant(look, nook):
    """Nothing is allocated for what the size claims."""
    path = put(nook / "k", "")
    os.truncate(path, 2 ** 40)
    result = look(path)
    assert "is larger than 4 MiB" in result.first and result.seconds < FACTOR


@pytest.mark.parametrize("make", [ini, tccli], ids=["ini", "tccli"])
@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_nul_bytes(look, nook, key, make, where):
    data = make(key).encode()
    at = {"first": 0, "middle": data.index(key.secret_key.encode()) + 5, "last": len(data)}[where]
    result = look(put(nook / "k", data[:at] + b"\0" + data[at:]))
    assert used(result) is None and "has a NUL byte in it" in result.first


@pytest.mark.parametrize("path, words", [
    ("/dev/zero", "is not a regular file"), ("/dev/full", "is not a regular file"), ("/", "is a directory"),
    ("/proc/self/mem", "cannot be read"), ("/proc/self/cmdline", "can be read by all users"),
    ("/dev/fd/0", "is not a regular file")])
def test_what_the_system_has_for_files(look, path, words):
    """Those of /proc claim to be regular and empty, and hold more."""
    result = look(path, "-t", 5)
    assert used(result) is None and words in result.first and result.seconds < FACTOR


def test_a_socket_and_a_dangling_link(look, nook):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(nook / "s"))
        assert "cannot be opened: No such device or address" in look(nook / "s").first
    (nook / "l").symlink_to("nowhere")
    assert "cannot be opened: No such file or directory" in look(nook / "l").first
    (nook / "loop").symlink_to("loop")
    words = "Symbolic link loop" if MUSL else "Too many levels of symbolic links"
    assert "cannot be opened: " + words in look(nook / "loop").first


def test_a_lease_does_not_hold_it_up(look, nook, key):
    """The owner of a file can have everybody who opens it wait for 45 seconds; not one who asks not to."""
    path = put(nook / "k", ini(key))
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)        # which would tell the owner
    try:
        with open(path, "r+b") as file:
            try:
                fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            except OSError as why:
                pytest.skip("no leases on this file system: %s" % why)
            result = look(path)
    finally:
        signal.signal(signal.SIGIO, before)
    assert "cannot be opened: Resource temporarily unavailable" in result.first and result.seconds < FACTOR


@pytest.mark.parametrize("make", [ini, tccli], ids=["ini", "tccli"])
@pytest.mark.parametrize("option", ["--input", "--ca-file"])
@pytest.mark.parametrize("more", [["-vvv"], ["--output-format", "json"], ["--detail"]], ids=str)
def test_a_key_file_in_another_place(plugin, nook, key, make, option, more):
    """Named by mistake, or by somebody who may start the plugin as a user that can read it. That no part of the key is
    in the output is checked for every run."""
    path = put(nook / "k", make(key))
    result = plugin(option, path, *more, "-H", "localhost", "-p", 1, "--retries", 0, env=environment(WRONG))
    assert result.exit == 3 and "secret" not in result.out.replace("TENCENTCLOUD_SECRET_ID", "")


# ---- Other users ----

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")


@as_root
@pytest.mark.parametrize("way", ["file", "symlink", "hard link"])
def test_a_stranger_s_file_by_any_name(look, nook, key, way):
    path = put(nook / "k", ini(key))
    os.chown(path, STRANGER, -1)
    name = {"file": path, "symlink": nook / "s", "hard link": nook / "h"}[way]
    if way == "symlink":
        name.symlink_to(path)
    elif way == "hard link":
        os.link(path, name)
    result = look(name, "--output-format", "json")
    assert result.json["error"]["message"] == "key file %s belongs to uid %d, which no user has, %s" % (
        name, STRANGER, FIX)


@as_root
def test_a_stranger_s_folder(look, nook, key):
    """The folder is not looked at: whoever may write it can put another key file there only if root or the running
    user owns that one, and nobody else may write it."""
    path = put(nook / "k", ini(key))
    os.chown(nook, STRANGER, -1)
    nook.chmod(0o777)
    assert used(look(path)) == shown(key)


@as_root
@pytest.mark.skipif(bool(WRAPPER), reason="too slow for hundreds of runs")
def test_a_file_that_is_exchanged_all_the_time(plugin, nook, key):
    """Between a good key file and a stranger's one with a key of his own: his is never used. Each run may meet another
    one, so none is made a second time in JSON, hence start and finish."""
    put(nook / "good", ini(key))
    put(nook / "bad", ini(WRONG))
    os.chown(nook / "bad", STRANGER, -1)
    stop = threading.Event()

    def exchange():
        while not stop.is_set():
            for name in ("good", "bad"):
                os.symlink(name, nook / "next")
                os.rename(nook / "next", nook / "k")

    os.symlink("good", nook / "k")
    thread = threading.Thread(target=exchange)
    thread.start()
    try:
        seen = [used(plugin.finish(plugin.start("--credentials-file", nook / "k", *NOBODY))) for _ in range(100)]
    finally:
        stop.set()
        thread.join()
    assert set(seen) <= {shown(key), None}, seen
    assert {shown(key), None} == set(seen), "both must have been met, or nothing was tried"


# ---- The system calls ----

@pytest.fixture
def trace(plugin, tmp_path):
    """trace(...) runs it under strace: the result and all system calls."""
    if not shutil.which("strace"):
        pytest.skip("needs strace")
    if WRAPPER:
        pytest.skip("the system calls would be those of the wrapper")

    def run(*options, env=None, **how):
        log = tmp_path / "trace"
        env = dict(env or {}, ASAN_OPTIONS="detect_leaks=0")        # a leak checker is a tracer of its own
        result = plugin.finish(plugin.start(
            *options, env=env, launcher=["strace", "-f", "-qq", "-s", "5000", "-o", str(log)], **how))
        calls = [line.split(None, 1)[1] for line in log.read_text().splitlines()]
        return result, calls
    return run


@pytest.mark.parametrize("source", ["option_ini", "option_json", "variable_file", "home_file", "tccli_file"])
def test_no_path_is_looked_at_twice(trace, tmp_path, key, source):
    """One open; what is checked is the open file, and nothing is read before. A file that was exchanged in between
    would be the one that is checked."""
    places = Places(tmp_path)
    options, env, words = getattr(places, source)(key)
    path = words.split(",")[0]
    result, calls = trace(*options, *NOBODY, env=dict(places.env, **env))
    assert used(result) == shown(key)
    naming = [call for call in calls if '"%s"' % path in call and not call.startswith("exec")]
    assert len(naming) == 1, naming
    match = re.fullmatch(r'open(?:at\(AT_FDCWD, |\()"%s", ([A-Z_|]+)\) = (\d+)' % re.escape(path), naming[0])
    assert set(match.group(1).split("|")) - {"O_LARGEFILE"} == {"O_RDONLY", "O_NOCTTY", "O_NONBLOCK", "O_CLOEXEC"}
    after = calls[calls.index(naming[0]) + 1:]
    descriptor = match.group(2)
    mine = [re.match(r"(\w+)", call).group(1) for call in after
            if re.match(r"\w+\(%s[,)]" % descriptor, call)]
    if MUSL:
        assert mine.pop(0) == "fcntl"   # it sets O_CLOEXEC once more, for kernels that do not know it
    assert re.fullmatch(r"(fstat|newfstatat|fstat64|statx) (read )+close .*", " ".join(mine) + " "), mine


CHANGING = re.compile(r"(creat|mkdir|mkdirat|rename\w*|link|linkat|symlink\w*|unlink\w*|mknod\w*|truncate|memfd_create|"
                      r"chmod|fchmodat\w*|chown|lchown|fchownat|utime\w*|shm_open|fork|vfork|execveat)\(")
SCRIPTS = {"good": [ok()], "failure": [error("AuthFailure.SignatureFailure", "no")],
           "retries": [error("InternalError", "no")]}


@pytest.mark.parametrize("what", SCRIPTS)
@pytest.mark.parametrize("way", ["file", "environment"])
def test_no_file_is_written(trace, api, pki, credentials, token_key, tmp_path, what, way):
    """Neither temporary files nor logs; not even the one that SSLKEYLOGFILE asks for, with the keys of TLS in it."""
    api.play(*SCRIPTS[what])
    log = tmp_path / "tls-keys"
    env = dict(environment(token_key) if way == "environment" else {}, SSLKEYLOGFILE=str(log), TMPDIR=str(tmp_path))
    result, calls = trace("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "-vvv",
                          *(["--credentials-file", credentials] if way == "file" else []), env=env)
    assert len(api.requests) == (2 if what == "retries" else 1), result.out
    written = [call for call in calls if re.match(r"open(at)?\(.*O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)", call)]
    assert not [call for call in written if ".gcda" not in call and '"/dev/null"' not in call]
    # Sanitizers make the folder of their reports.
    assert not [call for call in calls if CHANGING.match(call) and not (SANITIZERS and call.startswith("mkdir("))]
    assert not log.exists()


@pytest.mark.parametrize("way", ["file", "environment"])
def test_what_goes_out(trace, api, pki, credentials, key, way):
    """Of all system calls only the reading of the key file has the key in it. Sanitizers read /proc/self/environ."""
    env = environment(key) if way == "environment" else {}
    result, calls = trace("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "-vvv",
                          *(["--credentials-file", credentials] if way == "file" else []), env=env)
    result.passed()
    holding = [call.split("(")[0] for call in calls if key.secret_key in call]
    assert holding == ["read"] if way == "file" else set(holding) <= {"read"}
