"""Signals from a CSV beside the dossier: one row a signal, columns named like the YAML's keys."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.names import nearest
from summitry.dossier.source_text import decode, read_bytes

COLUMNS = (
    "id", "date", "known_at", "source", "reliability", "credibility", "kind", "party", "says",
    "shows", "likelihoods", "ratio", "cluster", "supersedes", "override", "because", "note",
)  # fmt: skip
REQUIRED = ("date", "source", "kind", "party", "says")


def read_signals(folder: Path, name: str) -> tuple[list[dict[str, Any]], list[Problem], bytes]:
    """The rows of a CSV as raw signals, the mistakes in single cells, and the file's bytes.

    Each raw signal carries its row under `_row`. Raises DossierError where the file cannot be
    read as a table of signals.
    """
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise DossierError([Problem(name, 0, 0, "a signal file lies beside the dossier or below")])
    data = read_bytes(folder / name, name)
    table = csv.reader(io.StringIO(decode(data, name), newline=""), strict=True)
    try:
        header = [column.strip() for column in next(table)]
        _check_header(header, name)
        rows, problems = [], []
        for cells in table:
            line = table.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"{len(cells)} cells where the header has {len(header)}; quote commas"
                problems.append(Problem(name, line, 1, message))
                continue
            raw, wrong = _row(dict(zip(header, cells, strict=True)), header, name, line)
            rows.append(raw)
            problems.extend(wrong)
    except csv.Error as error:
        raise DossierError([Problem(name, table.line_num, 1, f"no valid CSV: {error}")]) from None
    return rows, problems, data


def _check_header(header: list[str], name: str) -> None:
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
    if len(set(header)) < len(header):
        problems.append(Problem(name, 1, 1, "a column stands twice"))
    if problems:
        raise DossierError(problems)


def _row(
    cells: dict[str, str], header: list[str], name: str, line: int
) -> tuple[dict[str, Any], list[Problem]]:
    raw: dict[str, Any] = {"_row": line}
    problems = []
    for column, text in cells.items():
        text = text.strip()
        if not text or column == "reliability":
            continue
        try:
            raw[column] = _cell(column, text)
        except ValueError as error:
            place = header.index(column) + 1
            problems.append(Problem(name, line, place, f"`{text}` in `{column}`: {error}"))
    reliability = cells.get("reliability", "").strip()
    if "source" in raw and reliability:
        raw["source"] = {"name": raw["source"], "reliability": reliability}
    return raw, problems


def _cell(column: str, text: str) -> Any:
    if column in ("date", "known_at"):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError("a date is written 2019-02-10") from None
    if column == "credibility":
        if not text.isdigit():
            raise ValueError("a credibility is a whole number from 1 to 6")
        return int(text)
    if column == "ratio":
        return _number(text)
    if column == "override":
        if text.lower() not in ("true", "false"):
            raise ValueError("write true or false")
        return text.lower() == "true"
    if column in ("supersedes", "because"):
        return text.replace(";", " ").split()
    if column == "likelihoods":
        pairs = [part.partition("=") for part in text.replace(";", " ").split()]
        return {name: _number(value) for name, _, value in pairs}
    return text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError("a number is needed") from None
