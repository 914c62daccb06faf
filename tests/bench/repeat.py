#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""How well the figures of the gate repeat: each is taken fifteen times, and the lowest of each three counts there.

    make bench-gate && PLUGIN=build/check_tencent_cwp_license /usr/bin/python3 tests/bench/repeat.py
"""

import sys

import scene
from test_gate import RUNS, TRACES

TIMES = 5


def spread(numbers):
    return "%.3f %%" % (100 * (max(numbers) - min(numbers)) / min(numbers))


def lowest(numbers, of):
    return [min(numbers[i:i + of]) for i in range(0, len(numbers), of)]


def main():
    missing = scene.lacks()
    if missing:
        sys.exit("lacks " + ", ".join(missing))
    with scene.Scene() as place:
        for name in (scene.OURS, scene.CURL, scene.CURL_ONE, scene.FLOOR):
            command = place.commands[name]
            counts = [place.instructions(command)[0] for _ in range(TIMES * RUNS)]
            calls = [place.trace(command)[0] for _ in range(TIMES * TRACES)]
            print("%-14s %11d instructions, apart %s, lowest of %d %s; %d to %d system calls, lowest of %d %s" % (
                name, min(counts), spread(counts), RUNS, spread(lowest(counts, RUNS)), min(calls), max(calls), TRACES,
                sorted(set(lowest(calls, TRACES)))), flush=True)


if __name__ == "__main__":
    main()
