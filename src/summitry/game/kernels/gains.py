"""What every package is worth to every party in one draw."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Board, Floats
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel


class Halves(NamedTuple):
    """Worth of every subset of the lower and of the upper half of the commitments."""

    low: Floats
    high: Floats


def make_halves(board: Board) -> Halves:
    """Room for the half tables of a board: (N, 2^half) and (N, 2^(commitments - half))."""
    rest = len(board.movers) - board.half
    return Halves(np.zeros((board.parties, 1 << board.half)), np.zeros((board.parties, 1 << rest)))


@kernel
def fill_halves(values, linkages, board, halves):
    """Fill the half tables with the values of one draw, linkages within a half included.

    Of the parties that are ever asked: what the others think of a package changes nothing.
    """
    for i in range(board.parties):
        if not has(board.concerned, i):
            continue
        _fill(values[i, : board.half], halves.low[i])
        _fill(values[i, board.half :], halves.high[i])
        for k in range(len(board.linkages)):
            if linkages[i, k] == 0.0:
                continue
            mask = np.int64(board.linkages[k])
            low, high = mask & ((1 << board.half) - 1), mask >> board.half
            if high == 0:
                _link(halves.low[i], low, linkages[i, k])
            elif low == 0:
                _link(halves.high[i], high, linkages[i, k])


@kernel
def _fill(values, table):
    table[0] = 0.0
    for b in range(len(values)):
        for m in range(1 << b):
            table[m | (1 << b)] = table[m] + values[b]


@kernel
def _link(table, needed, worth):
    for m in range(len(table)):
        if m & needed == needed:
            table[m] += worth


@kernel
def worth(i, package, linkages, board, halves):
    """u_i of one package, from the half tables."""
    total = halves.low[i, board.low[package]] + halves.high[i, board.high[package]]
    mask, crossing, needed = board.masks[package], board.crossing, board.linkages
    for x in range(len(crossing)):
        k = crossing[x]
        if needed[k] & ~mask == 0:
            total += linkages[i, k]
    return total


@kernel
def fill_utilities(who, linkages, board, halves, utilities):
    """u of every package for the parties `who` (a mask) into `utilities` (N, P)."""
    low, high = board.low, board.high
    for i in range(board.parties):
        if not has(who, i):
            continue
        lower, upper = halves.low[i], halves.high[i]
        for p in range(len(low)):
            utilities[i, p] = lower[low[p]] + upper[high[p]]
        for x in range(len(board.crossing)):
            k = board.crossing[x]
            if linkages[i, k] != 0.0:
                for p in range(len(board.masks)):
                    if board.linkages[k] & ~board.masks[p] == 0:
                        utilities[i, p] += linkages[i, k]
