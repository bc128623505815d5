"""A table that loses nothing to the width: columns where whole words fit, else a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

Justify = Literal["left", "right"]
PADDINGS = {
    3: (0, 1, 0, 1),
    2: (0, 1, 0, 0),
}  # by the blanks between columns, the box's own among them
COMFORT = 12  # a column of prose narrower than this is no pleasure to read
INDENT = 2


@dataclass
class Table:
    """Rows under headings; what is in them is text and never markup.

    A column without any value is left out. Of the first `grouped` columns a value that only
    repeats the row above is left blank, where the table has columns; a list repeats it.
    """

    title: str
    grouped: int = 0
    columns: list[tuple[Text, Justify]] = field(default_factory=list)
    rows: list[list[Text]] = field(default_factory=list)

    def add_column(self, heading: str, justify: Justify = "left") -> None:
        """One more column; numbers stand to the right."""
        self.columns.append((Text(heading), justify))

    def add_row(self, *cells: str | Text) -> None:
        """One more row, a cell for each column. Raises ValueError for another number."""
        if len(cells) != len(self.columns):
            raise ValueError(f"{len(cells)} cells for {len(self.columns)} columns: {cells}")
        self.rows.append([cell if isinstance(cell, Text) else Text(cell) for cell in cells])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The title, then columns with whole words or, where these do not fit, records."""
        if self.title:
            yield Text(self.title, style="bold")
        told = self._without_empty_columns()
        gap = next((gap for gap in PADDINGS if told._needs(gap) <= options.max_width), None)
        if not told.columns:
            yield Text("none")
        elif gap is None:
            yield from told._list(options.max_width)
        else:
            yield told._grid(gap, options.max_width)

    def _without_empty_columns(self) -> Table:
        kept = [
            k for k in range(len(self.columns)) if any(row[k].plain.strip() for row in self.rows)
        ]
        columns = [self.columns[k] for k in kept]
        return Table(
            self.title, self.grouped, columns, [[row[k] for k in kept] for row in self.rows]
        )

    def _cells(self, number: int) -> Iterator[Text]:
        yield self.columns[number][0]
        yield from (row[number] for row in self.rows)

    def _least(self, number: int) -> int:
        """The width that breaks no word and no number; for prose one in which it can be read."""
        heading, justify = self.columns[number]
        if justify == "right":
            lines = (_longest(row[number], whole=True) for row in self.rows)
            return max(_longest(heading, whole=False), *lines, 0)
        word = max(_longest(cell, whole=False) for cell in self._cells(number))
        return max(word, min(self._most(number), COMFORT))

    def _most(self, number: int) -> int:
        return max(_longest(cell, whole=True) for cell in self._cells(number))

    def _needs(self, gap: int) -> int:
        count = len(self.columns)
        return sum(map(self._least, range(count))) + gap * (count - 1)

    def _grid(self, gap: int, width: int) -> Grid:
        columns = range(len(self.columns))
        least, most = [self._least(k) for k in columns], [self._most(k) for k in columns]
        room = width - gap * (len(self.columns) - 1)
        prose = [k for k in columns if self.columns[k][1] == "left"]
        widths = allotted(least, most, room, prose)  # headings of numbers take what prose leaves
        widths = allotted(widths, most, room, [k for k in columns if k not in prose])
        grid = Grid(
            box=box.SIMPLE_HEAD, padding=PADDINGS[gap], pad_edge=False, show_edge=False,
            show_header=any(heading.plain for heading, _ in self.columns),
        )  # fmt: skip
        for (heading, justify), wide in zip(self.columns, widths, strict=True):
            grid.add_column(heading, justify=justify, width=wide, overflow="fold")
        above: list[Text] = []
        for row in self.rows:
            grid.add_row(*self._blanked(row, above))
            above = row
        return grid

    def _blanked(self, row: Sequence[Text], above: Sequence[Text]) -> list[Text]:
        """The row without what it repeats in its first columns."""
        same = 0
        while same < self.grouped and above and row[same] == above[same]:
            same += 1
        return [Text() if number < same else cell for number, cell in enumerate(row)]

    def _list(self, width: int) -> RenderResult:
        """A record a row: its first value in bold, then a line for each other that there is."""
        for row in self.rows:
            for number, cell in enumerate(row):
                if not cell.plain.strip():
                    continue
                line = _labelled(*self.columns[number], cell)
                if number == 0:
                    line.stylize("bold")
                fits = _longest(line, whole=False) <= width - INDENT
                yield Padding(line, (0, 0, 0, INDENT if number and fits else 0), expand=False)


def _labelled(heading: Text, justify: Justify, cell: Text) -> Text:
    """A value behind its heading; a number that has two lines in a column has one here."""
    label = " ".join(heading.plain.split())
    told = Text(" ").join(cell.split()) if justify == "right" else cell
    return Text(f"{label}: " if label else "").append_text(told)


def _longest(cell: Text, *, whole: bool) -> int:
    """The cells that its longest line takes, or its longest word."""
    parts = cell.plain.splitlines() if whole else cell.plain.split()
    return max(map(cell_len, parts), default=0)


def allotted(
    least: Sequence[int], most: Sequence[int], room: int, among: Sequence[int]
) -> list[int]:
    """Widths from `least` up to `most` for the columns `among` which the room is shared.

    Small wants are met first; what is left is shared by how much each of the others wants.
    """
    widths, spare = list(least), room - sum(least)
    wants = {k: most[k] - least[k] for k in sorted(among, key=lambda k: most[k] - least[k])}
    while wants:
        k, want = next(iter(wants.items()))
        if want > spare // len(wants):
            break
        widths[k] += want
        spare -= wants.pop(k)
    total = sum(wants.values())
    for k, want in wants.items():
        widths[k] += spare * want // total
    return widths
