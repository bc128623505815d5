"""Means of the positions that leave out power, salience or both."""

from __future__ import annotations

import numpy as np

from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats


def mean(stands: Stands) -> Floats:
    """The plain mean Σ x / n: (...)."""
    return np.asarray(stands.positions.mean(axis=-1))


def salience_mean(stands: Stands) -> Floats:
    """The mean weighted by salience, Σ s x / Σ s: (...)."""
    return _weighted(stands.positions, stands.salience)


def power_mean(stands: Stands) -> Floats:
    """The mean weighted by power, Σ c x / Σ c: (...)."""
    return _weighted(stands.positions, stands.power)


def _weighted(positions: Floats, weights: Floats) -> Floats:
    return np.asarray((weights * positions).sum(axis=-1) / weights.sum(axis=-1))
