# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""README, man page and change log are held against what the program says of itself: nothing is missing there, nothing
is invented, and the defaults and examples are the program's own."""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

import program
from tree import files, text

NAME = "check_tencent_cwp_license"
SAMPLE = str(program.ROOT / "tests/data/sample-answer.json")

# Options of other programs, allowed in code that begins with that program.
OTHER_PROGRAMS = {
    "apt-get": {"-P"},
    "check_http": {"-S"},
    "curl": {"--cacert"},
    "icinga2": {"-C"},
    "install": {"-d", "-g", "-m"},
    "ln": {"-s"},
    "sed": {"-i"},
    "runuser": {"-u"},
}

# Words with an underscore that the program does not print: of its environment, its files, other programs.
OTHER_WORDS = {NAME, "https_proxy", "all_proxy", "no_proxy", "secret_id", "secret_key",
               "check_http", "check_nrpe", "check_timeout", "dont_blame_nrpe", "mod_gearman", "node_exporter",
               "template_6", "template_7"}


def run(*args):
    return subprocess.run([program.PROGRAM, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env={},
                          check=False).stdout


def unescape(roff):
    """Text of the man page as its reader sees it, but for the macros at the beginnings of lines."""
    plain = re.sub(r"\\f[A-Z]", "", roff)
    for escape, char in ((r"\-", "-"), (r"\(ti", "~"), (r"\(aq", "'"), (r"\(dq", '"'), (r"\(ga", "`"), (r"\e", "\\"),
                         (r"\(lq", '"'), (r"\(rq", '"')):
        plain = plain.replace(escape, char)
    assert not re.search(r"\\[(&*]", plain), "an escape that this test does not know"
    return re.sub(r"^\.[BI]R? |^\.(?:BR|RB|RI|IR) ", "", plain, flags=re.M)


def man_page():
    """As installed."""
    return text("packaging/man/%s.1.in" % NAME).replace("@VERSION@", version())


def version():
    return re.match(NAME + r" (\d+\.\d+\.\d+) \(", run("--version")).group(1)


def readme():
    return text("README.md")


DOCUMENTS = {"README": readme, "man page": lambda: unescape(man_page())}

document = pytest.mark.parametrize("read", DOCUMENTS.values(), ids=DOCUMENTS)


def fields():
    """All fields, texts included, in the order of printing."""
    details = run("--input", SAMPLE, "--detail").splitlines()[1:]
    return [line.split(":")[0] for line in details if re.match(r"[a-z_]+: ", line)]


def test_the_help_is_understood():
    names = [option.name for option in program.options()]
    assert len(names) == len(set(names)) > 25
    assert re.findall(r"^  (?:-\w, |    )--([a-z0-9-]+)", program.help_text(), re.M) == names
    judged = [field.name for field in program.metrics() + program.switches()]
    assert len(fields()) == 27 and set(fields()) - set(judged) == {"upgrade_mode", "request_id"}


def test_help_fits_a_terminal():
    assert not [line for line in program.help_text().splitlines() if len(line) > 80]


def knows(content, word):
    return re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(word), content)


@document
def test_every_option_is_there(read):
    content = read()
    words = [word for option in program.options() for word in ("--" + option.name, "-" + option.letter)]
    assert not [word for word in words if word != "-" and not knows(content, word)]


@document
def test_every_field_is_there(read):
    content = read()
    assert not [name for name in fields() if not knows(content, name)]


def test_man_page_has_the_order_of_the_help():
    section = unescape(man_page()).partition(".SH OPTIONS\n")[2].partition("\n.SH ")[0]
    shown = [" ".join(line.split()) for line in re.findall(r"^\.TP\n(.*)$", section, re.M)]
    wanted = [("-%s, " % option.letter if option.letter else "") + "--" + option.name
              + (option.argument if option.argument.startswith("[") else " " + option.argument).rstrip()
              for option in program.options()]
    assert shown == wanted
    names = "|".join(fields())
    tables = re.findall(r"^(%s)\t" % names, man_page().partition(".SH RANGES")[0], re.M)
    assert tables[:17] == [metric.name for metric in program.metrics()]
    assert tables[17:25] == [switch.name for switch in program.switches()]
    assert tables[25:] == [name for name in fields() if name != "time"]


def words_of(line):
    return re.findall(r"(?<![\w-])(--[a-z][\w-]*|-[A-Za-z]+)(?![\w-])", line)


