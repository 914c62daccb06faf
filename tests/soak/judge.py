# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Draws what a user may ask for, and holds a result against what the naive evaluation says of it."""

import json
import re
from dataclasses import dataclass

import naive
import running
from naive import Failed

STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
LATE = 2.0          # seconds over the limit, with many runs abreast; the exact limit is tested elsewhere
RANGES = ["0:", "5:", "10:", "@0:2", "@0", "0:50", "~:100", "~:", "1:1", "0:999999999999999", "2:46", "-5:5", "@~:0",
          "0.5:", "3:99999"]


@dataclass
class Wishes:
    options: list
    limits: dict
    switches: dict
    trust: bool
    empty: str
    outage: str
    form: str
    exit_ok: bool
    perfdata: bool
    account: str


def draw_wishes(rng):
    w = Wishes([], {}, {}, rng.random() < 0.3, rng.choice(["unknown"] * 3 + ["ok", "warning", "critical"]),
               rng.choice(["unknown"] * 3 + ["ok", "warning", "critical"]),
               rng.choice(["text", "text", "json", "prometheus"]),
               rng.random() < 0.05, rng.random() > 0.1, rng.choice(["", "", "prod", "a b"]))
    for _ in range(rng.choice([0, 0, 1, 3])):
        level, metric, text = rng.choice(["warning", "critical"]), rng.choice(sorted(naive.COUNTS)), rng.choice(RANGES)
        w.limits[level, metric] = text
        w.options += [rng.choice(["--" + level, "-" + level[0]]), "%s=%s" % (metric, text)]
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        name, state = rng.choice(sorted(naive.SWITCHES)), rng.choice(["warning", "critical"])
        if name not in w.switches:
            w.switches[name] = state
            w.options += ["--require-switch", "%s=%s" % (name, state)]
    w.options += ["--trust-auto-renew"] * w.trust + ["--exit-ok"] * w.exit_ok + ["--no-perfdata"] * (not w.perfdata)
    w.options += ["--empty-state", w.empty, "--api-error-state", w.outage, "--output-format", w.form]
    w.options += ["--account", w.account] if w.account else []
    w.options += rng.choice([[], [], ["--detail"], ["-v"], ["-vv"], ["-vvv"]])
    return w


def judge(plan, wishes, result, promises):
    """What the result is, for the counts; AssertionError when it is not what it must be. promises(result, bytes) holds
    what every run must keep."""
    assert result.seconds < plan.limit + LATE, "took %.2f s" % result.seconds
    if plan.silent:
        assert result.exit == 3 and result.err == "", "exit %s with nowhere to write" % result.exit
        return "unwritten"
    promises(result, result.out.encode())
    said = {"json": from_json, "prometheus": from_prometheus, "text": from_text}[wishes.form](result, wishes)
    if isinstance(plan.truth, Failed):
        return judge_failure(plan, wishes, result, said)
    return judge_answer(plan, wishes, result, said)


def check_exit(result, wishes, state, said):
    assert said["state"] == state, "%s instead of %s" % (said["state"], state)
    assert result.exit == (0 if wishes.exit_ok else STATES.index(state)), "exit %d" % result.exit


def judge_failure(plan, wishes, result, said):
    truth = plan.truth
    chosen = wishes.outage.upper()
    allowed = {True: [chosen], False: ["UNKNOWN"], None: ["UNKNOWN", chosen]}[truth.outage]
    assert said["failed"], "a result, though the licenses cannot have been read (%s)" % (truth or truth.kinds)
    assert said["state"] in allowed, "%s instead of %s" % (said["state"], allowed)
    check_exit(result, wishes, said["state"], said)
    assert said["kind"] is None or said["kind"] in truth.kinds, "%s instead of %s" % (said["kind"], truth.kinds)
    return "failed: %s" % (said["kind"] or "not said")


def judge_answer(plan, wishes, result, said):
    counts, switches = plan.truth
    problems = naive.problems(plan.truth, vars(wishes))
    assert not said["failed"], "not read, though the answer is good"
    check_exit(result, wishes, naive.worst(problems), said)
    if said["counts"] is not None:
        assert said["counts"] == counts, "counts %r instead of %r" % (said["counts"], counts)
    if said["switches"] is not None:
        assert said["switches"] == switches, "switches %r instead of %r" % (said["switches"], switches)
    if said["problems"] is not None:
        assert said["problems"] == problems, "problems %r instead of %r" % (said["problems"], problems)
    return said["state"]


# ---- What the output says, in one form for all formats; None for what a format does not show ----

def from_json(result, wishes):
    document = json.loads(result.out)
    error = document["error"] or {}
    kind = error.get("kind")
    assert document["account"] == (wishes.account or None)
    return {"state": document["state"], "failed": kind not in (None, "empty"), "kind": kind,
            "counts": {name: n for name, n in document["metrics"].items() if name != "time"},
            "switches": document["switches"],
            "problems": {(problem["metric"], problem["state"]) for problem in document["problems"]}}


def from_prometheus(result, wishes):
    found = dict(re.findall(r'^tencent_cwp_license_(\w+)\{account="%s"\} (\S+)$' % wishes.account, result.out, re.M))
    switches = dict(re.findall(r'^tencent_cwp_license_switch\{account="%s",switch="(\w+)"\} ([01])$' % wishes.account,
                               result.out, re.M))
    counts = {name: int(n) for name, n in found.items() if not name.startswith("check_") and name != "time"}
    failed = found["check_success"] == "0"
    assert not failed or not (counts or switches), "numbers of a check that failed"
    return {"state": STATES[int(found["check_state"])], "failed": failed, "kind": None, "counts": counts,
            "switches": {name: on == "1" for name, on in switches.items()}, "problems": None}


def from_text(result, wishes):
    first = result.first
    failed = first.endswith(running.NOT_CHECKED)
    said = re.match(r"CWP LICENSE ([A-Z]+)(?: \[(.*?)\])?(?: \[from file\])? - ", first)
    counts = {name: int(item.split(";")[0]) for name, item in result.perfdata.items() if name != "time"}
    assert (said[2] or "") in (wishes.account, "from file"), "account %r" % said[2]
    assert not failed or not counts, "numbers of a check that failed"
    return {"state": said[1], "failed": failed, "kind": None, "problems": None, "switches": None,
            "counts": counts if wishes.perfdata or failed else None}
