"""No word of a page is broken or lost, however narrow the terminal."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from rich.console import Console

from summitry.cli import main
from summitry.dossier.library import bundled_path
from summitry.report import style
from tests.report.test_brackets import PAGES

WORD = 30  # longer words cannot stand beside anything in 40 columns


def words_at(width: int, name: str, monkeypatch) -> set[str]:
    """All words that a command prints at a width."""
    monkeypatch.setattr(
        style, "console", lambda: Console(width=width, markup=False, emoji=False, highlight=False)
    )
    done = CliRunner().invoke(main, [name, str(bundled_path("starter")), *PAGES[name]])
    assert done.exit_code == 0, done.output
    assert max(map(len, done.output.splitlines())) <= width
    return set(done.output.replace("─", " ").split())


@pytest.mark.parametrize("name", [name for name in PAGES if name != "check"])
@pytest.mark.parametrize("width", [80, 60, 40])
def test_every_word_of_the_wide_page_stands_whole_in_the_narrow_one(name, width, monkeypatch):
    wide = {word for word in words_at(400, name, monkeypatch) if len(word) <= WORD}
    narrow = words_at(width, name, monkeypatch)
    # the head of a column may be hyphenated, which a list undoes: part of a whole word is whole
    lost = {
        word for word in wide - narrow if not any(word.rstrip("-") in whole for whole in narrow)
    }
    assert not lost
