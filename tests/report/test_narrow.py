"""Pages on a narrow terminal: nothing is cut off."""

from __future__ import annotations

from collections import Counter

import pytest
from rich.console import Console

import summitry
from summitry.report import deals, levers, obstacles, roadmap, stability

RUN = {"draws": 4, "workers": 2}
MANY = """title: Many principals with long names
parties:
  a: {name: People's Republic of Somewhere}
  b: {name: United Federation of Planets}
  c: {name: Czechoslovakia}
commitments:
  withdrawal-of-forces: {by: a}
  lifting-of-sanctions: {by: b}
  a-very-long-name-of-a-commitment-indeed: {by: [a, c]}
values:
  a: {withdrawal-of-forces: -3 to -1, lifting-of-sanctions: 4 to 9}
  b: {withdrawal-of-forces: 6, lifting-of-sanctions: -3 to -1}
  c: {withdrawal-of-forces: 2, a-very-long-name-of-a-commitment-indeed: 3}
tiers:
  - {id: declaration-for-the-end-of-war, any: [withdrawal-of-forces, lifting-of-sanctions]}
  - {id: freeze-for-relief, all: [a-very-long-name-of-a-commitment-indeed]}
  - {id: dismantlement-for-sanctions, all: [withdrawal-of-forces, lifting-of-sanctions]}
"""
PAGES = {
    "deals": (summitry.deals, deals.page),
    "roadmap": (summitry.roadmap, roadmap.page),
    "obstacles": (summitry.obstacles, obstacles.page),
    "levers": (summitry.levers, levers.page),
    "stability": (summitry.stability, stability.page),
}


def letters(page, width: int) -> Counter[str]:
    """What is printed at a width, however it is broken into lines."""
    console = Console(width=width, highlight=False)
    with console.capture() as printed:
        console.print(page)
    text = printed.get()
    assert max(map(len, text.splitlines())) <= width
    text = text.replace("-", "")  # a list undoes the hyphens of narrow heads
    return Counter(text.replace("─", "")) - Counter({" ": text.count(" "), "\n": text.count("\n")})


CASES = [*((name, "many") for name in PAGES), *((name, "hanoi-2019") for name in PAGES)]


# the levers of Hanoi are played again for most of a minute
@pytest.mark.parametrize(("name", "dossier"), [x for x in CASES if x != ("levers", "hanoi-2019")])
def test_a_page_of_80_or_100_columns_says_all_that_a_wide_one_says(name, dossier, tmp_path):
    if dossier == "many":
        path = tmp_path / "many.yaml"
        path.write_text(MANY)
        dossier = str(path)
    ask, page = PAGES[name]
    shown = page(ask(dossier, **RUN))
    # a list says each heading again in every row: more letters, and none fewer
    assert letters(shown, 300) <= letters(shown, 100) <= letters(shown, 80)
