"""The roadmap to show: over all subsets of one package, the order that asks for least trust.

A bottleneck path over the lattice of subsets, O(2^n n^2) for n commitments with swaps.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating, inlined, kernel
from summitry.game.kernels.stops import TOLERANCE, _bit


@allocating
def held_by_subset(elements, linkages, kept, linked):
    """What each party keeps at every subset: (N, 2^n), bit x of a subset = elements[x].

    `linkages` are masks over the positions in `elements`; `kept` (N, commitments) and
    `linked` (N, linkages) the irreversible values.
    """
    size = len(elements)
    held = np.zeros((kept.shape[0], 1 << size))
    for i in range(kept.shape[0]):
        for x in range(size):
            for m in range(1 << x):
                held[i, m | (1 << x)] = held[i, m] + kept[i, elements[x]]
        for k in range(len(linkages)):
            for m in range(1 << size):
                if m & linkages[k] == linkages[k]:
                    held[i, m] += linked[i, k]
    return held


@kernel
def asked(stop, then, gain, last):
    """The minimum trust of one mover's step: it stops with `stop`, is left with `then`."""
    if gain < stop - TOLERANCE:
        return np.inf
    if last or stop <= then + TOLERANCE:
        return 0.0
    return min((stop - then) / (gain - then), 1.0)


@kernel
def step_demand(before, after, movers, held, gains, breach):
    """The largest minimum trust that the step from subset to subset asks of its movers."""
    last = after == held.shape[1] - 1
    demand = 0.0
    for i in range(held.shape[0]):
        if _bit(movers, i):
            ask = asked(held[i, before] - breach[i], held[i, after], gains[i], last)
            demand = max(demand, ask)
    return demand


@inlined
def _legal(before, x, y, requires, movers, instant):
    """Whether step (x), or swap (x, y) for y > x, can be taken at a subset."""
    if before >> x & 1 or requires[x] & ~before != 0:
        return False
    if y == x:
        return True
    if before >> y & 1 or requires[y] & ~before != 0:
        return False
    return instant[x] and instant[y] and movers[x] & movers[y] == 0


@allocating
def least_demand(requires, movers, instant, held, gains, breach):
    """For every subset the smallest demand of any order of moves that leads to it: (2^n)."""
    size, full = len(requires), held.shape[1] - 1
    need = np.full(full + 1, np.inf)
    need[0] = 0.0
    for before in range(full):
        if need[before] == np.inf:
            continue
        for x in range(size):
            for y in range(x, size):
                if _legal(before, x, y, requires, movers, instant):
                    after = before | 1 << x | 1 << y
                    both = movers[x] | movers[y]
                    demand = step_demand(before, after, both, held, gains, breach)
                    need[after] = min(need[after], max(need[before], demand))
    return need


@allocating
def fewest_steps(requires, movers, instant, held, gains, breach, most):
    """The first, in the commitments' order, of the shortest roadmaps asking at most `most`.

    Returns (steps, 2) positions, a single step twice the same; empty if there is none.
    """
    size, full = len(requires), held.shape[1] - 1
    far = 2 * size + 1
    left = np.full(full + 1, far, np.int64)
    left[full] = 0
    choice = np.zeros((full + 1, 2), np.int64)
    for before in range(full - 1, -1, -1):
        for x in range(size):
            for y in range(x, size):
                if _legal(before, x, y, requires, movers, instant):
                    after = before | 1 << x | 1 << y
                    if left[after] + 1 < left[before]:
                        both = movers[x] | movers[y]
                        demand = step_demand(before, after, both, held, gains, breach)
                        if demand <= most + TOLERANCE:
                            left[before] = left[after] + 1
                            choice[before, 0], choice[before, 1] = x, y
    if left[0] == far:
        return np.zeros((0, 2), np.int64)
    steps = np.zeros((left[0], 2), np.int64)
    at = 0
    for k in range(len(steps)):
        steps[k] = choice[at]
        at |= 1 << steps[k, 0] | 1 << steps[k, 1]
    return steps
