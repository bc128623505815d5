"""The orders of moves of one package: which is signed, and what it asks, risks and leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

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
from summitry.game.kernels.stops import TOLERANCE, Stops, keep_irreversible
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

    @cached_property
    def suspects(self) -> Ints:
        """The parties that could be tempted at some state, by rank."""
        found: Ints = suspects_of(self.movers, self.held, self.gains, self.breach, self.ranks)
        return found

    @cached_property
    def table(self) -> Floats:
        """The smallest demand of any order from a state to the end: (states, 2^suspects).

        For every set of parties that are tempted on the way; infinite where there is no order.
        """
        return self._table(np.full(len(self.gains), np.inf))

    def _table(self, trust: Floats) -> Floats:
        table: Floats = least_demands(
            self.parts, self.strides, self.later, self.movers, self.instant, self.held, self.gains,
            self.breach, trust, self.suspects,
        )  # fmt: skip
        return table

    def needs(self, trust: Floats | None = None) -> Floats:
        """The same from the beginning: (2^suspects).

        With `trust` (N) no step asks more of a mover than it has.
        """
        free = self.table[0]
        if trust is None or (np.isinf(free) | (free <= np.min(trust))).all():
            return free
        return self._table(np.asarray(trust, float))[0]

    def least(self, trust: Floats | None = None) -> float:
        """The smallest demand of any order, with `trust` of those within it."""
        return float(self.needs(trust).min())

    def tempted(self, needs: Floats) -> tuple[int, ...]:
        """Who is tempted on the order to prefer by these `needs`; nobody where there is no order."""
        wanted = max(0, int(fewest_tempted(needs[None])))
        return tuple(sorted(int(i) for s, i in enumerate(self.suspects) if wanted >> s & 1))

    def order(self, trust: Floats | None = None) -> Order:
        """The order that is signed, as positions; [] where there is none.

        Of those within `trust` (None: whatever the trust) the one with the fewest tempted parties,
        then the smallest demand, then the fewest steps, then the first.
        """
        need = self.needs(trust)
        wanted = int(fewest_tempted(need[None]))
        if wanted < 0:
            return []
        bound = np.full(len(self.gains), np.inf) if trust is None else np.asarray(trust, float)
        return self._shortest(need, wanted, bound)

    def easiest(self) -> Order:
        """The order that asks for the least trust, whoever has it, as positions; [] for none."""
        need = self.needs()
        least = np.where(need <= need.min() + TOLERANCE, need, np.inf)
        wanted = int(fewest_tempted(least[None]))
        return [] if wanted < 0 else self._shortest(need, wanted, np.full(len(self.gains), np.inf))

    def _shortest(self, need: Floats, wanted: int, bound: Floats) -> Order:
        steps = first_order(
            self.parts, self.strides, self.later, self.movers, self.instant, self.held, self.gains,
            self.breach, bound, self.suspects, wanted, float(need[wanted]),
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
    return steps_of(
        [tuple(lattice.elements[x] for x in positions) for positions in order],
        [movers_at(lattice, positions) for positions in order],
        [lattice.held[:, state] for state in states],
        lattice.gains,
        lattice.breach,
    )


def movers_at(lattice: Lattice, positions: Sequence[int]) -> tuple[int, ...]:
    """The parties that move in a step."""
    moving = int(np.bitwise_or.reduce(lattice.movers[list(positions)]))
    return tuple(i for i in range(len(lattice.gains)) if moving >> i & 1)


def steps_of(
    order: Sequence[tuple[int, ...]],
    movers: Sequence[tuple[int, ...]],
    held: Sequence[Floats],
    gains: Floats,
    breach: Floats,
) -> list[Step]:
    """The steps of an order of commitments, of which the `movers` move.

    `held` (N each): what each party keeps before the first step, and after every one.
    """
    tempted = [
        tuple(i for i in who if is_tempted(before[i] - breach[i], gains[i]))
        for who, before in zip(movers, held, strict=False)
    ]
    steps, last = [], len(order) - 1
    for k, (commitments, who) in enumerate(zip(order, movers, strict=True)):
        stop = held[k] - breach
        after = gains if k == last else held[k + 1]
        doubted = tuple(sorted(set().union(*tempted[k + 1 :])))
        others = {i: 0 if k == last else len([j for j in doubted if j != i]) for i in who}
        steps.append(
            Step(
                commitments=commitments,
                movers=who,
                held=after,
                exposure=np.zeros(len(gains)) if k == last else np.maximum(-after, 0.0),
                asked={i: float(asked(stop[i], after[i], gains[i], others[i])) for i in who},
                temptation={i: float(stop[i] - gains[i]) for i in who},
                tempted=tempted[k],
                doubted=doubted,
            )
        )
    return steps
