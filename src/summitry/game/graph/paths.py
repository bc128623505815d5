"""Status quo analysis: the shortest way from one state to another, by moves or improvements.

After Li, Kilgour & Hipel (2005): legal sequences, in which nobody moves twice in a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.graph.moves import moves_from
from summitry.game.graph.sanctions import Spread
from summitry.game.graph.stable import Layout

NOBODY = -1


class Move(NamedTuple):
    """One step of a way: which mover goes where (rows of states)."""

    mover: int
    start: int
    end: int


def shortest(
    layout: Layout,
    spread: Spread,
    gaining: Mapping[int, Floats],
    start: int,
    ends: Bools,
) -> list[Move] | None:
    """The moves of a shortest way to one of `ends` (F), none where start is one; None if none.

    `gaining`: for each mover that may move, which payoffs (parties, F) must rise by its moves;
    `spread` says how a level spreads by those.
    """
    left = _distances(spread, list(gaining), start, ends)
    if left is None:
        return None
    way: list[Move] = []
    here, last = start, NOBODY
    for togo in range(int(left[NOBODY][start]) - 1, -1, -1):
        move = _next(layout, gaining, left, Move(last, here, here), togo)
        way.append(move)
        here, last = move.end, move.mover
    return way


def _distances(
    spread: Spread, movers: Sequence[int], start: int, ends: Bools
) -> dict[int, Floats] | None:
    """How many moves are left from each state (F), by who moved last; None where no way is."""
    base = np.where(ends, 0.0, np.inf)[None]
    after = dict.fromkeys([*movers, NOBODY], base)
    while not np.isfinite(after[NOBODY][0, start]):
        offers = {mover: np.full_like(base, np.inf) for mover in movers}
        for mover, offer in offers.items():
            spread(mover, after[mover], offer)
            offer += 1.0
        following = {
            last: np.minimum.reduce([base, *(offers[k] for k in movers if k != last)])
            for last in after
        }
        if all(np.array_equal(after[k], following[k]) for k in after):
            return None
        after = following
    return {last: left[0] for last, left in after.items()}


def _next(
    layout: Layout,
    gaining: Mapping[int, Floats],
    left: Mapping[int, Floats],
    before: Move,
    togo: int,
) -> Move:
    """The first mover's first move that leaves so many moves to go."""
    row = np.array([before.end], np.int32)
    for mover, payoffs in gaining.items():
        if mover != before.mover:
            targets, _ = moves_from(layout.fibers[mover], row, payoffs)
            near = targets[left[mover][targets] <= togo]
            if len(near):
                return Move(mover, before.end, int(near[0]))
    raise AssertionError("a way that was measured is there")
