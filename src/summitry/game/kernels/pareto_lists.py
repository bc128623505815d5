"""Lists of partial packages that no other of the list dominates, grown by one commitment.

Gains are whole numbers of a fine unit, so that sums do not depend on their order. The rows of
a list fall lexicographically.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.kernels.compiling import allocating, kernel
from summitry.game.kernels.dominance import make_room, merge_all, sift

NOTHING = np.int64(-(1 << 62))


class Lists(NamedTuple):
    """The lists of all states, one after the other.

    `start` (states + 1): where each begins; for each row its `gains`, the `masks` (words of 64
    bits) of the smallest package that it stands for, and of how many `packages` it is.
    """

    start: np.ndarray
    gains: np.ndarray
    masks: np.ndarray
    packages: np.ndarray


class Turns(NamedTuple):
    """Where the lists of the new states come from, when one more commitment is decided.

    A new state g takes the old lists `source[t]`, for t from groups[g] to groups[g+1]: with
    the commitment where `taken[t]`, which brings `delta[t]`; rows below `floor[t]` can reach
    nothing acceptable, what lies above `cap[t]` counts as the cap.
    """

    groups: np.ndarray
    source: np.ndarray
    taken: np.ndarray
    delta: np.ndarray
    floor: np.ndarray
    cap: np.ndarray


@allocating
def grow(old, turns, place, judged, tolerance, most_work):
    """The lists of all new states from those of the old, and the work done.

    `place`: the word and the bit of the commitment in the masks; `judged` and `tolerance` as
    for `sift`. The work is -1 where it passed `most_work`.
    """
    groups, width = turns.groups, old.gains.shape[1]
    sizes, largest, pieces = _sizes(old, turns)
    new = Lists(
        np.zeros(len(groups), np.int64), np.empty((sizes, width), np.int64),
        np.empty((sizes, old.masks.shape[1]), np.uint64), np.empty(sizes),
    )  # fmt: skip
    room = make_room(largest, width, pieces)
    origin, by = np.empty(largest, np.int64), np.empty(largest, np.int64)
    at = np.empty(largest, np.int64)
    work = 0
    for g in range(len(groups) - 1):
        rows, sorted_pieces = _gather(g, old, turns, room, (origin, by))
        merge_all(sorted_pieces, room)
        number, done = sift(rows, room, judged, tolerance)
        work += done
        if work > most_work:
            return new, np.int64(-1)
        for x in range(number):
            at[room.kept[x]] = new.start[g] + x
            new.packages[new.start[g] + x] = 0.0
            new.gains[new.start[g] + x] = room.values[room.kept[x]]
        for x in range(rows):
            row = room.order[x]
            if room.twin[row] >= 0:
                taken = turns.taken[by[row]]
                _join(old, origin[row], taken, place, new, at[room.twin[row]])
        new.start[g + 1] = new.start[g] + number
    out = new.start[len(groups) - 1]
    masks, packages = new.masks[:out].copy(), new.packages[:out].copy()
    return Lists(new.start, new.gains[:out].copy(), masks, packages), work


@kernel
def _sizes(old, turns):
    """How many rows come in all and to one new state at most, and from how many lists."""
    total, largest, pieces = 0, 0, 0
    for g in range(len(turns.groups) - 1):
        size = 0
        for t in range(turns.groups[g], turns.groups[g + 1]):
            size += old.start[turns.source[t] + 1] - old.start[turns.source[t]]
        total += size
        largest = max(largest, size)
        pieces = max(pieces, turns.groups[g + 1] - turns.groups[g])
    return total, largest, pieces


@kernel
def _gather(g, old, turns, room, whence):
    """Put the rows that come to a new state into the room; how many, in how many sorted pieces.

    Into `whence`: the old row that each was, and by which turn it came.
    """
    values, origin, by = room.values, whence[0], whence[1]
    delta, floor, cap, width = turns.delta, turns.floor, turns.cap, room.values.shape[1]
    pieces, n = 0, 0
    room.edges[0] = 0
    for t in range(turns.groups[g], turns.groups[g + 1]):
        for row in range(old.start[turns.source[t]], old.start[turns.source[t] + 1]):
            good = True
            for i in range(width):
                value = old.gains[row, i] + delta[t, i]
                if cap[t, i] == NOTHING:
                    value = NOTHING
                else:
                    value = min(value, cap[t, i])
                    if value < floor[t, i]:
                        good = False
                        break
                values[n, i] = value
            if good:
                origin[n], by[n], room.order[n] = row, t, n
                n += 1
        if n > room.edges[pieces]:
            pieces += 1
            room.edges[pieces] = n
    return n, pieces


@kernel
def _join(old, row, taken, place, new, at):
    """Count an old row's packages in a new one, whose mask is the smallest of all joined."""
    word, bit = place
    words = old.masks.shape[1]
    smaller = new.packages[at] == 0.0
    new.packages[at] += old.packages[row]
    if not smaller:
        for w in range(words - 1, -1, -1):
            mine = old.masks[row, w] | (bit if taken and w == word else np.uint64(0))
            if mine != new.masks[at, w]:
                smaller = mine < new.masks[at, w]
                break
    if smaller:
        for w in range(words):
            new.masks[at, w] = old.masks[row, w] | (bit if taken and w == word else np.uint64(0))
