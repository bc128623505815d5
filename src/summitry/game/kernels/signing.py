"""Can a package be signed: is there an order of its moves that asks nobody for too much trust?

A depth-first search from the end backwards over pairs of what is done and who will still be
tempted (Kydd 2005, model section 2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.dossier.feasible import MOST_LISTED
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.orders import asked, is_tempted
from summitry.game.kernels.stops import TOLERANCE

MOST_SUSPECTS = 6


class Trail(NamedTuple):
    """Memory of one search, made once and used again for every package.

    By position in what is added: its commitments, the commitments that require it (`later`, a
    mask of positions). By depth: the state, who will be tempted from there on, the next step to
    try, what each party keeps. `seen` (states): for each set of suspects one bit; `touched`: the
    states seen, to be forgotten; `moving`: the parties that move anything.
    """

    elements: np.ndarray
    linkages: np.ndarray
    later: np.ndarray
    state: np.ndarray
    tempted: np.ndarray
    first: np.ndarray
    second: np.ndarray
    held: np.ndarray
    seen: np.ndarray
    touched: np.ndarray
    suspects: np.ndarray
    moving: np.ndarray
    within: np.ndarray


def make_trail(parties: int, commitments: int, linkages: int) -> Trail:
    """Room for a search over the subsets of a package; none has more than 20 commitments."""
    depth = commitments + 1
    sets = np.arange(1 << MOST_SUSPECTS)
    inside = (sets[:, None] & sets) == sets  # which sets are within which
    return Trail(
        elements=np.zeros(commitments, np.int64),
        linkages=np.zeros(linkages, np.int64),
        later=np.zeros(commitments, np.int64),
        state=np.zeros(depth, np.int64),
        tempted=np.zeros(depth, np.int64),
        first=np.zeros(depth, np.int64),
        second=np.zeros(depth, np.int64),
        held=np.zeros((depth, parties)),
        seen=np.zeros(1 << min(commitments, MOST_LISTED), np.uint64),
        touched=np.zeros(1 << min(commitments, MOST_LISTED), np.int32),
        suspects=np.zeros(parties, np.int64),
        moving=np.zeros(parties, np.int64),
        within=np.array(
            [sum(1 << int(s) for s in np.flatnonzero(row)) for row in inside], np.uint64
        ),
    )


@kernel
def can_be_signed(mask, have, gains, board, stops, trail):
    """Whether some order of the moves of `mask` beyond `have` asks no mover for more than its trust.

    `gains` (N): what each party gains by the addition.
    """
    elements, held, suspects = trail.elements, trail.held, trail.suspects
    size, moving, left = 0, np.int64(0), _without_weight(mask & ~have, mask, have, board, stops)
    # what comes late in a dossier mostly comes late in an order
    for c in range(len(board.movers) - 1, -1, -1):
        if has(mask & ~have, c):
            moving |= np.int64(board.movers[c])
        if has(left, c):
            elements[size] = c
            size += 1
    linked = 0
    for k in range(len(board.linkages)):
        if board.linkages[k] & ~mask == 0 and board.linkages[k] & ~have != 0:
            trail.linkages[linked] = k
            linked += 1
    number, movers = 0, 0
    for i in range(board.parties):
        if not has(moving, i):
            continue
        trail.moving[movers] = i
        movers += 1
        total, most = 0.0, 0.0
        for x in range(size):
            kept = stops.kept[i, elements[x]]
            total += kept
            most += max(kept, 0.0)
        for x in range(linked):
            kept = stops.linked[i, trail.linkages[x]]
            total += kept
            most += max(kept, 0.0)
        held[0, i] = total
        if is_tempted(most - stops.breach[i], gains[i]):
            suspects[number] = i
            number += 1
    if number == 0:
        return True
    for x in range(size):
        later = 0
        for z in range(size):
            if has(board.requires[elements[z]], elements[x]):
                later |= 1 << z
        trail.later[x] = later
    return _search(size, linked, movers, number, gains, board, stops, trail)


@inlined
def _without_weight(added, mask, have, board, stops):
    """The commitments of `added` but for those that can come first without moving anybody.

    A collapse after them leaves everybody with nothing, as before them: nobody is tempted there,
    and nothing is asked. So an order that has them elsewhere can be signed only if this one can.
    """
    left = added
    for k in range(len(board.linkages)):
        if board.linkages[k] & ~mask == 0 and board.linkages[k] & ~have != 0:
            for i in range(board.parties):
                if stops.linked[i, k] != 0.0:
                    added &= ~np.int64(board.linkages[k])
    # a commitment may require later ones; each pass takes out what requires nothing that is left
    changed = True
    while changed:
        changed = False
        for c in range(len(board.movers)):
            if has(added & left, c) and np.int64(board.requires[c]) & left == 0:
                weightless = True
                for i in range(board.parties):
                    if stops.kept[i, c] != 0.0:
                        weightless = False
                        break
                if weightless:
                    left &= ~(np.int64(1) << c)
                    changed = True
    return left


@inlined
def _search(size, linked, movers, number, gains, board, stops, trail):
    """The search itself: from all done (depth 0) back to nothing done."""
    elements, later, touched = trail.elements, trail.later, 0
    full, depth, found = (1 << size) - 1, 0, False
    trail.state[0], trail.tempted[0], trail.first[0], trail.second[0] = full, 0, 0, 0
    while depth >= 0:
        x, y, after = trail.first[depth], trail.second[depth], trail.state[depth]
        if x == size:
            depth -= 1
            continue
        c = elements[x]
        if not after >> x & 1 or later[x] & after != 0:
            trail.first[depth], trail.second[depth] = x + 1, x + 1
            continue
        if board.instant[c] and y + 1 < size:
            trail.second[depth] = y + 1
        else:
            trail.first[depth], trail.second[depth] = x + 1, x + 1
        if y != x:
            d = elements[y]
            if not after >> y & 1 or later[y] & after != 0:
                continue
            if not board.instant[d] or board.movers[c] & board.movers[d] != 0:
                continue
        whole = _step_back(depth, x, y, linked, movers, number, full, gains, board, stops, trail)
        if whole < 0:
            continue
        before = after & ~(1 << x) & ~(1 << y)
        if before == 0:
            found = True
            break
        if number <= MOST_SUSPECTS:
            if trail.seen[before] & trail.within[whole] != np.uint64(0):
                continue
            if trail.seen[before] == np.uint64(0):
                trail.touched[touched] = before
                touched += 1
            trail.seen[before] |= np.uint64(1) << np.uint64(whole)
        depth += 1
        trail.state[depth], trail.tempted[depth] = before, whole
        trail.first[depth], trail.second[depth] = 0, 0
    for k in range(touched):
        trail.seen[trail.touched[k]] = np.uint64(0)
    return found


@inlined
def _step_back(depth, x, y, linked, movers, number, full, gains, board, stops, trail):
    """Take the step (x), or the swap of x and y, back: who is tempted from there on; -1: refused.

    What each party keeps before it goes into the next depth.
    """
    elements, held, tempted = trail.elements, trail.held, trail.tempted[depth]
    c, d, after = elements[x], elements[y], trail.state[depth]
    both, whole = np.int64(board.movers[c] | board.movers[d]), tempted
    gone, mask = np.int64(1) << c | np.int64(1) << d, np.int64(0)
    for z in range(linked):
        if np.int64(board.linkages[trail.linkages[z]]) & gone != 0 and _complete(
            board.linkages[trail.linkages[z]], after, full, elements
        ):
            mask |= 1 << z
    for m in range(movers):
        i = trail.moving[m]
        now = held[depth, i]
        then = now - stops.kept[i, c]
        if y != x:
            then -= stops.kept[i, d]
        if mask != 0:
            for z in range(linked):
                if mask >> z & 1:
                    then -= stops.linked[i, trail.linkages[z]]
        held[depth + 1, i] = then
        if has(both, i):
            stop, others = then - stops.breach[i], 0
            for s in range(number):
                if trail.suspects[s] == i:
                    if is_tempted(stop, gains[i]):
                        whole |= 1 << s
                elif tempted >> s & 1:
                    others += 1
            if after != full and others > 0:
                if asked(stop, now, gains[i], others) > stops.trust[i] + TOLERANCE:
                    return -1
    return whole


@kernel
def _complete(linkage, state, full, elements):
    """Whether all of a linkage is done at a state; what is not among the elements was before."""
    missing, z = full & ~state, 0
    while missing != 0:
        if missing & 1 and has(linkage, elements[z]):
            return False
        missing >>= 1
        z += 1
    return True
