"""The answer of `score`: what the record holds, and how good it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry.analysis.telling import frame, told
from summitry.ledger.bootstrap import Mean
from summitry.ledger.calibration import Calibration

SCHEMA = "summitry.scores/1"


@dataclass(frozen=True)
class Measure:
    """One score over the questions: its mean, and the skill against past cases and chance.

    `when` is `time-averaged` or the days before the outcome; the skill against the
    reference class is over the questions that have one (None: there is none).
    """

    when: str
    score: str
    mean: Mean
    against_reference: Mean | None
    against_uniform: Mean | None


@dataclass(frozen=True)
class Threshold:
    """The mean Brier score of "at least outcome number `threshold`", averaged over the days."""

    threshold: int
    tier: str | None
    mean: Mean


@dataclass(frozen=True)
class Pair:
    """Ours and a rival's on the questions that both answered; a difference below 0 favours us."""

    by: str
    score: str
    ours: float
    theirs: float
    difference: Mean


@dataclass(frozen=True)
class Answered:
    """One resolved question and our ranked probability score on it."""

    question: str
    title: str
    date: dt.date
    outcome: str
    ranked: float
    leads: Mapping[str, float | None]


@dataclass(frozen=True)
class Standing:
    """The scores of forecasts of one standing: `ahead` of the outcome, or a `replay` after it."""

    standing: str
    questions: Sequence[Answered]
    forecasts: int
    floored: int
    measures: Sequence[Measure]
    thresholds: Sequence[Threshold]
    rivals: Sequence[Pair]
    calibration: Sequence[Calibration]


@dataclass(frozen=True)
class Scores:
    """The answer of `score`: each standing apart, and what the record holds in all.

    `corrected_late` forecasts came as corrections when the outcome could be known: they
    changed no score. `idle` forecasts of resolved questions, and `idle_rivals` of others, stood
    on no day before the outcome and are not scored. `floor` is the least probability that the logarithmic score knows.
    `titles` is what outcomes are called where all resolved questions that have them agree.
    """

    place: str
    head: str
    entries: int
    forecasts: int
    questions: int
    resolved: int
    corrected_late: int
    idle: int
    idle_rivals: int
    floor: float
    seed: int
    resamples: int
    standings: Sequence[Standing]
    titles: Mapping[str, str]
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each standing, time and score."""
        return [
            {
                "standing": group.standing,
                "when": measure.when,
                "score": measure.score,
                "n": measure.mean.n,
                "mean": measure.mean.value,
                "low": measure.mean.low,
                "high": measure.mean.high,
                "skill_against_reference": getattr(measure.against_reference, "value", None),
                "skill_against_uniform": getattr(measure.against_uniform, "value", None),
            }
            for group in self.standings
            for measure in group.measures
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())
