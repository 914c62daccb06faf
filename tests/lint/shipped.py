# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""packaging/generate.py as a module, under a name that no other script of that kind has."""
import importlib.util
import sys

from program import ROOT

PACKAGING = ROOT / "packaging"


def _load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


generate = _load("icinga_definitions", PACKAGING / "generate.py")
