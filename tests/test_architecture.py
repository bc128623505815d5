"""The house: layers import downward only, and no file outgrows its one idea."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "layers": ["importlinter.cli"],
}


@pytest.mark.parametrize("words", list(TOOLS.values()), ids=TOOLS)
def test_the_tools_find_nothing(words):
    if words[0] == "importlinter.cli":
        command = [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
        ]
    else:
        command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_source_file_is_over_four_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): number
        for path in (ROOT / "src").rglob("*.py")
        if (number := len(path.read_text().splitlines())) > 400
    }
    assert not long
