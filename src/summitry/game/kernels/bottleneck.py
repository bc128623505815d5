"""Best-first search for an order of moves of a package of any size, within a memory limit.

A state is the set of commitments done, in words of 64 bits.
"""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np

from summitry.game.kernels.compiling import allocating, inlined, kernel
from summitry.game.kernels.ladder import asked
from summitry.game.kernels.stops import _bit


@inlined
def _has(words, c):
    return (words[c >> 6] >> np.uint64(c & 63)) & np.uint64(1) == np.uint64(1)


@inlined
def _put(words, c):
    words[c >> 6] |= np.uint64(1) << np.uint64(c & 63)


@kernel
def _place(table, done, words):
    """Where a state is in the hash table: the cell that holds it, or the free one for it."""
    mixed = np.uint64(1469598103934665603)
    for w in range(len(words)):
        mixed = (mixed ^ words[w]) * np.uint64(1099511628211)
        mixed ^= mixed >> np.uint64(29)
    cell = np.int64(mixed & np.uint64(len(table) - 1))
    while table[cell] >= 0:
        same = True
        for w in range(len(words)):
            if done[table[cell], w] != words[w]:
                same = False
                break
        if same:
            return cell
        cell = (cell + 1) & (len(table) - 1)
    return cell


@kernel
def _add(held, words, c, kept, links, linked, touching, first):
    """Do one more commitment: what all parties hold then, into `held`; `words` too."""
    _put(words, c)
    for i in range(len(held)):
        held[i] += kept[i, c]
    for x in range(first[c], first[c + 1]):
        k = touching[x]
        complete = True
        for w in range(len(words)):
            if links[k, w] & ~words[w] != 0:
                complete = False
                break
        if complete:
            for i in range(len(held)):
                held[i] += linked[i, k]


@kernel
def _demand(before, after, movers, gains, breach, last):
    """The largest minimum trust that a step asks of one of its movers."""
    most = 0.0
    for i in range(len(gains)):
        if _bit(movers, i):
            most = max(most, asked(before[i] - breach[i], after[i], gains[i], last))
    return most


@kernel
def _still(words, least, can_end):
    """What is asked at least by what is left to be done; at most two can be in the last step."""
    bound, one, two, three = 0.0, 0.0, 0.0, 0.0
    for c in range(len(least)):
        if _has(words, c) or (least[c] <= bound and can_end[c] == 0):
            continue
        value = least[c]
        if can_end[c] == 0:
            bound = max(bound, value)
        elif value > one:
            one, two, three = value, one, two
        elif value > two:
            two, three = value, two
        elif value > three:
            three = value
    return max(bound, three)


@allocating
def search_orders(package, gains, breach, least, can_end, most_states, most_open):
    """The order that asks for the least trust, best first, deeper first among equals.

    `package`: (requires (n, words), movers, instant, kept (N, n), links (L, words), linked
    (N, L), touching, first). `least` (n): what moving each asks at least. Returns the steps
    (k, 2), empty where none was found, the least that any order asks as far as is known, how
    many states were reached, and whether the search ran to its end.
    """
    requires, movers, instant, kept, links, linked, touching, first = package
    n, words = requires.shape
    parties = len(gains)
    done = np.zeros((most_states, words), np.uint64)
    held = np.zeros((most_states, parties))
    parent = np.zeros(most_states, np.int64)
    step = np.zeros((most_states, 2), np.int64)
    depth = np.zeros(most_states, np.int64)
    size = 2
    while size < 2 * most_states:
        size *= 2
    table = np.full(size, np.int64(-1))
    mine, now = np.zeros(words, np.uint64), np.zeros(parties)
    waiting: list[Any] = [(0.0, np.int64(0), np.int64(-1), np.int64(-1), np.int64(-1), 0.0)]
    states, bound = 0, 0.0
    while len(waiting) > 0:
        priority, _, before, x, y, need = heapq.heappop(waiting)
        bound = max(bound, priority)
        if before >= 0:
            mine[:] = done[before]
            now[:] = held[before]
            _add(now, mine, x, kept, links, linked, touching, first)
            if y != x:
                _add(now, mine, y, kept, links, linked, touching, first)
        cell = _place(table, done, mine)
        if table[cell] >= 0:
            continue
        if states == most_states or len(waiting) > most_open:
            return np.zeros((0, 2), np.int64), bound, states, False
        here = states
        states += 1
        table[cell] = here
        done[here], held[here] = mine, now
        parent[here], step[here, 0], step[here, 1] = before, x, y
        depth[here] = 0 if before < 0 else depth[before] + (1 if x == y else 2)
        if depth[here] == n:
            return _walk_back(parent, step, here), bound, states, True
        for a in range(n):
            if _has(mine, a) or not _ready(requires[a], mine):
                continue
            for b in range(a, n):
                if b != a and not _swaps(a, b, mine, requires, movers, instant):
                    continue
                after = depth[here] + (1 if a == b else 2)
                then, later = now.copy(), mine.copy()
                _add(then, later, a, kept, links, linked, touching, first)
                if b != a:
                    _add(then, later, b, kept, links, linked, touching, first)
                ask = _demand(now, then, movers[a] | movers[b], gains, breach, after == n)
                if ask == np.inf:
                    continue
                worst = max(need, ask)
                hope = max(worst, _still(later, least, can_end))
                heapq.heappush(waiting, (hope, -after, here, np.int64(a), np.int64(b), worst))
    return np.zeros((0, 2), np.int64), np.inf, states, True


