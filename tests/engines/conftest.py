# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""tests/ for the package standin, tests/lint for program and what is generated from it."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (HERE.parent, HERE.parent / "lint", HERE):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
