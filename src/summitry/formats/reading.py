"""Reading a file of another tool: text, rows and numbers, and every mistake with its line."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.source_text import UNPRINTABLE

DELIMITERS = "\t;,"
MOST_TOLD = 100
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass
class Reading:
    """One file being read: what messages call it, its mistakes so far, and notes on its reader's choices."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, line: int, message: str) -> None:
        """Keep a mistake on a line (0: the file as a whole); the hundredth ends the reading."""
        self.problems.append(Problem(self.file, line, 1 if line else 0, message))
        if len(self.problems) >= MOST_TOLD:
            self.finish()

    def refuse(self, line: int, message: str) -> NoReturn:
        """Raises DossierError with this mistake, which makes more reading useless, and those before."""
        self.wrong(line, message)
        raise DossierError(self.problems)

    def finish(self) -> None:
        """Raises DossierError with the mistakes so far, if there are any."""
        if self.problems:
            raise DossierError(self.problems)

    def fits(self, line: int, cells: list[str], columns: int) -> bool:
        """Whether a row has no more than so many cells, but for empty ones; a mistake is kept."""
        if any(cells[columns:]):
            why = "a comma in a number or text of a file parted by commas needs quotes around it"
            self.wrong(line, f"{len(cells)} cells are more than the {columns} columns; {why}")
            return False
        return True

    def number(
        self, line: int, text: str, what: str, low: float = -math.inf, high: float = math.inf
    ) -> float | None:
        """The number in a cell, `0,5` read as 0.5; None, with a mistake kept, where there is none."""
        bare = text.strip()
        if not bare:
            self.wrong(line, f"{what} is missing")
            return None
        if THOUSANDS.fullmatch(bare):
            self.wrong(line, f"{what} `{bare}` can be read two ways; write it without a comma")
            return None
        if DECIMAL_COMMA.fullmatch(bare):
            bare = bare.replace(",", ".")
        value = float(bare) if NUMBER.fullmatch(bare) else math.nan
        if not math.isfinite(value):
            self.wrong(line, f"{what} is a number, not `{text.strip()}`")
            return None
        if not low <= value <= high:
            allowed = f"from {low:g} to {high:g}" if high < math.inf else f"at least {low:g}"
            self.wrong(line, f"{what} is {allowed}, not {value:g}")
            return None
        return value


def text_of(data: bytes, reading: Reading) -> str:
    """The text of a file in UTF-8, UTF-16 (by its mark) or Windows-1252, lines ending in \\n.

    Raises DossierError for control characters.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            reading.notes.append("not UTF-8 and read as Windows-1252: look at its accents")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if found := UNPRINTABLE.search(line):
            reading.wrong(number, f"the control character {found[0]!r} is refused")
    reading.finish()
    return text


def rows_of(text: str, reading: Reading) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with its line: cells without quotes and outer spaces.

    Cells are parted by whichever of tab, `;` and `,` the first lines hold most of.
    """
    parted = csv.reader(io.StringIO(text), delimiter=delimiter_of(text), skipinitialspace=True)
    return [(line, cells) for line, cells in _cells(parted, reading) if any(cells)]


def _cells(parted: Iterator[list[str]], reading: Reading) -> Iterator[tuple[int, list[str]]]:
    line = 0
    while True:
        try:
            cells = next(parted, None)
        except csv.Error as error:
            reading.wrong(line + 1, f"cannot be read as a row: {error}")
            return
        if cells is None:
            return
        line += 1
        if any("\n" in cell for cell in cells):
            reading.wrong(line, "a quote is opened here and not closed on the same line")
            return
        yield line, [_bare(cell) for cell in cells]


def _bare(cell: str) -> str:
    """A cell without outer spaces and without a pair of single quotes around it."""
    cell = cell.strip()
    quoted = len(cell) >= 2 and cell[0] == cell[-1] == "'"
    return cell[1:-1].strip() if quoted else cell


def delimiter_of(text: str) -> str:
    """What parts the cells, judged by the first five lines that are not empty."""
    first = "".join([line for line in text.split("\n", 20) if line.strip()][:5])
    return max(DELIMITERS, key=first.count)
