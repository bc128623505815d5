"""How often each party would turn down what the principals accept."""

from __future__ import annotations

import numpy as np

from summitry.game.board import Board, Floats
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.stops import TOLERANCE, _bit
from summitry.game.numbers import Stakes


@kernel
def _gain(d, i, mask, stakes, board):
    """What a package brings a party in a draw."""
    total = -stakes.reservation[d, i]
    for c in range(len(board.movers)):
        if _bit(mask, c):
            total += stakes.values[d, i, c]
    for k in range(len(board.linkages)):
        if board.linkages[k] & ~mask == 0:
            total += stakes.linkages[d, i, k]
    return total


@kernel
def _tally(draws, stakes, board, counts):
    principals = np.uint32(board.principals)
    for d in range(draws):
        for p in range(len(board.masks)):
            mask, inside = board.masks[p], True
            for i in range(board.parties):
                if _bit(principals, i) and _gain(d, i, mask, stakes, board) < -TOLERANCE:
                    inside = False
                    break
            if not inside:
                continue
            for i in range(board.parties):
                if _bit(board.consent[p], i):
                    counts[0, i] += 1.0
                    # the principals have just accepted
                    if not _bit(principals, i) and _gain(d, i, mask, stakes, board) < -TOLERANCE:
                        counts[1, i] += 1.0


def count_vetoes(draws: int, stakes: Stakes, board: Board) -> Floats:
    """Over the first draws, how many packages of Z1 ask each party, and how many it refuses.

    Returns (2, N).
    """
    counts = np.zeros((2, board.parties))
    _tally(draws, stakes, board, counts)
    return counts