@document
def test_no_option_is_invented(read):
    known = {"--" + option.name for option in program.options()} | {"-vv", "-vvv"}
    known |= {"-" + option.letter for option in program.options() if option.letter}
    for line in read().splitlines():
        for piece in [re.sub("`[^`]*`", "", line)] + re.findall("`([^`]*)`", line):
            command = re.match(r"(?:    |\$ )?([\w./-]+) ", piece)
            others = OTHER_PROGRAMS.get(command.group(1), set()) if command else set()
            assert not set(words_of(piece)) - known - others, line


@document
def test_no_field_is_invented(read):
    """Wherever a document names a metric or switch."""
    content = read()
    judged = {metric.name for metric in program.metrics()} | {"METRIC"}
    for name in re.findall(r"(?:-[wc]|--warning|--critical)[ =]([A-Za-z_]+)=", content):
        assert name in judged
    for name in re.findall(r"--require-switch[ =]([A-Za-z_]+)", content):
        assert name in {switch.name for switch in program.switches()} | {"NAME"}
    for name in re.findall(r"\b([a-z_]+)=[\d.]+s?;", content):
        assert name in judged


def icinga_variables():
    """Each option is one; a threshold is one for each metric too."""
    options = [option.name.replace("-", "_") for option in program.options()]
    metrics = [metric.name for metric in program.metrics()] + ["METRIC"]
    return {"role_name", "accounts"} | set(options) | {
        "%s_%s" % (level, name) for level in ("warning", "critical") for name in metrics}


@document
def test_no_word_is_invented(read):
    """What is built like a name of ours is one. In blocks of code, which are full of other programs' names, only those
    that begin like ours are looked at."""
    content = re.sub(r"https?://\S+|\]\([^)]*\)|[\w./-]*/[\w./-]+(?:::\w+)?", "", read())
    ours = "tencent_cwp_license"
    answer = json.loads(run("--input", SAMPLE, "--output-format", "json"))
    prometheus = re.findall(r"^%s_(\w+)\{" % ours, run("--input", SAMPLE, "--output-format", "prometheus"), re.M)
    known = set(fields()) | set(answer) | {name for name in prometheus if name.startswith("check_")} | OTHER_WORDS
    prefixed = {ours, ours + "_"} | {ours + "_" + name for name in icinga_variables() | set(prometheus) | {"METRIC"}}
    found = set(re.findall(r"\b%s\w*" % ours, content)) - prefixed
    content = re.sub(r"^```.*?^```$", "", content, flags=re.M | re.S)
    found |= set(re.findall(r"\b[A-Za-z0-9]*[a-z0-9]_[A-Za-z0-9_]+\b", content)) - known - prefixed
    assert not found


def default_of(option):
    found = re.search(r"\(default: ([^)]*)\)|(\w+) \(default\)", option.help)
    return found and (found.group(1) or found.group(2))


def claims(line):
    """What a line of a document says to be a default."""
    found = re.findall(r"\bdefault:? `?([\w.]+\w|\d)`?|`?\b(\w+)`? \(default\)", line)
    return {first or second for first, second in found}


WITH_DEFAULT = [option for option in program.options() if default_of(option)]


def test_the_defaults_are_found():
    assert {option.name: default_of(option) for option in WITH_DEFAULT} == {
        "require-switch": "warning", "empty-state": "unknown", "api-error-state": "unknown", "profile": "default",
        "hostname": "cwp.intl.tencentcloudapi.com", "port": "443", "timeout": "10", "retries": "1",
        "output-format": "text"}


@pytest.mark.parametrize("option", WITH_DEFAULT, ids=lambda option: option.name)
def test_defaults_in_the_readme(option):
    known = {"--" + other.name for other in program.options()}
    about = [line for line in readme().splitlines() if knows(line, "--" + option.name)]
    assert any(default_of(option) in claims(line) for line in about)
    alone = [line for line in about if len(known & set(words_of(line))) == 1]
    assert not [line for line in alone if claims(line) - {default_of(option)}]


@pytest.mark.parametrize("option", program.options(), ids=lambda option: option.name)
def test_defaults_in_the_man_page(option):
    page = unescape(man_page()).partition(".SH OPTIONS\n")[2].partition("\n.SH ")[0]
    entry = [part for part in page.split(".TP\n") if knows(part.split("\n")[0], "--" + option.name)]
    assert len(entry) == 1
    assert claims(" ".join(entry[0].split())) == ({default_of(option)} if default_of(option) else set())


