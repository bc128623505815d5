"""Every forecast's scores, averaged over the days it stood and taken at fixed leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from summitry.ledger.gathering import Asked
from summitry.ledger.scoring import (
    FLOOR,
    Floats,
    Ints,
    brier,
    given,
    logarithmic,
    ranked,
    thresholds,
)

SCORES = {"ranked": ranked, "brier": brier, "logarithmic": logarithmic}
AVERAGED = "time-averaged"
LEADS = (30, 7, 1)
UNIFORM, REFERENCE = "uniform", "reference class"


@dataclass(frozen=True)
class Laid:
    """All forecasts of some questions side by side (F of them), as arrays.

    `owner`: the place of each one's question; `lead_from`, `lead_to`: it stood from so many
    days before the outcome to just before so many. `of` maps a forecaster (ours, the
    uniform, the reference class) and a score to its values, NaN where there is none;
    `thresholds` are our Brier scores of "at least outcome 1, 2, ..." (F, most thresholds).
    """

    questions: int
    owner: Ints
    lead_from: Ints
    lead_to: Ints
    of: dict[tuple[str, str], Floats]
    thresholds: Floats
    floored: int


def lay(asked: Sequence[Asked], standing: str) -> Laid:
    """The forecasts of one standing, with all their scores."""
    stood = [(k, one) for k, q in enumerate(asked) for one in q.ours.get(standing, [])]
    owner = np.array([k for k, _ in stood], int)
    day = np.array([q.day for q in asked], int)[owner]
    outcomes = np.array([len(one.p) for _, one in stood])
    y = np.array([q.outcome for q in asked], int)[owner]
    of = {(who, name): np.full(len(stood), np.nan)
          for who in ("ours", UNIFORM, REFERENCE) for name in SCORES}  # fmt: skip
    floored, high = 0, np.full((len(stood), max(outcomes) - 1), np.nan)
    for count in np.unique(outcomes):
        at = np.flatnonzero(outcomes == count)
        p = _table([stood[k][1].p for k in at], count)
        empty = (np.nan,) * int(count)
        reference = _table([stood[k][1].reference or empty for k in at], count)
        whom = {"ours": p, UNIFORM: np.full_like(p, 1 / count), REFERENCE: reference}
        for who, q in whom.items():
            for name, score in SCORES.items():
                of[who, name][at] = score(q, y[at])
        high[at, : count - 1] = thresholds(p, y[at])
        floored += int((given(p, y[at]) < FLOOR).sum())
    starts = np.array([one.start for _, one in stood], int)
    ends = np.array([one.end for _, one in stood], int)
    return Laid(len(asked), owner, day - starts, day - ends, of, high, floored)


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    """Rows of numbers as an array (much faster than numpy's own way with many short rows)."""
    return np.fromiter(chain.from_iterable(rows), float, len(rows) * columns).reshape(-1, columns)


def averaged(laid: Laid, values: Floats) -> Floats:
    """One number a question: the mean over the days on which forecasts stood."""
    days = (laid.lead_from - laid.lead_to).astype(float)
    total = np.bincount(laid.owner, days, laid.questions)
    summed = np.bincount(laid.owner, days * values, laid.questions)
    return np.divide(summed, total, out=np.full(laid.questions, np.nan), where=total > 0)


def before(laid: Laid, values: Floats, lead: int) -> Floats:
    """One number a question: of the forecast that stood so many days before the outcome."""
    found = np.full(laid.questions, np.nan)
    at = (laid.lead_from >= lead) & (laid.lead_to < lead)
    found[laid.owner[at]] = values[at]
    return found


def per_question(laid: Laid, values: Floats) -> dict[str, Floats]:
    """One number a question for every time that is told: averaged, and at each lead."""
    leads = {f"{k} day{'s' * (k != 1)} before": before(laid, values, k) for k in LEADS}
    return {AVERAGED: averaged(laid, values), **leads}
