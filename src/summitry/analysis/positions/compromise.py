"""The compromise: the mean position, weighted by power times salience.

Σ c s x / Σ c s: the first-order form of the Nash product when no agreement is about equally
bad for all (Van den Bos 1991; Achen 2006).
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats


def compromise(stands: Stands) -> Floats:
    """The compromise outcome: (...)."""
    w = stands.weights
    return np.asarray((w * stands.positions).sum(axis=-1) / w.sum(axis=-1))


def pull(stands: Stands) -> Floats:
    """By how much the compromise moves when a party moves by one: c s / Σ c s, exactly: (..., n)."""
    w = stands.weights
    return np.asarray(w / w.sum(axis=-1, keepdims=True))


def salience_pull(stands: Stands) -> Floats:
    """The derivative of the compromise by each party's salience: c (x - O) / Σ c s: (..., n)."""
    away = stands.positions - compromise(stands)[..., None]
    return np.asarray(stands.power * away / stands.weights.sum(axis=-1, keepdims=True))
