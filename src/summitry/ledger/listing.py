"""Looking into a ledger: its entries in short, one in full, a content by its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from sqlalchemy import select

from summitry.ledger.chain import Entry, content, find, head, rows
from summitry.ledger.collecting import no_collecting
from summitry.ledger.connect import reading
from summitry.ledger.errors import LedgerError, readable
from summitry.ledger.summary import KEYS
from summitry.ledger.tables import contents
from summitry.ledger.titles import Titles, titles_of


@dataclass(frozen=True)
class Listed:
    """One entry in short; `corrected`: a later entry has taken its place.

    `titles` is what a reader calls the outcomes; empty where too many questions are listed.
    """

    position: int
    id: str
    kind: str
    question: str
    told: dict[str, Any]
    corrected: bool
    titles: Titles

    def to_dict(self) -> dict[str, Any]:
        """The entry in short as plain data."""
        named = {"position": self.position, "id": self.id, "kind": self.kind}
        return {**named, "question": self.question, **self.told, "corrected": self.corrected}


def listing(last: int | None = None, ledger: str | Path | None = None) -> Sequence[Listed]:
    """The last entries of a ledger in their order, or all."""
    with no_collecting(), reading(ledger) as connection:
        number, _ = head(connection)
        after = 0 if last is None else max(0, number - last)
        columns = ("position", "id", "kind", "question", "summary")
        found = [tuple(row) for row in rows(connection, *columns, after=after)]
        told = [_told(position, summary) for position, *_, summary in found]
        gone = {one["supersedes"] for one in told if "supersedes" in one}
        titles = titles_of(connection, (question for _, _, _, question, _ in found))
        return [
            Listed(position, id, kind, question, summary, id in gone, titles.get(question, {}))
            for (position, id, kind, question, _), summary in zip(found, told, strict=True)
        ]


def _told(position: int, summary: str) -> dict[str, Any]:
    """An entry's summary. Raises LedgerError where it was changed so that it tells nothing."""
    try:
        told = from_json(summary)
    except ValueError:
        told = None
    if not isinstance(told, dict) or "created" not in told:
        raise LedgerError(f"entry {position} was changed; look with `ledger verify`")
    return told


@dataclass(frozen=True)
class Shown:
    """One entry in full, with the question that it is about."""

    entry: Entry
    asked: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain data, the question it names under `asked`."""
        return {**self.entry.to_dict(), "asked": self.asked}


def shown_entry(name: str, ledger: str | Path | None = None) -> Shown:
    """The entry whose id begins so. Raises LedgerError where there is none, or several."""
    with reading(ledger) as connection, readable():
        entry = find(connection, name)
        if not set(KEYS.get(entry.body["kind"], ("?",))) - {"supersedes"} <= entry.body.keys():
            raise LedgerError(f"entry {name} was changed; look with `ledger verify`")
        return Shown(entry, dict(json.loads(content(connection, str(entry.body["question"])))))


def stored(sha256: str, ledger: str | Path | None = None) -> bytes | None:
    """What is kept under a whole fingerprint (a dossier, a file it names, a forecast), or None."""
    with reading(ledger) as connection:
        chosen = select(contents.c.data).where(contents.c.sha256 == sha256.strip().lower())
        data = connection.execute(chosen).scalar()
    return None if data is None else bytes(data)


def anchor(ledger: str | Path | None = None) -> str:
    """The head of the chain as `POSITION:ID`, to be published where nobody can change it."""
    with reading(ledger) as connection:
        position, id = head(connection)
    return f"{position}:{id}"
