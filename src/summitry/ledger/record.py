"""Putting a forecast on record, with everything that it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from sqlalchemy import Connection

from summitry.analysis.setup import Options, Setup, open_document
from summitry.analysis.telling import titles_of
from summitry.dossier.reader import Document
from summitry.ledger.chain import Entry, append
from summitry.ledger.connect import writing
from summitry.ledger.correcting import corrected
from summitry.ledger.errors import Refused
from summitry.ledger.leaks import leaks
from summitry.ledger.making import make, play
from summitry.ledger.question import meets_no_tier, round_of, too_loose
from summitry.ledger.rivals import Unscored, rivals_in
from summitry.ledger.signing import now, signed


@dataclass(frozen=True)
class Recorded:
    """What was put on record: the forecast's entry, and those of the dossier's rivals.

    `unscored` are the rivals that were not recorded, each with the reason; `notes` what the
    author should know, `titles` what a reader calls the outcomes.
    """

    entry: Entry
    rivals: Sequence[Entry]
    unscored: Sequence[Unscored]
    notes: Sequence[str]
    titles: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The entries as plain data, ready for JSON."""
        return {
            "schema": "summitry.recorded/1",
            "entry": self.entry.to_dict(),
            "rivals": [entry.to_dict() for entry in self.rivals],
            "unscored": [{"by": one.by, "reason": one.reason} for one in self.unscored],
            "notes": list(self.notes),
        }


def record(
    dossier: str | Path | Document,
    *,
    author: str | None = None,
    supersedes: str | None = None,
    because: str | None = None,
    ledger: str | Path | None = None,
    **options: Unpack[Options],
) -> Recorded:
    """A forecast on record: made now, with its question, inputs and numbers, never to change.

    The options are those of `expect`. `ledger` is a path or URL (by default that of
    `SUMMITRY_LEDGER`, else a file of this user's); `supersedes` the id of a forecast that
    this one corrects, and `because` the reason. Rivals in the dossier are recorded too.

    Raises Refused where the question is too loose to be judged or an input that counts was
    known only after the cut-off, LedgerError where the ledger cannot take it, and what
    `expect` raises.
    """
    signature = signed(author)
    document = open_document(dossier, options.get("changes", ()))
    played = play(document, options)
    setup = played.setup
    insist(setup)
    made = make(played, options)
    with writing(ledger) as connection:
        body = made.body | corrected(connection, made.body, supersedes, because)
        contents = [made.question, made.forecast]
        entry, rivals, unscored = enter(connection, signature, body, contents, document)
    titles = titles_of(setup.dossier, setup.tiers)
    return Recorded(entry, rivals, unscored, list(_notes(setup, entry)), titles)


def enter(
    connection: Connection,
    signature: Mapping[str, str],
    body: Mapping[str, Any],
    contents: Sequence[bytes],
    document: Document,
) -> tuple[Entry, list[Entry], list[Unscored]]:
    """Add a forecast's entry with its contents and files, and those of the dossier's rivals.

    Returns the entry, the rivals' that were not there yet, and the rivals without one.
    """
    files = [data for _, data in document.files]
    entry = append(connection, {**signature, **body}, [*contents, *files])
    bodies, unscored = rivals_in(connection, document.dossier, body["question"])
    rivals = [append(connection, {**signature, **rival}) for rival in bodies]
    return entry, rivals, unscored


def insist(setup: Setup) -> None:
    """Raises Refused with all reasons against putting this on record."""
    reasons = [*too_loose(setup.dossier, setup.question), *leaks(setup, now().date())]
    if reasons:
        raise Refused(f"the forecast of {setup.document.name}", reasons)


def _notes(setup: Setup, entry: Entry) -> Iterator[str]:
    body, dossier = entry.body, setup.dossier
    day = round_of(dossier, setup.question).date
    if day and str(day) <= body["created"][:10]:
        yield (
            f"recorded on {body['created'][:10]}, not before the day of the outcome ({day}): it "
            "is scored apart, as a replay"
        )
    loose = meets_no_tier(dossier)
    if loose:
        yield (
            f"an agreement that meets no tier (`{loose}` and no more, for example) will count as "
            "`none`"
        )
    if body["excluded"]:
        yield (
            "signals that became known after the cut-off, stored and marked as excluded: "
            f"{len(body['excluded'])}"
        )
