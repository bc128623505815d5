"""Pages on a narrow terminal: no word is broken, and none is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from rich.console import Console

from tests.report.every_page import CASES


def printed(page, width: int) -> str:
    """What is printed of a page at a width, checked to stay within it."""
    console = Console(width=width, highlight=False)
    with console.capture() as caught:
        console.print(page)
    assert max(map(len, caught.get().splitlines())) <= width
    return caught.get()


def words(text: str) -> Counter[str]:
    """Its words; a heading before a value counts without the colon between them."""
    return Counter(word.rstrip(":") for word in text.split() if set(word) - {"─"})


@pytest.mark.parametrize("width", [120, 80, 60, 40])
@pytest.mark.parametrize("case", CASES)
def test_every_word_of_a_wide_page_stands_whole_on_a_narrow_one(case, width, pages):
    for page in pages[case].pages:
        wide, narrow = printed(page, 10_000), printed(page, width)
        whole, there = words(wide), words(narrow)
        lost = {word for word in whole if there[word] < whole[word]}
        unbroken = "".join(narrow.split())
        # a word longer than the line, such as a fingerprint, is broken and there
        broken = {word for word in lost if len(word) <= width or word not in unbroken}
        assert not broken
