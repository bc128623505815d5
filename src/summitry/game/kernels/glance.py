"""A first look at a package: cheap conditions without which no order of moves works.

Nearly all packages that cannot be carried out end here.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.stops import TOLERANCE, _added, _bit


@inlined
def few(positions):
    """Whether a set has at most two members: then they may be the last step."""
    rest = positions & (positions - 1)
    return rest & (rest - 1) == 0


@kernel
def first_look(mask, size, linked, gains, board, stops, trail):
    """Whether a package passes the cheap conditions; what must come `earlier` is filled in."""
    _add_up(size, linked, board, stops, trail)
    needed = np.uint32(0)
    for x in range(size):
        needed |= board.requires[trail.elements[x]]
    if not _in_time(mask, needed, size, linked, gains, board, stops, trail):
        return False
    _prerequisites(mask, size, board, trail)
    return True


@kernel
def _prerequisites(mask, size, board, trail):
    """What must come before and after each position by the prerequisites alone."""
    earlier, later, elements = trail.earlier, trail.later, trail.elements
    for x in range(size):
        earlier[x] = 0
        later[x] = 0
    for x in range(size):
        behind = board.followers[elements[x]]
        if behind & mask != 0:
            for y in range(size):
                if _bit(behind, elements[y]):
                    later[x] |= 1 << y
                    earlier[y] |= 1 << x


@kernel
def _add_up(size, linked, board, stops, trail):
    """What each mover keeps of the whole package, of its good parts, and of its bad ones."""
    kept, elements = stops.kept, trail.elements
    for i in range(board.parties):
        full, most, least = 0.0, 0.0, 0.0
        if _bit(board.active, i):
            for x in range(size):
                part = kept[i, elements[x]]
                full += part
                if part > 0.0:
                    most += part
                else:
                    least += part
            for x in range(linked):
                full += stops.linked[i, trail.linkages[x]]
        trail.full[i] = full
        trail.most[i] = most
        trail.least[i] = least


@kernel
def _in_time(mask, needed, size, linked, gains, board, stops, trail):
    """False where more moves come too late than one step holds, or one of them cannot be in it.

    The deadlines are those of `_set_deadline` with nothing known but the prerequisites. Written
    out, without a call in the loops: nearly all packages end here.
    """
    elements, least, kept, breaches, trusts = (
        trail.elements, trail.least, stops.kept, stops.breach, stops.trust,
    )  # fmt: skip
    movers, followers, all_partners = board.movers, board.followers, board.partners
    late = 0
    for x in range(size):
        c = elements[x]
        behind, partners = followers[c] & mask, all_partners[c] & mask
        moving, i = movers[c], -1
        while moving != 0:
            i += 1
            moves = moving & np.uint32(1)
            moving >>= np.uint32(1)
            if moves == 0:
                continue
            gained = kept[i, c]
            lowest = least[i] - min(gained, 0.0)
            if behind != 0:
                for y in range(size):
                    if _bit(behind, elements[y]):
                        lowest -= min(kept[i, elements[y]], 0.0)
            for y in range(linked):
                k = trail.linkages[y]
                worth = stops.linked[i, k]
                lowest += min(worth, 0.0)
                if worth > 0.0 and _bit(board.linkages[k], c):
                    gained += worth
            if partners != 0:
                gained += best_partner(i, partners, size, linked, board, stops, trail)
            breach = breaches[i]
            bound = gains[i] + breach + TOLERANCE
            if breach + gained < -TOLERANCE:
                bound = min(bound, gains[i] - gained + (breach + gained) / (trusts[i] + TOLERANCE))
            if bound - lowest + TOLERANCE < 0.0:
                late |= 1 << x
                if not few(late):
                    return False
                break
    if late == 0:
        return True
    for x in range(size):
        if late >> x & 1:
            if not _ends_somehow(x, mask, needed, size, linked, gains, board, stops, trail):
                return False
    return True


@kernel
def _ends_somehow(x, mask, needed, size, linked, gains, board, stops, trail):
    """Whether position x can be part of any last step."""
    c = trail.elements[x]
    if _bit(needed, c):
        return False
    if can_end(c, c, mask, linked, gains, board, stops, trail):
        return True
    if board.partners[c] & mask != 0:
        for y in range(size):
            d = trail.elements[y]
            if _bit(board.partners[c], d) and not _bit(needed, d):
                if can_end(c, d, mask, linked, gains, board, stops, trail):
                    return True
    return False


@kernel
def best_partner(i, partners, size, linked, board, stops, trail):
    """The most that party i can be given by the other half of a swap."""
    best = 0.0
    for y in range(size):
        d = trail.elements[y]
        if _bit(partners, d):
            best = max(best, stops.kept[i, d] + links_of(i, d, linked, board, stops, trail))
    return best


@kernel
def links_of(i, d, linked, board, stops, trail):
    """What the linkages that commitment d is part of may add for party i, at most."""
    total = 0.0
    for y in range(linked):
        k = trail.linkages[y]
        if _bit(board.linkages[k], d):
            total += max(stops.linked[i, k], 0.0)
    return total


@kernel
def can_end(c, d, mask, linked, gains, board, stops, trail):
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
