"""The committed page of the Hanoi record is what its command writes."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_its_command_writes():
    written = runpy.run_path(str(ROOT / "scripts" / "hanoi_record.py"))["page"]()
    assert (ROOT / "docs" / "record" / "hanoi.md").read_text(encoding="utf-8") == written
