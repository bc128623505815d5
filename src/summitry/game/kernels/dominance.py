"""Which rows of gains no other dominates: sorted, sifted in one pass, judged with a tolerance.

Gains are whole numbers of a fine unit; the rows of a list fall lexicographically.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.kernels.compiling import allocating, kernel

BLOCK = 32
LAST, BEST, KEPT, STEPS, WORK = 0, 1, 2, 3, 4


class Room(NamedTuple):
    """Memory for the rows of one list: used again for the next.

    `values` (rows, columns), `order`: the rows as sorted; after `sift` the first rows of `kept` are
    those that stay, and `twin[row]` is an equal that does (-1: none). `spare` and `edges` are
    for merging, `stair` and `tops` for sifting; `state` (5) counts while sifting.
    """

    values: np.ndarray
    order: np.ndarray
    spare: np.ndarray
    edges: np.ndarray
    kept: np.ndarray
    twin: np.ndarray
    stair: np.ndarray
    tops: np.ndarray
    state: np.ndarray


@allocating
def make_room(rows, width, pieces):
    """Room for so many rows in so many sorted pieces."""
    return Room(
        np.empty((rows, width), np.int64), np.arange(rows), np.empty(rows, np.int64),
        np.zeros(pieces + 1, np.int64), np.empty(rows, np.int64), np.empty(rows, np.int64),
        np.empty(rows + 1, np.int64), np.empty((rows // BLOCK + 1, width), np.int64),
        np.zeros(5, np.int64),
    )  # fmt: skip


@kernel
def _before(a, b, values):
    """Whether row a comes before row b: the first difference is in its favour."""
    for i in range(values.shape[1]):
        if values[a, i] != values[b, i]:
            return values[a, i] > values[b, i]
    return True


@kernel
def _merge(order, low, middle, high, values, spare):
    """Merge two sorted stretches of `order`."""
    a, b, k = low, middle, low
    while a < middle and b < high:
        if _before(order[a], order[b], values):
            spare[k] = order[a]
            a += 1
        else:
            spare[k] = order[b]
            b += 1
        k += 1
    while a < middle:
        spare[k] = order[a]
        a, k = a + 1, k + 1
    while b < high:
        spare[k] = order[b]
        b, k = b + 1, k + 1
    for x in range(low, high):
        order[x] = spare[x]


@kernel
def merge_all(pieces, room):
    """Merge so many sorted stretches of the order, between the edges, until there is one."""
    edges, order, values, spare = room.edges, room.order, room.values, room.spare
    while pieces > 1:
        made = 0
        for piece in range(0, pieces, 2):
            low = edges[piece]
            if piece + 1 < pieces:
                high = edges[piece + 2]
                _merge(order, low, edges[piece + 1], high, values, spare)
            else:
                high = edges[piece + 1]
            edges[made] = low
            made += 1
            edges[made] = high
        pieces = made


@kernel
def _beats(a, b, values, judged, tolerance):
    """At least as good everywhere, and better by more than the tolerance where it is `judged`."""
    better = False
    for i in range(values.shape[1]):
        if values[a, i] < values[b, i]:
            return False
        if i < judged and values[a, i] > values[b, i] + tolerance[i]:
            better = True
    return better


@kernel
def _equal(a, b, values):
    apart = False
    for i in range(values.shape[1]):
        apart |= values[a, i] != values[b, i]
    return not apart


@kernel
def _on_stair(stair, size, row, values):
    """How many steps of the stair (falling second, rising third gain) reach the row's second."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if values[stair[middle], 1] >= values[row, 1]:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def _climb(stair, size, at, row, values):
    """Put a row into the stair and take out what it covers; the stair's new size."""
    last = at
    while last < size and values[stair[last], 2] <= values[row, 2]:
        last += 1
    if last == at:
        for x in range(size, at, -1):
            stair[x] = stair[x - 1]
        stair[at] = row
        return size + 1
    stair[at] = row
    gap = last - at - 1
    if gap:
        for x in range(last, size):
            stair[x - gap] = stair[x]
    return size - gap


