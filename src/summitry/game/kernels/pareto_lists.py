"""Lists of partial packages that no other of the list dominates, grown by one commitment.

Gains are whole numbers of a fine unit, so that sums do not depend on their order. The rows of
a list fall lexicographically.
"""

from __future__ import annotations

import numpy as np

from summitry.game.kernels.compiling import allocating, inlined, kernel

BLOCK = 32
NOTHING = np.int64(-(1 << 62))


@inlined
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
def _merge_all(edges, pieces, order, values, spare):
    """Merge sorted stretches between `edges` until there is one."""
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


@inlined
def _beats(a, b, values, judged, tolerance):
    """At least as good everywhere, and better by more than the tolerance where it is `judged`."""
    better = False
    for i in range(values.shape[1]):
        if values[a, i] < values[b, i]:
            return False
        if i < judged and values[a, i] > values[b, i] + tolerance[i]:
            better = True
    return better


@inlined
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
def _in_blocks(kept, number, tops, row, values, judged, tolerance):
    """The kept row that beats a row, or -1; blocks whose best cannot are passed over."""
    work = 0
    for block in range((number + BLOCK - 1) // BLOCK):
        work += 1
        able = True
        for i in range(values.shape[1]):
            if tops[block, i] < values[row, i]:
                able = False
                break
        if not able:
            continue
        for x in range(block * BLOCK, min(number, (block + 1) * BLOCK)):
            work += 1
            if _beats(kept[x], row, values, judged, tolerance):
                return kept[x], work
    return np.int64(-1), work


@kernel
def _note(tops, number, row, values):
    """Raise the best of the block that the kept row `number` belongs to."""
    block = number // BLOCK
    for i in range(values.shape[1]):
        if number % BLOCK == 0 or values[row, i] > tops[block, i]:
            tops[block, i] = values[row, i]


@kernel
def sift(order, low, high, values, judged, tolerance, kept, twin, stair, tops):
    """Which rows of a sorted stretch stay: into `kept`; `twin[row]` is an equal that stays.

    `judged`: how many columns count in saying who is better; equals in these are never
    dropped. For one to three columns the row with the best last column stands for all, found
    in logarithmic time; for more, blocks of rows are compared. May keep a row too many where
    the difference is within the tolerance. Returns how many stay and the work done.
    """
    width = values.shape[1]
    number, steps, work = 0, 0, 0
    best = np.int64(-1)
    last = np.int64(-1)
    for x in range(low, high):
        row = order[x]
        work += 1
        if last >= 0 and _equal(last, row, values):
            twin[row] = twin[last]
            continue
        last = row
        twin[row] = -1
        beaten = False
        if width <= 2:
            beaten = bool(best >= 0 and _beats(best, row, values, judged, tolerance))
            if best < 0 or values[row, width - 1] > values[best, width - 1]:
                best = row
        elif width == 3:
            at = _on_stair(stair, steps, row, values)
            high_enough = at > 0 and values[stair[at - 1], 2] >= values[row, 2]
            if high_enough:
                beaten = _beats(stair[at - 1], row, values, judged, tolerance)
            else:
                steps = _climb(stair, steps, at, row, values)
        else:
            beaten = bool(best >= 0 and _beats(best, row, values, judged, tolerance))
            if not beaten:
                by, more = _in_blocks(kept, number, tops, row, values, judged, tolerance)
                work += more
                if by >= 0:
                    # who beats one beats its neighbours: try it first next time
                    best, beaten = by, True
        if beaten:
            continue
        if width > 3:
            _note(tops, number, row, values)
        kept[number] = row
        twin[row] = row
        number += 1
    return number, work


@allocating
def grow(groups, source, taken, delta, floor, cap, old, word, bit, judged, tolerance, most_work):
    """The lists of all new states from those of the old: one more commitment is decided.

    A new state g takes the old lists `source[t]`, for t from groups[g] to groups[g+1]: with
    the commitment where `taken[t]`, which brings `delta[t]`; rows below `floor[t]` can reach
    nothing acceptable, what lies above `cap[t]` counts as the cap. `old` holds the starts of
    the lists, the gains, the masks (words) and how many packages each row stands for.
    Returns the same for the new, and the work done (-1: more than `most_work`).
    """
    start, gains, masks, count = old
    width, words = gains.shape[1], masks.shape[1]
    states = len(groups) - 1
    total, largest = 0, 0
    for g in range(states):
        size = 0
        for t in range(groups[g], groups[g + 1]):
            size += start[source[t] + 1] - start[source[t]]
        total += size
        largest = max(largest, size)
    starts = np.zeros(states + 1, np.int64)
    new_gains = np.empty((total, width), np.int64)
    new_masks = np.empty((total, words), np.uint64)
    new_count = np.empty(total)
    values = np.empty((largest, width), np.int64)
    origin = np.empty(largest, np.int64)
    by = np.empty(largest, np.int64)
    order, spare = np.empty(largest, np.int64), np.empty(largest, np.int64)
    kept, twin = np.empty(largest, np.int64), np.empty(largest, np.int64)
    stair, place = np.empty(largest + 1, np.int64), np.empty(largest, np.int64)
    tops = np.empty((largest // BLOCK + 1, width), np.int64)
    out, work = 0, 0
    for g in range(states):
        pieces, n = 0, 0
        edges = np.zeros(groups[g + 1] - groups[g] + 1, np.int64)
        for t in range(groups[g], groups[g + 1]):
            for row in range(start[source[t]], start[source[t] + 1]):
                good = True
                for i in range(width):
                    value = gains[row, i] + delta[t, i]
                    if cap[t, i] == NOTHING:
                        value = NOTHING
                    else:
                        value = min(value, cap[t, i])
                        if value < floor[t, i]:
                            good = False
                            break
                    values[n, i] = value
                if good:
                    origin[n], by[n], order[n] = row, t, n
                    n += 1
            if n > edges[pieces]:
                pieces += 1
                edges[pieces] = n
        _merge_all(edges, pieces, order, values, spare)
        number, done = sift(order, 0, n, values, judged, tolerance, kept, twin, stair, tops)
        work += done
        if work > most_work:
            return starts, new_gains, new_masks, new_count, -1
        for x in range(number):
            row = kept[x]
            place[row] = out + x
            new_count[out + x] = 0.0
            for i in range(width):
                new_gains[out + x, i] = values[row, i]
        for x in range(n):
            row = order[x]
            if twin[row] < 0:
                continue
            at = place[twin[row]]
            first = new_count[at] == 0.0
            new_count[at] += count[origin[row]]
            _keep_smaller(masks, origin[row], taken[by[row]], word, bit, new_masks, at, first)
        out += number
        starts[g + 1] = out
    return starts, new_gains[:out].copy(), new_masks[:out].copy(), new_count[:out].copy(), work


@kernel
def _keep_smaller(masks, row, taken, word, bit, new_masks, at, first):
    """Write a row's mask, with the commitment where it is taken, if it is the smaller."""
    words = masks.shape[1]
    smaller = first
    if not first:
        for w in range(words - 1, -1, -1):
            mine = masks[row, w] | (bit if taken and w == word else np.uint64(0))
            if mine != new_masks[at, w]:
                smaller = mine < new_masks[at, w]
                break
    if smaller:
        for w in range(words):
            new_masks[at, w] = masks[row, w] | (bit if taken and w == word else np.uint64(0))


@allocating
def sift_sorted(values, judged, tolerance):
    """Which rows of one sorted list stay (indices), and for each row its equal that does."""
    n, width = values.shape
    order = np.arange(n)
    kept, twin = np.empty(n, np.int64), np.empty(n, np.int64)
    stair = np.empty(n + 1, np.int64)
    tops = np.empty((n // BLOCK + 1, width), np.int64)
    number, _ = sift(order, 0, n, values, judged, tolerance, kept, twin, stair, tops)
    return kept[:number], twin


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
