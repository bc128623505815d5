"""Search for an order of moves of a package of any size, within a memory limit.

As `orders`, from the end backwards over pairs of what is done, in words of 64 bits, and who
will still be tempted; best first, or of each number of commitments done only the best few (a beam).
"""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np

from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import allocating, kernel
from summitry.game.kernels.orders import asked, is_tempted
from summitry.game.kernels.stops import TOLERANCE

MOST_REMEMBERED = 12


@kernel
def _has(words, c):
    return (words[c >> 6] >> np.uint64(c & 63)) & np.uint64(1) == np.uint64(1)


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
def _none_of(needed, done):
    free = True
    for w in range(len(done)):
        free &= needed[w] & done[w] == 0
    return free


@kernel
def _undo(held, words, c, kept, links, linked, touching, first):
    """Take one commitment back: what all parties held before it, into `held`; `words` too."""
    for x in range(first[c], first[c + 1]):
        k = touching[x]
        complete = True
        for w in range(len(words)):
            if links[k, w] & ~words[w] != 0:
                complete = False
                break
        if complete:
            for i in range(len(held)):
                held[i] -= linked[i, k]
    for i in range(len(held)):
        held[i] -= kept[i, c]
    words[c >> 6] &= ~(np.uint64(1) << np.uint64(c & 63))


@kernel
def _tempted(held, movers, suspects, gains, breach):
    """Which of the movers are tempted: a mask over `suspects`."""
    who = np.int64(0)
    for s in range(len(suspects)):
        i = suspects[s]
        if has(movers, i) and is_tempted(held[i] - breach[i], gains[i]):
            who |= np.int64(1) << s
    return who


@kernel
def _others(i, who, suspects):
    """How many parties of a set other than i."""
    number = 0
    for s in range(len(suspects)):
        if has(who, s) and suspects[s] != i:
            number += 1
    return number


@kernel
def _demand(before, after, movers, who, suspects, gains, breach, trust):
    """The most that a step asks of its movers; infinite where it is more than one has."""
    most = 0.0
    for i in range(len(gains)):
        if has(movers, i):
            ask = asked(before[i] - breach[i], after[i], gains[i], _others(i, who, suspects))
            if ask > trust[i] + TOLERANCE:
                return np.inf
            most = max(most, ask)
    return most


@kernel
def _opening(who, suspects, opening, trust):
    """The least that any first step asks if these are tempted later: no order asks for less.

    `opening` (steps, N): what each asks of its movers if one is.
    """
    least = np.inf
    for x in range(len(opening)):
        most = 0.0
        for i in range(opening.shape[1]):
            number = _others(i, who, suspects) if opening[x, i] > 0.0 else 0
            if number > 0:
                ask = opening[x, i] ** (1.0 / number)
                most = max(most, ask if ask <= trust[i] + TOLERANCE else np.inf)
        least = min(least, most)
    return least


@kernel
def _exposed(words, held, movers, who, suspects, gains, breach):
    """What would be asked at most of those who move before, had they just come to this from nothing."""
    moving = np.int64(0)
    for c in range(len(movers)):
        if _has(words, c):
            moving |= movers[c]
    most = 0.0
    for i in range(len(gains)):
        if has(moving, i):
            ask = asked(-breach[i], held[i], gains[i], _others(i, who, suspects))
            most = max(most, min(ask, 2.0))
    return most


@kernel
def _number(mask):
    number = 0.0
    while mask != 0:
        mask &= mask - 1
        number += 1.0
    return number


@kernel
def _is_dominated(latest, chain, tempted, need, who, worst):
    """Whether what is done was reached with no more tempted parties and no larger demand."""
    at = latest
    while at >= 0:
        if tempted[at] & ~who == 0 and need[at] <= worst:
            return True
        at = chain[at]
    return False


