"""Guarantees: the smallest change of breach costs or reversibility that makes a deal hold."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from summitry.analysis.point import Point
from summitry.game.guarantees import (
    Holds,
    can_be_signed,
    is_self_enforcing,
    least_breach_cost,
    least_reversibility,
)
from summitry.game.roadmap import Lattice, lattice_of, stops_of

MOST_BOUND = 14


@dataclass(frozen=True)
class Remedy:
    """The least that would do, either of the two alone; None where no size of it would.

    `breach_cost`: by how much (in the party's own points) stopping would have to cost more;
    `reversible`: the reversibility that each of their commitments would need, all moved the
    same share of the way to 1. A rise of 0 means that nothing has to change.
    """

    breach_cost: float | None
    reversible: Mapping[str, float] | None


@dataclass(frozen=True)
class Guarantee:
    """What would make a package hold if it came from these parties (all movers, or one).

    `to_sign`: so that it can be signed with the trust there is; `to_enforce_itself`: so that
    nobody is tempted and no trust is needed. `breach_cost_now` and `reversible_now`: as it is now.
    """

    parties: tuple[str, ...]
    breach_cost_now: Mapping[str, float]
    reversible_now: Mapping[str, float]
    to_sign: Remedy
    to_enforce_itself: Remedy


def guarantees_of(point: Point, mask: int, lattice: Lattice, workers: int) -> list[Guarantee]:
    """For each mover, and for all of them together, what would make the package hold.

    None are sought where it holds as it is, nor for more than 14 commitments: every size tried
    searches all orders anew.
    """
    if lattice.is_self_enforcing or mask.bit_count() > MOST_BOUND:
        return []
    moving = int(np.bitwise_or.reduce(lattice.movers))
    movers = tuple(i for i in range(len(lattice.gains)) if moving >> i & 1)
    groups: list[tuple[int, ...]] = [(i,) for i in movers]
    if len(movers) > 1:
        groups.append(movers)
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda who: _guarantee(point, mask, lattice, who), groups))


def _guarantee(point: Point, mask: int, lattice: Lattice, who: tuple[int, ...]) -> Guarantee:
    game = point.game
    own = [
        c
        for c in lattice.elements
        if any(int(game.board.movers[c]) >> i & 1 for i in who) and _is_worth_something(point, c)
    ]
    now = game.setting.reversible[point.draw]

    def build(share: float) -> Lattice:
        raised = now.copy()
        raised[own] += share * (1.0 - now[own])
        stops = stops_of(game.board, point.worths, raised, point.draw)
        return lattice_of(game.board, mask, lattice.gains, stops, game.ranks)

    most = float(np.abs(lattice.held).max() + np.abs(lattice.gains).max()) + 1.0

    def remedy(holds: Holds) -> Remedy:
        share = least_reversibility(build, holds)
        return Remedy(
            breach_cost=least_breach_cost(lattice, holds, who, most),
            reversible=None
            if share is None
            else {game.commitments[c]: float(now[c] + share * (1.0 - now[c])) for c in own},
        )

    return Guarantee(
        parties=tuple(game.parties[i] for i in who),
        breach_cost_now={game.parties[i]: float(lattice.breach[i]) for i in who},
        reversible_now={game.commitments[c]: float(now[c]) for c in own},
        to_sign=remedy(can_be_signed(point.trust)),
        to_enforce_itself=remedy(is_self_enforcing),
    )


def _is_worth_something(point: Point, c: int) -> bool:
    """Whether a commitment changes what a collapse leaves anybody with."""
    linked = any(int(mask) >> c & 1 for mask in point.game.board.linkages)
    return linked or bool(point.worths.values[point.draw, :, c].any())
