"""Can a package be signed: is there an order of its moves that asks nobody for too much trust?

A depth-first search from the end backwards over pairs of what is done and who will still be
tempted (Kydd 2005, model section 2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.dossier.feasible import MOST_LISTED
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.orders import asked, is_tempted
from summitry.game.kernels.stops import TOLERANCE

MOST_SUSPECTS = 6


class Trail(NamedTuple):
    """Memory of one search, made once and used again for every package.

    By position in what is added: its commitments, the commitments that require it (`later`, a
    mask of positions). By depth: the state, who will be tempted from there on, the next step to
    try, what each party keeps. `seen` (states): for each set of suspects one bit.
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
    suspects: np.ndarray
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
        suspects=np.zeros(parties, np.int64),
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
    size, moving = 0, np.int64(0)
    for c in range(len(board.movers)):
        if has(mask, c) and not has(have, c):
            elements[size] = c
            moving |= np.int64(board.movers[c])
            size += 1
    linked = 0
    for k in range(len(board.linkages)):
        if board.linkages[k] & ~mask == 0 and board.linkages[k] & ~have != 0:
            trail.linkages[linked] = k
            linked += 1
    number = 0
    for i in range(board.parties):
        if not has(moving, i):
            continue
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
    return _search(size, linked, moving, number, gains, board, stops, trail)


@kernel
def _search(size, linked, moving, number, gains, board, stops, trail):
    """The search itself: from all done (depth 0) back to nothing done."""
    elements, held, suspects = trail.elements, trail.held, trail.suspects
    kept, movers, later = stops.kept, board.movers, trail.later
    full = (1 << size) - 1
    for state in range(full + 1):
        trail.seen[state] = np.uint64(0)
    trail.state[0], trail.tempted[0], trail.first[0], trail.second[0] = full, 0, 0, 0
    depth = 0
    while depth >= 0:
        x, y, after = trail.first[depth], trail.second[depth], trail.state[depth]
        if x == size:
            depth -= 1
            continue
        if y + 1 < size and after >> x & 1:
            trail.second[depth] = y + 1
        else:
            trail.first[depth] = x + 1
            trail.second[depth] = x + 1
        if not after >> x & 1 or later[x] & after != 0:
            trail.first[depth] = x + 1
            trail.second[depth] = x + 1
            continue
        c, d = elements[x], elements[y]
        if y != x:
            if not after >> y & 1 or later[y] & after != 0:
                continue
            if not board.instant[c] or not board.instant[d] or movers[c] & movers[d] != 0:
                continue
        before = after & ~(1 << x) & ~(1 << y)
        both, tempted, agreed = np.int64(movers[c] | movers[d]), trail.tempted[depth], True
        whole = tempted
        for i in range(board.parties):
            if not has(moving, i):
                continue
            now = held[depth, i]
            then = now - kept[i, c]
            if y != x:
                then -= kept[i, d]
            for z in range(linked):
                k = trail.linkages[z]
                if _broken(board.linkages[k], before, after, size, elements):
                    then -= stops.linked[i, k]
            held[depth + 1, i] = then
            if has(both, i):
                stop, others = then - stops.breach[i], 0
                for s in range(number):
                    if suspects[s] == i:
                        if is_tempted(stop, gains[i]):
                            whole |= 1 << s
                    elif tempted >> s & 1:
                        others += 1
                if after != full and others > 0:
                    if asked(stop, now, gains[i], others) > stops.trust[i] + TOLERANCE:
                        agreed = False
                        break
        if not agreed:
            continue
        if before == 0:
            return True
        if number <= MOST_SUSPECTS:
            if trail.seen[before] & trail.within[whole] != np.uint64(0):
                continue
            trail.seen[before] |= np.uint64(1) << np.uint64(whole)
        depth += 1
        trail.state[depth], trail.tempted[depth] = before, whole
        trail.first[depth], trail.second[depth] = 0, 0
    return False


@kernel
def _broken(linkage, before, after, size, elements):
    """Whether a linkage is complete after a step and was not before it.

    What is not among the elements was there from the start.
    """
    lost = False
    for z in range(size):
        if has(linkage, elements[z]):
            if not after >> z & 1:
                return False
            if not before >> z & 1:
                lost = True
    return lost
