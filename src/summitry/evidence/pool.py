"""Pooling the model with the reference classes (logarithmic pool: Genest and Zidek 1986)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def floor_zeros(model: Floats, reachable: NDArray[np.bool_], draws: int) -> Floats:
    """The model with half a draw where it has no draw in a reachable tier; sums to 1."""
    floored = np.where((model <= 0.0) & reachable, 0.5 / draws, model)
    total: Floats = floored / floored.sum()
    return total


def pool(model: Floats, classes: Floats, weight: float) -> Floats:
    """The geometric mean, `weight` on the classes, made to sum to 1: (tiers)."""
    pooled = model ** (1.0 - weight) * classes**weight
    total: Floats = pooled / pooled.sum()
    return total


def linear_pool(model: Floats, classes: Floats, weight: float) -> Floats:
    """The arithmetic mean, `weight` on the classes: (tiers)."""
    mixed: Floats = (1.0 - weight) * model + weight * classes
    return mixed
