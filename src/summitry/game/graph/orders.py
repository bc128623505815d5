"""A party's order as units that can change places: ranks of states, or statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Bools, Floats, Ints
from summitry.game.graph.preferences import from_statements

Arrangement = tuple[int, ...]


@dataclass(frozen=True)
class Ranking:
    """Ranks of equally good states: `ranks` (F) holds each state's, 0 the best of `size`."""

    ranks: Ints
    size: int

    def payoffs(self, arrangement: Sequence[int]) -> Floats:
        """The payoffs (F) if the ranks stood in another order."""
        places = np.empty(self.size)
        places[list(arrangement)] = np.arange(self.size, 0, -1)
        return places[self.ranks]


@dataclass(frozen=True)
class Statements:
    """Prioritised statements: `truths` (K, F) says where each holds, the weightiest first."""

    truths: Bools

    @property
    def size(self) -> int:
        """How many statements there are."""
        return len(self.truths)

    def payoffs(self, arrangement: Sequence[int]) -> Floats:
        """The payoffs (F) if the statements stood in another order."""
        return from_statements(self.truths[list(arrangement)])


Order = Ranking | Statements


def ranking_of(payoffs: Floats) -> Ranking:
    """Payoffs (F) as ranks of equally good states, the best first."""
    levels, ranks = np.unique(-payoffs, return_inverse=True)
    return Ranking(ranks, len(levels))


def as_given(order: Order) -> Arrangement:
    """The units as they stand."""
    return tuple(range(order.size))


def neighbours(arrangement: Arrangement) -> Iterator[Arrangement]:
    """All arrangements with two neighbours swapped."""
    for k in range(len(arrangement) - 1):
        yield (*arrangement[:k], arrangement[k + 1], arrangement[k], *arrangement[k + 2 :])


def swapped(arrangement: Arrangement) -> list[tuple[int, int]]:
    """Which units stand before which that they came after: one pair for every swap it takes."""
    units = np.array(arrangement)
    moved = np.flatnonzero(units != np.arange(len(units)))
    if not len(moved):
        return []
    window = units[moved[0] : moved[-1] + 1]
    if (np.diff(window[1:]) > 0).all():
        # the usual case, of however many ranks: one unit has moved up past all the others
        passed = window[1:][window[1:] < window[0]]
        return [(int(window[0]), unit) for unit in passed.tolist()]
    if (np.diff(window[:-1]) > 0).all():
        passed = window[:-1][window[:-1] > window[-1]]
        return [(unit, int(window[-1])) for unit in passed.tolist()]
    pairs = []
    for k, unit in enumerate(window.tolist()):
        later = window[k + 1 :]
        pairs += [(unit, other) for other in later[later < unit].tolist()]
    return pairs