@pytest.mark.parametrize("metric", program.metrics(), ids=lambda metric: metric.name)
def test_defaults_of_metrics(metric):
    shown = re.search(r"^\| .*`%s`.*$" % metric.name, readme(), re.M).group()
    page = re.search(r"^%s\t(?:[^\n]*T\{\n.*?\nT\}|[^\n]*)$" % metric.name, unescape(man_page()), re.M | re.S).group()
    assert re.findall(r"default `-(\w) (\w+)=([^`]+)`", shown) == (
        [("w", metric.name, metric.warning)] if metric.warning else []) + (
        [("c", metric.name, metric.critical)] if metric.critical else [])
    assert re.findall(r"default (\w+) (\S+)", page) == (
        [("warning", metric.warning)] if metric.warning else []) + (
        [("critical", metric.critical)] if metric.critical else [])


def commands():
    """Every whole command of the documents and the help, and the options of the README's cookbook."""
    cookbook = readme().partition("### Cookbook\n")[2].partition("\n#")[0]
    found = re.findall(r"\| `(-[^`|]+)` \|$", cookbook, re.M)
    assert len(found) > 10
    for content in (unescape(man_page()), program.help_text(), readme()):
        lines = re.findall(r"^(?:  +|\$ |)%s(?: (-[^\\\n]+(?:\\\n[^\\\n]*)*))$" % NAME, content, re.M)
        found += [line.replace("\\\n", " ") for line in lines if not line.startswith("- ")]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("line", commands())
def test_examples_are_accepted(line):
    """Judged are the options only; the input comes from a file."""
    answer = json.loads(run(*shlex.split(line), "--input", SAMPLE, "--output-format", "json"))
    assert (answer["error"] or {}).get("kind") != "usage", answer["summary"]


def test_the_example_that_is_refused():
    assert "-w available=5` is refused" in readme()
    assert json.loads(run("-w", "available=5", "--output-format", "json"))["error"]["kind"] == "usage"


def test_one_version():
    assert re.search(r"^VERSION := (\S+)$", text("Makefile"), re.M).group(1) == version()
    assert re.search(r"^## \[([^]]+)\]", text("CHANGELOG.md"), re.M).group(1) == version()
    assert program.help_text().startswith("%s %s " % (NAME, version()))
    assert '"%s @VERSION@"' % NAME in text("packaging/man/%s.1.in" % NAME)
    built = pathlib.Path(program.PROGRAM).with_suffix(".1")
    assert not built.exists() or '"%s %s"' % (NAME, version()) in built.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["make demo", "make check"])
def test_readme_shows(command):
    assert re.search(r"^(    )?(\$ )?%s$" % command, readme(), re.M)
    target = command.split()[1]
    assert re.search(r"^%s:" % target, text("Makefile"), re.M)


def promises():
    """Of the section on security: what is promised, and the tests named for it."""
    table = readme().partition("\n## Security\n")[2].partition("\n\nWho can")[0]
    return re.findall(r"^\| ([^|]+) \| ([^|]*) \|$", table, re.M)[1:]


def test_the_promises_are_found():
    assert len(promises()) > 10


@pytest.mark.parametrize("promise, proof", promises(), ids=[promise[:40] for promise, _ in promises()])
def test_each_promise_names_tests_that_exist(promise, proof):
    named = re.findall(r"`([^`]+)`", proof)
    assert named and proof == ", ".join("`%s`" % name for name in named)
    for name in named:
        path, _, function = name.partition("::")
        assert re.search(r"^def %s\(" % re.escape(function), text("tests/" + path), re.M), name


def test_links_of_the_readme():
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", readme())
    assert not [link for link in links if not (program.ROOT / link).exists()]


def test_american_spelling():
    """The other one is British for the noun. The vendor's names have it right."""
    assert not [name for name in files() if re.search("licen[c]e", text(name), re.I)]


def test_no_exclamation_marks():
    assert "!" not in program.help_text() + unescape(man_page())


@pytest.fixture
def page(tmp_path):
    path = tmp_path / (NAME + ".1")
    path.write_text(man_page(), encoding="utf-8")
    return str(path)



def test_man_page_is_clean_for_groff(page):
    man = shutil.which("man")
    if not man or "--warnings" not in subprocess.run([man, "--help"], stdout=subprocess.PIPE, text=True,
                                                     stderr=subprocess.DEVNULL, check=False).stdout:
        pytest.skip("needs man of man-db")
    done = subprocess.run([man, "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"},
                          check=False)
    assert done.stderr == "" and done.returncode == 0


def test_man_page_is_clean_for_mandoc(page):
    mandoc = shutil.which("mandoc")
    if not mandoc:
        pytest.skip("needs mandoc")
    done = subprocess.run([mandoc, "-T", "lint", "-W", "all", page], stdout=subprocess.PIPE, text=True, check=False)
    assert done.stdout == "" and done.returncode == 0
