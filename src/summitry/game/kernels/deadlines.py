"""What must come early, what late: necessary conditions that spare most of the search.

A mover must not have received too much before its own costly move, or it would rather stop:
each move has a deadline in what its movers have received.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from summitry.game.kernels.stops import TOLERANCE, _added, _bit


@njit(cache=True, nogil=True)
def few(positions):
    """Whether a set has at most two members: then they may be the last step."""
    rest = positions & (positions - 1)
    return rest & (rest - 1) == 0


@njit(cache=True, nogil=True)
def prepare(mask, size, linked, gains, board, stops, trail):
    """Deadlines, order, possible last steps and gifts of a package; False if it is hopeless."""
    elements = trail.elements
    ends = trail.ends
    kept = stops.kept
    full = trail.full
    for i in range(board.parties):
        full[i] = 0.0
        for x in range(size):
            full[i] += kept[i, elements[x]]
        for x in range(linked):
            full[i] += stops.linked[i, trail.linkages[x]]
    needed = np.uint32(0)
    for x in range(size):
        ends[x] = 0
        needed |= board.requires[elements[x]]
    for x in range(size):
        c = elements[x]
        if _bit(needed, c):
            continue
        if _can_end(c, c, mask, linked, gains, board, stops, trail):
            ends[x] |= 1 << x
        if board.partners[c] & mask != 0:
            for y in range(x + 1, size):
                d = elements[y]
                if _bit(board.partners[c], d) and not _bit(needed, d):
                    if _can_end(c, d, mask, linked, gains, board, stops, trail):
                        ends[x] |= 1 << y
                        ends[y] |= 1 << x
    last = _order(mask, size, linked, gains, board, stops, trail)
    if last < 0:
        return False
    _find_highest(last, mask, size, linked, board, stops, trail)
    for x in range(size):
        trail.gift[x] = _is_gift(x, size, linked, gains, board, stops, trail)
    return True


@njit(cache=True, nogil=True)
def _order(mask, size, linked, gains, board, stops, trail):
    """Tighten deadlines and orders until nothing changes: the positions that must be last.

    -1 where that cannot be: a move that comes too late and cannot be in a last step, or
    more of them than one step holds.
    """
    elements = trail.elements
    earlier = trail.earlier
    later = trail.later
    followers = board.followers
    deadline = trail.deadline
    most = trail.most
    kept = stops.kept
    for x in range(size):
        earlier[x] = 0
        later[x] = 0
    for x in range(size):
        behind = followers[elements[x]]
        if behind & mask != 0:
            for y in range(size):
                if _bit(behind, elements[y]):
                    later[x] |= 1 << y
                    earlier[y] |= 1 << x
    for i in range(board.parties):
        most[i] = 0.0
        trail.least[i] = 0.0
        if not _bit(board.active, i):
            continue
        for x in range(size):
            part = kept[i, elements[x]]
            if part > 0.0:
                most[i] += part
            else:
                trail.least[i] += part
    last, critical = 0, 0
    for x in range(size):
        if _set_deadline(mask, x, 0, size, linked, gains, board, stops, trail):
            last |= 1 << x
            if trail.ends[x] == 0 or not few(last):
                return -1
        for i in range(board.parties):
            if deadline[x, i] < most[i]:
                critical |= 1 << x
    changed = True
    while changed:
        changed = False
        for x in range(size):
            if last >> x & 1 or not critical >> x & 1:
                continue
            was_later, was_earlier = later[x], earlier[x]
            late = _set_deadline(mask, x, last, size, linked, gains, board, stops, trail)
            late = _compare(x, size, board, stops, trail) or late
            if late or earlier[x] & later[x] != 0:
                last |= 1 << x
                if trail.ends[x] == 0 or not few(last):
                    return -1
                changed = True
            elif was_later != later[x] or was_earlier != earlier[x]:
                changed = True
    return last


@njit(cache=True, nogil=True)
def _compare(x, size, board, stops, trail):
    """Which moves must come after x because they would give one of its movers too much.

    Returns whether what must come before x gives too much already. A move that can never
    be last passes on what it must precede.
    """
    elements = trail.elements
    earlier = trail.earlier
    later = trail.later
    kept = stops.kept
    deadline = trail.deadline
    movers = board.movers
    c = elements[x]
    for i in range(board.parties):
        if not _bit(movers[c], i):
            continue
        certain = 0.0
        for y in range(size):
            if earlier[x] >> y & 1:
                certain += max(kept[i, elements[y]], 0.0)
        if certain > deadline[x, i]:
            return True
        for y in range(size):
            if y != x and not earlier[x] >> y & 1:
                more = max(kept[i, elements[y]], 0.0)
                if certain + more > deadline[x, i]:
                    later[x] |= 1 << y
    for y in range(size):
        if later[x] >> y & 1 and trail.ends[x] == 0:
            if not _bit(board.partners[c], elements[y]):
                earlier[y] |= 1 << x | earlier[x]
    return False


@njit(cache=True, nogil=True)
def _set_deadline(mask, x, last, size, linked, gains, board, stops, trail):
    """The most that each mover may have received before it makes move x, unless x is last.

    Having received r, it holds at least r plus its losses by all that can come before; what
    it can hold at most and still move follows from its gain, breach cost and trust. `last`:
    positions known to come in the last step. Returns whether x must come there too.
    """
    elements, members, deadline = trail.elements, trail.linkages, trail.deadline
    kept, extra, movers = stops.kept, stops.linked, board.movers
    c = elements[x]
    partners = board.partners[c] & mask
    late = False
    after = last | trail.later[x] | 1 << x
    for i in range(board.parties):
        deadline[x, i] = np.inf
        if not _bit(movers[c], i):
            continue
        gained, partner, least = kept[i, c], 0.0, trail.least[i]
        for y in range(linked):
            worth = extra[i, members[y]]
            least += min(worth, 0.0)
            if worth > 0.0 and _bit(board.linkages[members[y]], c):
                gained += worth
        rest, y = after, 0
        while rest != 0:
            if rest & 1:
                least -= min(kept[i, elements[y]], 0.0)
            rest >>= 1
            y += 1
        if partners != 0:
            for y in range(size):
                d = elements[y]
                if _bit(partners, d):
                    given = kept[i, d] + _links(i, d, linked, board, stops, trail)
                    partner = max(partner, given)
        gained += partner
        breach, trust = stops.breach[i], stops.trust[i] + TOLERANCE
        bound = gains[i] + breach + TOLERANCE
        if breach + gained < -TOLERANCE:
            bound = min(bound, gains[i] - gained + (breach + gained) / trust)
        deadline[x, i] = bound - least + TOLERANCE
        if deadline[x, i] < 0.0:
            late = True
    return late


@njit(cache=True, nogil=True)
def _find_highest(last, mask, size, linked, board, stops, trail):
    """Into `most`: the most that each party can hold just before a possible last step."""
    elements = trail.elements
    kept = stops.kept
    most = trail.most
    for i in range(board.parties):
        most[i] = -np.inf
    for x in range(size):
        for y in range(x, size):
            if not trail.ends[x] >> y & 1 or last & ~(1 << x | 1 << y) != 0:
                continue
            c, d = elements[x], elements[y]
            before = mask & ~(np.uint32(1 << c) | np.uint32(1 << d))
            for i in range(board.parties):
                held = trail.full[i] - kept[i, c]
                if y != x:
                    held -= kept[i, d]
                held -= _added(i, before, mask, linked, board, stops, trail)
                most[i] = max(most[i], held)


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
    elements, members = trail.elements, trail.linkages
    c = elements[x]
    for i in range(board.parties):
        worth = stops.kept[i, c]
        for y in range(linked):
            if _bit(board.linkages[members[y]], c):
                worth += min(stops.linked[i, members[y]], 0.0)
        if worth < 0.0:
            return False
        if _bit(board.movers[c], i) and trail.most[i] > gains[i] + stops.breach[i]:
            return False
    for y in range(size):
        d = elements[y]
        if _bit(board.requires[d], c) or _bit(board.partners[c], d):
            return False
    return True


@njit(cache=True, nogil=True)
def _can_end(c, d, mask, linked, gains, board, stops, trail):
    """Whether commitment c, or the swap of c and d, can be the last step of the package."""
    full = trail.full
    kept = stops.kept
    movers = board.movers[c] | board.movers[d]
    before = mask & ~(np.uint32(1 << c) | np.uint32(1 << d))
    for i in range(board.parties):
        if _bit(movers, i):
            held = full[i] - kept[i, c]
            if d != c:
                held -= kept[i, d]
            if linked > 0:
                held -= _added(i, before, mask, linked, board, stops, trail)
            if gains[i] < held - stops.breach[i] - TOLERANCE:
                return False
    return True
