"""The orders of moves of one package: which is signed, and what it asks, risks and leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from summitry.game.board import Board, Bools, Floats, Ints
from summitry.game.kernels.carrying import added_commitments
from summitry.game.kernels.orders import (
    asked,
    fewest_tempted,
    first_order,
    held_by_state,
    is_tempted,
    least_demands,
    suspects_of,
)
from summitry.game.kernels.stops import Stops, keep_irreversible
from summitry.game.numbers import Stakes

MOST_STATES = 1 << 20
MOST_CELLS = 1 << 24  # 192 MB

Order = list[tuple[int, ...]]


@dataclass(frozen=True)
class Step:
    """One step of a roadmap: who moves, what it asks, and what all hold if it is the last.

    `commitments` (indices; two where it is a swap), `movers` (party indices), `held` (N):
    what each party keeps if all stops after this step, `exposure` (N): by how much that is
    below nothing; after the last step all is done, so that each holds its gain and nobody is
    exposed any more; for each mover `asked`: the trust, and `temptation`: what it would have by
    stopping before this step less what completion brings it; `tempted`: the movers that gain
    by stopping; `doubted`: the parties that will be tempted later.
    """

    commitments: tuple[int, ...]
    movers: tuple[int, ...]
    held: Floats
    exposure: Floats
    asked: Mapping[int, float]
    temptation: Mapping[int, float]
    tempted: tuple[int, ...]
    doubted: tuple[int, ...]

    @property
    def demand(self) -> float:
        """The largest trust asked of one of its movers."""
        return max(self.asked.values(), default=0.0)


@dataclass(frozen=True)
class Lattice:
    """The states of one package: its commitments (`elements`) in `parts` each.

    `later` (masks of positions): which commitments require each; `movers` masks of parties;
    `held` (N, states): what each party keeps; `gains` and `breach` (N); `ranks` (N): the order of
    the parties, principals first. A state is a number with a digit for each commitment.
    """

    elements: tuple[int, ...]
    parts: Ints
    strides: Ints
    later: Ints
    movers: Ints
    instant: Bools
    held: Floats
    gains: Floats
    breach: Floats
    ranks: Ints

    @property
    def suspects(self) -> Ints:
        """The parties that could be tempted at some state, by rank."""
        found: Ints = suspects_of(self.movers, self.held, self.gains, self.breach, self.ranks)
        return found

    def needs(self, trust: Floats | None = None) -> Floats:
        """For every set of tempted parties the smallest demand of any order: (2^suspects).

        With `trust` (N) no step asks more of a mover than it has; infinite where no order is left.
        """
        return self.table(trust)[0]

    def table(self, trust: Floats | None = None) -> Floats:
        """The same for every state, from it to the end: (states, 2^suspects)."""
        table: Floats = least_demands(
            self.parts, self.strides, self.later, self.movers, self.instant, self.held, self.gains,
            self.breach, self._bound(trust), self.suspects,
        )  # fmt: skip
        return table

    def least(self, trust: Floats | None = None) -> float:
        """The smallest demand of any order, with `trust` of those within it."""
        return float(self.needs(trust).min())

    def order(self, trust: Floats | None = None) -> Order:
        """The order that is signed, as positions; [] where there is none.

        Of those within `trust` (None: whatever the trust) the one with the fewest tempted parties,
        then the smallest demand, then the fewest steps, then the first.
        """
        bound, suspects = self._bound(trust), self.suspects
        need = self.table(trust)
        wanted = int(fewest_tempted(need))
        if wanted < 0:
            return []
        steps = first_order(
            self.parts, self.strides, self.later, self.movers, self.instant, self.held, self.gains,
            self.breach, bound, suspects, wanted, float(need[0, wanted]),
        )  # fmt: skip
        return [tuple(sorted({int(x), int(y)})) for x, y in steps]

    @property
    def cells(self) -> int:
        """How many pairs of a state and a set of tempted parties its search goes through."""
        return self.held.shape[1] << len(self.suspects)

    @property
    def is_self_enforcing(self) -> bool:
        """Whether some order tempts nobody."""
        return bool(np.isfinite(self.needs()[0]))

    def after_requirements(self, later: Ints) -> Lattice:
        """The same package with other prerequisites."""
        return replace(self, later=later)

    def _bound(self, trust: Floats | None) -> Floats:
        return np.full(len(self.gains), np.inf) if trust is None else np.asarray(trust, float)


def stops_of(board: Board, stakes: Stakes, reversible: Floats, draw: int) -> Stops:
    """What a collapse would leave each party with, in one draw."""
    n = board.parties
    stops = Stops(
        np.zeros((n, len(board.movers))),
        np.zeros((n, len(board.linkages))),
        stakes.breach[draw],
        stakes.trust[draw],
    )
    values, linkages = stakes.values[draw], stakes.linkages[draw]
    keep_irreversible(values, linkages, reversible, board.linkages, stops.kept, stops.linked)
    return stops


def lattice_of(
    board: Board,
    mask: int,
    gains: Floats,
    stops: Stops,
    ranks: Ints,
    *,
    have: int = 0,
    parts: Mapping[int, int] | None = None,
) -> Lattice:
    """The lattice of what a package (mask) adds to what is signed already (`have`).

    `gains` (N) are those of the addition; `parts` says of which commitments there are several.
    Raises ValueError where it would have more than 2^20 states.
    """
    elements, later, movers, instant, inside, links = added_commitments(
        np.int64(mask), np.int64(have), board
    )
    counts = np.array([(parts or {}).get(int(c), 1) for c in elements], np.int64)
    states = int(np.prod((counts + 1).astype(float)))
    if states > MOST_STATES:
        raise ValueError(f"{states:,} states are too many; at most {MOST_STATES:,} are searched")
    strides = np.concatenate([[1], np.cumprod(counts[:-1] + 1)]).astype(np.int64)[: len(counts)]
    kept = np.ascontiguousarray(stops.kept[:, elements])
    linked = np.ascontiguousarray(stops.linked[:, inside])
    return Lattice(
        elements=tuple(int(c) for c in elements),
        parts=counts,
        strides=strides,
        later=later,
        movers=movers,
        instant=instant,
        held=held_by_state(counts, strides, links, kept, linked),
        gains=np.asarray(gains, float),
        breach=np.asarray(stops.breach, float),
        ranks=ranks,
    )


def walk(lattice: Lattice, order: Sequence[tuple[int, ...]]) -> list[Step]:
    """What an order of moves (positions) asks, risks and leaves, step by step."""
    states = [0]
    for positions in order:
        states.append(states[-1] + sum(int(lattice.strides[x]) for x in positions))
    tempted = [
        _tempted(lattice, before, movers_at(lattice, positions))
        for before, positions in zip(states[:-1], order, strict=True)
    ]
    steps = []
    for k, positions in enumerate(order):
        doubted = tuple(sorted(set().union(*tempted[k + 1 :])))
        steps.append(_step(lattice, states[k], states[k + 1], positions, tempted[k], doubted))
    return steps


def movers_at(lattice: Lattice, positions: Sequence[int]) -> tuple[int, ...]:
    """The parties that move in a step."""
    moving = int(np.bitwise_or.reduce(lattice.movers[list(positions)]))
    return tuple(i for i in range(len(lattice.gains)) if moving >> i & 1)


def _tempted(lattice: Lattice, state: int, movers: Sequence[int]) -> tuple[int, ...]:
    return tuple(
        i
        for i in movers
        if is_tempted(lattice.held[i, state] - lattice.breach[i], lattice.gains[i])
    )


def _step(
    lattice: Lattice,
    before: int,
    after: int,
    positions: tuple[int, ...],
    tempted: tuple[int, ...],
    doubted: tuple[int, ...],
) -> Step:
    movers, stop = movers_at(lattice, positions), lattice.held[:, before] - lattice.breach
    last = after == lattice.held.shape[1] - 1
    held = lattice.gains if last else lattice.held[:, after]
    others = {i: 0 if last else len([j for j in doubted if j != i]) for i in movers}
    return Step(
        commitments=tuple(lattice.elements[x] for x in positions),
        movers=movers,
        held=held,
        exposure=np.zeros(len(held)) if last else np.maximum(-held, 0.0),
        asked={i: float(asked(stop[i], held[i], lattice.gains[i], others[i])) for i in movers},
        temptation={i: float(stop[i] - lattice.gains[i]) for i in movers},
        tempted=tempted,
        doubted=doubted,
    )
