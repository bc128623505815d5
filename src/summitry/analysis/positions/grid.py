"""Distributions over a scale, as the probabilities of 1,001 places from 0 to 100.

Everything here is an array whose last axis is the grid (0.0, 0.1, ... 100.0).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from summitry.game.board import Floats

PLACES = np.arange(1001) / 10.0
STEP = 0.1
WHOLE_POINT = 5  # places to either side that round to the same whole point


def place_of(values: Floats) -> np.ndarray:
    """The index of the nearest place; any shape."""
    return np.rint(np.clip(values, 0.0, 100.0) / STEP).astype(int)


def at_places(places: np.ndarray, masses: Floats) -> Floats:
    """Probabilities `masses` (..., n) put on the places with the indices `places` (..., n)."""
    lead = masses.shape[:-1]
    rows = np.arange(int(np.prod(lead, dtype=int))).repeat(masses.shape[-1])
    spread = np.zeros((len(rows) // masses.shape[-1], len(PLACES)))
    np.add.at(spread, (rows, places.reshape(-1)), masses.reshape(-1))
    return spread.reshape(*lead, len(PLACES))


def normal_between(centre: Floats, sd: float, low: Floats, high: Floats) -> Floats:
    """A normal distribution cut to low..high (...), as places: (..., 1001)."""
    edges = np.append(PLACES - STEP / 2, PLACES[-1] + STEP / 2)
    low, high = low[..., None], high[..., None]
    inside = np.clip(edges, low - STEP / 2, high + STEP / 2)
    masses = np.diff(ndtr((inside - centre[..., None]) / sd), axis=-1)
    return np.asarray(masses / masses.sum(axis=-1, keepdims=True))


def mean(masses: Floats) -> Floats:
    """The mean: (...)."""
    return np.asarray(masses @ PLACES)


def quantile(masses: Floats, level: float) -> Floats:
    """The least place at which the probability passed is at least `level`: (...)."""
    passed = np.cumsum(masses, axis=-1) >= level - 1e-9
    return np.asarray(PLACES[passed.argmax(axis=-1)])


def crps(masses: Floats, outcome: Floats) -> Floats:
    """The continuous ranked probability score, in points of the scale; lower is better: (...)."""
    happened = np.asarray(outcome)[..., None] - STEP / 2 <= PLACES
    gaps = np.cumsum(masses, axis=-1) - happened
    return np.asarray((gaps**2).sum(axis=-1) * STEP)


def log_score(masses: Floats, outcome: Floats) -> Floats:
    """Minus the log of the probability of the outcome's whole point (half a point each way)."""
    near = np.abs(np.arange(len(PLACES)) - place_of(outcome)[..., None]) <= WHOLE_POINT
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log((masses * near).sum(axis=-1)))


def covered(masses: Floats, outcome: Floats, share: float) -> np.ndarray:
    """Whether the outcome lies in the central interval of that share: (...)."""
    places = place_of(outcome) * STEP
    low, high = quantile(masses, (1.0 - share) / 2), quantile(masses, (1.0 + share) / 2)
    return np.asarray((low - STEP / 2 <= places) & (places <= high + STEP / 2))


def rank_interval(masses: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """The probability of lower outcomes, and of lower or equal ones: where the outcome ranks."""
    index = place_of(outcome)[..., None]
    passed = np.cumsum(masses, axis=-1)
    upto = np.take_along_axis(passed, index, axis=-1)[..., 0]
    return upto - np.take_along_axis(masses, index, axis=-1)[..., 0], upto
