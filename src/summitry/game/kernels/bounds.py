"""A table that bounds the normal distribution from above."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from summitry.game.board import Floats

REACH, CELLS = 9.0, 32.0


def normal_bounds() -> Floats:
    """The normal distribution at the right end of every cell from -REACH to REACH.

    A hair more, so that no rounding makes a bound too small; what lies beyond counts as 1.
    """
    edges = (np.arange(int(2 * REACH * CELLS) + 1) + 1) / CELLS - REACH
    bounds: Floats = ndtr(edges) * (1.0 + 1e-12)
    bounds[-1] = 1.0
    return bounds
