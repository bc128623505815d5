"""The file of negotiations: one row each, with every mistake told by its line."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from summitry.dossier.errors import DossierError, Problem
from summitry.game.board import Floats, Ints

POINTS = 10.0
MOST_KINDS = 5
MOST_SPLITS = 2_000
MOST_PROBLEMS = 20
TAKES, OFFERS = "a_takes_", "offers"
EXAMPLE = "books,hats,a_books,a_hats,b_books,b_hats,agreed,a_takes_books,a_takes_hats"


class Negotiations(NamedTuple):
    """What was to be had, what it was worth to whom, and what came of it.

    `kinds`: the names of the (k) kinds of items; `counts` (n, k) items of each; `values` (n, 2, k)
    points an item is worth to each of the two, scaled so that all together are worth ten to either;
    `taken` (n, k) what the first takes, -1 where no deal; `offers` (n): how many formal offers
    were made, -1 where that is not told.
    """

    kinds: tuple[str, ...]
    counts: Ints
    values: Floats
    taken: Ints
    offers: Ints

    @property
    def agreed(self) -> np.ndarray:
        """Which of them ended in a deal: (n)."""
        return self.taken[:, 0] >= 0


class Source(NamedTuple):
    """A file that was read: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Columns(NamedTuple):
    """The columns of a file by what they hold, each in the order of the kinds."""

    kinds: tuple[str, ...]
    values: tuple[tuple[str, ...], tuple[str, ...]]
    taken: tuple[str, ...]
    offers: str | None


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
    columns: Columns | None = None
    rows: list[list[float]] = []
    for line, header, cells in _lines(name, text):
        columns = columns or _columns(name, header)
        rows.append(_numbers(_Row(name, line, cells, problems), columns))
    if problems:
        left = len(problems) - MOST_PROBLEMS
        more = [Problem(name, 0, 0, f"... and {left} more mistakes")] if left > 0 else []
        raise DossierError([*problems[:MOST_PROBLEMS], *more])
    if columns is None:
        raise DossierError([Problem(name, 0, 0, "there is no negotiation below the header")])
    return _negotiations(columns, np.array(rows)), Source(
        Path(path).name, hashlib.sha256(data).hexdigest()
    )


def _negotiations(columns: Columns, table: Floats) -> Negotiations:
    size = len(columns.kinds)
    counts = table[:, :size].astype(np.int64)
    values = table[:, size : 3 * size].reshape(-1, 2, size)
    total = (values * counts[:, None]).sum(axis=2, keepdims=True)
    return Negotiations(
        kinds=columns.kinds,
        counts=counts,
        values=values * POINTS / total,
        taken=table[:, 3 * size : 4 * size].astype(np.int64),
        offers=table[:, 4 * size].astype(np.int64),
    )


def _lines(name: str, text: str) -> Iterator[tuple[int, Sequence[str], Mapping[str, str]]]:
    """Every row with the number of its line and the header. Raises DossierError for odd rows."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [title.strip() for title in next(reader, [])]
        if len(set(header)) < len(header):
            twice = ", ".join(sorted({t for t in header if header.count(t) > 1}))
            raise DossierError([Problem(name, 1, 1, f"there is a column twice: {twice}")])
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"there are {len(cells)} cells; the header has {len(header)}"
                raise DossierError([Problem(name, reader.line_num, 1, message)])
            yield reader.line_num, header, dict(zip(header, cells, strict=True))
        if reader.line_num <= 1:
            _columns(name, header)
    except csv.Error as error:
        raise DossierError([Problem(name, reader.line_num, 1, str(error))]) from error


def _columns(name: str, header: Sequence[str]) -> Columns:
    """Which column holds what. Raises DossierError where one is missing."""
    kinds = tuple(title.removeprefix(TAKES) for title in header if title.startswith(TAKES))
    if not 1 <= len(kinds) <= MOST_KINDS:
        wrong = (
            f"there are {len(kinds)} columns `{TAKES}KIND`, one for each kind of items; 1 to "
            f"{MOST_KINDS} are read, for example: {EXAMPLE}"
        )
        raise DossierError([Problem(name, 1, 1, wrong)])
    missing = [title for title in ("agreed", *kinds) if title not in header]
    values = []
    for side in ("a", "b"):
        titles = []
        for kind in kinds:
            # what one item is worth may be named after one item: a_book for books
            known = [f"{side}_{kind}", f"{side}_{kind.removesuffix('s')}"]
            found = next((title for title in known if title in header), None)
            missing += [known[0]] if found is None else []
            titles.append(found or known[0])
        values.append(tuple(titles))
    if missing:
        wrong = f"there is no column {', '.join(missing)}; a header is, for example: {EXAMPLE}"
        raise DossierError([Problem(name, 1, 1, wrong)])
    taken = tuple(f"{TAKES}{kind}" for kind in kinds)
    return Columns(kinds, (values[0], values[1]), taken, OFFERS if OFFERS in header else None)


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

    def worth(self, title: str) -> float:
        """The number of a cell; -1 and a mistake noted where it holds none from 0 up."""
        cell = self.cells[title].strip()
        try:
            number = float(cell)
        except ValueError:
            number = math.nan
        if math.isfinite(number) and number >= 0:
            return number
        self.wrong(title, f"must be a number from 0 up, not `{cell}`")
        return -1.0


def _numbers(row: _Row, columns: Columns) -> list[float]:
    """A row as numbers: counts, values, what the first takes, offers."""
    counts = [row.whole(title) for title in columns.kinds]
    values = [[row.worth(title) for title in titles] for titles in columns.values]
    offers = -1
    if columns.offers is not None and row.cells[columns.offers].strip():
        offers = row.whole(columns.offers)
    flat = [*counts, *values[0], *values[1]]
    nothing = [-1] * len(counts)
    if min(flat) < 0:
        return [*flat, *nothing, offers]
    if math.prod(count + 1 for count in counts) > MOST_SPLITS or not any(counts):
        row.wrong(
            columns.kinds[0], f"there must be items, and at most {MOST_SPLITS:,} ways to split them"
        )
        return [*flat, *nothing, offers]
    for titles, worth in zip(columns.values, values, strict=True):
        if sum(v * c for v, c in zip(worth, counts, strict=True)) <= 0:
            row.wrong(titles[0], "all items together must be worth something")
    return [*flat, *_taken(row, columns, counts), offers]


def _taken(row: _Row, columns: Columns, counts: list[int]) -> list[int]:
    """What the first takes of each kind; -1 where there was no deal."""
    agreed, nothing = row.cells["agreed"].strip(), [-1] * len(counts)
    if agreed == "0":
        for title in columns.taken:
            if row.cells[title].strip():
                row.wrong(title, "must be empty where agreed is 0")
        return nothing
    if agreed != "1":
        row.wrong("agreed", f"must be 1 (a deal) or 0 (none), not `{agreed}`")
        return nothing
    taken = [row.whole(title) for title in columns.taken]
    for title, number, count in zip(columns.taken, taken, counts, strict=True):
        if number > count:
            row.wrong(title, f"only {count} were to be had, not {number}")
    return taken
