"""The calibrated mixture: which share of negotiations goes as each protocol says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summitry.game.board import Bools, Floats, Ints

STEPS = 1000
CLOSE = 1e-9


def fit_pool(forecasts: Sequence[Floats], outcome: Ints, rows: Bools) -> Floats:
    """The weights of a linear pool under which these rows were likeliest: (forecasts).

    Expectation maximisation (Dempster, Laird and Rubin 1977); the likelihood has one peak.
    """
    at = np.flatnonzero(rows)
    chances = np.column_stack([forecast[at, outcome[at]] for forecast in forecasts])
    weights = np.full(len(forecasts), 1.0 / len(forecasts))
    for _ in range(STEPS):
        parts = weights * chances
        renewed = (parts / parts.sum(axis=1, keepdims=True)).mean(axis=0)
        if np.abs(renewed - weights).max() < CLOSE:
            break
        weights = renewed
    return weights


def pool(forecasts: Sequence[Floats], weights: Floats) -> Floats:
    """The mixture of forecasts (each (n, K + 1)) with these weights."""
    mixture: Floats = np.tensordot(weights, np.stack(forecasts), 1)
    return mixture