@allocating
def beam_orders(package, gains, breach, widest):
    """An order that asks for little trust: of each number of commitments done the best few.

    At most `widest` states of each number are gone on from: those that have asked for the
    least, of these the ones from which the dearest of the moves left would ask for the least.
    Returns the steps (k, 2), empty where none was found, and how many states were reached.
    """
    requires, movers, instant, kept, links, linked, touching, first = package
    n, words = requires.shape
    most = widest * (n + 1)
    done = np.zeros((most, words), np.uint64)
    held = np.zeros((most, len(gains)))
    parent = np.zeros(most, np.int64)
    step = np.zeros((most, 2), np.int64)
    need = np.zeros(most)
    size = 2
    while size < 2 * most:
        size *= 2
    table = np.full(size, np.int64(-1))
    none = [(0.0, 0.0, np.int64(-1), np.int64(-1), np.int64(-1))]
    here, soon, late = none.copy(), none[:0], none[:0]
    states = 0
    mine, now = np.zeros(words, np.uint64), np.zeros(len(gains))
    for depth in range(n + 1):
        taken = 0
        while len(here) > 0 and taken < widest:
            worst, _, before, x, y = heapq.heappop(here)
            mine[:] = 0
            now[:] = 0.0
            if before >= 0:
                mine[:] = done[before]
                now[:] = held[before]
                _add(now, mine, x, kept, links, linked, touching, first)
                if y != x:
                    _add(now, mine, y, kept, links, linked, touching, first)
            cell = _place(table, done, mine)
            if table[cell] >= 0:
                continue
            table[cell] = states
            done[states], held[states], need[states] = mine, now, worst
            parent[states], step[states, 0], step[states, 1] = before, x, y
            if depth == n:
                return _walk_back(parent, step, states), states + 1
            for a in range(n):
                if _has(mine, a) or not _ready(requires[a], mine):
                    continue
                for b in range(a, n):
                    if b != a and not _swaps(a, b, mine, requires, movers, instant):
                        continue
                    then, later = now.copy(), mine.copy()
                    _add(then, later, a, kept, links, linked, touching, first)
                    if b != a:
                        _add(then, later, b, kept, links, linked, touching, first)
                    last = depth + (1 if a == b else 2) == n
                    ask = _demand(now, then, movers[a] | movers[b], gains, breach, last)
                    if ask == np.inf:
                        continue
                    ahead = _dearest(then, later, movers, kept, gains, breach)
                    coming = (max(worst, ask), ahead, np.int64(states), np.int64(a), np.int64(b))
                    heapq.heappush(soon if a == b else late, coming)
            states += 1
            taken += 1
        here, soon, late = soon, late, none[:0]
    return np.zeros((0, 2), np.int64), states


@kernel
def _dearest(held, words, movers, kept, gains, breach):
    """What the dearest of the moves left would ask, were it made now and alone."""
    most = 0.0
    for c in range(len(movers)):
        if not _has(words, c):
            for i in range(len(gains)):
                if _bit(movers[c], i):
                    ask = asked(held[i] - breach[i], held[i] + kept[i, c], gains[i], False)
                    most = max(most, min(ask, 2.0))
    return most


@inlined
def _swaps(a, b, done, requires, movers, instant):
    """Whether two commitments, of which the first can come next, can be exchanged now."""
    if not instant[a] or not instant[b] or movers[a] & movers[b] != 0 or _has(done, b):
        return False
    return _ready(requires[b], done)


@inlined
def _ready(needed, done):
    missing = False
    for w in range(len(done)):
        missing |= needed[w] & ~done[w] != 0
    return not missing


@allocating
def _walk_back(parent, step, last):
    """The steps that led to a state."""
    number, at = 0, last
    while parent[at] >= 0:
        number, at = number + 1, parent[at]
    path, at = np.zeros((number, 2), np.int64), last
    for k in range(number - 1, -1, -1):
        path[k, 0], path[k, 1] = step[at, 0], step[at, 1]
        at = parent[at]
    return path
