"""The how-to on stability does what it says: every command prints what stands below it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from summitry.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "stability.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEFT_OUT = "..."


def blocks() -> list[tuple[str, str]]:
    """The fenced blocks of the page, each with its kind, in their order."""
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def commands(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines expected of it."""
    told: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            told.append((line.removeprefix("$ summitry "), []))
        else:
            told[-1][1].append(line)
    return told


def as_pattern(lines: list[str]) -> str:
    """Lines as a pattern; `...` stands for any number of lines."""
    parts = [r"(?:.*\n)*?" if line == LEFT_OUT else f"{re.escape(line)} *\n" for line in lines]
    return "".join(parts)


def test_every_block_of_the_page_holds(tmp_path, monkeypatch):
    pytest.importorskip("vl_convert", reason="the page draws a picture")
    monkeypatch.chdir(tmp_path)
    ran = 0
    for kind, block in blocks():
        if kind != "console":
            file = Path(block.splitlines()[0].removeprefix("# "))
            if file.exists():
                assert block.splitlines()[1:] == file.read_text(encoding="utf-8").splitlines()
            else:
                file.write_text(block, encoding="utf-8")
            continue
        for command, expected in commands(block):
            done = CliRunner().invoke(main, shlex.split(command))
            assert done.exit_code == 0, done.output
            assert re.fullmatch(as_pattern(expected), done.output), f"{command}\n{done.output}"
            ran += 1
    assert ran == PAGE.read_text(encoding="utf-8").count("\n$ ")
