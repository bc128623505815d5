"""The orders of moves of one package: over all states of what is done, from the end backwards.

A state counts how many parts of each commitment are done; it is a number with a digit for each
commitment (digits x strides), so that every step leads to a larger one. What a step asks
depends on who would be tempted later, so that the search goes from the end to the beginning,
over pairs of a state and the set of parties still to be tempted (a mask over `suspects`).
Kydd (2005), model section 2.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import allocating, kernel
from summitry.game.kernels.stops import TOLERANCE


@allocating
def held_by_state(parts, strides, links, kept, linked):
    """What each party keeps at every state: (N, states).

    `kept` (N, commitments) and `linked` (N, linkages) are the irreversible worths, `links`
    masks of commitments: a linkage is there when all parts of its commitments are.
    """
    size = len(parts)
    states = strides[size - 1] * (parts[size - 1] + 1) if size > 0 else 1
    held = np.zeros((kept.shape[0], states))
    for i in range(kept.shape[0]):
        for x in range(size):
            for done in range(1, parts[x] + 1):
                worth = kept[i, x] * done / parts[x]
                for m in range(strides[x]):
                    held[i, m + done * strides[x]] = held[i, m] + worth
    for k in range(len(links)):
        for state in range(states):
            there = True
            for x in range(size):
                if has(links[k], x) and state // strides[x] % (parts[x] + 1) < parts[x]:
                    there = False
            if there:
                for i in range(kept.shape[0]):
                    held[i, state] += linked[i, k]
    return held


@kernel
def asked(stop, after, gain, tempted_later):
    """The minimum trust of one mover's step, not the last: it stops with `stop`, is left `after`.

    `tempted_later`: how many others will be tempted after it.
    """
    if tempted_later == 0:
        return 0.0
    floor = min(stop, 0.0)
    if floor <= after + TOLERANCE:
        return 0.0
    if gain <= after:
        return np.inf
    share = min(1.0, (floor - after) / (gain - after))
    return share if tempted_later == 1 else share ** (1.0 / tempted_later)


@kernel
def is_tempted(stop, gain):
    """Whether stopping beats going on to the end."""
    return stop > gain + TOLERANCE


@kernel
def _count(mask):
    number = 0
    while mask != 0:
        mask &= mask - 1
        number += 1
    return number


@allocating
def suspects_of(movers, held, gains, breach, rank):
    """The parties that could be tempted at some state, by rank (principals first)."""
    moving = np.int64(0)
    for x in range(len(movers)):
        moving |= movers[x]
    found = np.empty(len(gains), np.int64)
    number = 0
    for r in range(len(gains)):
        for i in range(len(gains)):
            if rank[i] == r and has(moving, i):
                most = held[i, 0]
                for state in range(held.shape[1]):
                    most = max(most, held[i, state])
                if is_tempted(most - breach[i], gains[i]):
                    found[number] = i
                    number += 1
    return found[:number]


@allocating
def begun_by_state(parts, strides):
    """Of which commitments some part is done at every state: masks (states)."""
    size = len(parts)
    states = strides[size - 1] * (parts[size - 1] + 1) if size > 0 else 1
    begun = np.zeros(states, np.int64)
    for x in range(size):
        for done in range(1, parts[x] + 1):
            for m in range(strides[x]):
                begun[m + done * strides[x]] = begun[m] | (1 << x)
    return begun


@kernel
def _step_back(state, x, y, begun, strides, later):
    """The state before the step x (or the swap of x and y) that leads to a state; -1: none."""
    there = begun[state]
    if not has(there, x) or later[x] & there != 0:
        return -1
    if y == x:
        return state - strides[x]
    if not has(there, y) or later[y] & there != 0:
        return -1
    return state - strides[x] - strides[y]


@allocating
def tempted_by_state(held, gains, breach, suspects):
    """Which suspects would gain by stopping at every state: masks over `suspects` (states)."""
    found = np.zeros(held.shape[1], np.int64)
    for s in range(len(suspects)):
        i = suspects[s]
        for state in range(held.shape[1]):
            if is_tempted(held[i, state] - breach[i], gains[i]):
                found[state] |= 1 << s
    return found


@kernel
def _among(movers, suspects):
    """A mask of parties as a mask over `suspects`."""
    found = 0
    for s in range(len(suspects)):
        if has(movers, suspects[s]):
            found |= 1 << s
    return found


@kernel
def step_demand(before, after, movers, tempted, suspects, held, gains, breach, trust):
    """The most that a step asks of its movers, and whether each has that much trust.

    `tempted`: who will be tempted after it, a mask over `suspects`.
    """
    most = 0.0
    if tempted == 0 or after == held.shape[1] - 1:
        return most, True
    for i in range(len(gains)):
        if has(movers, i):
            number = 0
            for s in range(len(suspects)):
                if has(tempted, s) and suspects[s] != i:
                    number += 1
            ask = asked(held[i, before] - breach[i], held[i, after], gains[i], number)
            if ask > trust[i] + TOLERANCE:
                return ask, False
            most = max(most, ask)
    return most, True


@kernel
def _any_below(table, row, limit):
    found = False
    for k in range(table.shape[1]):
        found |= table[row, k] < limit
    return found


@kernel
def _can_swap(x, y, movers, instant):
    return instant[x] and instant[y] and movers[x] & movers[y] == 0


@allocating
def least_demands(parts, strides, later, movers, instant, held, gains, breach, trust, suspects):
    """For every state and set of tempted parties the smallest demand of any order to the end.

    (states, 2^suspects), infinite where there is none; no step asks a mover for more than its
    `trust` (N; infinite: whatever the trust). `later` (masks): which commitments require this one.
    """
    size, states = len(parts), held.shape[1]
    begun = begun_by_state(parts, strides)
    tempting = tempted_by_state(held, gains, breach, suspects)
    need = np.full((states, 1 << len(suspects)), np.inf)
    need[states - 1, 0] = 0.0
    for after in range(states - 1, 0, -1):
        if not _any_below(need, after, np.inf):
            continue
        for x in range(size):
            for y in range(x, size if instant[x] else x + 1):
                if y != x and not _can_swap(x, y, movers, instant):
                    continue
                before = _step_back(after, x, y, begun, strides, later)
                if before < 0:
                    continue
                both = movers[x] | movers[y]
                now = tempting[before] & _among(both, suspects)
                for tempted in range(need.shape[1]):
                    if need[after, tempted] < np.inf:
                        demand, agreed = step_demand(
                            before, after, both, tempted, suspects, held, gains, breach, trust
                        )
                        if agreed:
                            worst = max(need[after, tempted], demand)
                            all_told = tempted | now
                            need[before, all_told] = min(need[before, all_told], worst)
    return need


@kernel
def fewest_tempted(need):
    """Of the orders from the beginning the set of tempted parties to prefer; -1: no order.

    The fewest; then the smallest demand; then the first when compared as sorted lists of ranks.
    """
    best = -1
    for tempted in range(need.shape[1]):
        if need[0, tempted] == np.inf:
            continue
        if best < 0 or _count(tempted) < _count(best):
            best = tempted
        elif _count(tempted) == _count(best):
            # suspects are sorted by rank: the first that only one of the sets has decides
            apart = need[0, tempted] - need[0, best]
            lowest = (tempted ^ best) & -(tempted ^ best)
            if apart < -TOLERANCE or (apart <= TOLERANCE and tempted & lowest != 0):
                best = tempted
    return best


@allocating
def first_order(
    parts, strides, later, movers, instant, held, gains, breach, trust, suspects, wanted, most
):
    """The first, in the commitments' order, of the shortest orders that ask at most `most`.

    With just the parties in `wanted` (a mask over `suspects`) tempted. Returns (steps, 2)
    positions, a single step twice the same; empty if there is none.
    """
    size, states = len(parts), held.shape[1]
    begun = begun_by_state(parts, strides)
    tempting = tempted_by_state(held, gains, breach, suspects)
    sets = 1 << len(suspects)
    far = np.int32(1 << 20)
    left = np.full((states, sets), far, np.int32)
    left[states - 1, 0] = 0
    for after in range(states - 1, 0, -1):
        if not _any_below(left, after, far):
            continue
        for x in range(size):
            for y in range(x, size if instant[x] else x + 1):
                if y != x and not _can_swap(x, y, movers, instant):
                    continue
                before = _step_back(after, x, y, begun, strides, later)
                if before < 0:
                    continue
                both = movers[x] | movers[y]
                now = tempting[before] & _among(both, suspects)
                for tempted in range(sets):
                    if left[after, tempted] < far and tempted & ~wanted == 0:
                        demand, agreed = step_demand(
                            before, after, both, tempted, suspects, held, gains, breach, trust
                        )
                        if agreed and demand <= most + TOLERANCE:
                            one = left[after, tempted] + 1
                            left[before, tempted | now] = min(left[before, tempted | now], one)
    if left[0, wanted] == far:
        return np.zeros((0, 2), np.int64)
    steps = np.zeros((left[0, wanted], 2), np.int64)
    state = np.int64(0)
    # the steps taken so far may leave several sets open: all that are as near to the end
    here, there = np.zeros(sets, np.bool_), np.zeros(sets, np.bool_)
    here[wanted] = True
    for k in range(len(steps)):
        found = False
        for x in range(size):
            for y in range(x, size):
                if found or (y != x and not _can_swap(x, y, movers, instant)):
                    continue
                after = state + strides[x] + (strides[y] if y != x else 0)
                if state // strides[x] % (parts[x] + 1) == parts[x]:
                    continue
                if y != x and state // strides[y] % (parts[y] + 1) == parts[y]:
                    continue
                if _step_back(after, x, y, begun, strides, later) != state:
                    continue
                both = movers[x] | movers[y]
                now = tempting[state] & _among(both, suspects)
                for tempted in range(sets):
                    there[tempted] = False
                    if left[after, tempted] + k + 1 == len(steps) and here[tempted | now]:
                        demand, agreed = step_demand(
                            state, after, both, tempted, suspects, held, gains, breach, trust
                        )
                        if agreed and demand <= most + TOLERANCE:
                            there[tempted] = True
                            found = True
                if found:
                    steps[k, 0], steps[k, 1] = x, y
                    for tempted in range(sets):
                        here[tempted] = there[tempted]
                    state = after
    return steps


@allocating
def unhesitating_order(parts, strides, later, movers, instant, held, gains, breach, suspects):
    """The first of the shortest orders on which nobody is ever tempted: it asks for no trust.

    (steps, 2) positions as `first_order`; empty if there is none. Most packages have one, and one
    number a state finds it.
    """
    size, states = len(parts), held.shape[1]
    begun = begun_by_state(parts, strides)
    tempting = tempted_by_state(held, gains, breach, suspects)
    own = np.empty(size, np.int64)
    for x in range(size):
        own[x] = _among(movers[x], suspects)
    far = np.int32(1 << 20)
    left = np.full(states, far, np.int32)
    left[states - 1] = 0
    for after in range(states - 1, 0, -1):
        if left[after] == far:
            continue
        for x in range(size):
            for y in range(x, size if instant[x] else x + 1):
                if y != x and not _can_swap(x, y, movers, instant):
                    continue
                before = _step_back(after, x, y, begun, strides, later)
                if before >= 0 and tempting[before] & (own[x] | own[y]) == 0:
                    left[before] = min(left[before], left[after] + 1)
    if left[0] == far:
        return np.zeros((0, 2), np.int64)
    steps, state = np.zeros((left[0], 2), np.int64), np.int64(0)
    for k in range(len(steps)):
        found = False
        for x in range(size):
            for y in range(x, size if instant[x] else x + 1):
                if found or (y != x and not _can_swap(x, y, movers, instant)):
                    continue
                after = state + strides[x] + (strides[y] if y != x else 0)
                if after >= states or left[after] + k + 1 != len(steps):
                    continue
                if _step_back(after, x, y, begun, strides, later) != state:
                    continue
                if tempting[state] & (own[x] | own[y]) == 0:
                    steps[k, 0], steps[k, 1] = x, y
                    found = True
        state += strides[steps[k, 0]]
        if steps[k, 1] != steps[k, 0]:
            state += strides[steps[k, 1]]
    return steps
