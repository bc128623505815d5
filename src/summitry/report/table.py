"""A table in which no word is ever broken or lost: where the width is too small, a list."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Column, Table
from rich.text import Text

SHORT = 8


class FittingTable(Table):
    """A table of text that is laid out anew where its words would be broken.

    Columns first give up their blanks, down to their longest words; where even these do not fit
    side by side, each row becomes a list of its cells with their headings.
    """

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table as it fits into the width."""
        needed = [_widths(console, options, column) for column in self.columns]
        padding = [self._get_padding_width(k) for k in range(len(self.columns))]
        room = options.max_width - self._extra_width
        given = self._calculate_column_widths(console, options.update_width(room))
        broken = any(
            width - pad < need.minimum
            for width, pad, need in zip(given, padding, needed, strict=True)
        )
        if not broken and sum(given) <= room:
            yield from super().__rich_console__(console, options)
            return
        spare = room - sum(padding) - sum(need.minimum for need in needed)
        if spare < 0:
            yield from self._as_list()
            return
        for column, width in zip(self.columns, _shared(needed, spare), strict=True):
            column.width, column.min_width, column.ratio = width, width, None
        yield from super().__rich_console__(console, options)

    def _as_list(self) -> Iterator[RenderableType]:
        """Row by row the cells, each under its heading's name."""
        if self.title:
            yield Text(str(self.title), style="bold")
        # a hyphen before a break only made a word narrow enough for the head of a column
        heads = [" ".join(str(column.header).replace("-\n", "").split()) for column in self.columns]
        for row in zip(*(column.cells for column in self.columns), strict=True):
            for head, cell in zip(heads, row, strict=True):
                told = cell if isinstance(cell, Text) else Text(str(cell))
                if told.plain.strip():
                    yield Text(f"{head}: ", style="dim").append_text(told) if head else told
            yield Text()


def _widths(console: Console, options: ConsoleOptions, column: Column) -> Measurement:
    """The longest word and the longest line of a column."""
    wide = options.update(width=10_000)
    cells = [column.header, *column.cells]
    found = [Measurement.get(console, wide, cell) for cell in cells]
    longest = max(m.maximum for m in found)
    # a number stays with its unit
    short = max((m.maximum for m in found if m.maximum <= SHORT), default=0)
    least = max(short, *(m.minimum for m in found))
    return Measurement(longest if column.no_wrap else least, longest)


def _shared(needed: list[Measurement], spare: int) -> list[int]:
    """Widths of columns that share what is left beyond their longest words by what they lack."""
    lacking = [need.maximum - need.minimum for need in needed]
    total = max(sum(lacking), 1)
    return [
        need.minimum + min(lack, spare * lack // total)
        for need, lack in zip(needed, lacking, strict=True)
    ]
