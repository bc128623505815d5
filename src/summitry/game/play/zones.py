"""Gains and zones of one draw: what everyone accepts who must, and what can be signed."""

from __future__ import annotations

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.kernels.signing import can_be_signed, make_trail
from summitry.game.kernels.stops import TOLERANCE, Stops
from summitry.game.play.board import Board
from summitry.game.play.numbers import Stakes


def gains(board: Board, stakes: Stakes, draw: int, waited: int = 0) -> Floats:
    """g of every package for every party, after `waited` rounds without agreement: (P, N).

    Who refuses ends one more round without: the delay of the round at hand counts too.
    """
    bits = np.arange(len(board.movers), dtype=np.uint32)
    present = ((board.masks[:, None] >> bits) & 1).astype(float)
    linked = ((board.masks[:, None] & board.linkages) == board.linkages).astype(float)
    utility = present @ stakes.values[draw].T + linked @ stakes.linkages[draw].T
    held: Floats = utility - (stakes.reservation[draw] - (waited + 1) * stakes.delay[draw])
    return held


def after_vetoes(board: Board, gained: Floats) -> Bools:
    """Z2: those of Z1 that everyone accepts who must consent by points."""
    asked = (board.consent[:, None] >> np.arange(board.parties, dtype=np.uint32)) & 1 == 1
    content: Bools = (~asked | (gained >= -TOLERANCE)).all(axis=1)
    return content


def that_can_be_signed(board: Board, gained: Floats, zone: Bools, stops: Stops) -> Bools:
    """Z3: those of a zone with an order of moves that asks nobody for more than its trust."""
    trail = make_trail(board.parties, len(board.movers), len(board.linkages))
    inside = np.zeros(len(zone), bool)
    for p in np.flatnonzero(zone):
        inside[p] = can_be_signed(np.int64(board.masks[p]), 0, gained[p], board, stops, trail)
    return inside
