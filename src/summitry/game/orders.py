"""Other orders of the same moves: who would move first, and the naive ones for contrast."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from summitry.game.board import Floats, Ints
from summitry.game.kernels.ladder import asked
from summitry.game.lattice import Lattice


def least_if_first(lattice: Lattice, party: int, principals: int) -> float:
    """The minimum trust if this party made the first move that is not joint.

    Steps in which all `principals` (a mask) move, signing a text or swapping pledges, may
    come before: they expose none of them to another. Infinite where the party has no such
    move, or no order works.
    """
    start = np.full(lattice.held.shape[1], np.inf)
    for state, positions, before in _first_moves(lattice, party, principals):
        after = state + sum(int(lattice.strides[x]) for x in positions)
        start[after] = min(start[after], max(before, _demand(lattice, state, positions)))
    least = float(lattice.need(np.zeros(len(lattice.gains)), start)[-1])
    return max(least, 0.0)


def can_be_first(lattice: Lattice, party: int, principals: int) -> bool:
    """Whether the party has a move that needs no more than joint steps of all principals before it."""
    return any(True for _ in _first_moves(lattice, party, principals))


def _first_moves(
    lattice: Lattice, party: int, principals: int
) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """State, positions and the least demand before, of each move that could be the first."""
    before = _after_joint_steps(lattice, principals)
    for state in np.flatnonzero(np.isfinite(before)).tolist():
        for positions in _steps_from(lattice, state):
            moving = _moving(lattice, positions)
            if moving >> party & 1 and moving & principals != principals:
                yield state, positions, float(before[state])


def one_side_first(lattice: Lattice, party: int) -> Lattice:
    """The same package where all that a party does alone comes before what others do without it.

    As far as the prerequisites allow it; what it does jointly with others is free.
    """
    size = len(lattice.elements)
    own = [x for x in range(size) if int(lattice.movers[x]) == 1 << party]
    requires = lattice.requires.copy()
    behind = _closure(lattice.requires)
    for x in range(size):
        if int(lattice.movers[x]) >> party & 1 == 0:
            for y in own:
                if not behind[y] >> x & 1:
                    requires[x] |= 1 << y
    return lattice.requiring(requires)


def _closure(requires: Ints) -> list[int]:
    """For each position all that must come before it, through others too."""
    closed = [int(mask) for mask in requires]
    for _ in closed:
        for x, mask in enumerate(closed):
            for y in range(len(closed)):
                if mask >> y & 1:
                    closed[x] |= closed[y]
    return closed


def _after_joint_steps(lattice: Lattice, principals: int) -> Floats:
    """The least demand with which only joint steps lead to a state; infinite for others."""
    need = np.full(lattice.held.shape[1], np.inf)
    need[0] = 0.0
    waiting = [0]
    while waiting:
        state = waiting.pop(0)
        for positions in _steps_from(lattice, state):
            if _moving(lattice, positions) & principals != principals:
                continue
            after = state + sum(int(lattice.strides[x]) for x in positions)
            demand = max(need[state], _demand(lattice, state, positions))
            if demand < need[after]:
                need[after] = demand
                waiting.append(after)
    return need


def _steps_from(lattice: Lattice, state: int) -> list[tuple[int, ...]]:
    """Every single move and swap that can come next."""
    done = state // lattice.strides % (lattice.parts + 1)
    complete = sum(1 << x for x in range(len(done)) if done[x] == lattice.parts[x])
    ready = [
        x
        for x in range(len(done))
        if done[x] < lattice.parts[x] and int(lattice.requires[x]) & ~complete == 0
    ]
    swaps = [
        (x, y)
        for x in ready
        for y in ready
        if x < y
        and lattice.instant[x]
        and lattice.instant[y]
        and int(lattice.movers[x]) & int(lattice.movers[y]) == 0
    ]
    return [*((x,) for x in ready), *swaps]


def _moving(lattice: Lattice, positions: tuple[int, ...]) -> int:
    moving = 0
    for x in positions:
        moving |= int(lattice.movers[x])
    return moving


def _demand(lattice: Lattice, state: int, positions: tuple[int, ...]) -> float:
    after = state + sum(int(lattice.strides[x]) for x in positions)
    last = after == lattice.held.shape[1] - 1
    moving = _moving(lattice, positions)
    return max(
        float(
            asked(
                lattice.held[i, state] - lattice.breach[i],
                lattice.held[i, after],
                lattice.gains[i],
                last,
            )
        )
        for i in range(len(lattice.gains))
        if moving >> i & 1
    )
