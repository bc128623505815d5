"""What must come early, what late: necessary conditions that spare most of the search.

A mover must not have received too much before its own costly move, or it would rather stop:
each move has a deadline in what its movers have received.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import kernel
from summitry.game.kernels.glance import best_partner, can_end, few
from summitry.game.kernels.stops import TOLERANCE, _added, _bit


@kernel
def prepare(mask, size, linked, gains, board, stops, trail):
    """Deadlines, order, possible last steps and gifts of a package; False if it is hopeless.

    After `first_look`, whose sums are used again.
    """
    needed = np.uint32(0)
    for x in range(size):
        needed |= board.requires[trail.elements[x]]
    _find_ends(mask, needed, size, linked, gains, board, stops, trail)
    last = _order(mask, size, linked, gains, board, stops, trail)
    if last < 0:
        return False
    _find_highest(last, mask, size, linked, board, stops, trail)
    for x in range(size):
        trail.gift[x] = _is_gift(x, size, linked, gains, board, stops, trail)
    return True


@kernel
def _find_ends(mask, needed, size, linked, gains, board, stops, trail):
    """Into `ends`: the last steps that each position can be part of."""
    elements, ends = trail.elements, trail.ends
    for x in range(size):
        ends[x] = 0
    for x in range(size):
        c = elements[x]
        if _bit(needed, c):
            continue
        if can_end(c, c, mask, linked, gains, board, stops, trail):
            ends[x] |= 1 << x
        if board.partners[c] & mask != 0:
            for y in range(x + 1, size):
                d = elements[y]
                if _bit(board.partners[c], d) and not _bit(needed, d):
                    if can_end(c, d, mask, linked, gains, board, stops, trail):
                        ends[x] |= 1 << y
                        ends[y] |= 1 << x


@kernel
def _order(mask, size, linked, gains, board, stops, trail):
    """Tighten deadlines and orders until nothing changes: the positions that must be last.

    -1 where that cannot be: a move that comes too late and cannot be in a last step, or
    more of them than one step holds.
    """
    earlier, later = trail.earlier, trail.later
    last, critical = 0, 0
    for x in range(size):
        if _set_deadline(mask, x, 0, size, linked, gains, board, stops, trail):
            last |= 1 << x
        for i in range(board.parties):
            if trail.deadline[x, i] < trail.most[i]:
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


@kernel
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


@kernel
def _set_deadline(mask, x, last, size, linked, gains, board, stops, trail):
    """The most that each mover may have received before it makes move x, unless x is last.

    Having received r, it holds at least r plus its losses by all that can come before; what
    it can hold at most and still move follows from its gain, breach cost and trust. `last`:
    positions known to come in the last step. Returns whether x must come there too.
    """
    elements, members, deadline = trail.elements, trail.linkages, trail.deadline
    kept, extra = stops.kept, stops.linked
    c = elements[x]
    movers, partners = board.movers[c], board.partners[c] & mask
    late = False
    behind = (last | trail.later[x]) & ~(1 << x)
    for i in range(board.parties):
        deadline[x, i] = np.inf
        if not _bit(movers, i):
            continue
        gained = kept[i, c]
        least = trail.least[i] - min(gained, 0.0)
        for y in range(linked):
            worth = extra[i, members[y]]
            least += min(worth, 0.0)
            if worth > 0.0 and _bit(board.linkages[members[y]], c):
                gained += worth
        if behind != 0:
            for y in range(size):
                if behind >> y & 1:
                    least -= min(kept[i, elements[y]], 0.0)
        if partners != 0:
            gained += best_partner(i, partners, size, linked, board, stops, trail)
        breach, trust = stops.breach[i], stops.trust[i] + TOLERANCE
        bound = gains[i] + breach + TOLERANCE
        if breach + gained < -TOLERANCE:
            bound = min(bound, gains[i] - gained + (breach + gained) / trust)
        deadline[x, i] = bound - least + TOLERANCE
        if deadline[x, i] < 0.0:
            late = True
    return late


@kernel
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


@kernel
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
