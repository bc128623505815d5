"""Memory for one draw at the negotiating table, used again for the next."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Board
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.gains import Halves, worth
from summitry.game.kernels.heap import Heap, make_heap
from summitry.game.kernels.signing import Trail, can_be_signed, make_trail
from summitry.game.kernels.stops import Stops

UNKNOWN, HOLDS, FAILS, ACCEPTED, VETOED = 0, 1, 2, 3, 4


class Room(NamedTuple):
    """What a draw is played with: `utilities` (N, P, principals alone), `verdicts` (P).

    A verdict is that of what has been looked at: `VETOED` by another who must consent, `ACCEPTED`
    by all of them, then whether it can be signed (`HOLDS` or `FAILS`). `open` (P): whether a package
    adds to what is signed and no principal loses by it.
    `outside` and `delay` (N): what each has without a deal, and what a round costs it; `claim` (N):
    the part of its ideal that each principal holds out for where nobody knows anything of the
    others; `weight` (N): how much its share counts in the choice. `base` (N): what each party has without the package on the table; `gains` (N) those of the
    package looked at; `ideal` and `aspiration` (N); `linkages` (N, linkages) of the draw.
    `ranked` (P) are the packages by tier, those of tier k from place `starts[k]` to
    `starts[k + 1]`; `table` (P) those on the table at a level.
    """

    halves: Halves
    linkages: np.ndarray
    utilities: np.ndarray
    outside: np.ndarray
    delay: np.ndarray
    claim: np.ndarray
    weight: np.ndarray
    base: np.ndarray
    gains: np.ndarray
    ideal: np.ndarray
    aspiration: np.ndarray
    verdicts: np.ndarray
    open: np.ndarray
    table: np.ndarray
    heap: Heap
    stops: Stops
    trail: Trail
    ranked: np.ndarray
    starts: np.ndarray


def make_room(board: Board, tiers: int) -> Room:
    """Room for all that one draw needs."""
    n, commitments, linkages = board.parties, len(board.movers), len(board.linkages)
    packages = len(board.masks)
    return Room(
        halves=_halves(board),
        linkages=np.zeros((n, linkages)),
        utilities=np.zeros((n, packages)),
        outside=np.zeros(n),
        delay=np.zeros(n),
        claim=np.zeros(n),
        weight=np.zeros(n),
        base=np.zeros(n),
        gains=np.zeros(n),
        ideal=np.zeros(n),
        aspiration=np.zeros(n),
        verdicts=np.zeros(packages, np.int8),
        open=np.zeros(packages, np.bool_),
        table=np.zeros(packages, np.int64),
        heap=make_heap(packages),
        stops=Stops(np.zeros((n, commitments)), np.zeros((n, linkages)), np.zeros(n), np.zeros(n)),
        trail=make_trail(n, commitments, linkages),
        ranked=np.argsort(board.tiers, kind="stable"),
        starts=np.searchsorted(np.sort(board.tiers), np.arange(tiers + 2)),
    )


def _halves(board: Board) -> Halves:
    """Room for the worth of every subset of the lower and of the upper half of the commitments."""
    rest = len(board.movers) - board.half
    return Halves(np.zeros((board.parties, 1 << board.half)), np.zeros((board.parties, 1 << rest)))


@kernel
def worth_to(i, p, board, room):
    """What package p is worth to party i."""
    if has(board.principals, i):
        return room.utilities[i, p]
    return worth(i, p, room.linkages, board, room.halves)


@kernel
def holds(p, have, board, room):
    """Whether package p, which all accept, can be signed by those who have signed `have`; remembered."""
    if room.verdicts[p] == ACCEPTED:
        for i in range(board.parties):
            room.gains[i] = worth_to(i, p, board, room) - room.base[i]
        good = can_be_signed(
            np.int64(board.masks[p]), have, room.gains, board, room.stops, room.trail
        )
        room.verdicts[p] = HOLDS if good else FAILS
    return room.verdicts[p] == HOLDS
