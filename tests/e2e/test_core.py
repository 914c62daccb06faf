# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What a dump of the process holds, as root can always force one: neither the secret key nor the keys derived from it.

While it waits for the answer the key is still needed, for a further try: it is in guarded memory, which dumps omit.
The session token is in such a dump: libcurl keeps its own copy of the request's headers until the request has ended.
Afterwards, while the result is written, it is gone as well. All of the memory is read by test_secrets_in_memory.py."""

import os
import shutil
import subprocess

import pytest

import stages
from keys import environment
from running import WRAPPER, needs_speed
from standin.script import ok, stall

pytestmark = [
    pytest.mark.skipif(not shutil.which("gcore"), reason="needs gcore, of gdb"),
    pytest.mark.skipif(bool(WRAPPER), reason="a dump would be that of the wrapper"),
    pytest.mark.skipif(not stages.WRITING, reason="the numbers of system calls are not known for this machine"),
    needs_speed,
]


def dump(process, folder):
    """The process is not dumpable for its own user; root may."""
    if stages.is_huge(process):
        pytest.skip("the shadow memory of a sanitizer is too large to dump")
    made = subprocess.run(["gcore", "-o", str(folder / "core"), str(process.pid)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    found = list(folder.glob("core.*"))
    if not found:
        pytest.skip("no dump can be made here: %s" % made.stdout.decode("utf-8", "replace")[-200:])
    return found[0].read_bytes()


@pytest.mark.parametrize("stage", ["answer", "result"])
@pytest.mark.parametrize("way", ["file", "environment"])
def test_no_key_in_a_dump(plugin, api, pki, write_key, token_key, tmp_path, way, stage):
    api.play(stall("answer") if stage == "answer" else ok())
    where = ["--credentials-file", write_key(token_key)] if way == "file" else []
    reading, pipe = stages.full_pipe()
    process = plugin.start("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "-t", 30, *where,
                           env=environment(token_key) if way == "environment" else {}, stdout=pipe)
    try:
        api.wait_for_request()
        if stage == "result":
            stages.wait_in(process, stages.WRITING)
        memory = dump(process, tmp_path)
    finally:
        process.kill()
        process.communicate()
        os.close(reading)
        os.close(pipe)
    assert b"CWP LICENSE UNKNOWN" in memory, "the dump must hold the prepared lines"
    assert token_key.secret_key.encode() not in memory
    assert not [secret for secret in stages.never_kept(token_key) if secret in memory]
    assert (token_key.token.encode() in memory) == (stage == "answer")
