"""How often each party would turn down what the principals accept."""

from __future__ import annotations

import numpy as np

from summitry.game.board import Board, Floats
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.gains import fill_halves, make_halves, worth
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.numbers import Stakes


@kernel
def _refuses(d, i, p, stakes, board, halves):
    gain = (
        worth(i, p, stakes.linkages[d], board, halves)
        - stakes.reservation[d, i]
        + stakes.delay[d, i]
    )
    return gain < -TOLERANCE


@kernel
def _tally(draws, stakes, board, halves, counts):
    principals = np.uint32(board.principals)
    for d in range(draws):
        fill_halves(stakes.values[d], stakes.linkages[d], board, halves)
        for p in range(len(board.masks)):
            inside = True
            for i in range(board.parties):
                if has(principals, i) and _refuses(d, i, p, stakes, board, halves):
                    inside = False
                    break
            if not inside:
                continue
            for i in range(board.parties):
                if has(board.consent[p], i):
                    counts[0, i] += 1.0
                    # the principals have just accepted
                    if not has(principals, i) and _refuses(d, i, p, stakes, board, halves):
                        counts[1, i] += 1.0


def count_vetoes(draws: int, stakes: Stakes, board: Board) -> Floats:
    """Over the first draws, how many packages of Z1 ask each party, and how many it refuses.

    Returns (2, N).
    """
    counts = np.zeros((2, board.parties))
    _tally(draws, stakes, board, make_halves(board), counts)
    return counts
