"""The state of one draw at the negotiating table, and the zones of agreement in a round."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Board
from summitry.game.kernels.bounds import normal_bounds
from summitry.game.kernels.compiling import inlined, kernel
from summitry.game.kernels.gains import Halves, make_halves, worth
from summitry.game.kernels.heap import Heap, heapify, make_heap, pop
from summitry.game.kernels.paths import self_enforcing
from summitry.game.kernels.screen import Screen, hopeless, make_screen
from summitry.game.kernels.stops import TOLERANCE, Stops, Trail, _bit, make_trail

UNKNOWN, HOLDS, FAILS = 0, 1, 2
REMEMBERED = 6


class Perceived(NamedTuple):
    """The numbers of one draw as a proposer sees them: (N, commitments), (N, linkages), (N)."""

    values: np.ndarray
    linkages: np.ndarray
    reservation: np.ndarray


class Table(NamedTuple):
    """Memory for one draw: `utilities` (N, P), `zone` (P: 0, 1 or 2), `verdicts` (P).

    `utilities` are filled for the principals alone: what the others gain is asked of the few
    packages that the principals accept.

    `halves` are the true worths, `perceived` those that a proposer sees; `normal` bounds
    the normal distribution from above, cell by cell. `ranked` (P) are the packages by tier,
    those of tier k from place `starts[k]` to `starts[k + 1]`. `lucky` (tiers + 1, REMEMBERED) are
    packages of each tier that held in draws before, -1 for none: worth trying first.
    """

    halves: Halves
    perceived: Halves
    scratch: Perceived
    linkages: np.ndarray
    utilities: np.ndarray
    reservation: np.ndarray
    gains: np.ndarray
    zone: np.ndarray
    verdicts: np.ndarray
    exact: np.ndarray
    normal: np.ndarray
    heap: Heap
    stops: Stops
    seen: Stops
    screen: Screen
    seen_screen: Screen
    trail: Trail
    ranked: np.ndarray
    starts: np.ndarray
    lucky: np.ndarray


def make_table(board: Board) -> Table:
    """Room for all that one draw needs, to be used again for the next."""
    n, commitments, linkages = board.parties, len(board.movers), len(board.linkages)
    packages, tiers = len(board.masks), int(board.tiers.max(initial=0))

    def stops() -> Stops:
        return Stops(np.zeros((n, commitments)), np.zeros((n, linkages)), np.zeros(n), np.zeros(n))

    return Table(
        halves=make_halves(board),
        perceived=make_halves(board),
        scratch=Perceived(np.zeros((n, commitments)), np.zeros((n, linkages)), np.zeros(n)),
        normal=normal_bounds(),
        linkages=np.zeros((n, linkages)),
        utilities=np.zeros((n, packages)),
        reservation=np.zeros(n),
        gains=np.zeros(n),
        zone=np.zeros(packages, np.int8),
        verdicts=np.zeros(packages, np.int8),
        exact=np.zeros(packages, np.bool_),
        heap=make_heap(packages),
        stops=stops(),
        seen=stops(),
        screen=make_screen(board),
        seen_screen=make_screen(board),
        trail=make_trail(n, commitments, linkages),
        ranked=np.argsort(board.tiers, kind="stable"),
        starts=np.cumsum(np.bincount(board.tiers + 1, minlength=tiers + 2)),
        lucky=np.full((tiers + 1, REMEMBERED), -1),
    )


@kernel
def mark_zones(board, table, granted, highest):
    """Mark each package as outside (0), in Z1 only (1) or in Z2 (2).

    `highest` gets the highest tier in Z1 and in Z2. `granted` is a mask of the consents by
    probability that this draw gives.
    """
    highest[0] = 0
    highest[1] = 0
    utilities, reservation, zones = table.utilities, table.reservation, table.zone
    principals, linkages = np.uint32(board.principals), table.linkages
    consents, chances, tiers = board.consent, board.chances, board.tiers
    # party by party first: loops without a branch, which is what most packages need
    for p in range(len(consents)):
        zones[p] = 1 if chances[p] & ~granted != 0 else 2
    for i in range(board.parties):
        if _bit(principals, i):
            own, least = utilities[i], reservation[i] - TOLERANCE
            for p in range(len(consents)):
                zones[p] = 0 if own[p] < least else zones[p]
    for p in range(len(consents)):
        if zones[p] == 0:
            continue
        others, i = consents[p] & ~principals, 0
        while others != 0 and zones[p] == 2:
            if others & np.uint32(1):
                if worth(i, p, linkages, board, table.halves) < reservation[i] - TOLERANCE:
                    zones[p] = 1
            others >>= np.uint32(1)
            i += 1
        highest[0] = max(highest[0], tiers[p])
        if zones[p] == 2:
            highest[1] = max(highest[1], tiers[p])


@inlined
def true_worth(i, p, board, table):
    """What package p is worth to party i."""
    if _bit(board.principals, i):
        return table.utilities[i, p]
    return worth(i, p, table.linkages, board, table.halves)


@inlined
def fill_gains(p, board, table):
    """Into `gains` what package p brings those who judge or move anything."""
    for i in range(board.parties):
        table.gains[i] = true_worth(i, p, board, table) - table.reservation[i]


@kernel
def all_consent(p, granted, board, table):
    """Whether everyone accepts package p who must: whether it lies in Z2."""
    if board.chances[p] & ~granted != 0:
        return False
    for i in range(board.parties):
        if _bit(board.consent[p], i):
            if true_worth(i, p, board, table) < table.reservation[i] - TOLERANCE:
                return False
    return True


@kernel
def holds(p, board, table):
    """Whether package p is self-enforcing in truth; remembered for the round."""
    if table.verdicts[p] == UNKNOWN:
        fill_gains(p, board, table)
        mask, good = board.masks[p], False
        if not hopeless(mask, board.low[p], board.high[p], table.gains, board, table.screen):
            good = self_enforcing(mask, table.gains, board, table.stops, table.trail)
        table.verdicts[p] = HOLDS if good else FAILS
    return table.verdicts[p] == HOLDS


@inlined
def _is_hopeless(p, board, table):
    """Whether the screen tells at a glance that package p cannot be carried out."""
    fill_gains(p, board, table)
    return hopeless(board.masks[p], board.low[p], board.high[p], table.gains, board, table.screen)


@kernel
def forget_failures(table):
    """Before the next round: reservation values only fall, so what holds goes on holding."""
    for p in range(len(table.verdicts)):
        if table.verdicts[p] == FAILS:
            table.verdicts[p] = UNKNOWN


@inlined
def _slack(p, board, table):
    """How comfortable a package is: the product of the principals' gains, a mere guide."""
    product = 1.0
    for i in range(board.parties):
        if _bit(board.principals, i):
            product *= max(table.utilities[i, p] - table.reservation[i], 0.0)
    return product


