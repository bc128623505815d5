"""How tables and numbers look."""

from __future__ import annotations

import sys
from textwrap import fill

from rich import box
from rich.console import Console
from rich.table import Table

from summitry.report.table import FittingTable

PIPED = 110


def console() -> Console:
    """The reader's terminal; where there is none, a page of 110 columns.

    Square brackets and colons are what the dossier says, never styles, links or pictures.
    """
    width = None if sys.stdout.isatty() else PIPED
    return Console(highlight=False, markup=False, emoji=False, width=width)


def plain_table(title: str) -> Table:
    """A table with a line under its head and nothing else; a list where the width is too small."""
    return FittingTable(
        title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        pad_edge=False, show_edge=False,
    )  # fmt: skip


def tight_table(title: str) -> Table:
    """A plain table with one blank less between its columns, for many of them."""
    table = plain_table(title)
    table.padding = (0, 1, 0, 0)
    return table


def stacked(words: str, width: int = 14) -> str:
    """A name word below word, longer words cut at `width`, for the head of a narrow column."""
    return "\n".join(fill(word, width) for word in words.split())


def percent(share: float) -> str:
    """A probability as a reader wants it: 34 %, 2.1 %, 0.04 %."""
    if share >= 0.0995 or share == 0:
        return f"{100 * share:.0f} %"
    if share >= 0.001:
        return f"{100 * share:.1f} %"
    return f"{100 * share:.2f} %" if share >= 0.0001 else "< 0.01 %"
