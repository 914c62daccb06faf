# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A plugin of pytest for deadline.py: makes the condition, and prints in the end by how much the limits were missed."""

import collections
import os
import subprocess
import sys

CONDITIONS = {
    "quiet": "nothing else from here",
    "load": "a busy loop for each processor",
    "loss": "a line with 200 ms of delay that loses 20 % of the packets each way",
}
BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n for _ in range(10 ** 6): pass"


def pytest_addoption(parser):
    parser.addoption("--condition", choices=sorted(CONDITIONS), default="quiet")


class Worst:
    def __init__(self, condition):
        self.condition, self.found, self.repeated, self.loops = condition, [], [], []

    def pytest_sessionstart(self):
        if self.condition == "load":
            self.loops = [subprocess.Popen([sys.executable, "-S", "-c", BUSY], stdin=subprocess.DEVNULL)
                          for _ in range(os.cpu_count() or 1)]

    def pytest_sessionfinish(self):
        for loop in self.loops:
            loop.kill()
            loop.wait()

    def pytest_runtest_logreport(self, report):
        runs = [value for name, value in report.user_properties if name == "run"]
        if report.when == "call" and runs:
            self.repeated += runs[:-1]
            self.found.append((runs[-1]["late"], report.nodeid.partition("[")[2][:-1], runs[-1]))

    def pytest_terminal_summary(self, terminalreporter):
        if not self.found:
            return
        late, where, _ = max(self.found, key=lambda found: found[0])
        reached = [values for seconds, _, values in self.found if seconds > -0.05]
        ends = collections.Counter(values["end"] for _, _, values in self.found)
        states = collections.Counter(values["state"] for _, _, values in self.found)
        write = terminalreporter.write_line
        write("deadline, %s (%s): %d runs, %d of them to the limit" % (
            self.condition, CONDITIONS[self.condition], len(self.found), len(reached)))
        write("  worst overshoot %.3f s (%s); a sleep beside it overshot by at most %.3f s" % (
            late, where, max(values["noise"] for _, _, values in self.found)))
        latest = max([run["late"] for run in self.repeated], default=0)
        write("  repeated, for they were later than the sleep explains: %d runs, at most %.3f s late" % (
            len(self.repeated), latest))
        write("  states: %s" % ", ".join("%s %d" % pair for pair in sorted(states.items())))
        write("  ends: %s" % ", ".join("%s %d" % pair for pair in sorted(ends.items())))


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Worst(config.getoption("--condition")), "worst-overshoot")