@kernel
def highest_holding(board, table, top, lowest, agreed):
    """The highest tier, from `top` down to `lowest`, at which some package of Z2 holds.

    With `agreed` >= 0 only packages count that are better than that one for some principal
    and worse for none. 0 when there is none.
    """
    for tier in range(top, lowest - 1, -1):
        if _lucky_holds(tier, agreed, board, table):
            return tier
        size, best = _candidates(tier, agreed, board, table)
        # the most comfortable package often tells; only if not, all are screened
        if size > 0 and not holds(best, board, table):
            best = _first_that_holds(size, board, table)
        if best >= 0:
            for k in range(REMEMBERED - 1, 0, -1):
                table.lucky[tier, k] = table.lucky[tier, k - 1]
            table.lucky[tier, 0] = best
            return tier
    return 0


@kernel
def _lucky_holds(tier, agreed, board, table):
    """Whether a package of the tier that held in a draw before holds in this one."""
    for k in range(REMEMBERED):
        p = table.lucky[tier, k]
        if p >= 0 and table.zone[p] == 2 and (agreed < 0 or _dominates(p, agreed, board, table)):
            if holds(p, board, table):
                return True
    return False


@kernel
def _candidates(tier, agreed, board, table):
    """How many packages of a tier might hold, put among the heap's items, and the best of them.

    A package already known to hold comes alone.
    """
    zones, verdicts = table.zone, table.verdicts
    items, major = table.heap.items, table.heap.major
    size, best = 0, -1
    for p in table.ranked[table.starts[tier] : table.starts[tier + 1]]:
        if zones[p] != 2 or verdicts[p] == FAILS:
            continue
        if agreed >= 0 and not _dominates(p, agreed, board, table):
            continue
        if verdicts[p] == HOLDS:
            return 1, p
        items[size] = p
        major[p] = _slack(p, board, table)
        size += 1
        if best < 0 or major[p] > major[best]:
            best = p
    return size, best


@kernel
def _first_that_holds(size, board, table):
    """A package among the first `size` items of the heap that holds, -1 if none does.

    The comfortable ones are tried first.
    """
    heap, items = table.heap, table.heap.items
    left = 0
    for k in range(size):
        p = items[k]
        if table.verdicts[p] == FAILS or _is_hopeless(p, board, table):
            table.verdicts[p] = FAILS
        else:
            items[left] = p
            heap.minor[p] = 0.0
            left += 1
    heapify(heap, left)
    while left > 0:
        if holds(items[0], board, table):
            return items[0]
        left = pop(heap, left)
    return -1


@kernel
def _dominates(p, q, board, table):
    """Whether p is better than q for some principal and worse for none."""
    better = False
    for i in range(board.parties):
        if _bit(board.principals, i):
            difference = table.utilities[i, p] - table.utilities[i, q]
            if difference < -TOLERANCE:
                return False
            if difference > TOLERANCE:
                better = True
    return better
