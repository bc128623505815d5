"""The chain of entries: each holds the id of the one before it, and its id covers all it holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.errors import LedgerError, readable
from summitry.ledger.summary import summary_of
from summitry.ledger.tables import contents, entries

SCHEMA = "summitry.entry/1"
BEGINNING = "0" * 64  # what the first entry names as the one before it
CHUNK = 1000


@dataclass(frozen=True)
class Entry:
    """One entry: its id, its place in the chain (1 is the first), and what it holds."""

    id: str
    position: int
    body: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """`forecast`, `rival` or `resolution`."""
        return str(self.body["kind"])

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain data: its id, and what the id covers."""
        return {"id": self.id, **self.body}


def head(connection: Connection) -> tuple[int, str]:
    """The last entry's place and id; (0, sixty-four zeros) before the first."""
    newest = select(entries.c.position, entries.c.id).order_by(entries.c.position.desc()).limit(1)
    found = connection.execute(newest).first()
    return (found.position, found.id) if found else (0, BEGINNING)


def append(connection: Connection, body: Mapping[str, Any], data: Iterable[bytes] = ()) -> Entry:
    """Add an entry with the contents it names. The connection is one of `writing`."""
    position, previous = head(connection)
    whole = {"schema": SCHEMA, "position": position + 1, "previous": previous, **body}
    text = canonical(whole)
    for content in data:
        keep(connection, content)
    entry = Entry(fingerprint(text), position + 1, whole)
    connection.execute(insert(entries).values(row_of(entry.id, text.decode(), whole)))
    return entry


def row_of(id: str, text: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as its table has it."""
    return {
        "id": id,
        "body": text,
        "summary": canonical(summary_of(body)).decode(),
        **{key: body[key] for key in ("position", "previous", "kind", "question")},
    }


def keep(connection: Connection, data: bytes) -> str:
    """Store bytes under their fingerprint, once."""
    sha256 = fingerprint(data)
    known = select(contents.c.sha256).where(contents.c.sha256 == sha256)
    if connection.execute(known).first() is None:
        connection.execute(insert(contents).values(sha256=sha256, data=data))
    return sha256


def content(connection: Connection, sha256: str) -> bytes:
    """What is stored under a fingerprint. Raises LedgerError where there is nothing."""
    found = connection.execute(select(contents.c.data).where(contents.c.sha256 == sha256)).scalar()
    if found is None:
        raise LedgerError(f"the ledger lacks the content {sha256}; look with `ledger verify`")
    return bytes(found)


def rows(connection: Connection, *columns: str, after: int = 0) -> Iterator[Any]:
    """The rows of all entries after a place, in order, read as they are needed."""
    chosen = [entries.c[name] for name in columns] or list(entries.c)
    query = select(*chosen).where(entries.c.position > after).order_by(entries.c.position)
    return iter(connection.execution_options(yield_per=CHUNK).execute(query))


def bodies_with(connection: Connection, text: str) -> list[dict[str, Any]]:
    """The bodies of all entries in which a text stands."""
    query = select(entries.c.body).where(entries.c.body.contains(text, autoescape=True))
    return [json.loads(body) for body in connection.execute(query).scalars()]


def asked_by(connection: Connection, name: str) -> tuple[str, dict[str, Any]]:
    """The question that an entry is about, or whose id begins so: its id, and what it holds.

    Raises LedgerError as `find` does.
    """
    with readable():
        id = str(find(connection, name).body["question"])
        return id, dict(json.loads(content(connection, id)))


def find(connection: Connection, name: str, kind: str | None = None) -> Entry:
    """The entry whose id (or the question whose id) begins with `name`; its newest, for a question.

    Raises LedgerError where there is none, or more than one.
    """
    name = name.strip().lower()
    if len(name) < 4 or not set(name) <= set("0123456789abcdef"):
        raise LedgerError(f"`{name}` is no id: write its first four digits or more")
    c = entries.c
    of_kind = () if kind is None else (c.kind == kind,)
    digits = (name, name + "g")  # all that begin so lie between; an index finds them
    by_id = select(entries).where(c.id.between(*digits), *of_kind).limit(2)
    found = connection.execute(by_id).all()
    if not found:
        newest = select(entries).where(c.question.between(*digits), *of_kind)
        found = connection.execute(newest.order_by(c.position.desc())).all()
        found = found[:1] if len({row.question for row in found}) == 1 else found
    if len(found) != 1:
        what = kind or "entry"
        raise LedgerError(
            f"no {what} has an id that begins with `{name}`" if not found
            else f"more than one id begins with `{name}`; write more of it"
        )  # fmt: skip
    with readable():
        return Entry(found[0].id, found[0].position, dict(json.loads(found[0].body)))
