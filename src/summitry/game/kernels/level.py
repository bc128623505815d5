"""One level of the talks: what is on the table, what the parties hold out for, what they choose.

Aspirations: Tietz (1975), Selten (1998); equal shares of ideal gains: Kalai and Smorodinsky
(1975); quantal choice round the Nash product: McKelvey and Palfrey (1995). Model section 4.
"""

from __future__ import annotations

import math

import numpy as np

from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.heap import heapify, pop
from summitry.game.kernels.room import (
    ACCEPTED,
    FAILS,
    HOLDS,
    UNKNOWN,
    VETOED,
    holds,
    worth_to,
)
from summitry.game.kernels.stops import TOLERANCE

SIGNED, INTERESTS, VETO, COMMITMENT, HOLDING_OUT, NOT_REACHED = 0, 1, 2, 3, 4, 5


@kernel
def lay_out(low, high, board, room):
    """Put the packages of Z2 with tiers `low` to `high` on the table: (how many, obstacle).

    The obstacle is SIGNED where the zone is not empty.
    """
    obstacle, size = INTERESTS, 0
    for p in room.ranked[room.starts[low] : room.starts[high + 1]]:
        if not room.open[p]:
            continue
        obstacle = VETO if obstacle == INTERESTS else obstacle
        if is_accepted(p, board, room):
            obstacle = SIGNED
            room.table[size] = p
            size += 1
    return size, obstacle


@kernel
def is_accepted(p, board, room):
    """Whether all who must consent besides the principals accept package p; remembered."""
    if room.verdicts[p] == UNKNOWN:
        others, i = np.int64(board.consent[p]) & ~np.int64(board.principals), 0
        room.verdicts[p] = ACCEPTED
        while others != 0:
            if others & 1 and worth_to(i, p, board, room) < room.base[i] - TOLERANCE:
                room.verdicts[p] = VETOED
                break
            others >>= 1
            i += 1
    return room.verdicts[p] != VETOED


@inlined
def _best_for(i, size, have, board, room):
    """The package on the table that is best for a principal and can be signed; -1 for none."""
    best, tried = -1, 0
    own, verdicts = room.utilities[i], room.verdicts
    while tried < 8:
        best = -1
        for x in range(size):
            p = room.table[x]
            if verdicts[p] != FAILS and (best < 0 or own[p] > own[best]):
                best = p
        if best < 0 or holds(best, have, board, room):
            return best
        tried += 1
    heap, left = room.heap, 0
    for x in range(size):
        p = room.table[x]
        if verdicts[p] != FAILS:
            heap.items[left] = p
            heap.major[p] = own[p]
            heap.minor[p] = 0.0
            left += 1
    heapify(heap, left)
    while left > 0:
        if holds(heap.items[0], have, board, room):
            return heap.items[0]
        left = pop(heap, left)
    return -1


@kernel
def _mixed(key):
    """A number whose bits are well mixed (splitmix64: Steele, Lea and Flood 2014)."""
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


@kernel
def _luck(p, key, luck, board):
    """The uniform number of package p in a draw: the same wherever the package is considered.

    From the draw's `key` and the package's commitments, or as `luck` (P, else empty) gives it.
    """
    if len(luck) > 0:
        return luck[p]
    mask, c = board.masks[p], 0
    while mask != 0:
        if mask & np.uint32(1):
            key += board.hashes[c]
        mask >>= np.uint32(1)
        c += 1
    return (np.float64(_mixed(key) >> np.uint64(11)) + 0.5) / 9007199254740992.0


@inlined
def _choose(key, luck, floor, size, have, board, room):
    """The package that is signed of those that meet everybody's aspirations; -1 for none."""
    heap, left = room.heap, 0
    for x in range(size):
        p = room.table[x]
        if room.verdicts[p] == FAILS:
            continue
        enough = True
        for i in range(board.parties):
            if has(board.principals, i):
                gain = room.utilities[i, p] - room.base[i]
                if gain < room.aspiration[i] - TOLERANCE:
                    enough = False
                    break
        if not enough:
            continue
        score = -math.log(-math.log(_luck(p, key, luck, board)))
        for i in range(board.parties):
            if has(board.principals, i):
                ratio = 1.0
                if room.ideal[i] > TOLERANCE:
                    ratio = max(room.utilities[i, p] - room.base[i], 0.0) / room.ideal[i]
                score += room.weight[i] * math.log(ratio + floor)
        heap.items[left] = p
        heap.major[p] = score
        heap.minor[p] = 0.0
        left += 1
    heapify(heap, left)
    while left > 0:
        if holds(heap.items[0], have, board, room):
            return heap.items[0]
        left = pop(heap, left)
    return -1


@inlined
def negotiate(key, luck, hold, floor, low, high, have, board, room):
    """What is signed at a level: (package or -1, obstacle).

    `hold`: which part of its claim each principal holds out for.
    """
    size, obstacle = lay_out(low, high, board, room)
    if obstacle != SIGNED:
        return -1, obstacle
    for i in range(board.parties):
        if has(board.principals, i):
            best = _best_for(i, size, have, board, room)
            if best < 0:
                return -1, COMMITMENT
            ideal = room.utilities[i, best] - room.base[i]
            room.ideal[i] = ideal
            room.aspiration[i] = room.claim[i] * hold * ideal if ideal > TOLERANCE else 0.0
    p = _choose(key, luck, floor, size, have, board, room)
    return p, (HOLDING_OUT if p < 0 else SIGNED)


@inlined
def any_holds(size, have, board, room):
    """Whether any package on the table can be signed: first those known, then the comfortable."""
    for x in range(size):
        if room.verdicts[room.table[x]] == HOLDS:
            return True
    heap, left = room.heap, 0
    for x in range(size):
        p = room.table[x]
        if room.verdicts[p] == ACCEPTED:
            slack = 1.0
            for i in range(board.parties):
                if has(board.principals, i):
                    slack *= max(room.utilities[i, p] - room.base[i], 0.0)
            heap.items[left] = p
            heap.major[p] = slack
            heap.minor[p] = 0.0
            left += 1
    heapify(heap, left)
    while left > 0:
        if holds(heap.items[0], have, board, room):
            return True
        left = pop(heap, left)
    return False


@kernel
def nash_choice(power, size, board, room):
    """The package on the table with the Nash solution among those that can be signed.

    First the number of principals who gain, then the weighted sum of the logarithms of
    their gains (Nash 1950; several principals and bargaining powers: Harsanyi and Selten
    1972); ties go to the smaller mask. -1 where none can be signed.
    """
    heap = room.heap
    for x in range(size):
        p, winners, total = room.table[x], 0.0, 0.0
        for i in range(board.parties):
            if has(board.principals, i):
                gain = room.utilities[i, p] - room.base[i]
                if gain > TOLERANCE:
                    winners += 1.0
                    total += power[i] * math.log(gain)
        heap.items[x] = p
        heap.major[p] = winners
        heap.minor[p] = total
    heapify(heap, size)
    while size > 0:
        if holds(heap.items[0], 0, board, room):
            return heap.items[0]
        size = pop(heap, size)
    return -1
