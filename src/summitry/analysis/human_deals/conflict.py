"""What may keep two people from any deal: little to share, and a conflict of interest."""

from __future__ import annotations

import numpy as np

from summitry.analysis.human_deals.reading import POINTS, Negotiations
from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Floats

TERMS = ("attraction", "best_smaller_gain", "contested_points", "items")


def contested_points(negotiations: Negotiations) -> Floats:
    """How many points both would take from the same items: conflict of interest (Axelrod 1970).

    Nought where each wants what the other does not, 10 where they value all alike.
    """
    lesser = negotiations.values.min(axis=1)
    return (negotiations.counts * lesser).sum(axis=1).astype(float)


def best_smaller_gain(splits: Splits) -> Floats:
    """The most that the worse off can have, counted up to half of its points: (n)."""
    smaller = np.where(splits.there, splits.points.min(axis=2), -1)
    return np.minimum(smaller.max(axis=1), POINTS / 2).astype(float)


def conflict_terms(negotiations: Negotiations, splits: Splits, attraction: Floats) -> Floats:
    """All terms of every negotiation, in the order of `TERMS`: (n, terms).

    `attraction` (n) is the inclusive value of all its splits (McFadden 1978). It rises with
    their mere number, which the number of items makes up for.
    """
    return np.column_stack(
        [
            attraction,
            best_smaller_gain(splits),
            contested_points(negotiations),
            negotiations.counts.sum(axis=1),
        ]
    )
