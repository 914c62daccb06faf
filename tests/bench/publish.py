#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Puts what "make bench" left in build/bench into the documents: the CSV files and a plot into packaging/pictures,
tables and sentences into the README. No figure there is typed by hand; tests/lint holds one against the other.

    make bench && sh tests/bench/debian13.sh bench && python3 tests/bench/publish.py
"""

import csv
import re
import shutil
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "bench"
PICTURES = ROOT / "packaging" / "pictures"
# Committed name: where make bench leaves it.
FILES = {"cost.csv": "cost.csv", "growth.csv": "growth.csv", "cost-debian13.csv": "debian13/cost.csv"}
BEGIN, END = "<!-- from make bench -->\n", "<!-- end of make bench -->\n"
ACCOUNTS = 10000
OURS, CURL, ONE = "this program", "curl", "curl --cacert"
NAMES = {OURS: "**this program**", CURL: "`curl`", ONE: "`curl --cacert ONE_ROOT`",
         "floor": "nothing but OpenSSL (`tests/bench/floor.c`)",
         "check_http": "`check_http -S`, which verifies nothing",
         "python3": "Python, standard library", "this program, slim": "this program, slim build"}


def read(path):
    """What was measured where, and the rows by program."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    for row in rows:
        row.update({key: float(value) for key, value in row.items() if key not in ("program", "kind")})
    return head, rows


# ---- README ----

def table(head, rows):
    yield "| %s, %s | CPU ms | of `curl` | quartiles | memory MB | rate, of `curl` | wall ms, 40 ms away |" % (
        head["system"].partition(" (")[0].replace("GNU/Linux ", ""), head["libraries"].split()[1].replace("/", " "))
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        yield "| %s | %.1f | %.2f | %.2f to %.2f | %.1f | %.2f | %.0f |" % (
            NAMES[row["program"]], row["cpu_ms"], row["cpu_curl"], row["cpu_curl_q1"], row["cpu_curl_q3"],
            row["rss_mb"], row["per_second_curl"], row["far_ms"])


def by_name(rows):
    return {row["program"]: row for row in rows}


def sentences(rows, newer, growth):
    ours, curl, one = (by_name(rows)[name] for name in (OURS, CURL, ONE))
    newest, rate = by_name(newer)[OURS], ACCOUNTS / 3600
    profiles, options = (([row for row in growth if row["kind"] == kind]) for kind in ("profiles", "options"))
    worst = max((row for row in growth if row["kind"].startswith("answer")), key=lambda row: row["instructions"])
    yield ("CPU time against `curl` with its defaults: %.2f with OpenSSL 3.0, %.2f with 3.5. Against `curl --cacert "
           "ONE_ROOT`, which reads one authority as this program does: %.2f and %.2f. So the gain is in what is not "
           "read, and it is smaller where OpenSSL reads faster." % (
               ours["cpu_curl"], newest["cpu_curl"], ours["cpu_one"], newest["cpu_one"]))
    yield ("It is CPU time that is saved, not waiting: with a round trip of 40 ms more a check takes %.0f ms, `curl` "
           "%.0f ms, `curl --cacert ONE_ROOT` %.0f ms. Where cores are busy, the three are "
           "farther apart." % (ours["far_ms"], curl["far_ms"], one["far_ms"]))
    yield "One core is good for 1000 / %.1f = %.0f checks a second." % (ours["cpu_ms"], 1000 / ours["cpu_ms"])
    yield ("{:,} accounts at one check an hour are %d / 3600 = %.1f checks a second. At %.1f ms each they take %.1f %% "
           "of one core, and %.1f %% with `curl` in its place. If a check lasts half a second, %.1f are under "
           "way at a time, of %.0f MB each." % (
               ACCOUNTS, rate, ours["cpu_ms"], rate * ours["cpu_ms"] / 10, rate * curl["cpu_ms"] / 10, rate / 2,
               ours["rss_mb"])).format(ACCOUNTS)
    yield ("It grows in straight lines: a key file of {:,} profiles adds %.0f %% to the instructions of a check, {:,} "
           "thresholds add %.0f %%, and the worst answer of %d KB, the largest size that is accepted, makes them %.1f "
           "times as many." % (added(profiles), added(options), worst["size"] / 1024,
                               worst["instructions"] / profiles[0]["instructions"])).format(
                                   int(profiles[-1]["size"]), int(options[-1]["size"]))


