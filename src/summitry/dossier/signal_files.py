"""Signals from a CSV beside the dossier: one row a signal, columns named like the YAML's keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.names import nearest
from summitry.dossier.source_text import LARGEST_TABLE, Row, decode, read_bytes

COLUMNS = (
    "id", "date", "known_at", "source", "reliability", "credibility", "kind", "party", "says",
    "shows", "likelihoods", "ratio", "cluster", "supersedes", "override", "because", "note",
)  # fmt: skip
REQUIRED = ("date", "source", "kind", "party", "says")


def read_signals(
    folder: Path, name: str
) -> tuple[list[tuple[Row, dict[str, Any]]], list[Problem], bytes]:
    """The rows of a CSV as raw signals with their places, misshapen rows, and the file's bytes.

    A cell that cannot be read as what its column holds stays a text, for the schema to refuse.
    Raises DossierError where the file cannot be read as a table of signals.
    """
    data = read_bytes(_beside(folder, name), name, LARGEST_TABLE)
    table = csv.reader(io.StringIO(decode(data, name), newline=""), strict=True)
    rows: list[tuple[Row, dict[str, Any]]] = []
    problems: list[Problem] = []
    try:
        header = tuple(column.strip() for column in next(table))
        _check_header(header, name)
        for line, cells in _filled(table):
            if len(cells) == len(header):
                rows.append((Row(name, line, header), _signal(header, cells)))
                continue
            message = f"{len(cells)} cells where the header has {len(header)}; quote commas"
            problems.append(Problem(name, line, 1, message))
    except csv.Error as error:
        raise DossierError([Problem(name, table.line_num, 1, f"no valid CSV: {error}")]) from None
    return rows, problems, data


def _beside(folder: Path, name: str) -> Path:
    """The file's path, if it lies in the dossier's folder or below."""
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve()) and not Path(name).is_absolute()
    except (OSError, ValueError):
        inside = False
    if not inside or ".." in Path(name).parts:
        raise DossierError([Problem(name, 0, 0, "a signal file lies beside the dossier or below")])
    return path


def _filled(table: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line on which it begins."""
    line = table.line_num + 1
    for cells in table:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = table.line_num + 1


def _check_header(header: tuple[str, ...], name: str) -> None:
    problems = [
        Problem(name, 1, at, f"unknown column `{column}`{nearest(column, COLUMNS)}")
        for at, column in enumerate(header, start=1)
        if column not in COLUMNS
    ]
    problems += [
        Problem(name, 1, 1, f"the column `{column}` is missing")
        for column in REQUIRED
        if column not in header
    ]
    problems += [
        Problem(name, 1, at, f"the column `{column}` stands here a second time")
        for at, column in enumerate(header, start=1)
        if column in header[: at - 1]
    ]
    if problems:
        raise DossierError(problems)


def _signal(header: tuple[str, ...], cells: list[str]) -> dict[str, Any]:
    given = {
        column: text.strip() for column, text in zip(header, cells, strict=True) if text.strip()
    }
    reliability = given.pop("reliability", None)
    raw = {column: _cell(column, text) for column, text in given.items()}
    if "source" in raw and reliability:
        raw["source"] = {"name": raw["source"], "reliability": reliability}
    return raw


def _cell(column: str, text: str) -> Any:
    if column == "ratio":
        return _number(text)
    if column == "credibility":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text
    if column == "override":
        return {"true": True, "false": False}.get(text.lower(), text)
    if column in ("supersedes", "because"):
        return text.replace(";", " ").split()
    if column == "likelihoods":
        pairs = [part.partition("=") for part in text.replace(";", " ").split()]
        return {name: _number(value) for name, _, value in pairs}
    return text


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
