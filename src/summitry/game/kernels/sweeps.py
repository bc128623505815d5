"""One move of one mover, for all states at once: the lowest level that it can lead to.

`levels` and `out` are (D, F) and may be the same array: a fiber is read before it is written.
Here every two moves of a mover in a row are one move of its own, so staying put is always
counted in; `summitry.game.kernels.pairs` is for models with single moves that are barred.
Each kernel lowers `out` and says whether anything fell.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating


@allocating
def sweep(levels, fibers, out):
    """Lower `out` to the lowest of `levels` that any move leads to, or staying."""
    run = np.empty(1 << fibers.ways)
    fell = False
    for d in range(len(levels)):
        for g in range(len(fibers.starts) - 1):
            first, last = fibers.starts[g], fibers.starts[g + 1]
            if last - first < 2:
                continue
            run[:] = np.inf
            for m in range(first, last):
                p = fibers.patterns[m]
                run[p] = min(run[p], levels[d, fibers.members[m]])
            for b in range(fibers.ways):
                for p in range(len(run)):
                    if p >> b & 1:
                        continue
                    q = p | 1 << b
                    if fibers.forward >> b & 1:
                        run[p] = min(run[p], run[q])
                    elif fibers.back >> b & 1:
                        run[q] = min(run[q], run[p])
            for m in range(first, last):
                x, low = fibers.members[m], run[fibers.patterns[m]]
                if low < out[d, x]:
                    out[d, x] = low
                    fell = True
    return fell


@allocating
def order_fibers(payoffs, fibers, order):
    """Fill `order` (D, members) with the places of each fiber's members by falling payoff."""
    for d in range(len(payoffs)):
        for g in range(len(fibers.starts) - 1):
            first, last = fibers.starts[g], fibers.starts[g + 1]
            if last - first == 1:
                order[d, first] = first
                continue
            inside = np.argsort(-payoffs[d][fibers.members[first:last]])
            for k in range(last - first):
                order[d, first + k] = first + inside[k]


@allocating
def sweep_better(levels, payoffs, order, fibers, out):
    """The same for moves that the mover strictly gains by; `payoffs` (D, F) are the mover's."""
    run = np.empty(1 << fibers.ways)
    fell = False
    for d in range(len(levels)):
        for g in range(len(fibers.starts) - 1):
            m, last = fibers.starts[g], fibers.starts[g + 1]
            if last - m < 2:
                continue
            run[:] = np.inf
            while m < last:
                end = m
                tie = payoffs[d, fibers.members[order[d, m]]]
                while end < last and payoffs[d, fibers.members[order[d, end]]] == tie:
                    at = order[d, end]
                    x, p = fibers.members[at], fibers.patterns[at]
                    low = _lowest(run, p, (fibers.forward & ~p) | (fibers.back & p))
                    if low < out[d, x]:
                        out[d, x] = low
                        fell = True
                    end += 1
                for k in range(m, end):
                    at = order[d, k]
                    p = fibers.patterns[at]
                    run[p] = min(run[p], levels[d, fibers.members[at]])
                m = end
    return fell


@allocating
def _lowest(run, p, free):
    """The lowest entry at `p` with any of the bits in `free` turned over."""
    low = run[p]
    part = free
    while part:
        low = min(low, run[p ^ part])
        part = (part - 1) & free
    return low
