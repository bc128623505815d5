"""Gains as whole numbers of a fine unit: their sums are exact, in whatever order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats, Ints
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.problem import Problem

MOST_DIGITS = 12
LARGEST = 2.0**60


class Units(NamedTuple):
    """A problem in units of 10^-digits points, party by party: (N, ...), and the tolerance."""

    values: Ints
    worths: Ints
    reservation: Ints
    tolerance: Ints


def in_units(problem: Problem) -> Units:
    """The numbers of a problem as whole numbers: 12 decimals, fewer where points are large.

    The unit is each party's own, since points of different parties are never compared; sums
    stay below 2^60.
    """
    most = np.abs(problem.values).sum(axis=1) + np.abs(problem.worths).sum(axis=1)
    most = np.maximum(most + np.abs(problem.reservation) + 1.0, 1.0)
    digits = np.minimum(np.floor(np.log10(LARGEST / most)), MOST_DIGITS)
    scale = 10.0**digits

    def whole(numbers: Floats) -> Ints:
        scaled = numbers * (scale[:, None] if numbers.ndim == 2 else scale)
        units: Ints = np.rint(scaled).astype(np.int64)
        return units

    return Units(
        whole(problem.values),
        whole(problem.worths),
        whole(problem.reservation),
        np.rint(TOLERANCE * scale).astype(np.int64),
    )
