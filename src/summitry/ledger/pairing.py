"""Ours beside each rival's on the same questions, over the days on which both stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from summitry.ledger.gathering import Asked, Stood
from summitry.ledger.scoring import Floats, event, ranked

RANKED, EVENT = "ranked probability score", "Brier score of the event"
Key = tuple[str, str]


class _Common(NamedTuple):
    """Two forecasts of one question, and on how many days both stood."""

    question: int
    days: int
    outcome: int
    ours: tuple[float, ...]
    theirs: tuple[float, ...]


def paired(asked: Sequence[Asked], standing: str) -> Mapping[Key, tuple[Floats, Floats]]:
    """For each rival and score: ours and theirs on each common question, averaged over the days."""
    found: dict[Key, list[_Common]] = {}
    for k, question in enumerate(asked):
        ours = question.ours[standing]
        for by, theirs in question.rivals.items():
            key = (by, RANKED if theirs[0].event is None else EVENT)
            found.setdefault(key, []).extend(_common(k, question.outcome, ours, theirs))
    return {key: _averaged(key[1], common) for key, common in found.items() if common}


def _common(
    k: int, outcome: int, ours: Sequence[Stood], theirs: Sequence[Stood]
) -> Iterator[_Common]:
    for b in theirs:
        for a in ours:
            days = min(a.end, b.end) - max(a.start, b.start)
            if days <= 0:
                continue
            if b.event is None:
                yield _Common(k, days, outcome, a.p, b.p)
            else:
                mine = sum(a.p[tier] for tier in b.event)
                yield _Common(k, days, outcome in b.event, (mine,), b.p)


def _averaged(scored: str, common: Sequence[_Common]) -> tuple[Floats, Floats]:
    """Two numbers a question: the means over the days, weighted by how long each pair stood."""
    questions, owner = np.unique([one.question for one in common], return_inverse=True)
    days = np.array([one.days for one in common], float)
    total = np.bincount(owner, days)
    scores = _scores(scored, common)
    ours, theirs = (np.bincount(owner, days * s, len(questions)) / total for s in scores)
    return ours, theirs


def _scores(scored: str, common: Sequence[_Common]) -> tuple[Floats, Floats]:
    y = np.array([one.outcome for one in common], int)
    both = [one.ours for one in common], [one.theirs for one in common]
    if scored == EVENT:
        ours, theirs = (event(np.array(p)[:, 0], y) for p in both)
        return ours, theirs
    ours, theirs = np.full(len(y), np.nan), np.full(len(y), np.nan)
    outcomes = np.array([len(p) for p in both[0]])
    for count in np.unique(outcomes):
        at = np.flatnonzero(outcomes == count)
        ours[at] = ranked(np.array([both[0][k] for k in at]), y[at])
        theirs[at] = ranked(np.array([both[1][k] for k in at]), y[at])
    return ours, theirs
