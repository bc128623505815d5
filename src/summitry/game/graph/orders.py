"""A party's order as units that can change places: ranks of states, or statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.graph.preferences import from_statements

Arrangement = tuple[int, ...]


@dataclass(frozen=True)
class Order:
    """Units in their order, weightiest first.

    `truths` (K, F): for ranks which states each holds, for statements where each is true.
    """

    truths: Bools
    is_ranking: bool

    @property
    def as_given(self) -> Arrangement:
        """The units as they stand."""
        return tuple(range(len(self.truths)))

    def payoffs(self, arrangement: Sequence[int]) -> Floats:
        """The payoffs (F) if the units stood in another order."""
        arranged = self.truths[list(arrangement)]
        if self.is_ranking:
            falling: Floats = (len(arranged) - arranged.argmax(axis=0)).astype(float)
            return falling
        return from_statements(arranged)


def ranking_of(payoffs: Floats) -> Order:
    """Payoffs (F) as ranks of equally good states, the best first."""
    levels = np.unique(payoffs)[::-1]
    return Order(payoffs[None] == levels[:, None], True)


def neighbours(arrangement: Arrangement) -> Iterator[Arrangement]:
    """All arrangements with two neighbours swapped."""
    for k in range(len(arrangement) - 1):
        yield (*arrangement[:k], arrangement[k + 1], arrangement[k], *arrangement[k + 2 :])


def swapped(arrangement: Arrangement) -> list[tuple[int, int]]:
    """Which units stand before which that they came after: one pair for every swap it takes."""
    return [
        (first, second)
        for k, first in enumerate(arrangement)
        for second in arrangement[k + 1 :]
        if second < first
    ]
