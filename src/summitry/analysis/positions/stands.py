"""What every model of one issue is given: plain arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats


class Stands(NamedTuple):
    """Where n parties stand on one scale; all leading axes (draws) are alike.

    `positions`, `salience`, `power`: (..., n). The scale runs from `low` to `high`.
    `no_agreement` (...): where the matter stands without agreement, None if that is unknown.
    """

    positions: Floats
    salience: Floats
    power: Floats
    low: float
    high: float
    no_agreement: Floats | None = None

    @property
    def weights(self) -> Floats:
        """Power times salience: what each party brings to bear."""
        return np.asarray(self.power * self.salience)

    @property
    def distances(self) -> Floats:
        """How far each is from each, as shares of the scale: (..., n, n)."""
        x = self.positions
        return np.asarray(np.abs(x[..., :, None] - x[..., None, :]) / (self.high - self.low))
