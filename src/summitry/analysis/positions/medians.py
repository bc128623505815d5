"""Medians: what beats everything else in pairwise votes when preferences are single-peaked.

Black (1948). Where the weights split evenly between two positions, the plain median lies midway
and the weighted median is the lower of the two.
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats

ROUNDING = 1e-12


def median(stands: Stands) -> Floats:
    """The median position, each party counted once: (...)."""
    return np.asarray(np.median(stands.positions, axis=-1))


def weighted_median(stands: Stands) -> Floats:
    """The least position at which at least half of all power times salience is passed: (...)."""
    order = np.argsort(stands.positions, axis=-1, kind="stable")
    passed = np.cumsum(np.take_along_axis(stands.weights, order, axis=-1), axis=-1)
    enough = passed >= passed[..., -1:] * (0.5 - ROUNDING)
    first = np.take_along_axis(order, enough.argmax(axis=-1)[..., None], axis=-1)
    return np.asarray(np.take_along_axis(stands.positions, first, axis=-1)[..., 0])
