"""Guarantees: the smallest change of breach costs or reversibility that makes a deal hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.analysis.point import Point
from summitry.game.guarantees import least_breach_cost, least_reversibility
from summitry.game.lattice import Lattice, lattice_of
from summitry.game.roadmap import stops_of


@dataclass(frozen=True)
class Guarantee:
    """What would make a package hold if it came from these parties (all movers, or one).

    `breach_cost`: by how much (in the party's own points) stopping would have to cost more
    than the `breach_cost_now`; `reversible`: the reversibility that each of their
    commitments would need, all moved the same share of the way to 1, and `reversible_now`.
    None where no size of it would do; a rise of 0 means that the package holds already.
    """

    parties: tuple[str, ...]
    breach_cost_now: Mapping[str, float]
    breach_cost: float | None
    reversible_now: Mapping[str, float]
    reversible: Mapping[str, float] | None


MOST_BOUND = 16


def guarantees_of(point: Point, mask: int, lattice: Lattice) -> list[Guarantee]:
    """For each mover, and for all of them together, what would make the package hold.

    None are sought for more than 16 commitments: every size tried searches all orders anew.
    """
    if mask.bit_count() > MOST_BOUND:
        return []
    game = point.game
    moving = int(np.bitwise_or.reduce(lattice.movers))
    movers = tuple(i for i in range(len(game.parties)) if moving >> i & 1)
    groups = [(i,) for i in movers]
    return [_guarantee(point, mask, lattice, who) for who in [*groups, movers]]


def _guarantee(point: Point, mask: int, lattice: Lattice, who: tuple[int, ...]) -> Guarantee:
    game = point.game
    own = [c for c in lattice.elements if any(int(game.board.movers[c]) >> i & 1 for i in who)]
    now = game.setting.reversible[point.draw]

    def build(share: float) -> Lattice:
        raised = now.copy()
        raised[own] += share * (1.0 - now[own])
        stops = stops_of(game.board, point.stakes, raised, point.draw)
        return lattice_of(game.board, mask, lattice.gains, stops)

    most = float(np.abs(lattice.held).max() + np.abs(lattice.gains).max()) + 1.0
    share = least_reversibility(build, point.trust)
    return Guarantee(
        parties=tuple(game.parties[i] for i in who),
        breach_cost_now={game.parties[i]: float(lattice.breach[i]) for i in who},
        breach_cost=least_breach_cost(lattice, point.trust, who, most),
        reversible_now={game.commitments[c]: float(now[c]) for c in own},
        reversible=None
        if share is None
        else {game.commitments[c]: float(now[c] + share * (1.0 - now[c])) for c in own},
    )
