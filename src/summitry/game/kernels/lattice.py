"""The least trust over all orders of steps of a package whose commitments come in parts.

A state counts how many parts of each commitment are done; it is a number with a digit for
each commitment (digits x strides), so that every step leads to a larger one.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating, kernel
from summitry.game.kernels.ladder import asked
from summitry.game.kernels.stops import TOLERANCE, _bit


@kernel
def fill_states(parts, strides, complete, unfinished):
    """For every state the commitments that are `complete`, and those `unfinished` (masks)."""
    complete[0] = 0
    unfinished[0] = 0
    for x in range(len(parts)):
        for done in range(parts[x], -1, -1):
            for m in range(strides[x]):
                state = m + done * strides[x]
                complete[state] = complete[m] | (1 << x if done == parts[x] else 0)
                unfinished[state] = unfinished[m] | (1 << x if done < parts[x] else 0)


@kernel
def fill_held(parts, strides, complete, links, kept, linked, held):
    """What each party keeps at every state, into `held` (N, states).

    `kept` (N, commitments) and `linked` (N, linkages) are the irreversible worths, `links`
    masks of commitments: a linkage is there when all parts of its commitments are.
    """
    for i in range(held.shape[0]):
        held[i, 0] = 0.0
        for x in range(len(parts)):
            for done in range(1, parts[x] + 1):
                worth = kept[i, x] * done / parts[x]
                for m in range(strides[x]):
                    held[i, m + done * strides[x]] = held[i, m] + worth
        for k in range(len(links)):
            if linked[i, k] != 0.0:
                for state in range(held.shape[1]):
                    if links[k] & ~complete[state] == 0:
                        held[i, state] += linked[i, k]


@kernel
def _excess(before, after, movers, held, gains, breach, trust):
    """By how much the step asks its movers for more than their trust, at worst."""
    last = after == held.shape[1] - 1
    most = -np.inf
    for i in range(held.shape[0]):
        if _bit(movers, i):
            ask = asked(held[i, before] - breach[i], held[i, after], gains[i], last)
            most = max(most, ask - trust[i])
    return most


@kernel
def _next_steps(before, complete, unfinished, strides, requires, movers, instant, steps):
    """Every single move and swap that can come next, into `steps` (x, y, after): how many."""
    number = 0
    for x in range(len(strides)):
        if not unfinished[before] >> x & 1 or requires[x] & ~complete[before] != 0:
            continue
        after = before + strides[x]
        steps[number, 0], steps[number, 1], steps[number, 2] = x, x, after
        number += 1
        if not instant[x]:
            continue
        for y in range(x + 1, len(strides)):
            if not unfinished[before] >> y & 1 or requires[y] & ~complete[before] != 0:
                continue
            if instant[y] and movers[x] & movers[y] == 0:
                steps[number, 0], steps[number, 1], steps[number, 2] = x, y, after + strides[y]
                number += 1
    return number


@allocating
def spread(
    complete, unfinished, strides, requires, movers, instant, held, gains, breach, trust, need
):
    """Lower `need` (states) to the least of any order from the states where it is finite.

    The need of an order is the largest excess of a mover's minimum trust over `trust` (N).
    """
    steps = np.empty((len(strides) * len(strides), 3), np.int64)
    for before in range(held.shape[1] - 1):
        if need[before] == np.inf:
            continue
        number = _next_steps(
            before, complete, unfinished, strides, requires, movers, instant, steps
        )
        for k in range(number):
            x, y, after = steps[k]
            most = _excess(before, after, movers[x] | movers[y], held, gains, breach, trust)
            need[after] = min(need[after], max(need[before], most))


@allocating
def trace(
    complete, unfinished, strides, requires, movers, instant, held, gains, breach, trust, most
):
    """The first of the shortest orders whose need is at most `most`: (steps, 2) positions.

    A single step has the same position twice; empty if there is no such order.
    """
    full = held.shape[1] - 1
    far = np.int64(1 << 60)
    left = np.full(full + 1, far, np.int64)
    left[full] = 0
    choice = np.zeros((full + 1, 2), np.int64)
    steps = np.empty((len(strides) * len(strides), 3), np.int64)
    for before in range(full - 1, -1, -1):
        number = _next_steps(
            before, complete, unfinished, strides, requires, movers, instant, steps
        )
        for k in range(number):
            x, y, after = steps[k]
            if left[after] + 1 < left[before]:
                over = _excess(before, after, movers[x] | movers[y], held, gains, breach, trust)
                if over <= most + TOLERANCE:
                    left[before] = left[after] + 1
                    choice[before, 0], choice[before, 1] = x, y
    if left[0] == far:
        return np.zeros((0, 2), np.int64)
    path = np.zeros((left[0], 2), np.int64)
    at = 0
    for k in range(len(path)):
        x, y = choice[at]
        path[k, 0], path[k, 1] = x, y
        at += strides[x] + (strides[y] if y != x else 0)
    return path
