# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""python3 tests/soak: many runs against the stand-in with a random fault in each, and every result judged by a second
evaluation (naive.py). Called by "make soak RUNS=n SEED=n". A run depends on the seed and its number alone:

    python3 tests/soak --seed 7 --only 1234
"""

import argparse
import multiprocessing
import os
import random
import secrets
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(TESTS), str(TESTS / "e2e")]

import faults                                   # noqa: E402
import judge                                    # noqa: E402
from standin.pki import Pki                     # noqa: E402
from world import STRANGERS, World                         # noqa: E402

PROCESSES, THREADS = 3, 5
RENEW = 250         # runs after which a thread makes itself a new world: an old one remembers much


def positive(text):
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number from 1 is needed, not %s" % text)
    return int(text)


def parse(argv):
    parser = argparse.ArgumentParser(prog="python3 tests/soak", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=positive, default=20000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10 ** 6))
    parser.add_argument("--only", type=int, help="this run alone, and what it printed")
    return parser.parse_args(argv)


def one(world, seed, number):
    """A row: fault, what came of it, what is wrong with that (nothing), and by how much it was late."""
    rng = random.Random("%d/%d" % (seed, number))
    make, plan = faults.draw(rng, world)
    wishes = judge.draw_wishes(rng)
    result = world.run(plan, wishes)
    try:
        kind = judge.judge(plan, wishes, result, world.plugin.check)
        wrong = ""
    except AssertionError as why:
        kind, wrong = "WRONG", "%s\n%r\n%s" % (why, [str(arg) for arg in result.args], result.out[:2000])
    return make.__name__, kind, wrong, result.seconds - plan.limit


def share(folder, seed, numbers, rows):
    """The runs of one thread."""
    for start in range(0, len(numbers), RENEW):
        with tempfile.TemporaryDirectory(dir=folder) as place, World(place, PKI[0]) as world:
            for number in numbers[start:start + RENEW]:
                rows.append((number,) + one(world, seed, number))
            rows.extend((-1, "leftovers", "WRONG", "left behind: " + path, 0) for path in world.leftovers())


PKI = []            # made once, for the processes to inherit


def held():
    """Descriptors and threads of this process."""
    return len(os.listdir("/proc/self/fd")) + threading.active_count()


def work(folder, seed, numbers, results):
    """One process. At its end, all descriptors and threads of its stand-ins must be gone."""
    rows = []
    try:
        share(folder, seed, numbers[:1], rows)
        before, rest = held(), numbers[1:]
        with ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(share, folder, seed, rest[t::THREADS], rows) for t in range(THREADS)]:
                done.result()
        results.put((rows, held() - before))
    except Exception:           # whatever it is must not leave the others waiting
        results.put((rows + [(-1, "the soak itself", "WRONG", traceback.format_exc(), 0)], 0))


def print_table(rows):
    kinds = Counter((fault, kind) for _, fault, kind, _, _ in rows)
    for fault in sorted({fault for fault, _ in kinds}):
        found = {kind: count for (name, kind), count in kinds.items() if name == fault}
        print("%-22s %6d  %s" % (fault, sum(found.values()), ", ".join(
            "%s %d" % item for item in sorted(found.items(), key=lambda item: -item[1]))))


def alone(seed, number):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/pki")
        with World(folder, Pki(folder + "/pki")) as world:
            print(one(world, seed, number))
            print(world.last.args, world.last.exit, world.last.out, sep="\n")


def main(argv):
    options = parse(argv)
    if options.only is not None:
        return alone(options.seed, options.only)
    begin = time.monotonic()
    print("seed %d" % options.seed, flush=True)
    context = multiprocessing.get_context("fork")
    results, rows, left = context.Queue(), [], 0
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/pki")
        PKI.append(Pki(folder + "/pki"))
        for variant in ("good",) + STRANGERS:
            PKI[0].identity(variant)
        processes = [context.Process(target=work, args=(folder, options.seed, list(range(k, options.runs, PROCESSES)),
                                                        results)) for k in range(PROCESSES)]
        for process in processes:
            process.start()
        for _ in processes:
            more, leaked = results.get()
            rows, left = rows + more, left + leaked
        for process in processes:
            process.join()
    print_table(rows)
    wrong = [row for row in rows if row[3]]
    for number, fault, _, why, _ in wrong[:20]:
        print("run %d, %s: %s\n" % (number, fault, why))
    lost = options.runs - len({row[0] for row in rows if row[0] >= 0})
    print("%d runs in %.0f s, seed %d: %d wrong, %d lost, %d descriptors or threads left, %d files left, "
          "latest %+.2f s beside its limit" % (
              options.runs, time.monotonic() - begin, options.seed, len(wrong), lost, left,
              sum(row[1] == "leftovers" for row in rows), max(row[4] for row in rows)))
    return 1 if wrong or lost or left > 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
