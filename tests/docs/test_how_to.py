"""Every command of the how-to pages prints what stands below it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from how_to import BLOCK, printed  # noqa: E402

BLOCKS = [
    pytest.param(found["command"], found["output"], id=f"{page.stem}: {found['command']}")
    for page in sorted((ROOT / "docs" / "how-to").glob("*.md"))
    for found in BLOCK.finditer(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("command, output", BLOCKS)
def test_the_command_prints_it(command, output):
    assert printed(command) == output
