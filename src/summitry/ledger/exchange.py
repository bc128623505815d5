"""A ledger as one file of JSON Lines, and back.

The first line tells how many entries there are and the last one's id. Then comes, for each
entry, what it is the first to name, and the entry itself: the SHA-256 of its line is its id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, insert

from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.chain import content, head, keep, row_of, rows
from summitry.ledger.connect import reading, writing
from summitry.ledger.errors import LedgerError, readable
from summitry.ledger.holding import SCHEMA, Holding, content_line, in_file
from summitry.ledger.tables import entries
from summitry.ledger.verify import verify
from summitry.ledger.walk import named_contents

SQLITE = b"SQLite format 3\0"  # what every such file begins with


def exported(ledger: str | Path | None = None) -> Iterator[bytes]:
    """The lines of a ledger's file, without their ends."""
    with reading(ledger) as connection:
        number, last = head(connection)
        yield canonical({"schema": SCHEMA, "entries": number, "head": last})
        told = set[str]()
        for row in rows(connection, "body"):
            with readable():
                names = named_contents(json.loads(row.body))
            for sha256 in sorted(names - told):
                told.add(sha256)
                yield content_line(content(connection, sha256))
            yield row.body.encode()


def export_to(path: Path, ledger: str | Path | None = None) -> int:
    """Write a ledger into a file, whole or not at all; how many lines it has.

    Raises OSError, which names the file, where it cannot be written, and LedgerError where
    there is a ledger in its place.
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
            return _write(path, ledger)
        _spare(path)
        whole = path.resolve()
        part = whole.with_name(f".{whole.name}.part")
        try:
            number = _write(part, ledger)
            part.replace(whole)
        finally:
            with suppress(OSError):
                part.unlink()
    except OSError as error:  # a full disk names no file, and nobody knows of the part
        raise OSError(error.errno, error.strerror, str(path)) from None
    return number


def _write(path: Path, ledger: str | Path | None) -> int:
    number = 0
    with path.open("wb") as file:
        for line in exported(ledger):
            file.write(line + b"\n")
            number += 1
    return number


def _spare(path: Path) -> None:
    """Raises LedgerError where an export would take the place of a ledger, this one or another."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        if file.read(len(SQLITE)) == SQLITE:
            raise LedgerError(
                f"{path}: is a database, perhaps a ledger; nothing was exported, name another file"
            )


def import_from(path: Path, ledger: str | Path | None = None) -> int:
    """Add what an exported file holds beyond this ledger; how many entries that is.

    Raises LedgerError where the file does not verify or tells another history.
    """
    found = verify(path, sample=0)
    if not found.whole:
        told = "\n".join(f"- {text}" for text in found.wrong[:5])
        raise LedgerError(f"{path}: does not verify; nothing was imported:\n{told}")
    holding = in_file(path)
    texts = [held.text for held in holding.entries]
    with writing(ledger) as connection:
        there = [row.id for row in rows(connection, "id")]
        for place, (id, text) in enumerate(zip(there, texts, strict=False), start=1):
            if id != fingerprint(text):
                raise LedgerError(
                    f"{path}: tells another history from entry {place} on; nothing was imported"
                )
        for text in texts[len(there) :]:
            _add(connection, text, holding)
    return max(0, len(texts) - len(there))


def _add(connection: Connection, text: bytes, holding: Holding) -> None:
    body = json.loads(text)
    for sha256 in sorted(named_contents(body)):
        keep(connection, holding.fetch(sha256))
    connection.execute(insert(entries).values(row_of(fingerprint(text), text.decode(), body)))
