"""How pages, tables and numbers look.

A page is a `sheet` of `Text` and `plain_table`s and of nothing else: both take what a dossier
says as it stands, square brackets and all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from shutil import get_terminal_size
from textwrap import fill

from rich.console import Console, Group
from rich.text import Text

from summitry.report.table import Table as Table

PIPED = 110
HANGING = "    "
Part = Text | Table
Page = Group


def console() -> Console:
    """The reader's terminal; where there is none, a page of 110 columns."""
    width = None if sys.stdout.isatty() else PIPED
    return Console(highlight=False, markup=False, emoji=False, width=width)


def sheet(parts: Iterable[Part]) -> Page:
    """A page of its parts, one below the other."""
    return Group(*parts)


def wrapped(lines: Iterable[str], width: int | None = None) -> Iterator[str]:
    """Lines broken between words at the width of the terminal; as they are where there is none.

    For long lists of lines, which a console would take its time over.
    """
    if width is None and sys.stdout.isatty():
        width = get_terminal_size().columns
    for line in lines:
        if width is None or len(line) <= width:
            yield line
        else:
            yield fill(line, width, subsequent_indent=HANGING, break_on_hyphens=False)


def plain_table(title: str, grouped: int = 0) -> Table:
    """A table with a line under its head and nothing else; a list where the width is too small."""
    return Table(title, grouped)


def percent(share: float) -> str:
    """A probability as a reader wants it: 34 %, 2.1 %, 0.04 %."""
    if share >= 0.0995 or share == 0:
        return f"{100 * share:.0f} %"
    if share >= 0.001:
        return f"{100 * share:.1f} %"
    return f"{100 * share:.2f} %" if share >= 0.0001 else "< 0.01 %"
