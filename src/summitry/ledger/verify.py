"""Whether a ledger is what it was: the chain walked, forecasts made again, anchors found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summitry.analysis.telling import told
from summitry.ledger.chain import BEGINNING
from summitry.ledger.connect import reading
from summitry.ledger.errors import LedgerError
from summitry.ledger.holding import Holding, in_database, in_file
from summitry.ledger.place import ledger_url, shown
from summitry.ledger.walk import walk

FIRST_FORM = "summitry.forecast/1"


@dataclass(frozen=True)
class Verification:
    """What a check of a ledger found; it is whole where `wrong` is empty.

    `again` of all `forecasts` were made again from their stored inputs. `earlier` are the
    positions of those that the model's first form made: they are what was recorded, and this
    version cannot make them again.
    """

    place: str
    entries: int
    head: str
    forecasts: int
    again: int
    earlier: Sequence[int]
    anchors: int
    wrong: Sequence[str]
    schema: str = field(default="summitry.verification/2")

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return {**told(self), "whole": self.whole}


def verify(
    file: str | Path | None = None,
    *,
    sample: int | None = None,
    seed: int = 0,
    anchors: Sequence[str] = (),
    ledger: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Whether a ledger, or an exported `file` of one, is what it was when it was written.

    Walks the chain, computes every hash again, and makes forecasts again from their stored
    inputs: all, or `sample` of them chosen by `seed` (0: none). `anchors` are heads that
    were known before, as `ledger anchor` prints them (`POSITION:ID`).

    Raises LedgerError where there is no ledger or it cannot be read.
    """
    if sample is not None and sample < 0:
        raise ValueError(f"sample must be 0 or more, not {sample}")
    known = [_anchor(text) for text in anchors]
    with _held(file, ledger) as (place, holding):
        wrong, ids = list(holding.wrong), list[str]()
        bodies = (b for b in walk(holding, ids, wrong) if b["kind"] == "forecast")
        chosen, forecasts = _chosen(bodies, sample, seed)
        wrong += [text for anchor in known for text in _unfound(anchor, ids)]
        earlier = []
        for k, body in enumerate(chosen):
            if by_first_form(body, holding):
                earlier.append(body["position"])
            else:
                wrong += _again(body, holding)
            if progress:
                progress(k + 1, len(chosen))
    last, again = ids[-1] if ids else BEGINNING, len(chosen) - len(earlier)
    return Verification(place, len(ids), last, forecasts, again, earlier, len(known), wrong)


@contextmanager
def _held(file: str | Path | None, ledger: str | Path | None) -> Iterator[tuple[str, Holding]]:
    if file is not None:
        yield str(file), in_file(Path(file))
        return
    with reading(ledger) as connection:
        yield shown(ledger_url(ledger)), in_database(connection)


def _chosen(
    bodies: Iterable[dict[str, Any]], sample: int | None, seed: int
) -> tuple[list[dict[str, Any]], int]:
    """All forecasts or a sample of them, and how many there are; no others are kept in memory.

    Source: Vitter (1985), algorithm R.
    """
    chosen: list[dict[str, Any]] = []
    generator, number = random.Random(seed), 0
    for number, body in enumerate(bodies, start=1):
        if sample is None or len(chosen) < sample:
            chosen.append(body)
        elif (place := generator.randrange(number)) < sample:
            chosen[place] = body
    return sorted(chosen, key=lambda body: body["position"]), number


def by_first_form(body: dict[str, Any], holding: Holding) -> bool:
    """Whether a forecast is one of the model's first form."""
    if body["forecast"] not in holding.contents:
        return False
    try:
        whole = json.loads(holding.fetch(body["forecast"]))
    except (ValueError, RecursionError):
        return False
    return isinstance(whole, dict) and whole.get("schema") == FIRST_FORM


def _again(body: dict[str, Any], holding: Holding) -> list[str]:
    """What differs when one forecast is made again; nothing where its inputs are gone anyway."""
    named = {body["forecast"], *(one["sha256"] for one in body["inputs"])}
    if named - holding.contents:
        return [f"entry {body['position']} cannot be made again: its inputs are not whole"]
    from summitry.ledger.rerun import rerun  # checking the chain alone needs no game

    found = rerun(body, holding.fetch)
    return [f"entry {body['position']}, made again, differs: {text}" for text in found]


def _anchor(text: str) -> tuple[int, str]:
    position, colon, id = text.strip().partition(":")
    if not colon or not position.isdecimal() or len(id) != 64:
        raise LedgerError(f"`{text}` is no anchor; `ledger anchor` prints one as POSITION:ID")
    return int(position), id.lower()


def _unfound(anchor: tuple[int, str], ids: Sequence[str]) -> Iterator[str]:
    position, id = anchor
    if position > len(ids):
        yield (
            f"the anchor {position}:{id[:16]}… is not in the chain, which ends with entry "
            f"{len(ids)}: its end was cut"
        )
        return
    there = ids[position - 1] if position else BEGINNING
    if there != id:
        yield (
            f"the anchor {position}:{id[:16]}… is not in the chain: entry {position} is "
            f"{there[:16]}…; it is another history"
        )
