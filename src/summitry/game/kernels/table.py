"""The state of one draw at the negotiating table, and the zones of agreement in a round."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from summitry.game.board import Board
from summitry.game.kernels.bounds import normal_bounds
from summitry.game.kernels.gains import Halves, make_halves
from summitry.game.kernels.heap import Heap, heapify, make_heap, pop
from summitry.game.kernels.paths import self_enforcing
from summitry.game.kernels.screen import Screen, hopeless, make_screen
from summitry.game.kernels.stops import TOLERANCE, Stops, Trail, _bit, make_trail

UNKNOWN, HOLDS, FAILS = 0, 1, 2


class Perceived(NamedTuple):
    """The numbers of one draw as a proposer sees them: (N, commitments), (N, linkages), (N)."""

    values: np.ndarray
    linkages: np.ndarray
    reservation: np.ndarray


class Table(NamedTuple):
    """Memory for one draw: `utilities` (N, P), `zone` (P: 0, 1 or 2), `verdicts` (P).

    `halves` are the true worths, `perceived` those that a proposer sees; `normal` bounds
    the normal distribution from above, cell by cell.
    """

    halves: Halves
    perceived: Halves
    scratch: Perceived
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


def make_table(board: Board) -> Table:
    """Room for all that one draw needs, to be used again for the next."""
    n, commitments, linkages = board.parties, len(board.movers), len(board.linkages)
    packages = len(board.masks)

    def stops() -> Stops:
        return Stops(np.zeros((n, commitments)), np.zeros((n, linkages)), np.zeros(n), np.zeros(n))

    return Table(
        halves=make_halves(board),
        perceived=make_halves(board),
        scratch=Perceived(np.zeros((n, commitments)), np.zeros((n, linkages)), np.zeros(n)),
        normal=normal_bounds(),
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
    )


@njit(cache=True, nogil=True)
def mark_zones(board, table, granted, highest):
    """Mark each package as outside (0), in Z1 only (1) or in Z2 (2).

    `highest` gets the highest tier in Z1 and in Z2. `granted` is a mask of the consents by
    probability that this draw gives.
    """
    highest[0] = 0
    highest[1] = 0
    utilities, reservation, zones = table.utilities, table.reservation, table.zone
    consents, chances, tiers = board.consent, board.chances, board.tiers
    for p in range(len(consents)):
        zone = 2
        consent = consents[p]
        for i in range(board.parties):
            if _bit(consent, i) and utilities[i, p] < reservation[i] - TOLERANCE:
                if _bit(board.principals, i):
                    zone = 0
                    break
                zone = 1
        if zone == 2 and chances[p] & ~granted != 0:
            zone = 1
        zones[p] = zone
        if zone >= 1:
            highest[0] = max(highest[0], tiers[p])
        if zone == 2:
            highest[1] = max(highest[1], tiers[p])


@njit(cache=True, nogil=True)
def all_consent(p, granted, board, table):
    """Whether everyone accepts package p who must: whether it lies in Z2."""
    if board.chances[p] & ~granted != 0:
        return False
    for i in range(board.parties):
        if _bit(board.consent[p], i):
            if table.utilities[i, p] < table.reservation[i] - TOLERANCE:
                return False
    return True


@njit(cache=True, nogil=True)
def holds(p, board, table):
    """Whether package p is self-enforcing in truth; remembered for the round."""
    if table.verdicts[p] == UNKNOWN:
        for i in range(board.parties):
            table.gains[i] = table.utilities[i, p] - table.reservation[i]
        mask, good = board.masks[p], False
        if not hopeless(mask, board.low[p], board.high[p], table.gains, board, table.screen):
            good = self_enforcing(mask, table.gains, board, table.stops, table.trail)
        table.verdicts[p] = HOLDS if good else FAILS
    return table.verdicts[p] == HOLDS


@njit(cache=True, nogil=True, inline="always")
def _is_hopeless(p, board, table):
    """Whether the screen tells at a glance that package p cannot be carried out."""
    for i in range(board.parties):
        table.gains[i] = table.utilities[i, p] - table.reservation[i]
    return hopeless(board.masks[p], board.low[p], board.high[p], table.gains, board, table.screen)


@njit(cache=True, nogil=True)
def forget_failures(table):
    """Before the next round: reservation values only fall, so what holds goes on holding."""
    for p in range(len(table.verdicts)):
        if table.verdicts[p] == FAILS:
            table.verdicts[p] = UNKNOWN


@njit(cache=True, nogil=True, inline="always")
def _slack(p, board, table):
    """How comfortable a package is: the product of the principals' gains, a mere guide."""
    product = 1.0
    for i in range(board.parties):
        if _bit(board.principals, i):
            product *= max(table.utilities[i, p] - table.reservation[i], 0.0)
    return product


@njit(cache=True, nogil=True)
def highest_holding(board, table, top, lowest, agreed):
    """The highest tier, from `top` down to `lowest`, at which some package of Z2 holds.

    With `agreed` >= 0 only packages count that are better than that one for some principal
    and worse for none. 0 when there is none.
    """
    heap, zones, verdicts, tiers = table.heap, table.zone, table.verdicts, board.tiers
    items, major, minor = heap.items, heap.major, heap.minor
    for tier in range(top, lowest - 1, -1):
        size = 0
        for p in range(len(tiers)):
            if tiers[p] != tier or zones[p] != 2 or verdicts[p] == FAILS:
                continue
            if agreed >= 0 and not _dominates(p, agreed, board, table):
                continue
            if verdicts[p] == HOLDS:
                return tier
            if _is_hopeless(p, board, table):
                verdicts[p] = FAILS
                continue
            items[size] = p
            major[p] = _slack(p, board, table)
            minor[p] = 0.0
            size += 1
        heapify(heap, size)
        while size > 0:
            if holds(heap.items[0], board, table):
                return tier
            size = pop(heap, size)
    return 0


@njit(cache=True, nogil=True)
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
