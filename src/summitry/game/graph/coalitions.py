"""States that no coalition can leave together for something that all its members prefer.

Coalition stability after Kilgour, Hipel, Fang & Peng (2001) and Inohara & Hipel (2008): a
coalition can reach whatever its members reach by legal sequences, whether or not every step is
an improvement; it improves if all its members strictly prefer where it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.graph.fibers import Fibers
from summitry.game.graph.sanctions import alternating, closure
from summitry.game.graph.stable import Layout, any_moves


def coalitions_of(layout: Layout) -> list[tuple[int, ...]]:
    """All sets of parties that have a move, the smallest first."""
    model = layout.model
    active = [i for i in range(len(model.parties)) if _movers(layout, [i])]
    joint = [g for g, f in zip(model.groups, layout.fibers, strict=True) if len(f.parties) > 1]
    active = sorted({*active, *(i for g in joint for i in range(len(model.parties)) if g >> i & 1)})
    sizes = range(1, len(active) + 1)
    return [members for size in sizes for members in combinations(active, size)]


def _movers(layout: Layout, members: Sequence[int]) -> list[int]:
    """The movers that consist of members only."""
    inside = sum(1 << i for i in members)
    return [k for k, group in enumerate(layout.model.groups) if not group & ~inside]


def reached_by(layout: Layout, members: Sequence[int], rows: Sequence[int]) -> Bools:
    """Which states a coalition can reach from each of the rows, (rows, F)."""
    backward = replace(layout, fibers=[_reversed(fibers) for fibers in layout.fibers])
    base = np.full((len(rows), len(layout.model.states)), np.inf)
    base[np.arange(len(rows)), rows] = 0.0
    rule = closure if layout.merges else alternating
    return np.isfinite(rule(base, _movers(layout, members), any_moves(backward)))


def _reversed(fibers: Fibers) -> Fibers:
    """The same mover if every one of its moves were made the other way."""
    order = np.lexsort((fibers.barred_from, fibers.barred_to))
    return fibers._replace(
        forward=fibers.back,
        back=fibers.forward,
        barred_from=fibers.barred_to[order],
        barred_to=fibers.barred_from[order],
    )


def improvements_of(reached: Bools, payoffs: Floats, members: Sequence[int], row: int) -> Bools:
    """Which of the states reached (F) all members strictly prefer to a row; `payoffs` (N, F)."""
    theirs = payoffs[list(members)]
    better: Bools = reached & (theirs > theirs[:, row : row + 1]).all(axis=0)
    return better
