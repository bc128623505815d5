"""The Nash bargaining solution on one scale (Nash 1950).

The place O that maximises Σ c s log(loss without agreement - loss at O), with loss |x - O|. The
log of nothing is held at a floor, so that a place with which somebody is worse off than without
agreement is taken only where there is no other.
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats

PLACES = 1001
BAD = 1.5
FLOOR = 1e-6


def nash(stands: Stands) -> Floats:
    """The solution when no agreement is equally bad for all: a loss of 1.5 scales: (...)."""
    return _solve(stands, np.full(stands.positions.shape, BAD))


def nash_from_reference(stands: Stands) -> Floats:
    """The solution from where things stand without agreement; where unknown, that of `nash`: (...)."""
    if stands.no_agreement is None:
        return nash(stands)
    away = np.abs(stands.positions - np.asarray(stands.no_agreement)[..., None])
    return _solve(stands, away / (stands.high - stands.low))


def _solve(stands: Stands, without: Floats) -> Floats:
    """The best of 1,001 places; `without` (..., n) are the losses in shares of the scale."""
    places = np.linspace(stands.low, stands.high, PLACES)
    losses = np.abs(places - stands.positions[..., None]) / (stands.high - stands.low)
    gains = np.log(np.maximum(without[..., None] - losses, FLOOR))
    product = np.einsum("...n,...np->...p", stands.weights, gains)
    return np.asarray(places[product.argmax(axis=-1)])
