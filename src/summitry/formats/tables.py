"""A table of cases as rows of text, each with its line; comma, semicolon or tab, with a header."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summitry.dossier.errors import DossierError, Problem

DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000
MOST_LINES = 100


@dataclass(frozen=True)
class Table:
    """A file whose first line names its columns."""

    path: Path
    name: str
    columns: tuple[str, ...]
    delimiter: str


def check_readable(path: Path, name: str) -> None:
    """Raises DossierError where there is no regular file with something in it."""
    if path.is_dir():
        raise refused(name, "is a directory; name the files in it")
    if not path.exists():
        raise refused(name, "there is no such file")
    if not path.is_file():
        raise refused(name, "is no regular file but a device or pipe; save it as a file")
    if path.stat().st_size == 0:
        raise refused(name, "is empty")


def refused(name: str, message: str, line: int = 0) -> DossierError:
    """A file, or one line of it, that cannot be used."""
    return DossierError([Problem(name, line, 1 if line else 0, message)])


def open_table(file: str | Path) -> Table:
    """A file's columns. Raises DossierError where it is no table with a header."""
    path, name = Path(file), str(file)
    check_readable(path, name)
    first = next(_lines(path, name))
    delimiter = max(DELIMITERS, key=first.count)
    columns = tuple(c.strip() for c in next(csv.reader([first], delimiter=delimiter), []))
    twice = [c for k, c in enumerate(columns) if c in columns[:k] and c]
    if twice:
        raise refused(name, f"the column `{twice[0]}` stands here twice; rename one", 1)
    if len([c for c in columns if c]) < 2:
        raise refused(name, "the first line names no columns; a header is needed", 1)
    return Table(path, name, columns, delimiter)


def rows_of(table: Table, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the line each begins on; misshapen ones are added to the problems."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_lines(table.path, table.name), delimiter=table.delimiter)
    number = len(table.columns)
    try:
        next(reader)
        line = reader.line_num + 1
        for cells in reader:
            wrong = _misshapen(cells, number, reader.line_num - line)
            if wrong:
                problems.append(Problem(table.name, line, 1, f"{wrong}; left out"))
            elif any(cell.strip() for cell in cells):
                yield line, dict(zip(table.columns, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        raise refused(table.name, f"no valid table: {error}", reader.line_num) from None


def _misshapen(cells: list[str], number: int, lines: int) -> str | None:
    """What is wrong with a row as a whole, if anything; quotes inside cells are let pass."""
    if lines > MOST_LINES:
        return f"a row of {lines + 1:,} lines: a quotation is left open"
    if len(cells) != number and any(cell.strip() for cell in cells):
        return f"{len(cells)} cells where the header has {number}"
    return None


def _lines(path: Path, name: str) -> Iterator[str]:
    """The lines as text. Raises DossierError at the first that is no text."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                text = "\0"
            if "\0" in text:
                message = "is no text in UTF-8; save the file as CSV (unpack an archive first)"
                raise refused(name, message, number)
            yield text


def digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
