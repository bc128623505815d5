"""Where entries are held, in one form for all who check them: a database, or an exported file."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.chain import CHUNK, content, head, rows
from summitry.ledger.errors import LedgerError
from summitry.ledger.guards import faults_of_guards
from summitry.ledger.tables import contents

SCHEMA = "summitry.ledger/1"


@dataclass(frozen=True)
class Held:
    """One entry as it is held: its bytes, and what a table says of it beside (in a file: nothing)."""

    text: bytes
    row: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Holding:
    """All that is held: what is wrong with it already, its contents, its entries.

    `contents` are the fingerprints of all contents that are sound, `fetch` gives one.
    `ends`: how many entries there are and the id of the last, as the holder itself says.
    """

    wrong: list[str]
    contents: set[str]
    fetch: Callable[[str], bytes]
    entries: Iterator[Held]
    ends: tuple[int, str] | None


def in_database(connection: Connection) -> Holding:
    """What a ledger holds. The connection is one of `reading`."""
    wrong = [*faults_of_guards(connection)]
    sound = set()
    found = connection.execution_options(yield_per=CHUNK).execute(select(contents))
    for sha256, data in found:
        given = fingerprint(_bytes(data))
        if given == sha256 and isinstance(data, bytes):
            sound.add(sha256)
        else:
            wrong.append(f"the content {sha256} was changed: its bytes give {given}")
    entries = (Held(_bytes(row.body), row._mapping) for row in rows(connection))
    return Holding(
        wrong, sound, lambda sha256: content(connection, sha256), entries, head(connection)
    )


def _bytes(value: Any) -> bytes:
    """A cell's bytes; one changed by force may hold anything (SQLite checks no types)."""
    return value if isinstance(value, bytes) else str(value).encode()


def in_file(path: Path) -> Holding:
    """What an exported file holds, every line checked.

    Raises LedgerError where it is no export, OSError where it cannot be read.
    """
    wrong: list[str] = []
    places: dict[str, int] = {}
    texts: list[Held] = []
    at = 0
    with path.open("rb") as file:
        first = file.readline()
        ends = _header(first, path, wrong)
        at += len(first)
        for number, line in enumerate(file, start=2):
            text = line.removesuffix(b"\n")
            if text.startswith(b'{"base64"') or text.startswith(b'{"sha256"'):
                _index(text, number, at, places, wrong)
            else:
                texts.append(Held(text))
            at += len(line)
    if first and not line_ends(path):
        wrong.append("the last line is cut: it lacks its end")
    return Holding(wrong, set(places), lambda s: _fetch(path, places[s]), iter(texts), ends)


def line_ends(path: Path) -> bool:
    """Whether a file's last line is whole."""
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"


def _header(line: bytes, path: Path, wrong: list[str]) -> tuple[int, str]:
    try:
        header = json.loads(line)
        schema, ends = header["schema"], (int(header["entries"]), str(header["head"]))
        in_form = canonical(header) + b"\n" == line
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise LedgerError(f"{path}: is no exported ledger; its first line is no header") from None
    if schema != SCHEMA:
        raise LedgerError(f"{path}: is a `{schema}`; this version of Summitry reads `{SCHEMA}`")
    if not in_form:
        wrong.append("line 1 is not in canonical form: it was changed")
    return ends


def _index(text: bytes, number: int, at: int, places: dict[str, int], wrong: list[str]) -> None:
    """Note where a content stands, or what is wrong with it."""
    try:
        line = json.loads(text)
        data = _data(line)
        sound = fingerprint(data) == line["sha256"] and content_line(data) == text
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        wrong.append(f"line {number} is no content: it was changed")
        return
    if not sound:
        wrong.append(f"line {number}: the content {line['sha256']} was changed")
    elif line["sha256"] in places:
        wrong.append(f"line {number}: the content {line['sha256']} stands there twice")
    else:
        places[line["sha256"]] = at


def content_line(data: bytes) -> bytes:
    """A content as a line of an exported file: as text where it is text."""
    try:
        told = {"sha256": fingerprint(data), "text": data.decode()}
    except UnicodeDecodeError:
        told = {"base64": base64.b64encode(data).decode(), "sha256": fingerprint(data)}
    return canonical(told)


def _data(line: Mapping[str, Any]) -> bytes:
    if "text" in line:
        return str(line["text"]).encode()
    return base64.b64decode(line["base64"], validate=True)


def _fetch(path: Path, at: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return _data(json.loads(file.readline()))
