"""Who turns down what the others accept, and by how much, over many draws."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from summitry.game.board import Board, Floats, Ints
from summitry.game.kernels.gains import make_halves
from summitry.game.kernels.refusals import scan_refusals
from summitry.game.numbers import Stakes

CHUNK = 32


class Refusals(NamedTuple):
    """For D draws and each tier (or a higher one), lowest first, N parties.

    `own` (D, tiers, N): the most a party could gain by any package of the tier; `best`: the
    most by one that all others accept who must. -inf where there is none.
    """

    own: Floats
    best: Floats


def refusals(
    board: Board,
    stakes: Stakes,
    draws: Ints,
    outside: Floats,
    signed: Ints,
    tiers: int,
    workers: int = 1,
) -> Refusals:
    """What keeps the packages of each tier out of the zone of agreement, draw by draw.

    `draws` are the indices of D draws, `outside` (D, N) what each party has in them without a
    deal, `signed` (D) the package that stands signed, to which others only add (-1: none).
    """
    shape = (len(draws), tiers, board.parties)
    found = Refusals(np.empty(shape), np.empty(shape))

    def scan(first: int) -> None:
        at = slice(first, first + CHUNK)
        utilities = np.empty((board.parties, len(board.masks)))
        scan_refusals(
            stakes.values[draws[at]], stakes.linkages[draws[at]], outside[at],
            signed[at], board, make_halves(board), utilities, found.own[at], found.best[at],
        )  # fmt: skip

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(scan, range(0, len(draws), CHUNK)))
    return found
