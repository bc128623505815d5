"""The file of negotiations: one row each, with every mistake told by its line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from summitry.dossier.errors import DossierError, Problem
from summitry.game.board import Ints

POINTS = 10
MOST_ITEMS = 12
COUNTS = ("books", "hats", "balls")
VALUES = (("a_book", "a_hat", "a_ball"), ("b_book", "b_hat", "b_ball"))
TAKEN = tuple(f"a_takes_{kind}" for kind in COUNTS)
HEADER = (*COUNTS, *VALUES[0], *VALUES[1], "agreed", *TAKEN)
MOST_PROBLEMS = 20
NOTHING = [-1, -1, -1]


class Negotiations(NamedTuple):
    """What was to be had, what it was worth to whom, and what came of it.

    `counts` (n, 3) items of each kind; `values` (n, 2, 3) points an item is worth to each of
    the two, 10 in all for either; `taken` (n, 3) what the first takes, -1 where no deal.
    """

    counts: Ints
    values: Ints
    taken: Ints

    @property
    def agreed(self) -> np.ndarray:
        """Which of them ended in a deal: (n)."""
        return self.taken[:, 0] >= 0


class Source(NamedTuple):
    """A file that was read: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


def read_negotiations(path: str | Path) -> tuple[Negotiations, Source]:
    """The negotiations of a CSV file, in its order.

    Raises DossierError for mistakes, each with its line; OSError where it cannot be read.
    """
    data = Path(path).read_bytes()
    name = str(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DossierError([Problem(name, line, 1, "this is not UTF-8 text")]) from error
    problems: list[Problem] = []
    rows = [_numbers(_Row(name, *found, problems)) for found in _lines(name, text)]
    if problems:
        left = len(problems) - MOST_PROBLEMS
        more = [Problem(name, 0, 0, f"... and {left} more mistakes")] if left > 0 else []
        raise DossierError([*problems[:MOST_PROBLEMS], *more])
    if not rows:
        raise DossierError([Problem(name, 0, 0, "there is no negotiation below the header")])
    table = np.array(rows, np.int64)
    negotiations = Negotiations(table[:, :3], table[:, 3:9].reshape(-1, 2, 3), table[:, 9:])
    return negotiations, Source(Path(path).name, hashlib.sha256(data).hexdigest())


def _lines(name: str, text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Every row with the number of its line. Raises DossierError for another header."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [title.strip() for title in next(reader, [])]
        missing = [title for title in HEADER if title not in header]
        if missing or len(set(header)) < len(header):
            wrong = f"no column {', '.join(missing)}" if missing else "a column twice"
            message = f"there is {wrong}; the header must hold {','.join(HEADER)}"
            raise DossierError([Problem(name, 1, 1, message)])
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"there are {len(cells)} cells; the header has {len(header)}"
                raise DossierError([Problem(name, reader.line_num, 1, message)])
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise DossierError([Problem(name, reader.line_num, 1, str(error))]) from error


class _Row(NamedTuple):
    """One row of the file, and where its mistakes are noted."""

    file: str
    line: int
    cells: Mapping[str, str]
    problems: list[Problem]

    def wrong(self, title: str, message: str) -> None:
        """Note a mistake in the column of this title."""
        column = list(self.cells).index(title) + 1
        self.problems.append(Problem(self.file, self.line, column, f"{title}: {message}"))

    def whole(self, title: str) -> int:
        """The whole number of a cell; -1 and a mistake noted where it holds none."""
        cell = self.cells[title].strip()
        if cell.isascii() and cell.isdigit() and len(cell) <= 6:
            return int(cell)
        self.wrong(title, f"must be a whole number from 0 up, not `{cell}`")
        return -1


def _numbers(row: _Row) -> list[int]:
    """A row as whole numbers: counts, values, what the first takes."""
    counts = [row.whole(title) for title in COUNTS]
    values = [[row.whole(title) for title in titles] for titles in VALUES]
    flat = [*counts, *values[0], *values[1]]
    if min(flat) < 0:
        return [*flat, *NOTHING]
    if min(counts) < 1 or sum(counts) > MOST_ITEMS:
        row.wrong(COUNTS[0], f"there must be an item of each kind, and at most {MOST_ITEMS} in all")
        return [*flat, *NOTHING]
    for titles, worth in zip(VALUES, values, strict=True):
        total = sum(v * c for v, c in zip(worth, counts, strict=True))
        if total != POINTS:
            row.wrong(titles[0], f"all items together must be worth {POINTS} points, not {total}")
    return [*flat, *_taken(row, counts)]


def _taken(row: _Row, counts: list[int]) -> list[int]:
    """What the first takes of each kind; -1 where there was no deal."""
    agreed = row.cells["agreed"].strip()
    if agreed == "0":
        for title in TAKEN:
            if row.cells[title].strip():
                row.wrong(title, "must be empty where agreed is 0")
        return NOTHING
    if agreed != "1":
        row.wrong("agreed", f"must be 1 (a deal) or 0 (none), not `{agreed}`")
        return NOTHING
    taken = [row.whole(title) for title in TAKEN]
    for title, number, count in zip(TAKEN, taken, counts, strict=True):
        if number > count:
            row.wrong(title, f"only {count} were to be had, not {number}")
    return taken
