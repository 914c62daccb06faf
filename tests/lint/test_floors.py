# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Who may know whom: modules stand on floors and include only what is below them, each library is known to few files,
clock and environment are asked in one place, and everything that no header names is static."""
import os
import pathlib
import re
import shutil
import subprocess
from collections import defaultdict

import pytest

from program import PROGRAM, ROOT
from tree import code, sources, text

# Floor by floor, the modules on it. A module is a header and its .c file; where there are more files they are a family.
FLOORS = [
    ["utc"],
    ["thresholds", "failure", "fields", "tc3", "json", "clock", "guard", "trust"],
    ["api_error", "credentials", "http", "input"],
    ["cwp", "overview", "role"],
    ["fetch", "verdict"],
    ["report"],
    ["options"],
    ["main"],
]
FAMILIES = {
    "thresholds": ["perfdata", "range", "state", "words"],
    "json": ["json_check"],
    "credentials": ["credentials_chain", "credentials_mask", "key_file", "key_ini", "key_tccli"],
    "http": ["http_answer", "http_fault", "http_memory", "http_proxy", "http_sockets"],
    "report": ["report_json", "report_page", "report_prometheus", "report_summary", "report_text"],
    "options": ["option_table", "option_thresholds", "option_values"],
}
MODULE = {name: module for module, names in FAMILIES.items() for name in names}
FLOOR = {module: number for number, modules in enumerate(FLOORS) for module in modules}

# Who may include the header of a library.
LIBRARIES = {
    "curl/curl.h": {"http.c", "http_answer.c", "http_fault.c", "http_proxy.c", "http_sockets.c"},
    "cjson/cJSON.h": {"json.h"},
    "getopt.h": {"options.c"},
    "malloc.h": {"guard.c"},
    # Secrets, guarded memory, signing; in fetch.c the random numbers of the waits.
    "sodium.h": {"credentials.c", "credentials_chain.c", "fetch.c", "http_memory.c", "json.c", "key_file.c", "main.c",
                 "role.c", "tc3.c"},
}
LIBC = re.compile(r"(assert|ctype|dirent|errno|fcntl|inttypes|limits|math|pwd|signal|std(arg|bool|def|int|io|lib)|"
                  r"strings?|poll|time|unistd|(arpa|netinet)/\w+|sys/\w+)\.h")

# Functions that only these files may call; an empty set is nobody.
CALLERS = {
    ("time", "clock_gettime", "gettimeofday", "nanosleep", "usleep", "sleep"): {"clock.c"},
    ("getenv", "secure_getenv"): {"credentials_chain.c", "http_proxy.c", "trust.c"},
    ("strcpy", "strcat", "strncpy", "strncat", "stpcpy", "sprintf", "vsprintf", "gets"): set(),
    ("atoi", "atol", "atof", "scanf", "sscanf", "strtok", "strtok_r"): set(),
    ("setlocale", "localtime", "localtime_r", "gmtime", "gmtime_r", "mktime", "strftime"): set(),
    ("system", "popen", "fork", "execve", "execvp"): set(),
    ("exit", "abort", "perror"): set(),
    ("_exit", "signal", "sigaction", "setitimer", "alarm"): {"guard.c"},
}


ALL = sources(".c", ".h")


def stem(name):
    return pathlib.PurePath(name).stem


def module(name):
    return MODULE.get(stem(name), stem(name))


def includes(path):
    """Pairs of bracket and name: ('<', 'time.h'), ('"', 'clock.h')."""
    return re.findall(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', text(path), re.M)


def test_every_file_has_its_floor():
    known = set(FLOOR) | set(MODULE)
    assert known == {stem(name) for name in ALL}
    assert set(FAMILIES) <= set(FLOOR) and not set(MODULE) & set(FLOOR)


def test_includes_only_what_is_below():
    wrong = [(name, FLOOR[module(name)], other, FLOOR[module(other)])
             for name in ALL for bracket, other in includes(name) if bracket == '"'
             and module(other) != module(name) and FLOOR[module(other)] >= FLOOR[module(name)]]
    assert not wrong, "file, its floor, what it includes, the floor of that"


def test_libraries_are_known_to_few():
    """No header of anything but libc and these libraries, and those only where they belong."""
    users = defaultdict(set)
    for name in ALL:
        for bracket, other in includes(name):
            if bracket == "<" and not LIBC.fullmatch(other):
                users[other].add(os.path.basename(name))
    assert users == LIBRARIES


def test_calls_that_belong_elsewhere():
    wrong = []
    for name in ALL:
        called = set(re.findall(r"\b(\w+)\s*\(", code(name)))
        for functions, callers in CALLERS.items():
            if os.path.basename(name) not in callers:
                wrong += [(name, function) for function in sorted(called & set(functions))]
    assert not wrong


def test_stages_do_not_see_options():
    seen_by = {name for name in ALL if ('"', "options.h") in includes(name)}
    assert {module(name) for name in seen_by} == {"options", "main"}


def test_what_is_tested_is_what_ships():
    """No code for tests alone: neither a macro nor a branch."""
    pattern = re.compile(r"#\s*(if|ifdef|ifndef|elif)\b.*\b\w*TEST|-D\s*\w*TEST|-DUNIT|__SANITIZE|__COVERAGE")
    assert not [name for name in ALL + ["Makefile"] if pattern.search(text(name))]


# The objects of the build, not the sources: what the compiler made cannot be overlooked.

class Symbol:
    def __init__(self, name, letter, section):
        self.name, self.letter, self.section = name, letter, section

    @property
    def exported(self):
        return self.letter.isupper() and self.letter != "U"

    @property
    def changeable(self):
        """Tables of pointers stand in .data.rel.ro, which is made read-only before main."""
        return self.letter in "bBdDsSgGcC" and not self.section.startswith(".data.rel.ro")


def objects():
    folder = pathlib.Path(PROGRAM).resolve().parent
    found = {name: folder / name.replace(".c", ".o") for name in sources(".c")}
    if not shutil.which("nm") or not all(path.exists() for path in found.values()):
        pytest.skip("needs nm, and the objects beside the program: make")
    return found


ADDED = re.compile(r"\.L|__?(gcov|odr|asan|ubsan|llvm|sancov)|\.?asan|_sub_[ID]_|__x86\.")


def symbols(path):
    """Without what sanitizers, gcov and position-independent code of 32 bits add for themselves."""
    lines = subprocess.run(["nm", "-f", "sysv", str(path)], stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in lines.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 7 and not ADDED.match(fields[0]):
            yield Symbol(fields[0], fields[2], fields[6])


def test_no_global_data_that_changes():
    """The guard's is for its signal handler, which is given nothing."""
    changeable = {name: [s.name for s in symbols(path) if s.changeable] for name, path in objects().items()}
    assert {name for name, found in changeable.items() if found} == {"plugin/guard.c"}, changeable


def test_what_no_header_names_is_static():
    named = set(re.findall(r"\w+", " ".join(code(name) for name in sources(".h"))))
    for name, path in objects().items():
        exported = {s.name for s in symbols(path) if s.exported} - {"main"}
        assert exported <= named, name


def test_what_a_header_names_is_used_elsewhere():
    used = set(re.findall(r"\w+", " ".join(code(p.relative_to(ROOT)) for p in (ROOT / "tests/unit").glob("*.[ch]"))))
    defined = {name: {s.name for s in symbols(path) if s.exported} for name, path in objects().items()}
    for path in objects().values():
        used |= {s.name for s in symbols(path) if s.letter == "U"}
    assert not {name: found - used - {"main"} for name, found in defined.items() if found - used - {"main"}}
