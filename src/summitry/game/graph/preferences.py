"""Which states a party prefers: by points, by a ranking with ties, or by statements.

Statements are prioritised (Fraser & Hipel 1988; Peng, Hipel & Kilgour 1997): the k-th of K weighs
2^(K-k), so that the first outweighs all that follow. Only the order of states counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from summitry.game.board import Bools, Floats

TO_A_BILLIONTH = 1e9
MOST_STATEMENTS = 62


@dataclass(frozen=True)
class Preferences:
    """What every state is worth to every party, higher being better; only the order counts.

    `payoffs` (N, F). `views` holds, for (i, j), what party i takes j's payoffs (F) to be
    where it is mistaken.
    """

    payoffs: Floats
    views: Mapping[tuple[int, int], Floats] = field(default_factory=dict)

    def as_seen_by(self, party: int) -> Floats:
        """All parties' payoffs (N, F) as one of them sees them; its own are right."""
        seen = self.payoffs.copy()
        for (viewer, viewed), payoffs in self.views.items():
            if viewer == party:
                seen[viewed] = payoffs
        return seen


def comparable(points: Floats) -> Floats:
    """Points to a billionth, so that what differs by rounding alone is a tie."""
    return np.rint(points * TO_A_BILLIONTH)


def from_ranking(ranks: Sequence[Sequence[int]], states: int) -> Floats:
    """Payoffs (F) of a ranking: groups of equally good states (rows), the best first.

    Raises ValueError where a state is missing or ranked twice.
    """
    payoffs = np.full(states, np.nan)
    for place, group in enumerate(ranks):
        for row in group:
            if not np.isnan(payoffs[row]):
                raise ValueError(f"state {row} is ranked twice")
            payoffs[row] = len(ranks) - place
    if np.isnan(payoffs).any():
        raise ValueError(f"{int(np.isnan(payoffs).sum())} states are not ranked")
    return payoffs


def from_statements(truths: Bools) -> Floats:
    """Payoffs (F) of statements: `truths` (K, F) says where each holds, the weightiest first.

    Payoffs are ranks from 0. Raises ValueError above 62 statements.
    """
    number = len(truths)
    if number > MOST_STATEMENTS:
        raise ValueError(f"{number} statements; at most {MOST_STATEMENTS} can be weighed exactly")
    weights = np.int64(1) << np.arange(number - 1, -1, -1, dtype=np.int64)
    scores = weights @ truths.astype(np.int64)
    ranks: Floats = np.unique(scores, return_inverse=True)[1].astype(float)
    return ranks
