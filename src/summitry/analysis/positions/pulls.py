"""Who pulls an issue where: levers on its forecast, and coalitions for and against a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.positions import grid
from summitry.analysis.positions.mixture import Constants, Procedure, features_of, forecast
from summitry.analysis.positions.pce import FLOOR
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats

TWICE = 2.0


@dataclass(frozen=True)
class Contest:
    """Two places put against each other: who is for `place`, who for `other`, who for neither.

    `strength` is the share of the votes cast, power times salience times the difference the
    two make, that `place` has: the chance that it beats the other.
    """

    place: float
    other: float
    in_favour: Sequence[str]
    against: Sequence[str]
    indifferent: Sequence[str]
    strength: float


def levers(stands: Stands, procedure: Procedure, constants: Constants) -> Floats:
    """What each party would move the forecast's mean by: (4, n), in points of 100; one draw.

    Rows: if it took the next stated position above its own, or below; its salience doubled,
    or 0. NaN where there is no such position, or nobody would be left who cares.
    """
    n = len(stands.positions)
    positions = np.tile(stands.positions, (5, n, 1))  # the last row: as things are
    salience = np.tile(stands.salience, (5, n, 1))
    own = np.arange(n)
    places = np.unique(stands.positions)
    place = np.searchsorted(places, stands.positions)
    positions[0, own, own] = places[np.minimum(place + 1, len(places) - 1)]
    positions[1, own, own] = places[np.maximum(place - 1, 0)]
    salience[2, own, own] *= TWICE
    salience[3, own, own] = 0.0
    left = (salience * stands.power).sum(axis=-1) > 0
    salience = np.where(left[..., None], salience, stands.salience)
    without = stands.no_agreement
    changed = stands._replace(
        positions=positions,
        salience=salience,
        power=np.broadcast_to(stands.power, positions.shape),
        no_agreement=None if without is None else np.full((5, n), float(without)),
    )
    # in one batch: the election's steps end for all at once
    means = grid.mean(forecast(features_of(changed, procedure), constants))
    after, before = means[:4], means[4]
    possible = left[:4] & np.array([place < len(places) - 1, place > 0, left[2], left[3]])
    return np.where(possible, after - before, np.nan)


def contests(stands: Stands, parties: Sequence[str], chances: Floats) -> list[Contest]:
    """The likeliest stated position against the next stated ones below and above; one draw.

    `chances` (n): how likely each party's position is to prevail.
    """
    places = np.unique(stands.positions)
    front = float(stands.positions[int(np.argmax(chances))])
    k = int(np.searchsorted(places, front))
    return [
        _contest(stands, parties, front, float(places[other]))
        for other in (k - 1, k + 1)
        if 0 <= other < len(places)
    ]


def _contest(stands: Stands, parties: Sequence[str], place: float, other: float) -> Contest:
    nearer = np.abs(stands.positions - other) - np.abs(stands.positions - place)
    votes = stands.weights * nearer
    gained, lost = np.maximum(votes, 0).sum() + FLOOR, np.maximum(-votes, 0).sum() + FLOOR

    def who(chosen: np.ndarray) -> list[str]:
        return [name for name, yes in zip(parties, chosen, strict=True) if yes]

    return Contest(
        place=place,
        other=other,
        in_favour=who(nearer > 0),
        against=who(nearer < 0),
        indifferent=who(nearer == 0),
        strength=float(gained / (gained + lost)),
    )
