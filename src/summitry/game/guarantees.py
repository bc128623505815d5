"""What would bind a party: the smallest breach cost, or reversibility, with which a deal holds.

Commitment by raising the cost of breaking one's word: Schelling (1960), Fearon (1994). A deal
may hold in two senses: it can be signed by parties with the trust they have, or nobody is tempted
to stop, so that no trust is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from summitry.game.board import Floats
from summitry.game.roadmap import Lattice

STEPS = 30
GRID = 20

Holds = Callable[[Lattice], bool]


def can_be_signed(trust: Floats) -> Holds:
    """Whether a lattice has an order within the parties' trust."""
    return lambda lattice: bool(np.isfinite(lattice.least(trust)))


def is_self_enforcing(lattice: Lattice) -> bool:
    """Whether a lattice has an order that tempts nobody."""
    return lattice.is_self_enforcing


def least_breach_cost(
    lattice: Lattice, holds: Holds, parties: tuple[int, ...], most: float
) -> float | None:
    """By how much the breach cost of these parties must rise for the package to hold.

    The same rise for each; None where even `most` would not do. A higher cost of stopping
    tempts nobody and asks nobody for more, so halving finds it.
    """
    chosen = np.isin(np.arange(len(lattice.gains)), parties)

    def holds_with(rise: float) -> bool:
        return holds(replace(lattice, breach=lattice.breach + rise * chosen))

    if holds_with(0.0):
        return 0.0
    if not holds_with(most):
        return None
    return _halve(holds_with, 0.0, most)


def least_reversibility(build: Callable[[float], Lattice], holds: Holds) -> float | None:
    """The smallest share of what is lasting that must become reversible for it to hold.

    `build` makes the lattice for a share from 0 (as it is) to 1. What is reversible protects
    who does it and binds who receives it, but in rare packages more of it asks for more trust
    elsewhere: shares are tried on a grid first.
    """
    for k in range(GRID + 1):
        if holds(build(k / GRID)):
            if k == 0:
                return 0.0
            return _halve(lambda share: holds(build(share)), (k - 1) / GRID, k / GRID)
    return None


def _halve(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where an answer turns from no (at `low`) to yes (at `high`)."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
