# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What becomes of tests where a tool, a right or a part of the machine is missing."""

import os

import pytest


def lacks(why):
    """Skips the test, or at its beginning the module; with NO_SKIP fails: what did not run proves nothing."""
    if os.environ.get("NO_SKIP"):
        pytest.fail(why)
    pytest.skip(why, allow_module_level=True)
