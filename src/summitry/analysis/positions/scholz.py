"""The challenge model as its replication computes it (Scholz, Calbert and Smith 2011, table 2).

This reading differs from the text (see `challenge`): a challenge's probability is a share of
all votes of all contests, both expected utilities of a pair use the risk exponent of the one
who is challenged, the range is that of the first round, and nobody ever capitulates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from summitry.analysis.positions.expected_utility import expected, risk_exponents, votes
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Bools, Floats


class Round(NamedTuple):
    """One simultaneous round of n parties.

    `positions` after it; `risk`: the exponents r; `offer`: who each party yields to (-1:
    nobody); `yields`: whether wholly (a confrontation) or in part (a compromise); `own`
    and `other`: what each expects of a challenge of its own and of the other's.
    """

    positions: Floats
    risk: Floats
    offer: np.ndarray
    yields: Bools
    own: Floats
    other: Floats


def challenge_replicated(stands: Stands) -> Floats:
    """The median position after one round of challenges."""
    after = next(rounds(stands))
    return np.asarray(voted_median(stands._replace(positions=after.positions)))


def rounds(stands: Stands) -> Iterator[Round]:
    """Round after round, without end; each costs O(n³). For one draw: arrays of shape (n)."""
    span = np.ptp(stands.positions)
    while True:
        done = _round(stands, span) if span > 0 else _still(stands)
        yield done
        stands = stands._replace(positions=done.positions)


def voted_median(stands: Stands) -> float:
    """What is left when each position in turn meets the winner so far in a weighted vote."""
    x, w = stands.positions, stands.weights
    winner = float(x[0])
    for place in x[1:]:
        if (w * (np.abs(x - winner) - np.abs(x - place))).sum() > 0:
            winner = float(place)
    return winner


def _still(stands: Stands) -> Round:
    n = len(stands.positions)
    nobody = np.full(n, -1)
    return Round(
        stands.positions, np.ones(n), nobody, nobody >= 0, np.full(n, np.nan), np.full(n, np.nan)
    )


def _round(stands: Stands, span: float) -> Round:
    x, s = stands.positions, stands.salience
    gaps = np.abs(x[:, None] - x) / span
    flat = np.ones(len(x))
    risk = risk_exponents(expected(gaps, s, _odds(stands.weights, gaps, flat), flat))
    odds = _odds(stands.weights, gaps, risk)
    # both seen with the exponent of the one who is challenged: [challenged, challenger]
    own = expected(gaps, s, odds, risk[:, None])
    other = expected(gaps, s, odds, risk[None, :]).T
    return _yield(x, risk, own, other)


def _odds(weights: Floats, gaps: Floats, risk: Floats) -> Floats:
    """P(i, j): i's support against j as a share of all votes in all contests."""
    cast = votes(weights, gaps, risk)
    total = np.abs(cast).sum()
    support = np.maximum(cast, 0.0).sum(axis=0)
    return np.where(gaps > 0, support / total if total > 0 else 0.0, 0.0)


def _yield(x: Floats, risk: Floats, own: Floats, other: Floats) -> Round:
    """Everybody takes the offer that asks for the least, all at once."""
    n = len(x)
    apart = x[:, None] != x
    confronted = apart & (other > own) & (own > 0)
    compromised = apart & (other > 0) & (own < 0) & (other > -own)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (np.abs(own) * x[:, None] + np.abs(other) * x) / (np.abs(own) + np.abs(other))
        share = np.where(compromised, np.abs(own) / np.abs(other), 1.0)
    moves = np.where(confronted, np.abs(x[:, None] - x), np.inf)
    lowest = np.where(compromised, middle, np.inf)
    yields = confronted.any(axis=1)
    offer = np.where(yields, moves.argmin(axis=1), lowest.argmin(axis=1))
    taken = yields | compromised.any(axis=1)
    offer = np.where(taken, offer, -1)
    rows = np.arange(n)
    # chosen by the weighted middle, but moved by the ratio of the two: so does the replication
    landed = x + (x[offer] - x) * np.where(yields, 1.0, share[rows, offer])
    return Round(
        positions=np.where(taken, landed, x),
        risk=risk,
        offer=offer,
        yields=yields,
        own=own[rows, offer],
        other=other[rows, offer],
    )
