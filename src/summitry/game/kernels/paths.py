"""Is there an order of moves that nobody would stop? The search along the subsets of a package.

The threshold of a step is that of Kydd's assurance game (Kydd 2005, Trust and Mistrust in
International Relations), applied at every subset of the package on the way.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from summitry.game.kernels.deadlines import few, prepare
from summitry.game.kernels.stops import _added, _agrees, _bit, _unpack


@njit(cache=True, nogil=True)
def self_enforcing(mask, gains, board, stops, trail):
    """Whether some order of the package's moves asks no mover for more than its trust.

    `gains` (N): what each party gains by the whole package. A depth-first search over the
    subsets, cut off as soon as a move that is left comes too late for its mover
    (`deadlines` in prepare.py), with gifts kept for the end.
    """
    size, linked = _unpack(mask, board, trail)
    if not prepare(mask, size, linked, gains, board, stops, trail):
        return False
    trail.received[0, :] = 0.0
    if not still_possible(0, 0, size, board, trail):
        return False
    trail.reached[: 1 << size] = 0
    trail.local[0] = 0
    trail.whole[0] = 0
    trail.first[0] = 0
    trail.second[0] = 0
    trail.kept[0, :] = 0.0
    core = 0
    for x in range(size):
        core |= 0 if trail.gift[x] else 1 << x
    depth = 0
    while depth >= 0:
        x = trail.first[depth]
        if x == size:
            depth -= 1
            continue
        y = trail.second[depth]
        if y + 1 < size:
            trail.second[depth] = y + 1
        else:
            trail.first[depth] = x + 1
            trail.second[depth] = x + 1
        outcome = -1
        if not trail.gift[x] or few(core & ~trail.local[depth]):
            outcome = _try_step(depth, x, y, size, linked, mask, gains, board, stops, trail)
        if outcome == 2:
            return True
        if outcome == 1:
            depth += 1
        elif outcome == -1:
            trail.first[depth] = x + 1
            trail.second[depth] = x + 1
    return False


@njit(cache=True, nogil=True)
def _try_step(depth, x, y, size, linked, mask, gains, board, stops, trail):
    """Take step (x) or swap (x, y): 2 done, 1 taken, 0 refused, -1 x cannot move here."""
    before = trail.whole[depth]
    c = trail.elements[x]
    if _bit(before, c) or board.requires[c] & ~before != 0:
        return -1
    if trail.earlier[x] & ~trail.local[depth] != 0:
        return -1
    after = before | np.uint32(1 << c)
    local = trail.local[depth] | (1 << x)
    d = c
    movers = board.movers[c]
    if y != x:
        if not board.instant[c]:
            return -1
        d = trail.elements[y]
        if not board.instant[d] or _bit(before, d) or board.movers[d] & movers != 0:
            return 0
        if board.requires[d] & ~before != 0 or trail.earlier[y] & ~trail.local[depth] != 0:
            return 0
        after |= np.uint32(1 << d)
        local |= 1 << y
        movers |= board.movers[d]
    if trail.reached[local] == 1:
        return 0
    last = after == mask
    for i in range(board.parties):
        if _bit(movers, i):
            held = trail.kept[depth, i]
            then = held
            if not last:
                then += stops.kept[i, c] + _added(i, before, after, linked, board, stops, trail)
                if y != x:
                    then += stops.kept[i, d]
            if not _agrees(i, held, then, gains[i], stops, last):
                return 0
    if last:
        return 2
    trail.reached[local] = 1
    for i in range(board.parties):
        extra = _added(i, before, after, linked, board, stops, trail)
        then = stops.kept[i, c] + extra
        got = max(stops.kept[i, c], 0.0) + max(extra, 0.0)
        if y != x:
            then += stops.kept[i, d]
            got += max(stops.kept[i, d], 0.0)
        trail.kept[depth + 1, i] = trail.kept[depth, i] + then
        trail.received[depth + 1, i] = trail.received[depth, i] + got
    if not still_possible(depth + 1, local, size, board, trail):
        return 0
    trail.local[depth + 1] = local
    trail.whole[depth + 1] = after
    trail.first[depth + 1] = 0
    trail.second[depth + 1] = 0
    return 1


@njit(cache=True, nogil=True)
def still_possible(depth, local, size, board, trail):
    """Whether the moves that now come too late can all be made in one last step."""
    late, first = 0, 0
    for x in range(size):
        if local >> x & 1:
            continue
        for i in range(board.parties):
            if trail.received[depth, i] > trail.deadline[x, i]:
                late |= 1 << x
                if not few(late):
                    return False
                break
    if late == 0:
        return True
    while not late >> first & 1:
        first += 1
    rest = late & ~(1 << first)
    if rest == 0:
        return trail.ends[first] & ~local != 0
    return trail.ends[first] & rest != 0
