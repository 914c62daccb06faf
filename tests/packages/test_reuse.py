# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Every file says whose it is and under which license, judged by REUSE's own tool. It wants the text of the license in
a folder of its own; the tree has it as LICENSE, so that the copy which is judged gets it there too."""

import shutil

from conftest import fails, need, run


def test_reuse(unpack, tmp_path):
    need("reuse", "git")
    tree = unpack(tmp_path)
    run("git", "init", "-q", tree)              # without it, the tool judges what a build makes too
    (tree / "LICENSES").mkdir()
    shutil.copy(tree / "LICENSE", tree / "LICENSES" / "MIT.txt")
    assert "ERROR" not in run("reuse", "lint", cwd=tree)
    (tree / "plugin/stray.c").write_text("int stray;\n")
    assert "plugin/stray.c" in fails("reuse", "lint", cwd=tree)
