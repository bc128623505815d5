"""The protocol `offers`: what one principal proposes, seeing the others through noise."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.bounds import CELLS, REACH
from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.gains import fill_halves, worth
from summitry.game.kernels.heap import heapify, pop, sink
from summitry.game.kernels.paths import self_enforcing
from summitry.game.kernels.screen import fill_screen, hopeless, late_moves, too_many
from summitry.game.kernels.stops import TOLERANCE, _bit, keep_irreversible

SURE = 1e-9
# shares of the highest bound down to which packages are put in order, the last: all
LEVELS = (0.8, 0.5, 0.2, 0.0)


class View(NamedTuple):
    """How the proposer sees the others in one draw and round.

    The weights of the population's mean, of the truth and of the ghost in what is seen;
    `doubt` = sqrt(1 - knowledge); `chance` of each consent given by probability.
    """

    proposer: int
    of_mean: float
    of_truth: float
    of_ghost: float
    doubt: float
    chance: Floats


@inlined
def _normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


@inlined
def perceived_gain(j, p, board, table):
    """The gain of party j from package p as the proposer estimates it (after `look`)."""
    seen = table.scratch
    return worth(j, p, seen.linkages, board, table.perceived) - seen.reservation[j]


@inlined
def acceptance(p, t, view, board, table, beliefs):
    """The product of the chances that all others who must consent accept package p."""
    product = 1.0
    chance, chances = view.chance, board.chances[p]
    for bit in range(len(chance)):
        if _bit(chances, bit):
            product *= chance[bit]
    consent, deviation, proposer = board.consent[p], beliefs.deviation, view.proposer
    for j in range(board.parties):
        if j != proposer and _bit(consent, j) and product > 0.0:
            gain = perceived_gain(j, p, board, table)
            spread = deviation[t, j, p] * view.doubt
            if spread > SURE:
                if gain < 9.0 * spread:
                    product *= _normal_cdf(gain / spread)
            elif gain < -TOLERANCE:
                product = 0.0
    return product


@inlined
def _expected_gains(p, t, view, board, table, beliefs):
    """Into `table.gains`: the proposer's own gain, the others' expected on acceptance."""
    for j in range(board.parties):
        if j == view.proposer:
            table.gains[j] = table.utilities[j, p] - table.reservation[j]
        elif _bit(board.consent[p], j):
            gain = perceived_gain(j, p, board, table)
            spread = beliefs.deviation[t, j, p] * view.doubt
            if spread > SURE:
                x = gain / spread
                density = math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
                table.gains[j] = gain + spread * density / _normal_cdf(x)
            else:
                table.gains[j] = max(gain, 0.0)


@kernel
def _fill_bounds(t, view, board, table, beliefs):
    """The packages that the proposer gains by, with bounds of their scores: how many, the top bound.

    A bound is the proposer's gain times a bound of the chance that the other principal of
    the lowest number accepts, from a table of the normal distribution: the rest of the
    product is at most 1.
    """
    heap, exact, chances = table.heap, table.exact, table.normal
    items, major, minor = heap.items, heap.major, heap.minor
    own, reserved = table.utilities[view.proposer], table.reservation[view.proposer]
    other = 0
    while other == view.proposer or not _bit(board.principals, other):
        other += 1
        if other == board.parties:
            break
    alone = other == board.parties
    if not alone:
        low, high = table.perceived.low[other], table.perceived.high[other]
        needed, spread = table.scratch.reservation[other], beliefs.deviation[t, other]
        for k in board.crossing:
            needed -= max(table.scratch.linkages[other, k], 0.0)
    size, top = 0, 0.0
    for p in range(len(board.masks)):
        gain = own[p] - reserved
        if gain < -TOLERANCE:
            continue
        bound = max(gain, 0.0)
        granted = board.chances[p]
        bit = 0
        while granted != 0:
            if granted & np.uint32(1):
                bound *= view.chance[bit]
            granted >>= np.uint32(1)
            bit += 1
        if not alone:
            doubt = spread[p] * view.doubt
            if doubt > SURE:
                seen = low[board.low[p]] + high[board.high[p]] - needed
                cell = int(min(max((seen / doubt + REACH) * CELLS, 0.0), 2.0 * REACH * CELLS))
                bound *= chances[cell]
        items[size] = p
        major[p] = bound
        minor[p] = 1.0
        exact[p] = False
        top = max(top, bound)
        size += 1
    return size, top


@kernel
def _admit(least, size, waiting, total, heap):
    """Put on a heap of `size` items those from place `waiting` on with a bound of at least `least`.

    Returns the heap's new size, and from which place on the others wait.
    """
    items, major = heap.items, heap.major
    for k in range(waiting, total):
        p = items[k]
        if not major[p] < least:
            items[k] = items[waiting]
            waiting += 1
            items[size] = p
            size += 1
    heapify(heap, size)
    return size, waiting


@kernel
def best_offer(t, view, board, table, beliefs):
    """The package that the proposer offers (its index, -1 for none) and its stated chance.

    Packages are visited by an upper bound of the score, put in order only as far as they come
    near; the product of all chances is computed when a package comes first, a roadmap sought
    only for the one with the best score left.
    """
    heap, exact = table.heap, table.exact
    items, major, minor = heap.items, heap.major, heap.minor
    own, reserved = table.utilities[view.proposer], table.reservation[view.proposer]
    total, top = _fill_bounds(t, view, board, table, beliefs)
    size, waiting, level, least = 0, 0, 0, np.inf
    while size > 0 or waiting < total:
        if waiting < total and (size == 0 or major[items[0]] < least):
            least = top * LEVELS[level]
            level += 1
            size, waiting = _admit(least, size, waiting, total, heap)
            continue
        p = items[0]
        if not exact[p]:
            product = acceptance(p, t, view, board, table, beliefs)
            if product <= 0.0:
                size = pop(heap, size)
                continue
            exact[p] = True
            major[p] = (own[p] - reserved) * product
            minor[p] = product
            sink(heap, size, 0)
            continue
        mask, gains = board.masks[p], table.gains
        # what must come last for the proposer alone is often too much: no more is asked then
        gain = own[p] - reserved
        late = late_moves(view.proposer, gain, board.low[p], board.high[p], table.seen_screen)
        if too_many(late & mask):
            size = pop(heap, size)
            continue
        _expected_gains(p, t, view, board, table, beliefs)
        if not hopeless(mask, board.low[p], board.high[p], gains, board, table.seen_screen):
            if self_enforcing(mask, gains, board, table.seen, table.trail):
                return p, minor[p]
        size = pop(heap, size)
    return -1, 0.0


@kernel
def look(view, draw, t, stakes, ghosts, mean, reversible, board, table):
    """Fill `table` with what the proposer sees: values, reservations, what a collapse leaves."""
    a, b, c = view.of_mean, view.of_truth, view.of_ghost
    seen, values, linkages = table.seen, table.scratch.values, table.scratch.linkages
    for j in range(values.shape[0]):
        own = j == view.proposer
        for k in range(values.shape[1]):
            truth = stakes.values[draw, j, k]
            blurred = a * mean.values[j, k] + b * truth + c * ghosts.values[draw, j, k]
            values[j, k] = truth if own else blurred
        for k in range(linkages.shape[1]):
            truth = stakes.linkages[draw, j, k]
            blurred = a * mean.linkages[j, k] + b * truth + c * ghosts.linkages[draw, j, k]
            linkages[j, k] = truth if own else blurred
        breach, trust = stakes.breach[draw, j], stakes.trust[draw, j]
        if not own:
            breach = max(a * mean.breach[j] + b * breach + c * ghosts.breach[draw, j], 0.0)
            trust = a * mean.trust[j] + b * trust + c * ghosts.trust[draw, j]
            trust = min(max(trust, 0.0), 1.0)
        seen.breach[j] = breach
        seen.trust[j] = trust
        needed = a * (mean.reservation[j] - t * mean.delay[j]) + b * table.reservation[j]
        ghost = ghosts.reservation[draw, j] - t * ghosts.delay[draw, j]
        table.scratch.reservation[j] = needed + c * ghost
    keep_irreversible(values, linkages, reversible, board.linkages, seen.kept, seen.linked)
    fill_screen(board, seen, table.seen_screen)
    fill_halves(values, linkages, board, table.perceived)