@kernel
def _in_blocks(row, room, judged, tolerance):
    """The kept row that beats a row, or -1; blocks whose best cannot are passed over."""
    kept, tops, values, state = room.kept, room.tops, room.values, room.state
    number = state[KEPT]
    for block in range((number + BLOCK - 1) // BLOCK):
        state[WORK] += 1
        able = True
        for i in range(values.shape[1]):
            if tops[block, i] < values[row, i]:
                able = False
                break
        if not able:
            continue
        for x in range(block * BLOCK, min(number, (block + 1) * BLOCK)):
            state[WORK] += 1
            if _beats(kept[x], row, values, judged, tolerance):
                return kept[x]
    return np.int64(-1)


@kernel
def _note(tops, number, row, values):
    """Raise the best of the block that the kept row `number` belongs to."""
    block = number // BLOCK
    for i in range(values.shape[1]):
        if number % BLOCK == 0 or values[row, i] > tops[block, i]:
            tops[block, i] = values[row, i]


@kernel
def _on_two(row, room, judged, tolerance):
    """Whether a row of one or two columns is beaten: the best last column stands for all."""
    values, state = room.values, room.state
    best, last = state[BEST], values.shape[1] - 1
    beaten = bool(best >= 0 and _beats(best, row, values, judged, tolerance))
    if best < 0 or values[row, last] > values[best, last]:
        state[BEST] = row
    return beaten


@kernel
def _on_three(row, room, judged, tolerance):
    """Whether a row of three columns is beaten, in logarithmic time."""
    stair, values, state = room.stair, room.values, room.state
    at = _on_stair(stair, state[STEPS], row, values)
    if at > 0 and values[stair[at - 1], 2] >= values[row, 2]:
        return _beats(stair[at - 1], row, values, judged, tolerance)
    state[STEPS] = _climb(stair, state[STEPS], at, row, values)
    return False


@kernel
def _on_more(row, room, judged, tolerance):
    """Whether a row of four or more columns is beaten, by comparing blocks of rows."""
    values, state = room.values, room.state
    if state[BEST] >= 0 and _beats(state[BEST], row, values, judged, tolerance):
        return True
    by = _in_blocks(row, room, judged, tolerance)
    if by >= 0:
        # who beats one beats its neighbours: try it first next time
        state[BEST] = by
        return True
    _note(room.tops, state[KEPT], row, values)
    return False


@kernel
def sift(rows, room, judged, tolerance):
    """Which of the first `rows` of the order stay; returns how many, and the work done.

    `judged`: how many columns count in saying who is better; equals in these are never
    dropped. May keep a row too many where the difference is within the tolerance.
    """
    values, order, kept, twin, state = room.values, room.order, room.kept, room.twin, room.state
    width = values.shape[1]
    state[LAST], state[BEST], state[KEPT], state[STEPS], state[WORK] = -1, -1, 0, 0, rows
    for x in range(rows):
        row = order[x]
        last = state[LAST]
        if last >= 0 and _equal(last, row, values):
            twin[row] = twin[last]
            continue
        state[LAST] = row
        twin[row] = -1
        if width <= 2:
            beaten = _on_two(row, room, judged, tolerance)
        elif width == 3:
            beaten = _on_three(row, room, judged, tolerance)
        else:
            beaten = _on_more(row, room, judged, tolerance)
        if not beaten:
            kept[state[KEPT]] = row
            twin[row] = row
            state[KEPT] += 1
    return state[KEPT], state[WORK]


@allocating
def sift_sorted(values, judged, tolerance):
    """Which rows of one sorted list stay (indices), and for each row its equal that does."""
    room = make_room(len(values), values.shape[1], 1)
    room.values[:] = values
    number, _ = sift(len(values), room, judged, tolerance)
    return room.kept[:number].copy(), room.twin


@kernel
def drop_near(values, column, order, tolerance, standing):
    """Take from `standing` the rows that another dominates which is as good in one column.

    That is: within the tolerance in `column`, by which `order` sorts the rows. Dominated:
    better by more than the tolerance somewhere, worse by more than it nowhere.
    """
    n, width = values.shape
    low = 0
    for x in range(n):
        b = order[x]
        while values[order[low], column] < values[b, column] - tolerance[column]:
            low += 1
        y = low
        while y < n and values[order[y], column] <= values[b, column] + tolerance[column]:
            a = order[y]
            y += 1
            good, better = True, False
            for i in range(width):
                if values[a, i] < values[b, i] - tolerance[i]:
                    good = False
                    break
                if values[a, i] > values[b, i] + tolerance[i]:
                    better = True
            if good and better:
                standing[b] = False
                break