def added(rows):
    return (rows[-1]["instructions"] / rows[0]["instructions"] - 1) * 100


def items(texts):
    """Lines of a list; code stays on one line."""
    for text in texts:
        whole = re.sub("`[^`]*`", lambda code: code.group().replace(" ", "\0"), text)
        yield textwrap.fill(whole, 100, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False,
                            break_long_words=False).replace("\0", " ")


def block(folder=PICTURES):
    """The README's part between the marks."""
    head, rows = read(folder / "cost.csv")
    newer = read(folder / "cost-debian13.csv")
    parts = [table(head, rows), table(*newer), items(sentences(rows, newer[1], read(folder / "growth.csv")[1]))]
    return "\n" + "\n\n".join("\n".join(part) for part in parts) + "\n\n"


def replace(text, new):
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + new + END + after


# ---- The plot ----

WIDTH, LEFT, BAR, GAP = 720, 170, 16, 8
# On a card of its own, so that it can be read on a light page and on a dark one.
CARD = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" \
font-family="sans-serif" font-size="12" fill="#24292f">
<rect width="{width}" height="{height}" rx="8" fill="#f6f8fa" stroke="#d0d7de"/>
"""
PANELS = [("CPU time of one check, ms (line: quartiles)", "cpu_ms", "%.1f"),
          ("Checks a second with all cores busy, times those of curl", "per_second_curl", "%.2f"),
          ("Time that passes with a round trip of 40 ms more, ms (line: quartiles)", "far_ms", "%.0f")]


def panel(title, column, form, rows, top):
    longest = max(row.get(column + "_q3") or row[column] for row in rows)
    scale = (WIDTH - LEFT - 70) / longest
    yield '<text x="16" y="%d" font-weight="bold">%s</text>' % (top, title)
    for number, row in enumerate(rows):
        y, length = top + 12 + number * (BAR + GAP), row[column] * scale
        color = "#1f6feb" if row["program"].startswith(OURS) else "#8c959f"
        yield '<text x="%d" y="%d" text-anchor="end">%s</text>' % (LEFT - 8, y + BAR - 4, row["program"])
        yield '<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>' % (LEFT, y, length, BAR, color)
        end = length
        if column + "_q1" in row:
            first, third = row[column + "_q1"] * scale, row[column + "_q3"] * scale
            yield '<path d="M%.1f %dH%.1f" stroke="#24292f" stroke-width="2"/>' % (
                LEFT + first, y + BAR // 2, LEFT + third)
            end = max(end, third)
        yield '<text x="%.1f" y="%d">%s</text>' % (LEFT + end + 6, y + BAR - 4, form % row[column])


def plot(head, rows):
    step = 12 + len(rows) * (BAR + GAP) + 28
    height = 24 + len(PANELS) * step + 14
    lines = [CARD.format(width=WIDTH, height=height).rstrip("\n")]
    for number, (title, column, form) in enumerate(PANELS):
        lines += panel(title, column, form, rows, 28 + number * step)
    lines.append('<text x="16" y="%d" font-size="10" fill="#57606a">%s, %s, %s, %s rounds, load %s</text>' % (
        height - 12, head["system"], head["libraries"], head["processor"], head["rounds"], head["load average"]))
    return "\n".join(lines + ["</svg>"]) + "\n"


def main():
    for name, made in FILES.items():
        if (MADE / made).exists():
            shutil.copyfile(MADE / made, PICTURES / name)
    (PICTURES / "cost.svg").write_text(plot(*read(PICTURES / "cost.csv")), encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(replace(readme.read_text(encoding="utf-8"), block()), encoding="utf-8")


if __name__ == "__main__":
    main()
