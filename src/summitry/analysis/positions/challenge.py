"""The challenge model as its text has it (Bueno de Mesquita 1985; Scholz et al. 2011, text).

Each pair meets: P is i's share of the votes in that contest. Of two who both expect to gain
the one who expects less gives in; where one expects to gain and the other to lose, the loser
moves in part (compromise) or, if it has more to lose, wholly (capitulation). Everybody takes
the offer that asks for the least move, all at once. `scholz` holds the reading that reproduces
the published figures.
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.positions.expected_utility import expected, risk_exponents, votes
from summitry.analysis.positions.medians import weighted_median
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats


def challenge(stands: Stands) -> Floats:
    """The weighted median position after one round of challenges."""
    return weighted_median(stands._replace(positions=challenged(stands)))


def challenged(stands: Stands, span: float | None = None) -> Floats:
    """The positions after one round; `span` is the range, by default that of the positions.

    For one draw, with salience from 0 to 1: arrays of shape (n). Costs O(n³).
    """
    x = stands.positions
    span = float(np.ptp(x)) if span is None else span
    if span == 0:
        return x
    gaps = np.abs(x[:, None] - x) / span
    risk = np.ones(len(x))
    gains = expected(gaps, stands.salience, _odds(stands.weights, gaps, risk), risk[:, None])
    risk = risk_exponents(gains)
    gains = expected(gaps, stands.salience, _odds(stands.weights, gaps, risk), risk[:, None])
    return _move(x, gains)


def _odds(weights: Floats, gaps: Floats, risk: Floats) -> Floats:
    """P[i, j]: i's share of the votes cast between i and j; 1/2 where nobody sees a difference."""
    cast = votes(weights, gaps, risk)
    all_votes = np.abs(cast).sum(axis=0)
    support = np.maximum(cast, 0.0).sum(axis=0)
    return np.divide(support, all_votes, out=np.full_like(support, 0.5), where=all_votes > 0)


def _move(x: Floats, gains: Floats) -> Floats:
    """Where everybody ends: `gains` [i, j] is what i expects of challenging j."""
    other = gains.T
    beaten = (x[:, None] != x) & (other > 0) & (other > gains)
    partial = beaten & (gains < 0) & (other > -gains)
    share = np.divide(-gains, other, out=np.ones_like(gains), where=partial)
    moves = np.where(beaten, share * (x[None, :] - x[:, None]), np.inf)
    least = np.abs(moves).argmin(axis=1)
    rows = np.arange(len(x))
    return np.where(beaten.any(axis=1), x + moves[rows, least], x)
