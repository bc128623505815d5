"""What would bind a party: the smallest breach cost, or reversibility, that makes a deal hold.

Commitment by raising the cost of breaking one's word: Schelling (1960), Fearon (1994).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.lattice import Lattice

STEPS = 40
GRID = 40


def least_breach_cost(
    lattice: Lattice, trust: Floats, parties: tuple[int, ...], most: float
) -> float | None:
    """By how much the breach cost of these parties must rise for the package to hold.

    The same rise for each; None where even `most` would not do. A higher cost of stopping
    never raises a party's own minimum trust and touches nobody else's, so halving finds it.
    """
    chosen = np.isin(np.arange(len(trust)), parties)

    def holds(rise: float) -> bool:
        return replace(lattice, breach=lattice.breach + rise * chosen).least(trust) <= TOLERANCE

    if holds(0.0):
        return 0.0
    if not holds(most):
        return None
    return _halve(holds, 0.0, most)


def least_reversibility(build: Callable[[float], Lattice], trust: Floats) -> float | None:
    """The smallest share of what is lasting that must become reversible for it to hold.

    `build` makes the lattice for a share from 0 (as it is) to 1. More reversibility
    may, in rare packages, ask for more trust elsewhere: shares are tried on a grid first.
    """

    def holds(share: float) -> bool:
        return build(share).least(trust) <= TOLERANCE

    for k in range(GRID + 1):
        if holds(k / GRID):
            return 0.0 if k == 0 else _halve(holds, (k - 1) / GRID, k / GRID)
    return None


def _halve(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where an answer turns from no (at `low`) to yes (at `high`)."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
