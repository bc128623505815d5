"""Reference classes with their counts and intervals: several, for one alone misleads.

The outside view (Kahneman and Lovallo 1993): what past cases like this one brought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry import __version__
from summitry.analysis.telling import frame, told
from summitry.evidence.counting import CONFIDENCE, INTERVAL

SCHEMA = "summitry.classes/1"


@dataclass(frozen=True)
class Rate:
    """A share of a class's cases: k of n, and the mean and interval of what it may be.

    `recorded`: (k, n) as counted when the class was defined; None for a class of the user's.
    """

    title: str
    k: int
    n: int
    rate: float
    mean: float
    low: float
    high: float
    recorded: tuple[int, int] | None = None


@dataclass(frozen=True)
class CountedClass:
    """One reference class. `counts`: cases by outcome; empty where it is recorded only.

    `left_out`: rows that belong to the class and have none of the outcomes, by the reason.
    `file` is None where nothing was counted now. `agreement`: the outcomes that are one.
    """

    id: str
    title: str
    source: str
    file: str | None
    where: str | None
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    agreement: Sequence[str]
    rates: Sequence[Rate]


@dataclass(frozen=True)
class CountedFile:
    """A file that was read: its hash, its rows, and the data set it was taken to be."""

    name: str
    sha256: str
    rows: int
    source: str | None


@dataclass(frozen=True)
class ReferenceClasses:
    """The answer of `classes`: the classes, and their counts as a part of a dossier (YAML).

    `problems`: rows that could not be read and were left out, as `file:line:column: why`.
    """

    classes: Sequence[CountedClass]
    files: Sequence[CountedFile]
    snippet: str
    problems: Sequence[str] = ()
    interval: str = INTERVAL
    confidence: float = CONFIDENCE
    version: str = __version__
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each class and rate."""
        return [
            {
                "class": one.id,
                "title": rate.title,
                "source": one.source,
                "file": one.file,
                **{key: getattr(rate, key) for key in ("k", "n", "rate", "mean", "low", "high")},
            }
            for one in self.classes
            for rate in one.rates
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())
