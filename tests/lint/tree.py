# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""The files of the source tree, as the checks of style and structure read them."""
import re

from program import ROOT

# What is made here, not written: build folders of all kinds, caches, packages.
MADE = {".git", "build", "dist", "__pycache__", ".pytest_cache"}

# Bytes of any kind: inputs of fuzzing, pictures.
BYTES = re.compile(r"tests/fuzz/corpus/.*|.*\.(png|gif)")

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def files():
    """All written text files, as paths relative to the root of the tree; without git, so that a tarball will do."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name in MADE or path.suffix == ".pyc":
                continue
            if path.is_dir() and not path.is_symlink():
                folders.append(path)
            elif path.is_file() and not BYTES.fullmatch(str(path.relative_to(ROOT))):
                yield str(path.relative_to(ROOT))


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def sources(*suffixes):
    """The files of the program by name, "plugin/http.c" and so on."""
    return sorted(str(path.relative_to(ROOT)) for folder in ("plugin", "thresholds")
                  for path in (ROOT / folder).iterdir() if path.suffix in suffixes)


def _blank(match):
    """Of a text literal the quotes stay, so that "" is still an argument; lines stay lines."""
    found = match.group()
    lines = "\n" * found.count("\n")
    return found[0] * 2 + lines if found[0] in "\"'" else " " + lines


def code(path):
    """A C file without comments and without what its text literals say."""
    return TOKEN.sub(_blank, text(path))
