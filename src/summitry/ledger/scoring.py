"""Scores of forecasts over ordered outcomes: formulae on arrays, the smaller the better.

`p` are probabilities (forecasts, outcomes), lowest outcome first; `y` the index of what came
about, for each forecast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]

FLOOR = 1e-4  # a probability below it counts as this in the logarithmic score


def ranked(p: Floats, y: Ints) -> Floats:
    """Ranked probability scores, divided by the thresholds so that they lie in [0, 1].

    Source: Epstein (1969), Murphy (1971).
    """
    return thresholds(p, y).mean(axis=1)


def thresholds(p: Floats, y: Ints) -> Floats:
    """For each threshold k = 1, 2, ...: the Brier score of "at least outcome k" (forecasts, K-1)."""
    return np.asarray((at_least(p) - reached(y, p.shape[1])) ** 2)


def at_least(p: Floats) -> Floats:
    """The probability of at least outcome 1, 2, ...: (forecasts, K-1)."""
    return np.asarray(np.cumsum(p[:, ::-1], axis=1)[:, ::-1][:, 1:])


def reached(y: Ints, outcomes: int) -> Floats:
    """Whether at least outcome 1, 2, ... came about: (forecasts, K-1)."""
    return np.asarray(y[:, None] >= np.arange(1, outcomes)[None, :], dtype=float)


def brier(p: Floats, y: Ints) -> Floats:
    """Brier scores, summed over the outcomes: in [0, 2]. Source: Brier (1950)."""
    return np.asarray(((p - np.eye(p.shape[1])[y]) ** 2).sum(axis=1))


def logarithmic(p: Floats, y: Ints) -> Floats:
    """Logarithmic scores in nats: minus the log of what was given to the outcome, cut at FLOOR."""
    return np.asarray(-np.log(np.maximum(given(p, y), FLOOR)))


def given(p: Floats, y: Ints) -> Floats:
    """The probability that was given to what came about."""
    return np.asarray(p[np.arange(len(y)), y])


def event(p: Floats, happened: Ints) -> Floats:
    """Brier scores of single events: (p - 1)² where one happened, p² where not."""
    return np.asarray((p - happened) ** 2)
