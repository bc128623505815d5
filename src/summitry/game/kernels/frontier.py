"""Which rows of gains no other row dominates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Board
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.gains import Halves, fill_halves, fill_utilities, make_halves, worth
from summitry.game.kernels.stops import TOLERANCE


class Room(NamedTuple):
    """Memory for the packages of one draw: P packages, N parties, those inside Z2 first."""

    halves: Halves
    utilities: np.ndarray
    inside: np.ndarray
    gains: np.ndarray
    kept: np.ndarray
    front: np.ndarray
    found: np.ndarray


def make_room(board: Board) -> Room:
    """Room for one worker that rates packages."""
    packages = len(board.masks)
    return Room(
        halves=make_halves(board),
        utilities=np.zeros((board.parties, packages)),
        inside=np.empty(packages, np.int64),
        gains=np.empty((packages, board.principals.bit_count())),
        kept=np.empty(packages, np.bool_),
        front=np.empty(packages, np.int64),
        found=np.zeros((2, packages)),
    )


@kernel
def _dominates(gains, q, p):
    better = False
    for i in range(gains.shape[1]):
        if gains[q, i] < gains[p, i] - TOLERANCE:
            return False
        if gains[q, i] > gains[p, i] + TOLERANCE:
            better = True
    return better


@kernel
def mark_frontier(gains, front, kept):
    """Mark the rows of `gains` (rows, principals) that no other dominates; equals are all kept.

    `front` (at least as many rows) is memory to work in.

    A row dominates another when it is better by more than the tolerance somewhere and worse
    by more than it nowhere. Each row is first compared with some that stood so far, beginning
    with the one of the largest sum; who survives is compared with all, since tolerance is
    not transitive.
    """
    rows = len(gains)
    kept[:] = False
    if rows == 0:
        return
    largest = _largest_sum(gains)
    front[0] = largest
    size = 1
    for p in range(rows):
        if p != largest and not _beaten_by(front, size, p, gains):
            front[size] = p
            size += 1
    for k in range(size):
        p = front[k]
        kept[p] = True
        for q in range(rows):
            if _dominates(gains, q, p):
                kept[p] = False
                break


@kernel
def _largest_sum(gains):
    best, most = 0, -np.inf
    for p in range(len(gains)):
        total = 0.0
        for i in range(gains.shape[1]):
            total += gains[p, i]
        if total > most:
            best, most = p, total
    return best


@kernel
def _beaten_by(front, size, p, gains):
    """Whether one of the first `size` rows of `front` dominates row p; it moves to the front."""
    for k in range(size):
        if _dominates(gains, front[k], p):
            # who beats one beats its neighbours: try it first next time
            front[0], front[k] = front[k], front[0]
            return True
    return False


@kernel
def rate_packages(values, linkages, reservation, board, weights, room, sums, squares):
    """Add up how often each package is acceptable to all who must, and how often efficient.

    `values` (strata, D, N, commitments), `linkages` (strata, D, N, linkages), `reservation`
    (strata, D, N), `weights` (strata), `room` from `make_room`. Adds
    to `sums` and `squares` (2, P) the weight of the strata in which it is, and its square,
    draw by draw: acceptable first, efficient second.
    """
    strata, draws = values.shape[:2]
    inside, gains, kept, found = room.inside, room.gains, room.kept, room.found
    for d in range(draws):
        found[:] = 0.0
        for s in range(strata):
            if weights[s] == 0.0:
                continue
            fill_halves(values[s, d], linkages[s, d], board, room.halves)
            fill_utilities(board.principals, linkages[s, d], board, room.halves, room.utilities)
            size = _gather(reservation[s, d], linkages[s, d], board, room)
            mark_frontier(gains[:size], room.front, kept[:size])
            for k in range(size):
                found[0, inside[k]] += weights[s]
                if kept[k]:
                    found[1, inside[k]] += weights[s]
        for row in range(2):
            for p in range(found.shape[1]):
                sums[row, p] += found[row, p]
                squares[row, p] += found[row, p] * found[row, p]


@kernel
def _gather(reservation, linkages, board, room):
    """The packages that all accept who must, with the principals' gains; how many there are."""
    size = 0
    for p in range(len(board.masks)):
        consent, good = board.consent[p], True
        for i in range(board.parties):
            if has(board.principals, i) and room.utilities[i, p] < reservation[i] - TOLERANCE:
                good = False
                break
        if good:
            for i in range(board.parties):
                if has(consent, i) and not has(board.principals, i):
                    if worth(i, p, linkages, board, room.halves) < reservation[i] - TOLERANCE:
                        good = False
                        break
        if good:
            room.inside[size] = p
            column = 0
            for i in range(board.parties):
                if has(board.principals, i):
                    room.gains[size, column] = room.utilities[i, p] - reservation[i]
                    column += 1
            size += 1
    return size
