"""Is there an order of moves that nobody would stop? The search along the subsets of a package.

The threshold of a step is that of Kydd's assurance game (Kydd 2005, Trust and Mistrust in
International Relations), applied at every subset of the package on the way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from summitry.game.board import Board, Floats

TOLERANCE = 1e-9
MOST = 32  # commitments in one package, at most


class Stops(NamedTuple):
    """What each party would keep if a deal collapsed, and what it would cost to break it.

    `kept` (N, commitments) and `linked` (N, linkages): the irreversible part of every
    value; `breach` and `trust` (N).
    """

    kept: Floats
    linked: Floats
    breach: Floats
    trust: Floats


class Trail(NamedTuple):
    """Memory of one search, made once and used again for every package."""

    elements: np.ndarray
    linkages: np.ndarray
    reached: np.ndarray
    local: np.ndarray
    whole: np.ndarray
    first: np.ndarray
    second: np.ndarray
    kept: np.ndarray
    full: np.ndarray
    late: np.ndarray


def make_trail(parties: int, commitments: int, linkages: int) -> Trail:
    """Room for a search over the subsets of up to `commitments` commitments."""
    depth = commitments + 1
    return Trail(
        elements=np.zeros(commitments, np.int64),
        linkages=np.zeros(linkages, np.int64),
        reached=np.zeros(1 << commitments, np.uint8),
        local=np.zeros(depth, np.int64),
        whole=np.zeros(depth, np.uint32),
        first=np.zeros(depth, np.int64),
        second=np.zeros(depth, np.int64),
        kept=np.zeros((depth, parties)),
        full=np.zeros(parties),
        late=np.zeros(commitments, np.bool_),
    )


@njit(cache=True, nogil=True, inline="always")
def _bit(mask, k):
    return (mask >> np.uint32(k)) & np.uint32(1) == np.uint32(1)


@njit(cache=True, nogil=True)
def keep_irreversible(values, linkages, reversible, masks, kept, linked):
    """Fill `kept` and `linked` with the share of every value that a collapse leaves."""
    for i in range(values.shape[0]):
        for c in range(values.shape[1]):
            kept[i, c] = values[i, c] * (1.0 - reversible[c])
    for k in range(len(masks)):
        share = 1.0
        for c in range(values.shape[1]):
            if _bit(masks[k], c):
                share = min(share, 1.0 - reversible[c])
        for i in range(values.shape[0]):
            linked[i, k] = linkages[i, k] * share


@njit(cache=True, nogil=True)
def _unpack(mask, board, trail):
    """The commitments and linkages of a package, as lists."""
    size = 0
    for c in range(len(board.movers)):
        if _bit(mask, c):
            trail.elements[size] = c
            size += 1
    linked = 0
    for k in range(len(board.linkages)):
        if board.linkages[k] & ~mask == 0:
            trail.linkages[linked] = k
            linked += 1
    return size, linked


@njit(cache=True, nogil=True)
def _added(i, before, after, linked, board, stops, trail):
    """What party i keeps more, by linkages, when `before` becomes `after`."""
    total = 0.0
    for x in range(linked):
        k = trail.linkages[x]
        needed = board.linkages[k]
        if needed & ~after == 0 and needed & ~before != 0:
            total += stops.linked[i, k]
    return total


@njit(cache=True, nogil=True)
def _agrees(i, held, after, gain, stops, last):
    """Would mover i take the step from holding `held` to holding `after`?"""
    stop = held - stops.breach[i]
    if gain < stop - TOLERANCE:
        return False
    if last or stop <= after + TOLERANCE:
        return True
    return stop - after <= (stops.trust[i] + TOLERANCE) * (gain - after)


@njit(cache=True, nogil=True)
def self_enforcing(mask, gains, board, stops, trail):
    """Whether some order of the package's moves asks no mover for more than its trust.

    `gains` (N): what each party gains by the whole package. A depth-first search over the
    subsets reached so far; `hopeless` refuses most packages before it starts.
    """
    size, linked = _unpack(mask, board, trail)
    if hopeless(mask, size, linked, gains, board, stops, trail):
        return False
    trail.reached[: 1 << size] = 0
    trail.local[0] = 0
    trail.whole[0] = 0
    trail.first[0] = 0
    trail.second[0] = 0
    trail.kept[0, :] = 0.0
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
        if board.requires[d] & ~before != 0:
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
    trail.local[depth + 1] = local
    trail.whole[depth + 1] = after
    trail.first[depth + 1] = 0
    trail.second[depth + 1] = 0
    for i in range(board.parties):
        then = trail.kept[depth, i] + stops.kept[i, c]
        then += _added(i, before, after, linked, board, stops, trail)
        if y != x:
            then += stops.kept[i, d]
        trail.kept[depth + 1, i] = then
    return 1


@njit(cache=True, nogil=True)
def hopeless(mask, size, linked, gains, board, stops, trail):
    """Whether a necessary condition fails: then no order of moves can work.

    Every commitment is moved either in the last step, which its movers must not prefer to
    skip, or earlier, when its mover holds at least `_least`; those that can only come last
    must fit into one last step.
    """
    for i in range(board.parties):
        held = 0.0
        for x in range(size):
            held += stops.kept[i, trail.elements[x]]
        for x in range(linked):
            held += stops.linked[i, trail.linkages[x]]
        trail.full[i] = held
    must_last = 0
    for x in range(size):
        trail.late[x] = not _can_move_early(x, mask, size, linked, gains, board, stops, trail)
        must_last += trail.late[x]
    if must_last > 2:
        return True
    for x in range(size):
        for y in range(x, size):
            covered = int(trail.late[x]) + (int(trail.late[y]) if y != x else 0)
            if covered == must_last and _can_end(
                x, y, mask, size, linked, gains, board, stops, trail
            ):
                return False
    return True


@njit(cache=True, nogil=True)
def _can_move_early(x, mask, size, linked, gains, board, stops, trail):
    """Whether each mover of commitment x could accept to move it before the last step."""
    c = trail.elements[x]
    for i in range(board.parties):
        if not _bit(board.movers[c], i):
            continue
        least, gained = 0.0, stops.kept[i, c]
        partner = 0.0
        for y in range(size):
            d = trail.elements[y]
            if d == c:
                continue
            part = stops.kept[i, d]
            if _bit(board.requires[c], d):
                least += part
            else:
                least += min(part, 0.0)
                if board.instant[c] and board.instant[d] and board.movers[d] & board.movers[c] == 0:
                    partner = max(partner, part)
        for y in range(linked):
            k = trail.linkages[y]
            least += min(stops.linked[i, k], 0.0)
            gained += max(stops.linked[i, k], 0.0)
        if not _agrees(i, least, least + gained + partner, gains[i], stops, False):
            return False
    return True


@njit(cache=True, nogil=True)
def _can_end(x, y, mask, size, linked, gains, board, stops, trail):
    """Whether step (x), or swap (x, y), can be the last one of the package."""
    c = trail.elements[x]
    d = trail.elements[y]
    movers = board.movers[c]
    final = np.uint32(1 << c)
    if y != x:
        if not board.instant[c] or not board.instant[d] or board.movers[d] & movers != 0:
            return False
        movers |= board.movers[d]
        final |= np.uint32(1 << d)
    for z in range(size):
        if board.requires[trail.elements[z]] & final != 0:
            return False
    before = mask & ~final
    for i in range(board.parties):
        if _bit(movers, i):
            held = trail.full[i] - stops.kept[i, c]
            if y != x:
                held -= stops.kept[i, d]
            held -= _added(i, before, mask, linked, board, stops, trail)
            if gains[i] < held - stops.breach[i] - TOLERANCE:
                return False
    return True
