"""Other orders of the same moves: who would move first, and the naive ones for contrast."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from summitry.game.board import Ints
from summitry.game.kernels.orders import is_tempted, step_demand
from summitry.game.roadmap import Lattice


def least_if_first(lattice: Lattice, party: int, principals: int) -> float:
    """The minimum trust if this party made the first move that is not joint.

    Steps in which all `principals` (a mask) move, signing a text or swapping pledges, may
    come before: they expose none of them to another. Infinite where the party has no such
    move, or no order works.
    """
    rest, suspects = lattice.table, lattice.suspects
    whatever = np.full(len(lattice.gains), np.inf)
    before = sorted(_after_joint_steps(lattice, principals), reverse=True)
    # by state and who is tempted from there on: the smallest demand of an order that is allowed
    need = {state: np.full(rest.shape[1], np.inf) for state in before}
    for state in before:
        for positions in _steps_from(lattice, state):
            after = state + sum(int(lattice.strides[x]) for x in positions)
            moving = _moving(lattice, positions)
            if moving & principals == principals:
                ahead = need[after]
            elif moving >> party & 1:
                ahead = rest[after]
            else:
                continue
            now = _tempted(lattice, suspects, state, moving)
            for tempted in np.flatnonzero(np.isfinite(ahead)).tolist():
                demand, _ = step_demand(
                    state, after, moving, tempted, suspects, lattice.held, lattice.gains,
                    lattice.breach, whatever,
                )  # fmt: skip
                worst, all_told = max(demand, ahead[tempted]), tempted | now
                need[state][all_told] = min(need[state][all_told], worst)
    return float(need[0].min())


def can_be_first(lattice: Lattice, party: int, principals: int) -> bool:
    """Whether the party has a move that needs no more than joint steps of all principals before it."""
    return any(
        moving >> party & 1 and moving & principals != principals
        for state in _after_joint_steps(lattice, principals)
        for moving in (_moving(lattice, step) for step in _steps_from(lattice, state))
    )


def one_side_first(lattice: Lattice, party: int) -> Lattice:
    """The same package where all that a party does alone comes before what others do without it.

    As far as the prerequisites allow it; what it does jointly with others is free.
    """
    size = len(lattice.elements)
    own = [x for x in range(size) if int(lattice.movers[x]) == 1 << party]
    later, behind = lattice.later.copy(), _closure(lattice.later)
    for x in range(size):
        if int(lattice.movers[x]) >> party & 1 == 0:
            for y in own:
                if not behind[x] >> y & 1:
                    later[y] |= 1 << x
    return lattice.after_requirements(later)


def _closure(later: Ints) -> list[int]:
    """For each position all that must come after it, through others too."""
    closed = [int(mask) for mask in later]
    for _ in closed:
        for x, mask in enumerate(closed):
            for y in range(len(closed)):
                if mask >> y & 1:
                    closed[x] |= closed[y]
    return closed


def _after_joint_steps(lattice: Lattice, principals: int) -> set[int]:
    """The states to which joint steps alone lead, the beginning among them."""
    found, waiting = {0}, [0]
    while waiting:
        state = waiting.pop()
        for positions in _steps_from(lattice, state):
            if _moving(lattice, positions) & principals == principals:
                after = state + sum(int(lattice.strides[x]) for x in positions)
                if after not in found:
                    found.add(after)
                    waiting.append(after)
    return found


def _steps_from(lattice: Lattice, state: int) -> Iterator[tuple[int, ...]]:
    """Every single move and swap that can come next."""
    done = state // lattice.strides % (lattice.parts + 1)
    unfinished = [x for x in range(len(done)) if done[x] < lattice.parts[x]]
    waiting = 0
    for x in unfinished:
        waiting |= int(lattice.later[x])
    ready = [x for x in unfinished if not waiting >> x & 1]
    for k, x in enumerate(ready):
        yield (x,)
        for y in ready[k + 1 :]:
            together = int(lattice.movers[x]) & int(lattice.movers[y])
            if lattice.instant[x] and lattice.instant[y] and not together:
                yield (x, y)


def _moving(lattice: Lattice, positions: tuple[int, ...]) -> int:
    """Who moves in a step, as a mask."""
    return int(np.bitwise_or.reduce(lattice.movers[list(positions)]))


def _tempted(lattice: Lattice, suspects: Ints, state: int, moving: int) -> int:
    """Who of the movers is tempted at a state, as a mask over the suspects."""
    return sum(
        1 << s
        for s, i in enumerate(suspects)
        if moving >> i & 1
        and is_tempted(lattice.held[i, state] - lattice.breach[i], lattice.gains[i])
    )
