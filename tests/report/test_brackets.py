"""What a dossier says is printed as it stands, whatever a terminal could take it for."""

from __future__ import annotations

import json
import re

import pytest
from rich.console import Console

from summitry.cli import COMMANDS
from summitry.report.style import console
from tests.report.every_page import CASES, MARKS, WITHOUT_A_PAGE, every_page

# fingerprints, the time of an entry, the folder of this run
NEVER_THE_SAME = re.compile(r"[0-9a-f]{12,}|\d{4}-\d\d-\d\dT\S+|\S*/(marked|tame)\d+/")


@pytest.fixture(scope="module")
def tame(tmp_path_factory):
    """The pages with parentheses instead of square brackets, which nobody takes for orders."""
    return every_page(tmp_path_factory.mktemp("tame"), rounded(MARKS))


def text(printed) -> str:
    """All that is printed, on a console that would read markup and emoji codes."""
    reader = Console(width=100_000, highlight=False)
    with reader.capture() as caught:
        for page in printed.pages:
            reader.print(page)
    return NEVER_THE_SAME.sub("...", rounded(caught.get() + printed.lines))


def rounded(told: str) -> str:
    """Parentheses for square brackets."""
    return told.replace("[", "(").replace("]", ")")


def test_every_command_is_asked():
    assert {words[0] for words in CASES.values()} | WITHOUT_A_PAGE == set(COMMANDS)


@pytest.mark.parametrize("case", CASES)
def test_square_brackets_are_printed_as_parentheses_are(case, pages, tame):
    assert text(pages[case]) == text(tame[case])


@pytest.mark.parametrize("case", CASES)
def test_a_picture_says_the_same_with_brackets_as_with_parentheses(case, pages, tame):
    for ours, theirs in zip(pages[case].charts, tame[case].charts, strict=True):
        told = [NEVER_THE_SAME.sub("...", rounded(json.dumps(spec))) for spec in (ours, theirs)]
        assert told[0] == told[1]


def test_the_marks_are_on_every_page_of_a_dossier(pages):
    for case, words in CASES.items():
        if {"TALKS", "CANAL", "CRISIS", "CLIMATE"} & set(words):
            assert rounded(MARKS) in text(pages[case]), case


def test_the_console_reads_no_orders_either():
    out = console()
    with out.capture() as caught:
        out.print("[bold]plain[/bold] [/draft] :smile:")
    assert caught.get().strip() == "[bold]plain[/bold] [/draft] :smile:"
