"""Zones, Pareto frontier and bargaining solutions of one draw, over whole packages.

Nash (1950), Kalai and Smorodinsky (1975), Kalai (1977, egalitarian); the egalitarian and the
utilitarian solution compare points of different parties.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from summitry.game.board import Board, Bools, Floats, Ints, Masks
from summitry.game.kernels.frontier import mark_frontier
from summitry.game.kernels.signing import can_be_signed, make_trail
from summitry.game.kernels.stops import TOLERANCE, Stops
from summitry.game.numbers import Stakes


def gains(board: Board, stakes: Stakes, draw: int, waited: int = 0) -> Floats:
    """g of every package for every party, after `waited` rounds without agreement: (P, N).

    Who refuses ends one more round without: the delay of the round at hand counts too.
    """
    bits = np.arange(len(board.movers), dtype=np.uint32)
    present = ((board.masks[:, None] >> bits) & 1).astype(float)
    linked = ((board.masks[:, None] & board.linkages) == board.linkages).astype(float)
    utility = present @ stakes.values[draw].T + linked @ stakes.linkages[draw].T
    held: Floats = utility - (stakes.reservation[draw] - (waited + 1) * stakes.delay[draw])
    return held


def _of(mask: int, parties: int) -> Bools:
    return np.asarray((mask >> np.arange(parties)) & 1 == 1)


def acceptable_to_principals(board: Board, gained: Floats) -> Bools:
    """Z1: which packages no principal loses by. `gained` is (P, N)."""
    principals = _of(board.principals, board.parties)
    return np.asarray((gained[:, principals] >= -TOLERANCE).all(axis=1))


def after_vetoes(board: Board, gained: Floats) -> Bools:
    """Z2: those of Z1 that everyone accepts who must consent by points."""
    asked = (board.consent[:, None] >> np.arange(board.parties, dtype=np.uint32)) & 1 == 1
    content: Bools = (~asked | (gained >= -TOLERANCE)).all(axis=1)
    return content


def that_can_be_signed(board: Board, gained: Floats, zone: Bools, stops: Stops) -> Bools:
    """Z3: those of a zone with an order of moves that asks nobody for more than its trust."""
    signable = signable_in(board, gained, stops)
    inside = np.zeros(len(zone), bool)
    for p in np.flatnonzero(zone):
        inside[p] = signable(int(p))
    return inside


Signable = Callable[[int], bool]


def signable_in(board: Board, gained: Floats, stops: Stops, have: int = 0) -> Signable:
    """Whether a package (index) can be signed in one draw, as an addition to what it `have`."""
    trail = make_trail(board.parties, len(board.movers), len(board.linkages))

    @cache
    def signable(p: int) -> bool:
        mask = np.int64(board.masks[p])
        return bool(can_be_signed(mask, np.int64(have), gained[p], board, stops, trail))

    return signable


def pareto(gained: Floats) -> Bools:
    """Which rows no other row dominates; rows with equal gains are all kept.

    `gained` is (packages, principals). A row dominates another when it is better by more
    than the tolerance somewhere and worse by more than it nowhere.
    """
    kept = np.ones(len(gained), bool)
    front = np.empty(len(gained), np.int64)
    mark_frontier(np.ascontiguousarray(gained, float), front, kept)
    return kept


def _first_best(keys: Floats, masks: Masks) -> int | None:
    """The mask with the largest key; ties go to the smaller mask."""
    if len(keys) == 0:
        return None
    order: Ints = np.lexsort((masks, -keys))
    return int(masks[order[0]])


def nash(gained: Floats, masks: Masks, power: Floats) -> int | None:
    """The Nash solution over a zone: mask, or None where the zone is empty.

    `gained` (packages, principals), `power` (principals): bargaining powers.
    """
    if len(masks) == 0:
        return None
    wins = gained > TOLERANCE
    logs = np.where(wins, np.log(np.where(wins, gained, 1.0)), 0.0) @ power
    order = np.lexsort((masks, -logs, -wins.sum(axis=1)))
    return int(masks[order[0]])


def kalai_smorodinsky(gained: Floats, masks: Masks) -> int | None:
    """Largest smallest share of each principal's best in the zone."""
    if len(masks) == 0:
        return None
    ideal = gained.max(axis=0)
    share = np.where(ideal > TOLERANCE, gained / np.where(ideal > TOLERANCE, ideal, 1.0), 1.0)
    return _first_best(share.min(axis=1), masks)


def egalitarian(gained: Floats, masks: Masks) -> int | None:
    """Largest smallest gain of a principal."""
    return _first_best(gained.min(axis=1), masks) if len(masks) else None


def utilitarian(gained: Floats, masks: Masks) -> int | None:
    """Largest sum of the principals' gains."""
    return _first_best(gained.sum(axis=1), masks) if len(masks) else None


def utility_of(board: Board, stakes: Stakes, draw: int, mask: int) -> Floats:
    """u of one package for every party: (N)."""
    present = (mask >> np.arange(len(board.movers))) & 1 == 1
    linked = np.array([int(needed) & ~mask == 0 for needed in board.linkages], bool)
    total: Floats = stakes.values[draw][:, present].sum(axis=1)
    return total + stakes.linkages[draw][:, linked].sum(axis=1)
