"""Walking the chain: every entry's bytes, place and predecessor, and the contents it names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.chain import BEGINNING, SCHEMA, row_of
from summitry.ledger.holding import Held, Holding
from summitry.ledger.summary import KEYS


def walk(holding: Holding, ids: list[str], wrong: list[str]) -> Iterator[dict[str, Any]]:
    """The bodies of all entries that can be read; adds to `ids` all ids, to `wrong` what is wrong."""
    previous, named = BEGINNING, set[str]()
    for place, held in enumerate(holding.entries, start=1):
        body = _read(held, place, wrong)
        if body is None:
            previous = str(held.row["id"]) if held.row else fingerprint(held.text)
            ids.append(previous)
            continue
        id = _identity(held, place, body, wrong)
        wrong.extend(_linked(body, place, previous))
        names = named_contents(body)
        named |= names
        wrong.extend(
            f"entry {place} names the content {sha256}, which is missing or was changed"
            for sha256 in sorted(names - holding.contents)
        )
        ids.append(id)
        previous = id
        yield body
    wrong.extend(
        f"the content {sha256} belongs to no entry: one is missing"
        for sha256 in sorted(holding.contents - named)
    )
    wrong.extend(_ends(holding, ids))


def _read(held: Held, place: int, wrong: list[str]) -> dict[str, Any] | None:
    try:
        body = json.loads(held.text)
        if canonical(body) != held.text:
            wrong.append(f"entry {place} is not in canonical form: it was changed")
        if body["schema"] != SCHEMA or body["kind"] not in KEYS:
            wrong.append(f"entry {place} is of a kind that this version of Summitry does not know")
            return None
        named_contents(body), row_of("", "", body)
        if not set(KEYS[body["kind"]]) - {"supersedes"} <= body.keys():
            raise KeyError("a part that its kind is listed by")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        wrong.append(f"entry {place} cannot be read as an entry: it was changed")
        return None
    return dict(body)


def _identity(held: Held, place: int, body: Mapping[str, Any], wrong: list[str]) -> str:
    """The id of an entry: the one its holder knows it by, checked against its bytes."""
    computed = fingerprint(held.text)
    if held.row is None:
        return computed
    stored = str(held.row["id"])
    if stored != computed:
        wrong.append(f"entry {place} was changed: its bytes give {computed}, its id is {stored}")
        return stored
    expected = row_of(computed, held.text.decode(), body)
    wrong.extend(
        f"entry {place}: the column `{key}` was changed; the entry itself says {expected[key]!r}"
        for key in expected
        if held.row[key] != expected[key]
    )
    return computed


def _linked(body: Mapping[str, Any], place: int, previous: str) -> Iterator[str]:
    if body["position"] != place:
        yield (
            f"in place {place} stands entry {body['position']}: entries were removed, added or "
            "reordered"
        )
    if body["previous"] != previous:
        yield (
            f"entry {place} follows {body['previous'][:16]}…, but the one before it is "
            f"{previous[:16]}…: one of them was changed, or one is missing"
        )


def named_contents(body: Mapping[str, Any]) -> set[str]:
    """The fingerprints of all contents that an entry names."""
    names = {str(body["question"])}
    if body["kind"] == "forecast":
        names |= {str(body["forecast"]), *(str(one["sha256"]) for one in body["inputs"])}
    return names


def _ends(holding: Holding, ids: list[str]) -> Iterator[str]:
    """Whether the chain ends where its holder says."""
    if holding.ends is None:
        return
    number, last = holding.ends
    if (number, last) != (len(ids), ids[-1] if ids else BEGINNING):
        yield (
            f"the chain is said to end with entry {number}, {last[:16]}…, but it ends with entry "
            f"{len(ids)}, {(ids[-1] if ids else BEGINNING)[:16]}…: the end was cut or changed"
        )
