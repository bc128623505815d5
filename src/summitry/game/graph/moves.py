"""The moves from single states: all of them, and those that a mover gains by."""

from __future__ import annotations

import numpy as np

from summitry.game.board import Floats, Ints
from summitry.game.graph.fibers import Fibers, Rows
from summitry.game.kernels.pairs import count_moves, list_moves


def moves_from(fibers: Fibers, rows: Rows, payoffs: Floats) -> tuple[Rows, Ints]:
    """Where one mover can go from each of the rows, and where each one's targets begin.

    `payoffs` (parties, F) are of those that must gain; with no parties every move counts.
    The targets of the r-th row are `targets[begin[r]:begin[r + 1]]`.
    """
    places = np.full(payoffs.shape[1], -1, np.int32)
    places[fibers.members] = np.arange(len(fibers.members), dtype=np.int32)
    counts = np.empty(len(rows), np.int64)
    count_moves(rows, payoffs, fibers, places, counts)
    begin = np.concatenate([[0], np.cumsum(counts)])
    targets = np.empty(begin[-1], np.int32)
    list_moves(rows, payoffs, fibers, places, targets)
    return targets, begin


def nobody(states: int) -> Floats:
    """The payoffs of no party at all: every move counts."""
    return np.zeros((0, states))
