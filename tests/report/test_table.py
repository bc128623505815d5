"""The table that all pages share: text as it stands, whole words, else a list."""

from __future__ import annotations

import itertools
import random

import pytest
from rich.console import Console
from rich.text import Text

from summitry.report.style import plain_table, sheet, wrapped
from summitry.report.table import allotted


def printed(part, width: int) -> list[str]:
    """What any console prints of it, also one that reads markup."""
    console = Console(width=width)
    with console.capture() as caught:
        console.print(sheet([part]))
    return [line.rstrip() for line in caught.get().splitlines()]


def made():
    table = plain_table("What [they] say", grouped=1)
    table.add_column("party")
    table.add_column("share of all", justify="right")
    table.add_column("says [/b]")
    table.add_row("Alba", "12 %", "Let us [unnamed official] begin :smile: with a declaration")
    table.add_row("Alba", "3.5 %", Text("[link=http://x]here[/link]", style="bold"))
    table.add_row("Borea", "", "")
    return table


def test_it_is_columns_where_words_fit_and_a_list_where_not():
    assert printed(made(), 60) == [
        "What [they] say",
        "        share",
        "           of",
        "party     all   says [/b]",
        "─" * 60,
        "Alba     12 %   Let us [unnamed official] begin :smile: with",
        "                a declaration",
        "        3.5 %   [link=http://x]here[/link]",
        "Borea",
    ]
    assert printed(made(), 32) == [
        "What [they] say",
        "party: Alba",
        "  share of all: 12 %",
        "  says [/b]: Let us [unnamed",
        "  official] begin :smile: with a",
        "  declaration",
        "party: Alba",
        "  share of all: 3.5 %",
        "  says [/b]:",
        "  [link=http://x]here[/link]",
        "party: Borea",
    ]


@pytest.mark.parametrize("seed", range(30))
def test_no_word_and_no_number_is_broken_at_any_width_that_holds_it(seed):
    chance = random.Random(seed)
    words = [
        "a",
        "of",
        "treaty",
        "[unnamed",
        "official]",
        "west-bank-gaza-strip",
        "協定",
        "[/draft]",
    ]

    def prose():
        return " ".join(chance.choices(words, k=chance.randint(0, 9)))

    table = plain_table(prose())
    count = chance.randint(1, 7)
    for _ in range(count):
        table.add_column(prose() or "share", justify=chance.choice(["left", "right"]))
    for _ in range(4):
        table.add_row(*(chance.choice([prose(), "12.5 ± 0.3 %"]) for _ in range(count)))
    cells = [
        table.title, *(h.plain for h, _ in table.columns),
        *(cell.plain for row in table.rows for cell in row),
    ]  # fmt: skip
    for width in (120, 80, 60, 40, 24):
        lines = printed(table, width)
        shown = list(itertools.chain.from_iterable(line.split() for line in lines))
        for word in itertools.chain.from_iterable(cell.split() for cell in cells):
            assert any(word in one for one in shown), (width, word, lines)


def test_small_wants_are_met_first_and_large_ones_by_their_size():
    assert allotted([5, 5, 5], [7, 35, 65], 47, [0, 1, 2]) == [7, 15, 25]
    assert allotted([5, 5, 5], [7, 35, 65], 47, [0, 1]) == [7, 35, 5]
    assert allotted([5, 5], [5, 6], 80, [0, 1]) == [5, 6]


def test_a_row_of_another_length_is_a_mistake():
    table = made()
    with pytest.raises(ValueError, match="1 cells for 3 columns"):
        table.add_row("Alba")


def test_what_holds_nothing_is_not_shown():
    table = made()
    table.add_column("note")
    for row in table.rows:
        row.append(Text())
    assert printed(table, 60) == printed(made(), 60)
    table.rows.clear()
    assert printed(table, 60) == ["What [they] say", "none"]


def test_lines_are_broken_between_words_for_a_terminal_and_not_for_a_pipe():
    line = "1  0123  2020-01-01  forecast    Talks on a ferry, as of today: signed-by-all 43 %"
    assert list(wrapped([line])) == [line]
    assert list(wrapped([line, "short"], 40)) == [
        "1  0123  2020-01-01  forecast    Talks\n    on a ferry, as of today:\n    signed-by-all 43 %",
        "short",
    ]
