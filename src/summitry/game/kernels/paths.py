"""Is there an order of moves that nobody would stop? The search along the subsets of a package.

The threshold of a step is that of Kydd's assurance game (Kydd 2005, Trust and Mistrust in
International Relations), applied at every subset of the package on the way.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.deadlines import prepare
from summitry.game.kernels.glance import few, first_look
from summitry.game.kernels.stops import _added, _agrees, _bit, _unpack

NONE, FOUND, UNSURE = 0, 1, 2
EASY, ENDLESS = 8, 1 << 62


@kernel
def self_enforcing(mask, gains, board, stops, trail):
    """Whether some order of the package's moves asks no mover for more than its trust.

    `gains` (N): what each party gains by the whole package. A depth-first search over the
    subsets, cut off as soon as a move that is left comes too late for its mover
    (`deadlines.prepare`), with gifts kept for the end.
    """
    size, linked = _unpack(mask, board, trail)
    if not first_look(mask, size, linked, gains, board, stops, trail):
        return False
    # most packages that pass the first look have an easy order, found sooner than deadlines
    for x in range(size):
        trail.gift[x] = False
        trail.deadline[x] = np.inf
    found = _search(EASY * size, mask, size, linked, gains, board, stops, trail)
    if found != UNSURE:
        return found == FOUND
    if not prepare(mask, size, linked, gains, board, stops, trail):
        return False
    return _search(ENDLESS, mask, size, linked, gains, board, stops, trail) == FOUND


@kernel
def _search(tries, mask, size, linked, gains, board, stops, trail):
    """The search itself: by depth the subset reached, the next step to try, what is held.

    UNSURE after so many `tries` of a step.
    """
    local, first, second, late = trail.local, trail.first, trail.second, trail.late
    reached, earlier, gift, elements = trail.reached, trail.earlier, trail.gift, trail.elements
    partners, movers = board.partners, board.movers
    core = 0
    for x in range(size):
        core |= 0 if gift[x] else 1 << x
    _begin(size, board, trail)
    if late[0] != 0 and not _can_be_last(late[0], 0, trail):
        return NONE
    reached[: 1 << size] = 0
    depth = 0
    while depth >= 0:
        x, done = first[depth], local[depth]
        if x == size:
            depth -= 1
            continue
        y = second[depth]
        c = elements[x]
        if done >> x & 1 or earlier[x] & ~done != 0 or (gift[x] and not few(core & ~done)):
            first[depth] = x + 1
            second[depth] = x + 1
            continue
        if y + 1 < size and partners[c] & mask != 0:
            second[depth] = y + 1
        else:
            first[depth] = x + 1
            second[depth] = x + 1
        after = done | 1 << x | 1 << y
        d = elements[y]
        if y != x:
            if not _bit(partners[c], d) or done >> y & 1 or earlier[y] & ~done != 0:
                continue
        if reached[after] == 1:
            continue
        moving = movers[c] | movers[d]
        tries -= 1
        if tries < 0:
            return UNSURE
        if after == (1 << size) - 1:
            if _all_agree(depth, x, y, moving, True, linked, gains, board, stops, trail):
                return FOUND
            continue
        if not _all_agree(depth, x, y, moving, False, linked, gains, board, stops, trail):
            continue
        reached[after] = 1
        _move(depth, x, y, size, linked, board, stops, trail)
        if late[depth + 1] != 0 and not _can_be_last(late[depth + 1], after, trail):
            continue
        depth += 1
        local[depth] = after
        first[depth] = 0
        second[depth] = 0
    return NONE


@inlined
def _begin(size, board, trail):
    """Nothing has been done: nobody holds or has received anything."""
    trail.local[0] = 0
    trail.whole[0] = 0
    trail.first[0] = 0
    trail.second[0] = 0
    late = 0
    for i in range(board.parties):
        trail.kept[0, i] = 0.0
        trail.received[0, i] = 0.0
        for x in range(size):
            if trail.deadline[x, i] < 0.0:
                late |= 1 << x
    trail.late[0] = late


@inlined
def _all_agree(depth, x, y, moving, last, linked, gains, board, stops, trail):
    """Whether every mover would take the step (x), or the swap (x, y)."""
    kept, before = stops.kept, trail.whole[depth]
    c, d = trail.elements[x], trail.elements[y]
    after = before | np.uint32(1 << c) | np.uint32(1 << d)
    good, i = True, 0
    while moving != 0 and good:
        if moving & np.uint32(1):
            held = trail.kept[depth, i]
            then = held
            if not last:
                then += kept[i, c]
                if linked > 0:
                    then += _added(i, before, after, linked, board, stops, trail)
                if y != x:
                    then += kept[i, d]
            good = _agrees(i, held, then, gains[i], stops, last)
        moving >>= np.uint32(1)
        i += 1
    return good


@inlined
def _move(depth, x, y, size, linked, board, stops, trail):
    """What all hold and have received after a step, and which moves now come too late."""
    kept, elements, deadline = stops.kept, trail.elements, trail.deadline
    before = trail.whole[depth]
    c, d = elements[x], elements[y]
    after = before | np.uint32(1 << c) | np.uint32(1 << d)
    done = trail.local[depth] | 1 << x | 1 << y
    late = trail.late[depth] & ~done
    active, i = board.active, 0
    while active != 0:
        if active & np.uint32(1):
            extra = 0.0
            if linked > 0:
                extra = _added(i, before, after, linked, board, stops, trail)
            then, got = kept[i, c] + extra, max(kept[i, c], 0.0) + max(extra, 0.0)
            if y != x:
                then += kept[i, d]
                got += max(kept[i, d], 0.0)
            trail.kept[depth + 1, i] = trail.kept[depth, i] + then
            received = trail.received[depth, i] + got
            trail.received[depth + 1, i] = received
            if got > 0.0:
                for z in range(size):
                    if received > deadline[z, i] and not done >> z & 1:
                        late |= 1 << z
        active >>= np.uint32(1)
        i += 1
    trail.whole[depth + 1] = after
    trail.late[depth + 1] = late


@kernel
def _can_be_last(late, done, trail):
    """Whether the moves that come too late (a mask, not empty) can all be made in one last step."""
    if not few(late):
        return False
    first = 0
    while not late >> first & 1:
        first += 1
    rest = late & ~(1 << first)
    if rest == 0:
        return trail.ends[first] & ~done != 0
    return trail.ends[first] & rest != 0
