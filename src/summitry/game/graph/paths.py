"""Status quo analysis: the shortest way from one state to another, by moves or improvements.

After Li, Kilgour & Hipel (2005): legal sequences, in which nobody moves twice in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats
from summitry.game.graph.moves import moves_from
from summitry.game.graph.sanctions import Spread
from summitry.game.graph.stable import Layout


class Move(NamedTuple):
    """One step of a way: which mover goes where (rows of states)."""

    mover: int
    start: int
    end: int


def shortest(
    layout: Layout, spread: Spread, gaining: Sequence[Floats], start: int, end: int
) -> list[Move] | None:
    """The moves of a shortest way, none where start is end; None where there is no way.

    `spread` says how a level spreads by the moves that count, `gaining` which payoffs
    (parties, F) must rise by them for each mover.
    """
    left = _distances(layout, spread, start, end)
    if left is None:
        return None
    way: list[Move] = []
    here, last, steps = start, -1, int(left[-1][start])
    for togo in range(steps - 1, -1, -1):
        move = _next(layout, gaining, left, here, last, togo)
        way.append(move)
        here, last = move.end, move.mover
    return way


def _distances(layout: Layout, spread: Spread, start: int, end: int) -> list[Floats] | None:
    """How many moves are left to `end` from each state, by who moved last; last: nobody has."""
    movers = range(len(layout.fibers))
    base = np.full((1, len(layout.model.states)), np.inf)
    base[0, end] = 0.0
    after = [base] * (len(movers) + 1)
    while not np.isfinite(after[-1][0, start]):
        offers = []
        for mover in movers:
            offer = np.full_like(base, np.inf)
            spread(mover, after[mover], offer)
            offers.append(offer + 1.0)
        following = [
            np.minimum.reduce([base, *(offers[k] for k in movers if k != last)])
            for last in range(len(movers) + 1)
        ]
        if all(np.array_equal(a, b) for a, b in zip(after, following, strict=True)):
            return None
        after = following
    return [left[0] for left in after]


def _next(
    layout: Layout,
    gaining: Sequence[Floats],
    left: Sequence[Floats],
    here: int,
    last: int,
    togo: int,
) -> Move:
    """The first mover's first move that leaves so many moves to go."""
    row = np.array([here], np.int32)
    for mover, fibers in enumerate(layout.fibers):
        if mover != last:
            targets, _ = moves_from(fibers, row, gaining[mover])
            near = targets[left[mover][targets] <= togo]
            if len(near):
                return Move(mover, here, int(near[0]))
    raise AssertionError("a way that was measured is there")
