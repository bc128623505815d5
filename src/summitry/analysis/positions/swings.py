"""How often a voter turns a losing coalition into a winning one: Shapley-Shubik and Banzhaf.

Counted, not sampled: the coalitions of each size and number of votes are tabulated once, and each
voter is taken out of the table in turn (generating functions: Mann and Shapley 1962; Brams and
Affuso 1976). Votes are counted in units of their last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, floor, lcm

import numpy as np

from summitry.game.board import Floats, Ints

MOST_VOTERS = 60  # so that 64 bits hold every count of coalitions of one size
MOST_UNITS = 20_000
FEW_VOTERS = 12  # of so few, coalitions are gone through one by one
ROUNDING = 1e-12


def power_indices(votes: Sequence[float], quota: float) -> tuple[Floats, Floats]:
    """Each voter's Shapley-Shubik and normalised Banzhaf index: two arrays that sum to one.

    A coalition wins with at least `quota` votes. Both are 0 throughout where none can. Where
    the votes add up to more than 20,000 units of their last digit (populations, say), they are
    rounded to units of which there are about so many. Raises ValueError for more than 60 voters.
    """
    n = len(votes)
    if n > MOST_VOTERS:
        raise ValueError(f"coalitions of at most {MOST_VOTERS} voters are counted, not of {n}")
    if n <= FEW_VOTERS:
        return _one_by_one(np.asarray(votes, float), quota)
    units, needed = _in_units(votes, quota)
    shapley, banzhaf = np.zeros(n), np.zeros(n)
    if not 0 < needed <= sum(units):
        return shapley, banzhaf
    table = _coalitions(units)
    share = np.array([1.0 / (n * comb(n - 1, size)) for size in range(n)])
    for i, own in enumerate(units):
        others = _without(table, own)
        swings = others[:n, max(0, needed - own) : needed].sum(axis=1)
        shapley[i], banzhaf[i] = swings @ share, float(swings.sum())
    return shapley, banzhaf / banzhaf.sum()


def _one_by_one(votes: Floats, quota: float) -> tuple[Floats, Floats]:
    """The same by going through all coalitions, with the votes as they are."""
    n = len(votes)
    members = (np.arange(1 << n)[:, None] >> np.arange(n) & 1).astype(bool)
    total, size = members @ votes, members.sum(axis=1)
    enough = quota - ROUNDING * max(1.0, abs(quota))
    swing = members & (total >= enough)[:, None] & (total[:, None] - votes < enough)
    share = np.array([0.0, *(1.0 / (n * comb(n - 1, k)) for k in range(n))])
    banzhaf = swing.sum(axis=0).astype(float)
    return share[size] @ swing, banzhaf / max(banzhaf.sum(), 1.0)


def _in_units(votes: Sequence[float], quota: float) -> tuple[list[int], int]:
    """Votes and quota as whole numbers."""
    exact = [Fraction(str(v)) for v in (*votes, quota)]
    unit = Fraction(1, lcm(*(v.denominator for v in exact)))
    whole = [int(v / unit) for v in exact]
    total = sum(whole[:-1])
    if total <= MOST_UNITS:
        return whole[:-1], whole[-1]
    coarse = Fraction(MOST_UNITS, total)
    units = [round(v * coarse) for v in whole[:-1]]
    # what may be missing is rounded, so that all together win whenever they did
    return units, sum(units) - floor((total - whole[-1]) * coarse)


def _coalitions(units: Sequence[int]) -> Ints:
    """The number of coalitions of each size with each number of votes: (n + 1, votes + 1)."""
    table = np.zeros((len(units) + 1, sum(units) + 1), dtype=np.int64)
    table[0, 0] = 1
    for own in units:
        joined = np.zeros_like(table)
        joined[1:, own:] = table[:-1, : table.shape[1] - own]
        table += joined
    return table


def _without(table: Ints, own: int) -> Ints:
    """The same table when one voter with `own` votes is not there."""
    left = table.copy()
    width = table.shape[1] - own
    for size in range(1, len(table)):
        left[size, own:] -= left[size - 1, :width]
    return left
