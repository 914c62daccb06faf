#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What a check costs beside curl and others on the same request; called by "make bench". ROUNDS=N for more than 60
rounds, SLIM=PROGRAM for another build of the program to measure as well.

All programs take turns, in another order each round, and are compared within the round: a machine's speed drifts, the
ratios do not. Milliseconds are those of this machine under its load. Prints tables, and leaves them as CSV files."""

import csv
import os
import platform
import random
import re
import statistics
import sys
from pathlib import Path

import growth
import scene
from scene import CURL, CURL_ONE, FAR, FLOOR, NEAR, OURS, OURS_SLIM

ROUNDS = os.environ.get("ROUNDS") or "60"
if not re.fullmatch("[0-9]{1,6}", ROUNDS) or int(ROUNDS) < 2:
    sys.exit("ROUNDS is a number from 2 to 999999, not %s." % ROUNDS)
ROUNDS = int(ROUNDS)
SECONDS, TURNS = 1, 20          # of the measure of throughput: short, since other jobs come and go
TRACES = 5                      # system calls vary by a few, as threads meet
CROWD = 1000
FOLDER = scene.ROOT / "build" / "bench"
LOAD = os.getloadavg()[0]

# Column, its format, its heading.
TABLE = [
    ("program", "%-18s", "program"), ("objects", "%7d", "objects"), ("instructions_m", "%8.1f", "M instr."),
    ("syscalls", "%8d", "syscalls"), ("faults", "%6d", "faults"), ("rss_mb", "%6.1f", "RSS MB"),
    ("cpu_ms", "%6.1f", "CPU ms"), ("cpu_curl", "%5.2f", "/curl"), ("cpu_curl_q1", "%5.2f", "q1"),
    ("cpu_curl_q3", "%5.2f", "q3"), ("cpu_one", "%5.2f", "/one"), ("cpu_floor", "%6.2f", "/floor"),
    ("wall_ms", "%7.1f", "wall ms"), ("far_ms", "%6.1f", "at 40"), ("far_curl", "%5.2f", "/curl"),
    ("per_second", "%8.0f", "checks/s"), ("per_second_curl", "%5.2f", "/curl"),
]
WORDS = """objects: shared objects loaded. M instr.: millions of instructions in user space (callgrind). /curl, q1, q3:
median and quartiles of the ratio to curl within each round; /one: to curl --cacert with one root; /floor: to the
OpenSSL client of floor.c. at 40: wall time with 40 ms more of round trip. checks/s: %d at a time, the server on the
same cores. check_http verifies no certificate."""


def median_and_quartiles(values):
    first, middle, third = statistics.quantiles(values, n=4, method="inclusive")
    return middle, first, third


def rounds(place, address):
    """A list of measurements for each program, in the order of rounds."""
    place.distance(address)
    found = {name: [] for name in place.commands}
    for _ in range(ROUNDS):
        for name in random.sample(list(found), len(found)):
            found[name].append(place.run(place.commands[name]))
    return found


def throughput(place, cores):
    place.distance(NEAR)
    found = {name: [] for name in place.commands}
    for _ in range(TURNS):
        for name in random.sample(list(found), len(found)):
            runs, _, wall, *_ = place.run(place.commands[name], cores, SECONDS)
            found[name].append(runs / wall * 1e6)
    return found


def compare(mine, others, index):
    return median_and_quartiles([a[index] / b[index] for a, b in zip(mine, others)])


def row(place, name, near, far, rates):
    cpu, wall, rss, faults = 1, 2, 3, 4
    traces = [place.trace(place.commands[name]) for _ in range(TRACES)]
    result = {"program": name, "objects": len(traces[0][1]),
              "instructions_m": place.instructions(place.commands[name])[0] / 1e6,
              "syscalls": statistics.median(calls for calls, _ in traces),
              "faults": statistics.median(run[faults] for run in near[name]),
              "rss_mb": statistics.median(run[rss] for run in near[name]) / 1024,
              "rss_curl": compare(near[name], near[CURL], rss)[0],
              "per_second": statistics.median(rates[name]),
              "per_second_curl": statistics.median(a / b for a, b in zip(rates[name], rates[CURL]))}
    for column, measured, index in (("cpu", near, cpu), ("wall", near, wall), ("far", far, wall)):
        middle, first, third = median_and_quartiles([run[index] / 1000 for run in measured[name]])
        result.update({column + "_ms": middle, column + "_ms_q1": first, column + "_ms_q3": third})
        for key, peer in (("curl", CURL), ("one", CURL_ONE), ("floor", FLOOR)):
            ratio, first, third = compare(measured[name], measured[peer], index)
            result.update({"%s_%s" % (column, key): ratio, "%s_%s_q1" % (column, key): first,
                           "%s_%s_q3" % (column, key): third})
    return result


def targets(rows, new):
    """(what, wanted, found, 1 where more is better). There is less to save with OpenSSL 3.2 and newer."""
    ours = rows[OURS]
    yield "CPU / curl, at most", 0.65 if new else 0.35, ours["cpu_curl"], -1
    yield "maximum RSS / curl, at most", 0.95, ours["rss_curl"], -1
    yield "checks a second / curl, at least", 2.8, ours["per_second_curl"], 1
    yield "wall time at 40 ms round trip / curl, at most", 1.00, ours["far_curl"], -1
    yield "system calls / curl, at most", 0.85, ours["syscalls"] / rows[CURL]["syscalls"], -1
    if OURS_SLIM in rows:
        yield "slim: CPU / curl, at most", 0.20, rows[OURS_SLIM]["cpu_curl"], -1
        yield "slim: CPU / floor, at most", 1.20, rows[OURS_SLIM]["cpu_floor"], -1


def machine():
    """What the figures depend on."""
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)', Path("/etc/os-release").read_text(), re.M))
    processor = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    return [("system", release.get("PRETTY_NAME", "?")), ("libraries", " ".join(scene.libraries())),
            ("processor", "%d x %s" % (os.cpu_count(), processor.group(1) if processor else platform.machine())),
            ("authorities", "%d and the test root" % scene.roots()), ("rounds", ROUNDS),
            ("load average", "%.1f before, %.1f after" % (LOAD, os.getloadavg()[0]))]


def write(path, head, columns, rows):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / path, "w", newline="") as file:
        file.writelines("# %s: %s\n" % pair for pair in head)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[("%.4g" % value if isinstance(value, float) else value) for value in values]
                          for values in rows])
    print("%s" % os.path.relpath(FOLDER / path))


def print_table(rows):
    widths = [max(len(heading), len(form % (0 if "s" not in form else ""))) for _, form, heading in TABLE]
    print("  ".join(heading.ljust(width) if not at else heading.rjust(width)
                    for at, ((_, _, heading), width) in enumerate(zip(TABLE, widths))))
    for values in rows.values():
        print("  ".join((form % values[column]).rjust(width) for (column, form, _), width in zip(TABLE, widths)))
    print(WORDS % os.cpu_count())


def measure_programs():
    with scene.Scene() as place:
        print("%d rounds of %d programs, twice, then %d turns of %d s each ..." % (
            ROUNDS, len(place.commands), TURNS, SECONDS), flush=True)
        near, far, rates = rounds(place, NEAR), rounds(place, FAR), throughput(place, os.cpu_count())
        return {name: row(place, name, near, far, rates) for name in place.commands}


def measure_growth():
    with growth.Place() as place:
        print("\nHow the cost grows: instructions of a whole run, peak of memory, instructions for each further unit")
        points = []
        for line in growth.measure(place, growth.KINDS):
            points += line
            for point, slope in zip(line, [None] + growth.slopes(line)):
                print("%-24s %8d %9.1f M %7.1f MB %s" % (
                    point.kind, point.size, point.instructions / 1e6, point.rss_kib / 1024,
                    "" if slope is None else "%8.1f" % slope), flush=True)
        codes, heard = place.crowd(CROWD)
        print("%d checks at the same time: %d OK, the service heard %d." % (CROWD, codes.count(0), heard))
    return points, codes.count(0) == heard == CROWD


def main():
    missing = scene.lacks()
    if missing:
        sys.exit("make bench cannot measure here, it lacks: " + ", ".join(missing))
    rows = measure_programs()
    facts = machine()
    print("\n" + "\n".join("%s: %s" % pair for pair in facts) + "\n")
    print_table(rows)
    print()
    missed = 0
    for what, wanted, found, sign in targets(rows, scene.new_openssl()):
        met = (found - wanted) * sign >= 0
        missed += not met
        print("%-7s %s %.2f: %.3f" % ("met" if met else "MISSED", what, wanted, found))
    points, kept = measure_growth()
    print()
    write("cost.csv", facts, list(rows[OURS]), [list(values.values()) for values in rows.values()])
    write("growth.csv", facts[:2], growth.Point._fields, points)
    if missed:
        print("%d targets were missed. Timings depend on what else the machine does; see the load." % missed)
    sys.exit(0 if kept else "checks were lost")


if __name__ == "__main__":
    main()
