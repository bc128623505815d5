"""Which rows of gains no other row dominates."""

from __future__ import annotations

import numpy as np
from numba import njit

from summitry.game.kernels.stops import TOLERANCE, _bit


@njit(cache=True, nogil=True)
def _dominates(gains, q, p):
    better = False
    for i in range(gains.shape[1]):
        if gains[q, i] < gains[p, i] - TOLERANCE:
            return False
        if gains[q, i] > gains[p, i] + TOLERANCE:
            better = True
    return better


@njit(cache=True, nogil=True)
def mark_frontier(gains, kept):
    """Mark the rows of `gains` (rows, principals) that no other dominates; equals are all kept.

    A row dominates another when it is better by more than the tolerance somewhere and worse
    by more than it nowhere. Rows are first compared with the best so far, by falling sum;
    who survives is compared with all, since tolerance is not transitive.
    """
    rows = len(gains)
    order = np.argsort(-gains.sum(axis=1))
    front = np.empty(rows, np.int64)
    size = 0
    for at in range(rows):
        p = order[at]
        beaten = False
        for k in range(size):
            if _dominates(gains, front[k], p):
                beaten = True
                # who beats one beats its neighbours: try it first next time
                front[0], front[k] = front[k], front[0]
                break
        if not beaten:
            front[size] = p
            size += 1
    kept[:] = False
    for k in range(size):
        p = front[k]
        kept[p] = True
        for q in range(rows):
            if _dominates(gains, q, p):
                kept[p] = False
                break


@njit(cache=True, nogil=True)
def rate_packages(utilities, reservation, granted, board, weights, sums, squares):
    """Add up how often each package is acceptable to all who must, and how often efficient.

    `utilities` (strata, D, N, P), `reservation` (strata, D, N), `granted` (D, masks),
    `weights` (strata). Adds to `sums` and `squares` (2, P) the weight of the strata in which
    it is, and its square, draw by draw: acceptable first, efficient second.
    """
    strata, draws, parties, packages = utilities.shape
    count = 0
    for i in range(parties):
        if _bit(board.principals, i):
            count += 1
    found = np.zeros((2, packages))
    inside = np.empty(packages, np.int64)
    gains = np.empty((packages, count))
    kept = np.empty(packages, np.bool_)
    for d in range(draws):
        found[:] = 0.0
        for s in range(strata):
            if weights[s] == 0.0:
                continue
            size = 0
            for p in range(packages):
                if board.chances[p] & ~granted[d] != 0:
                    continue
                good = True
                for i in range(parties):
                    if _bit(board.consent[p], i):
                        if utilities[s, d, i, p] < reservation[s, d, i] - TOLERANCE:
                            good = False
                            break
                if good:
                    inside[size] = p
                    column = 0
                    for i in range(parties):
                        if _bit(board.principals, i):
                            gains[size, column] = utilities[s, d, i, p] - reservation[s, d, i]
                            column += 1
                    found[0, p] += weights[s]
                    size += 1
            mark_frontier(gains[:size], kept[:size])
            for k in range(size):
                if kept[k]:
                    found[1, inside[k]] += weights[s]
        for row in range(2):
            for p in range(packages):
                sums[row, p] += found[row, p]
                squares[row, p] += found[row, p] * found[row, p]
