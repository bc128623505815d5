"""Every how-to page does what it says: each command prints what stands below it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from how_to import printed  # noqa: E402

PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEFT_OUT = "..."


def commands(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines expected of it."""
    told: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            told.append((line.removeprefix("$ "), []))
        else:
            told[-1][1].append(line)
    return told


def as_pattern(lines: list[str]) -> str:
    """Lines as a pattern; `...` stands for any number of lines."""
    return "".join(
        r"(?:.*\n)*?" if line == LEFT_OUT else f"{re.escape(line)} *\n" for line in lines
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_a_page_prints_what_stands_below_it(page, tmp_path, monkeypatch):
    """In the order of the page; a block that begins with the name of a file is that file."""
    monkeypatch.chdir(tmp_path)
    for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        name = re.match(r"# (\S+\.\w+)\n", block)
        if kind == "console":
            for command, expected in commands(block):
                output = printed(command)
                assert re.fullmatch(as_pattern(expected), output), f"{command}\n{output}"
        elif name and Path(name[1]).exists():
            assert block.splitlines()[1:] == Path(name[1]).read_text().splitlines()
        elif name:
            Path(name[1]).write_text(block.partition("\n")[2], encoding="utf-8")
