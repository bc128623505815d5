"""The protocol `offers`: what one principal proposes, seeing the others through noise."""

from __future__ import annotations

import math
from typing import NamedTuple

from numba import njit

from summitry.game.board import Floats
from summitry.game.kernels.gains import worth
from summitry.game.kernels.heap import heapify, pop, sink
from summitry.game.kernels.paths import self_enforcing
from summitry.game.kernels.stops import TOLERANCE, _bit, keep_irreversible

SURE = 1e-9


class View(NamedTuple):
    """How the proposer sees the others in one draw and round.

    The weights of the population's mean, of the truth and of the ghost in what is seen;
    `doubt` = sqrt(1 - knowledge); per party the gains' constants: reservation value of the
    mean and of the ghost in this round; `ghost_linkages` (N, linkages); `chance` of each
    consent given by probability.
    """

    proposer: int
    of_mean: float
    of_truth: float
    of_ghost: float
    doubt: float
    mean_reservation: Floats
    ghost_reservation: Floats
    ghost_linkages: Floats
    chance: Floats


@njit(cache=True, nogil=True)
def _normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


@njit(cache=True, nogil=True)
def perceived_gain(j, p, view, board, table, beliefs):
    """The gain of party j from package p as the proposer estimates it."""
    mean = beliefs.utility[j, p] - view.mean_reservation[j]
    truth = table.utilities[j, p] - table.reservation[j]
    ghost = worth(j, p, view.ghost_linkages, board, table.ghost) - view.ghost_reservation[j]
    return view.of_mean * mean + view.of_truth * truth + view.of_ghost * ghost


@njit(cache=True, nogil=True)
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
            gain = perceived_gain(j, p, view, board, table, beliefs)
            spread = deviation[t, j, p] * view.doubt
            if spread > SURE:
                if gain < 9.0 * spread:
                    product *= _normal_cdf(gain / spread)
            elif gain < -TOLERANCE:
                product = 0.0
    return product


@njit(cache=True, nogil=True)
def _expected_gains(p, t, view, board, table, beliefs):
    """Into `table.gains`: the proposer's own gain, the others' expected on acceptance."""
    for j in range(board.parties):
        if j == view.proposer:
            table.gains[j] = table.utilities[j, p] - table.reservation[j]
        elif _bit(board.consent[p], j):
            gain = perceived_gain(j, p, view, board, table, beliefs)
            spread = beliefs.deviation[t, j, p] * view.doubt
            if spread > SURE:
                x = gain / spread
                density = math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
                table.gains[j] = gain + spread * density / _normal_cdf(x)
            else:
                table.gains[j] = max(gain, 0.0)


@njit(cache=True, nogil=True)
def best_offer(t, view, board, table, beliefs):
    """The package that the proposer offers (its index, -1 for none) and its stated chance.

    Packages are visited by an upper bound of the score, the proposer's own gain; a chance
    of acceptance is computed when a package comes first, a roadmap sought only for the one
    with the best score left.
    """
    heap, exact = table.heap, table.exact
    items, major, minor = heap.items, heap.major, heap.minor
    own, reserved = table.utilities[view.proposer], table.reservation[view.proposer]
    size = 0
    for p in range(len(board.masks)):
        gain = own[p] - reserved
        if gain >= -TOLERANCE:
            items[size] = p
            major[p] = max(gain, 0.0)
            minor[p] = 1.0
            exact[p] = False
            size += 1
    heapify(heap, size)
    while size > 0:
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
        _expected_gains(p, t, view, board, table, beliefs)
        if self_enforcing(board.masks[p], table.gains, board, table.seen, table.trail):
            return p, minor[p]
        size = pop(heap, size)
    return -1, 0.0


@njit(cache=True, nogil=True)
def look(view, draw, stakes, ghosts, mean, reversible, masks, values, linkages, seen):
    """Fill `seen` with what the proposer believes a collapse would leave everybody.

    `values` and `linkages` are scratch of the shape (N, ...) of one draw.
    """
    a, b, c = view.of_mean, view.of_truth, view.of_ghost
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
    keep_irreversible(values, linkages, reversible, masks, seen.kept, seen.linked)
