"""Signals made from coded events: as rows of a dossier's signal file, and what they rest on."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry import __version__
from summitry.analysis.telling import frame, told

SCHEMA = "summitry.signals/1"
COLUMNS = (
    "id", "date", "known_at", "source", "reliability", "credibility", "kind", "party", "shows",
    "ratio", "cluster", "supersedes", "says", "because", "note",
)  # fmt: skip


@dataclass(frozen=True)
class EventSignal:
    """One signal as a row of a signal file; `ratio` None: the default of its kind.

    `events`: how many coded events it stands for, `between`: how many there were between the
    two that week.
    """

    id: str
    date: dt.date
    known_at: dt.date
    source: str
    reliability: str
    credibility: int
    kind: str
    party: str
    shows: str
    ratio: float | None
    cluster: str
    says: str
    note: str
    direction: str
    events: int
    between: int


@dataclass(frozen=True)
class EventFile:
    """A file that was read: its format, its hash, its rows."""

    name: str
    format: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class EventSignals:
    """The answer of `signals`: the signals, the files, and what was left out.

    `shows`: by party, the type that cooperation and the type that conflict shows. `lag`: the
    days after an event until it counts as known, where the file does not say when (None where
    all files do). `counts`: events between the two (`events`), of which repeated, without
    direction, and known more than 30 days late gave no signal; `misread`: rows left out, the
    first of them told in `problems`.
    """

    dyad: Sequence[str]
    shows: Mapping[str, Mapping[str, str]]
    signals: Sequence[EventSignal]
    files: Sequence[EventFile]
    lag: int | None
    counts: Mapping[str, int]
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()
    version: str = __version__
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each signal, by the columns of a signal file."""
        return [{column: getattr(one, column, None) for column in COLUMNS} for one in self.signals]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())

    def to_csv(self) -> str:
        """The signals as a signal file: CSV with a header."""
        out = io.StringIO()
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        table.writeheader()
        for row in self.rows():
            ratio = "" if row["ratio"] is None else f"{row['ratio']:.4g}"
            table.writerow({**row, "ratio": ratio})
        return out.getvalue()
