"""In which order to decide on commitments, so that few decided ones still interact."""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating


@allocating
def decide_from(first, neighbours, order):
    """Fill `order` from a first commitment, greedily; the sum of 2^(still interacting).

    `neighbours` (m, m) says which commitments interact. Next comes the one that leaves the
    fewest decided commitments with an undecided neighbour, of these the one with the most
    decided neighbours.
    """
    m = len(neighbours)
    decided = np.zeros(m, np.bool_)
    left = neighbours.sum(axis=1)
    live, cost = 0, 0.0
    for k in range(m):
        best, best_live, best_known = -1, m + 2, -1
        for c in range(m):
            if decided[c] or (k == 0 and c != first):
                continue
            after, known = live + (1 if left[c] > 0 else 0), 0
            for b in range(m):
                if neighbours[c, b] and decided[b]:
                    known += 1
                    if left[b] == 1:
                        after -= 1
            if after < best_live or (after == best_live and known > best_known):
                best, best_live, best_known = c, after, known
        order[k], decided[best], live = best, True, best_live
        for b in range(m):
            if neighbours[best, b]:
                left[b] -= 1
        cost += 2.0**live
    return cost


@allocating
def best_order(neighbours, tries):
    """The cheapest of the greedy orders from up to `tries` first commitments."""
    m = len(neighbours)
    best, order = np.arange(m), np.empty(m, np.int64)
    least = np.inf
    for first in range(min(m, tries)):
        cost = decide_from(first, neighbours, order)
        if cost < least:
            least = cost
            best[:] = order
    return best
