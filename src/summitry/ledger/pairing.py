"""Ours beside a rival's on the same question, over the days on which both stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from summitry.ledger.gathering import Asked, Stood
from summitry.ledger.scoring import event, ranked

RANKED, EVENT = "ranked probability score", "Brier score of the event"


def paired(asked: Asked, standing: str) -> Iterator[tuple[str, str, float, float]]:
    """For each rival of a question: who, which score, ours and theirs, averaged over the days."""
    ours = asked.ours.get(standing, [])
    for by, theirs in asked.rivals.items():
        scored = EVENT if theirs[0].event is not None else RANKED
        sums = np.zeros(2)
        days = 0
        for a, b in _both(ours, theirs):
            common = min(a.end, b.end) - max(a.start, b.start)
            sums += common * np.array(_scores(asked, a, b))
            days += common
        if days:
            yield by, scored, float(sums[0] / days), float(sums[1] / days)


def _both(ours: Sequence[Stood], theirs: Sequence[Stood]) -> Iterator[tuple[Stood, Stood]]:
    """The pairs that have days in common; both lists are in order."""
    for b in theirs:
        for a in ours:
            if max(a.start, b.start) < min(a.end, b.end):
                yield a, b


def _scores(asked: Asked, ours: Stood, theirs: Stood) -> tuple[float, float]:
    y = asked.outcome
    if theirs.event is None:
        both = ranked(np.array([ours.p, theirs.p]), np.array([y, y]))
        return float(both[0]), float(both[1])
    happened = y in theirs.event
    mine = sum(ours.p[k] for k in theirs.event)
    return float(event(mine, happened)), float(event(theirs.p[0], happened))
