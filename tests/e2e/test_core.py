# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What a dump of the process holds while it waits for the answer: neither the secret key nor the keys derived from it.

The key is still needed then, for a further try: it is in guarded memory, which dumps leave out. A session token is
not looked for: libcurl keeps its own copy of the request's headers until the request has ended."""

import os
import shutil
import subprocess
import time

import pytest

from running import WRAPPER, needs_speed
from standin import tc3
from standin.script import stall

pytestmark = [
    pytest.mark.skipif(not shutil.which("gcore"), reason="needs gcore, of gdb"),
    pytest.mark.skipif(bool(WRAPPER), reason="a dump would be that of the wrapper"),
    needs_speed,
]


def dump(process, folder):
    """The process is not dumpable for its own user; root may."""
    made = subprocess.run(["gcore", "-o", str(folder / "core"), str(process.pid)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    found = list(folder.glob("core.*"))
    if not found:
        pytest.skip("no dump can be made here: %s" % made.stdout.decode("utf-8", "replace")[-200:])
    return found[0].read_bytes()


def is_huge(process):
    with open("/proc/%d/statm" % process.pid) as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") > 2 ** 32


def derived(key):
    """For today and, around midnight, for the day before."""
    now = int(time.time())
    for when in {tc3.utc_date(now), tc3.utc_date(now - 60)}:
        yield from tc3.derived_keys(key.secret_key, when)


@pytest.mark.parametrize("way", ["file", "environment"])
def test_no_key_in_a_dump(plugin, api, pki, credentials, key, tmp_path, way):
    api.play(stall("answer"))
    where = ["--credentials-file", credentials] if way == "file" else []
    env = {} if way == "file" else {"TENCENTCLOUD_SECRET_ID": key.secret_id, "TENCENTCLOUD_SECRET_KEY": key.secret_key}
    process = plugin.start("-H", "localhost", "-p", api.port, "--ca-file", pki.root, "-t", 30, *where, env=env)
    api.wait_for_request()
    try:
        memory = None if is_huge(process) else dump(process, tmp_path)
    finally:
        process.terminate()
        plugin.finish(process)
    if memory is None:
        pytest.skip("the shadow memory of a sanitizer is too large to dump")
    assert key.secret_id.encode() in memory, "the dump must hold the request that was signed"
    assert key.secret_key.encode() not in memory
    for secret in derived(key):
        assert secret not in memory and secret.hex().encode() not in memory
