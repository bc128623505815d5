"""One move of one mover, pair of states by pair: for joint movers and for barred moves.

Slower than the sweeps, and right for every model: staying put is not counted in, a barred move
is left out, and a move of several parties is an improvement only if all of them gain.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating


@allocating
def can_move(fibers, m, n):
    """Whether the mover can go from the m-th member to the n-th, both of one fiber."""
    p, q = fibers.patterns[m], fibers.patterns[n]
    up, down = q & ~p, p & ~q
    if m == n or up & ~fibers.forward or down & ~fibers.back:
        return False
    x, y = fibers.members[m], fibers.members[n]
    k = np.searchsorted(fibers.barred_from, x)
    while k < len(fibers.barred_from) and fibers.barred_from[k] == x:
        if fibers.barred_to[k] == y:
            return False
        k += 1
    return True


@allocating
def gains_by(payoffs, x, y):
    """Whether all rows of `payoffs` (parties, F) are strictly higher at y than at x."""
    gaining = 0
    while gaining < len(payoffs) and payoffs[gaining, y] > payoffs[gaining, x]:
        gaining += 1
    return gaining == len(payoffs)


@allocating
def sweep_pairs(levels, payoffs, fibers, out):
    """Lower `out` to the lowest of `levels` that a move leads to by which all movers gain.

    `levels` and `out` (D, F) are different arrays; `payoffs` (D, movers, F), with no movers
    for any move at all. Says whether anything fell.
    """
    fell = False
    for d in range(len(levels)):
        for g in range(len(fibers.starts) - 1):
            first, last = fibers.starts[g], fibers.starts[g + 1]
            for m in range(first, last):
                x = fibers.members[m]
                for n in range(first, last):
                    y = fibers.members[n]
                    if levels[d, y] < out[d, x] and can_move(fibers, m, n):
                        if gains_by(payoffs[d], x, y):
                            out[d, x] = levels[d, y]
                            fell = True
    return fell


@allocating
def count_moves(rows, payoffs, fibers, places, counts):
    """How many moves from each of the rows all movers gain by; `places` (F): -1 outside."""
    for r in range(len(rows)):
        counts[r] = 0
        m = places[rows[r]]
        if m < 0:
            continue
        g = np.searchsorted(fibers.starts, m, side="right") - 1
        for n in range(fibers.starts[g], fibers.starts[g + 1]):
            if can_move(fibers, m, n) and gains_by(payoffs, rows[r], fibers.members[n]):
                counts[r] += 1


@allocating
def list_moves(rows, payoffs, fibers, places, targets):
    """The rows that those moves lead to, one row after the other."""
    k = 0
    for r in range(len(rows)):
        m = places[rows[r]]
        if m < 0:
            continue
        g = np.searchsorted(fibers.starts, m, side="right") - 1
        for n in range(fibers.starts[g], fibers.starts[g + 1]):
            if can_move(fibers, m, n) and gains_by(payoffs, rows[r], fibers.members[n]):
                targets[k] = fibers.members[n]
                k += 1
