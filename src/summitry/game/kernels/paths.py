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
    """Memory of one search, made once and used again for every package.

    By position in the package: its commitments, `deadline` (position, N), `ends` (which
    last steps a position can be part of, as a mask of positions), `gift`. By depth: the
    subset reached, the next step to try, what each party keeps and has received.
    """

    elements: np.ndarray
    linkages: np.ndarray
    reached: np.ndarray
    local: np.ndarray
    whole: np.ndarray
    first: np.ndarray
    second: np.ndarray
    kept: np.ndarray
    received: np.ndarray
    full: np.ndarray
    most: np.ndarray
    deadline: np.ndarray
    ends: np.ndarray
    gift: np.ndarray


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
        received=np.zeros((depth, parties)),
        full=np.zeros(parties),
        most=np.zeros(parties),
        deadline=np.zeros((commitments, parties)),
        ends=np.zeros(commitments, np.int64),
        gift=np.zeros(commitments, np.bool_),
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
    subsets, cut off as soon as a move that is left comes too late for its mover
    (`deadlines` in prepare.py), with gifts kept for the end.
    """
    size, linked = _unpack(mask, board, trail)
    prepare(mask, size, linked, gains, board, stops, trail)
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
def few(positions):
    """Whether a set has at most two members: then they may be the last step."""
    rest = positions & (positions - 1)
    return rest & (rest - 1) == 0


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


@njit(cache=True, nogil=True)
def prepare(mask, size, linked, gains, board, stops, trail):
    """Deadlines, possible last steps and gifts of a package, by position."""
    for i in range(board.parties):
        trail.full[i] = 0.0
        for x in range(size):
            trail.full[i] += stops.kept[i, trail.elements[x]]
        for x in range(linked):
            trail.full[i] += stops.linked[i, trail.linkages[x]]
    for x in range(size):
        trail.ends[x] = 0
        for y in range(size):
            if _can_end(x, y, mask, size, linked, gains, board, stops, trail):
                trail.ends[x] |= 1 << y
    last, before = 0, -1
    while last != before:
        before = last
        for x in range(size):
            if _set_deadline(x, last, size, linked, gains, board, stops, trail):
                last |= 1 << x
    _find_highest(last, mask, size, linked, board, stops, trail)
    for x in range(size):
        trail.gift[x] = _is_gift(x, size, linked, gains, board, stops, trail)


@njit(cache=True, nogil=True)
def _set_deadline(x, last, size, linked, gains, board, stops, trail):
    """The most that each mover may have received before it makes move x, unless x is last.

    Having received r, it holds at least r plus its losses by all that can come before; what
    it can hold at most and still move follows from its gain, breach cost and trust. `last`:
    positions known to come in the last step. Returns whether x must come there too.
    """
    c = trail.elements[x]
    late = False
    for i in range(board.parties):
        trail.deadline[x, i] = np.inf
        if not _bit(board.movers[c], i):
            continue
        gained, partner, least = stops.kept[i, c], 0.0, 0.0
        for y in range(linked):
            k = trail.linkages[y]
            least += min(stops.linked[i, k], 0.0)
            if _bit(board.linkages[k], c):
                gained += max(stops.linked[i, k], 0.0)
        for y in range(size):
            d = trail.elements[y]
            if y != x and not last >> y & 1 and not _bit(board.followers[c], d):
                least += min(stops.kept[i, d], 0.0)
            if board.instant[c] and board.instant[d] and board.movers[d] & board.movers[c] == 0:
                partner = max(partner, stops.kept[i, d] + _links(i, d, linked, board, stops, trail))
        gained += partner
        breach, trust = stops.breach[i], stops.trust[i] + TOLERANCE
        bound = gains[i] + breach + TOLERANCE
        if breach + gained < -TOLERANCE:
            bound = min(bound, gains[i] - gained + (breach + gained) / trust)
        trail.deadline[x, i] = bound - least + TOLERANCE
        if trail.deadline[x, i] < 0.0:
            late = True
    return late


@njit(cache=True, nogil=True)
def _find_highest(last, mask, size, linked, board, stops, trail):
    """Into `most`: the most that each party can hold just before a possible last step."""
    for i in range(board.parties):
        trail.most[i] = -np.inf
    for x in range(size):
        for y in range(x, size):
            if not trail.ends[x] >> y & 1 or last & ~(1 << x | 1 << y) != 0:
                continue
            c, d = trail.elements[x], trail.elements[y]
            before = mask & ~(np.uint32(1 << c) | np.uint32(1 << d))
            for i in range(board.parties):
                held = trail.full[i] - stops.kept[i, c]
                if y != x:
                    held -= stops.kept[i, d]
                held -= _added(i, before, mask, linked, board, stops, trail)
                trail.most[i] = max(trail.most[i], held)


@njit(cache=True, nogil=True)
def _links(i, d, linked, board, stops, trail):
    """What the linkages that commitment d is part of may add for party i, at most."""
    total = 0.0
    for y in range(linked):
        k = trail.linkages[y]
        if _bit(board.linkages[k], d):
            total += max(stops.linked[i, k], 0.0)
    return total


@njit(cache=True, nogil=True)
def _is_gift(x, size, linked, gains, board, stops, trail):
    """Whether move x can be kept for the end: it takes from nobody and its movers would wait.

    Everybody holds less until then, which makes every other move easier; so it must not be
    needed earlier, neither as a prerequisite nor for a swap.
    """
    c = trail.elements[x]
    for i in range(board.parties):
        worth = stops.kept[i, c]
        for y in range(linked):
            k = trail.linkages[y]
            if _bit(board.linkages[k], c):
                worth += min(stops.linked[i, k], 0.0)
        if worth < 0.0:
            return False
        if _bit(board.movers[c], i) and trail.most[i] > gains[i] + stops.breach[i]:
            return False
    for y in range(size):
        d = trail.elements[y]
        if _bit(board.requires[d], c):
            return False
        if board.instant[c] and board.instant[d] and board.movers[d] & board.movers[c] == 0:
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
