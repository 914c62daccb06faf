# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Runs the program with one allocation failing, or with none left from some point on; see preload/scarce.c."""

import os
import shlex
import shutil
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import running

SOURCE = Path(__file__).resolve().parents[1] / "preload" / "scarce.c"
# Make most of the allocations. With GnuTLS, libcurl may use OpenSSL for SSH.
TLS = ("libcrypto.so",) + (("libgnutls.so", "libtasn1.so", "libgmp.so") if running.GNUTLS else ())
ABREAST = 2


def build(folder):
    """The library, made with what made the program; None without a compiler."""
    running.skip_without_preload()
    compiler = shlex.split(os.environ.get("PLUGIN_CC", "cc"))
    library = folder / "scarce.so"
    if not shutil.which(compiler[0]):
        return None
    subprocess.run([*compiler, "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(library),
                    str(SOURCE)], stdin=subprocess.DEVNULL, check=True)
    return library


class Scarce:
    """scarce.run(7, "--input", file): the 7th allocation fails; "7+": it and all later ones. The answer is what failed
    ("malloc libcurl.so.4"; "" when fewer were made) and the result."""

    def __init__(self, plugin, library):
        self.plugin, self.library = plugin, library

    def run(self, which, *args, skip=(), env=None, launcher=()):
        reading, writing = os.pipe()
        more = {"LD_PRELOAD": str(self.library), "SCARCE": str(which), "SCARCE_FD": str(writing)}
        if running.SANITIZERS:  # its own allocator is asked after this library
            more["ASAN_OPTIONS"] = "verify_asan_link_order=0:" + running.LOGS
            more["LSAN_OPTIONS"] = "suppressions=%s:print_suppressions=0" % self.suppressions()
        more.update({"SCARCE_SKIP": " ".join(skip)} if skip else {})
        if launcher:            # which shall not run short of memory itself
            launcher = list(launcher) + ["env"] + ["%s=%s" % item for item in more.items()]
            more = {}
        try:
            process = self.plugin.start(*args, env=dict(env or {}, **more), launcher=launcher, pass_fds=[writing])
        finally:
            os.close(writing)
        with os.fdopen(reading) as said:
            result = self.plugin.finish(process)
            return said.read().strip(), result

    def suppressions(self):
        """OpenSSL leaks in places when memory is short. What the program or libcurl leaks stays a leak."""
        path = self.library.parent / "suppressions"
        if not path.exists():
            path.write_text("leak:libcrypto.so\nleak:libssl.so\n")
        return path

    def sweep(self, judge, begin, step, plus, *args, **how):
        """Every step-th allocation from begin on fails, each in a run of its own, until nothing does any more. Returns
        how often judge said what of them; it is told what failed and the result."""
        verdicts, at = Counter(), begin
        with ThreadPoolExecutor(ABREAST) as pool:
            while True:
                batch = range(at, at + 16 * step, step)
                for failed, result in pool.map(lambda n: self.run("%d%s" % (n, plus), *args, **how), batch):
                    if not failed:
                        return verdicts
                    verdicts[judge(failed, result)] += 1
                at = batch[-1] + step


def error_of(result):
    """The error of a JSON result, None when there is none."""
    return result.json["error"] if running.output_format(result.args) == "json" else None
