"""The least trust over all orders of steps of a package whose commitments come in parts.

A state counts how many parts of each commitment are done; it is a number with a digit for
each commitment (digits x strides), so that every step leads to a larger one.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from summitry.game.kernels.ladder import asked
from summitry.game.kernels.stops import TOLERANCE, _bit


@njit(cache=True, nogil=True)
def fill_held(parts, strides, links, kept, linked, held):
    """What each party keeps at every state, into `held` (N, states).

    `kept` (N, commitments) and `linked` (N, linkages) are the irreversible worths, `links`
    masks of commitments: a linkage is there when all parts of its commitments are.
    """
    size = len(parts)
    for state in range(held.shape[1]):
        complete = _complete(state, parts, strides)
        for i in range(held.shape[0]):
            total = 0.0
            for x in range(size):
                done = state // strides[x] % (parts[x] + 1)
                total += kept[i, x] * done / parts[x]
            for k in range(len(links)):
                if links[k] & ~complete == 0:
                    total += linked[i, k]
            held[i, state] = total


@njit(cache=True, nogil=True)
def _complete(state, parts, strides):
    """The commitments of which all parts are done, as a mask."""
    mask = 0
    for x in range(len(parts)):
        if state // strides[x] % (parts[x] + 1) == parts[x]:
            mask |= 1 << x
    return mask


@njit(cache=True, nogil=True)
def _excess(before, after, movers, held, gains, breach, trust):
    """By how much the step asks its movers for more than their trust, at worst."""
    last = after == held.shape[1] - 1
    most = -np.inf
    for i in range(held.shape[0]):
        if _bit(movers, i):
            ask = asked(held[i, before] - breach[i], held[i, after], gains[i], last)
            most = max(most, ask - trust[i])
    return most


@njit(cache=True, nogil=True)
def _open(before, x, complete, parts, strides, requires):
    """Whether the next part of commitment x can be done."""
    done = before // strides[x] % (parts[x] + 1)
    return done < parts[x] and requires[x] & ~complete == 0


@njit(cache=True, nogil=True)
def spread(parts, strides, requires, movers, instant, held, gains, breach, trust, need):
    """Lower `need` (states) to the least of any order from the states where it is finite.

    The need of an order is the largest excess of a mover's minimum trust over `trust` (N).
    """
    size = len(parts)
    for before in range(held.shape[1] - 1):
        if need[before] == np.inf:
            continue
        complete = _complete(before, parts, strides)
        for x in range(size):
            if not _open(before, x, complete, parts, strides, requires):
                continue
            for y in range(x, size):
                after = before + strides[x]
                if y != x:
                    swap = instant[x] and instant[y] and movers[x] & movers[y] == 0
                    if not swap or not _open(before, y, complete, parts, strides, requires):
                        continue
                    after += strides[y]
                both = movers[x] | movers[y]
                most = _excess(before, after, both, held, gains, breach, trust)
                need[after] = min(need[after], max(need[before], most))


@njit(cache=True, nogil=True)
def trace(parts, strides, requires, movers, instant, held, gains, breach, trust, most):
    """The first of the shortest orders whose need is at most `most`: (steps, 2) positions.

    A single step has the same position twice; empty if there is no such order.
    """
    size, full = len(parts), held.shape[1] - 1
    far = np.int64(1 << 60)
    left = np.full(full + 1, far, np.int64)
    left[full] = 0
    choice = np.zeros((full + 1, 2), np.int64)
    for before in range(full - 1, -1, -1):
        complete = _complete(before, parts, strides)
        for x in range(size):
            if not _open(before, x, complete, parts, strides, requires):
                continue
            for y in range(x, size):
                after = before + strides[x]
                if y != x:
                    swap = instant[x] and instant[y] and movers[x] & movers[y] == 0
                    if not swap or not _open(before, y, complete, parts, strides, requires):
                        continue
                    after += strides[y]
                if left[after] + 1 < left[before]:
                    both = movers[x] | movers[y]
                    over = _excess(before, after, both, held, gains, breach, trust)
                    if over <= most + TOLERANCE:
                        left[before] = left[after] + 1
                        choice[before, 0], choice[before, 1] = x, y
    if left[0] == far:
        return np.zeros((0, 2), np.int64)
    steps = np.zeros((left[0], 2), np.int64)
    at = 0
    for k in range(len(steps)):
        x, y = choice[at]
        steps[k, 0], steps[k, 1] = x, y
        at += strides[x] + (strides[y] if y != x else 0)
    return steps
