"""What is compiled and kept on disk is compiled anew when any kernel changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import summitry

INNER = """\
from summitry.game.kernels.compiling import kernel

@kernel
def inner(x):
    return x + {number}
"""
OUTER = """\
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.probe_inner import inner

@kernel
def outer(x):
    return inner(x)
"""


def test_a_kernel_is_compiled_anew_when_one_that_it_calls_changes(tmp_path):
    """Of itself the compiler's cache looks at the caller's own file alone."""
    copy = tmp_path / "summitry"
    shutil.copytree(
        Path(summitry.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__")
    )
    kernels = copy / "game" / "kernels"
    (kernels / "probe_outer.py").write_text(OUTER)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    program = "from summitry.game.kernels.probe_outer import outer; print(outer(1))"
    for number in (1, 2):
        (kernels / "probe_inner.py").write_text(INNER.format(number=number))
        for _ in range(2):  # the second time from the disk
            done = subprocess.run(
                [sys.executable, "-c", program], env=environment, cwd=tmp_path,
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            assert done.stdout == f"{1 + number}\n"
    assert list(kernels.glob("__pycache__/probe_outer*.nbi"))
