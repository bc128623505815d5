"""Orders of moves as told to a reader: step by step, who moves, is tempted, must trust, risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.enforcement import finite
from summitry.analysis.naming import Named
from summitry.analysis.point import Point
from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.roadmap import Lattice, Step, walk

Shares = Mapping[str, float]


@dataclass(frozen=True)
class OrderStep:
    """One step: who moves, and in each party's own points what it risks and holds.

    `part` says which part of each sliced commitment it is ("2 of 3"). `tempted`: the movers that
    would gain by stopping before this step; for each mover `temptation`: what stopping would bring
    it more than completion, so that a breach cost higher by as much would bind it. `doubted`:
    who will be tempted later, and so has to be trusted; for each mover `asked` is the trust that
    the step asks of it in them (None: it would rather not move whatever its trust), `trust` what
    it has. `exposure`: by how much a party that is below nothing would be, and `held` what each
    would keep, if all stopped after this step; after the last one all is done: each holds its
    gain and nobody is exposed.
    """

    commitments: Sequence[str]
    part: Mapping[str, str]
    movers: Sequence[str]
    tempted: Sequence[str]
    doubted: Sequence[str]
    asked: Mapping[str, float | None]
    trust: Shares
    temptation: Shares
    exposure: Shares
    held: Shares


@dataclass(frozen=True)
class Order:
    """An order of steps with the largest trust it asks: of each mover, and of any.

    `minimum_trust` is None where some mover would rather not move whatever its trust;
    `within_trust`: no step asks a mover for more than its trust; `tempted`: who would gain by stopping
    at some own step. `exposure` is the deepest on the way, `temptation` the largest before an own
    step (Sandholm and Lesser 1995).
    """

    steps: Sequence[OrderStep]
    minimum_trust: float | None
    demand: Mapping[str, float | None]
    tempted: Sequence[str]
    exposure: Shares
    temptation: Shares
    within_trust: bool


def order_of(point: Point, lattice: Lattice, positions: Sequence[tuple[int, ...]]) -> Order | None:
    """An order of a lattice in words; None where there is none."""
    if not positions:
        return None
    parts = dict(zip(lattice.elements, lattice.parts.tolist(), strict=True))
    return told_order(point.game, point.trust, walk(lattice, positions), parts)


def told_order(
    game: Named, trust: Floats, steps: Sequence[Step], parts: Mapping[int, int]
) -> Order:
    """Steps in words, with what they ask in all; `parts`: in how many each commitment comes."""
    names = game.parties
    demand = {
        i: max(step.asked[i] for step in steps if i in step.asked)
        for i in range(len(names))
        if any(i in step.asked for step in steps)
    }
    over = [demand[i] - trust[i] for i in demand]
    return Order(
        steps=_steps(game, trust, steps, parts),
        minimum_trust=finite(max(demand.values())),
        demand={names[i]: finite(value) for i, value in demand.items()},
        tempted=[name for i, name in enumerate(names) if any(i in s.tempted for s in steps)],
        exposure=_positive(names, np.max([step.exposure for step in steps], axis=0)),
        temptation={
            names[i]: max(step.temptation[i] for step in steps if i in step.temptation)
            for i in demand
        },
        within_trust=max(over) <= TOLERANCE,
    )


def _steps(
    game: Named, trust: Floats, steps: Sequence[Step], parts: Mapping[int, int]
) -> list[OrderStep]:
    names, commitments = game.parties, game.commitments
    done: dict[int, int] = {}
    told = []
    for step in steps:
        part = {}
        for c in step.commitments:
            done[c] = done.get(c, 0) + 1
            if parts.get(c, 1) > 1:
                part[commitments[c]] = f"{done[c]} of {parts[c]}"
        told.append(
            OrderStep(
                commitments=[commitments[c] for c in step.commitments],
                part=part,
                movers=[names[i] for i in step.movers],
                tempted=[names[i] for i in step.tempted],
                doubted=[names[i] for i in step.doubted],
                asked={names[i]: finite(value) for i, value in step.asked.items()},
                trust={names[i]: float(trust[i]) for i in step.movers},
                temptation={names[i]: value for i, value in step.temptation.items()},
                exposure=_positive(names, step.exposure),
                held={name: float(k) for name, k in zip(names, step.held, strict=True)},
            )
        )
    return told


def _positive(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {name: float(v) for name, v in zip(names, values, strict=True) if v > TOLERANCE}