@allocating
def search_orders(
    package, gains, breach, trust, suspects, opening, fewest, widest, most_states, most_open
):
    """The order with the smallest demand; with `fewest` first with the fewest tempted parties.

    `package`: (later (n, words), movers, instant, kept (N, n), links (L, words), linked (N, L),
    touching, first). No step asks a mover for more than its `trust` (N; infinite: whatever it is).
    `widest`: how many states of each number of commitments done are gone on from, 0 for all.
    Returns the steps (k, 2), empty where none was found, the least that any order asks as far
    as is known (without `fewest` and `widest`), how many states were reached, and whether the
    search ran to its end.
    """
    later, movers, instant, kept, links, linked, touching, first = package
    n, words = later.shape
    done = np.zeros((most_states, words), np.uint64)
    held = np.zeros((most_states, len(gains)))
    tempted = np.zeros(most_states, np.int64)
    need = np.zeros(most_states)
    parent, chain = np.zeros(most_states, np.int64), np.zeros(most_states, np.int64)
    step = np.zeros((most_states, 2), np.int64)
    undone = np.zeros(most_states, np.int64)
    taken = np.zeros(n + 1, np.int64)
    size = 2
    while size < 2 * most_states:
        size *= 2
    table = np.full(size, np.int64(-1))
    known = np.full(1 << min(len(suspects), MOST_REMEMBERED), -1.0)
    mine, now = np.zeros(words, np.uint64), np.zeros(len(gains))
    waiting: list[Any] = [
        (0.0, 0.0, 0.0, 0.0, np.int64(-1), np.int64(-1), np.int64(-1), 0.0)
    ]  # fmt: skip
    states, bound = 0, 0.0
    while len(waiting) > 0:
        _, _, hope, _, above, x, y, worst = heapq.heappop(waiting)
        depth = 0 if above < 0 else undone[above] + (1 if x == y else 2)
        if widest > 0 and taken[depth] >= widest:
            continue
        bound = max(bound, hope)
        who = np.int64(0)
        if above < 0:
            mine[:] = np.uint64(0)
            for c in range(n):
                mine[c >> 6] |= np.uint64(1) << np.uint64(c & 63)
            now[:] = kept.sum(axis=1) + linked.sum(axis=1)
        else:
            mine[:] = done[above]
            now[:] = held[above]
            _undo(now, mine, x, kept, links, linked, touching, first)
            if y != x:
                _undo(now, mine, y, kept, links, linked, touching, first)
            both = movers[x] | movers[y]
            who = tempted[above] | _tempted(now, both, suspects, gains, breach)
        cell = _place(table, done, mine)
        if _is_dominated(table[cell], chain, tempted, need, who, worst):
            continue
        if states == most_states or (widest == 0 and len(waiting) > most_open):
            return np.zeros((0, 2), np.int64), bound, states, False
        here = states
        states += 1
        chain[here] = table[cell]
        table[cell] = here
        done[here], held[here], tempted[here], need[here] = mine, now, who, worst
        parent[here], step[here, 0], step[here, 1] = above, x, y
        undone[here] = depth
        taken[depth] += 1
        if depth == n:
            return _steps_to_the_end(parent, step, here), bound, states, True
        for a in range(n):
            if not _has(mine, a) or not _none_of(later[a], mine):
                continue
            for b in range(a, n):
                if b != a and not _swaps(a, b, mine, later, movers, instant):
                    continue
                then, left = now.copy(), mine.copy()
                _undo(then, left, a, kept, links, linked, touching, first)
                if b != a:
                    _undo(then, left, b, kept, links, linked, touching, first)
                both = movers[a] | movers[b]
                ask = 0.0
                if depth > 0:
                    ask = _demand(then, now, both, who, suspects, gains, breach, trust)
                if ask == np.inf:
                    continue
                told = who | _tempted(then, both, suspects, gains, breach)
                most = max(worst, ask)
                many = _number(told) if fewest else 0.0
                further = depth + (1 if a == b else 2)
                hope, layer, tie = most, 0.0, -float(further)
                if widest > 0:
                    layer = float(further)
                    tie = _exposed(left, then, movers, told, suspects, gains, breach)
                elif len(suspects) <= MOST_REMEMBERED and further < n:
                    if known[told] < 0.0:
                        known[told] = _opening(told, suspects, opening, trust)
                    hope = max(most, known[told])
                if hope < np.inf and (widest == 0 or len(waiting) <= most_open):
                    coming = (
                        layer,
                        many,
                        hope,
                        tie,
                        np.int64(here),
                        np.int64(a),
                        np.int64(b),
                        most,
                    )
                    heapq.heappush(waiting, coming)
    return np.zeros((0, 2), np.int64), np.inf, states, True


@kernel
def _swaps(a, b, done, later, movers, instant):
    """Whether two commitments, of which the first can be the last, can be exchanged then."""
    if not instant[a] or not instant[b] or movers[a] & movers[b] != 0 or not _has(done, b):
        return False
    return _none_of(later[b], done)


@allocating
def _steps_to_the_end(parent, step, first):
    """The steps from a state to the end."""
    number, at = 0, first
    while parent[at] >= 0:
        number, at = number + 1, parent[at]
    path, at = np.zeros((number, 2), np.int64), first
    for k in range(number):
        path[k, 0], path[k, 1] = step[at, 0], step[at, 1]
        at = parent[at]
    return path
