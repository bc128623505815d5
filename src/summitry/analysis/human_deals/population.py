"""What each may believe of the other: the value vectors that fit the items on the table."""

from __future__ import annotations

import numpy as np

from summitry.analysis.human_deals.reading import POINTS
from summitry.game.board import Floats, Ints


def population(kinds: Ints) -> Ints:
    """All value vectors by which `kinds` (3) items are worth 10 points in all: (vectors, 3)."""
    every = np.indices((POINTS + 1,) * 3).reshape(3, -1).T
    return every[every @ kinds == POINTS]


def believed_values(counts: Ints) -> Floats:
    """What an item of each kind is worth to the other, as far as one can know: (n, 3)."""
    believed = np.empty(counts.shape)
    for kinds in np.unique(counts, axis=0):
        believed[(counts == kinds).all(axis=1)] = population(kinds).mean(axis=0)
    return believed
