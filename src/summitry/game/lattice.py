"""A package as a lattice of what has been done, each commitment whole or in equal parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from summitry.game.board import Board, Bools, Floats, Ints
from summitry.game.kernels.ladder import asked
from summitry.game.kernels.lattice import fill_held, fill_states, spread, trace
from summitry.game.kernels.stops import Stops

MOST_STATES = 1 << 20


@dataclass(frozen=True)
class Step:
    """One step of a roadmap: who moves, what it asks, and what all hold if it is the last.

    `commitments` (indices; two where it is a swap), `movers` (party indices), `held` (N):
    what each party keeps if all stops after this step, `exposure` (N): by how much that is
    below nothing; after the last step all is done, so that each holds its gain and nobody is
    exposed any more; for each mover `asked`: the minimum trust, and `temptation`: what it
    would have by stopping before this step less what completion brings it.
    """

    commitments: tuple[int, ...]
    movers: tuple[int, ...]
    held: Floats
    exposure: Floats
    asked: Mapping[int, float]
    temptation: Mapping[int, float]

    @property
    def demand(self) -> float:
        """The largest minimum trust of its movers."""
        return max(self.asked.values(), default=0.0)


@dataclass(frozen=True)
class Lattice:
    """The states of one package: its commitments (`elements`) in `parts` each.

    By state: the `complete` and the `unfinished` commitments (masks of positions), and what
    each party has `held` (N, states). `requires` are masks of positions, `movers` of parties;
    `gains` and `breach` (N).
    """

    elements: tuple[int, ...]
    parts: Ints
    strides: Ints
    complete: Ints
    unfinished: Ints
    requires: Ints
    movers: Ints
    instant: Bools
    held: Floats
    gains: Floats
    breach: Floats

    def need(self, trust: Floats, start: Floats | None = None) -> Floats:
        """For every state the least, over all orders, of the largest excess over `trust`.

        With `trust` nought that is the minimum trust. `start` (states) gives the need of
        the states to start from, infinite elsewhere; by default nothing has been done yet.
        """
        if start is None:
            start = np.full(self.held.shape[1], np.inf)
            start[0] = -np.inf
        spread(
            self.complete, self.unfinished, self.strides, self.requires, self.movers,
            self.instant, self.held,
            self.gains, self.breach, trust, start,
        )  # fmt: skip
        return start

    def least(self, trust: Floats | None = None) -> float:
        """The smallest demand of any order; less the parties' `trust` (N) where it is given."""
        none = np.zeros(len(self.gains)) if trust is None else trust
        least = float(self.need(none)[-1])
        return max(least, 0.0) if trust is None else least

    def order(self, trust: Floats | None = None) -> list[tuple[int, ...]]:
        """The shortest order of least demand, as positions; [] where there is none."""
        none = np.zeros(len(self.gains)) if trust is None else trust
        least = float(self.need(none)[-1])
        if not np.isfinite(least) and least > 0:
            return []
        steps = trace(
            self.complete, self.unfinished, self.strides, self.requires, self.movers,
            self.instant, self.held,
            self.gains, self.breach, none, least,
        )  # fmt: skip
        return [tuple(sorted({int(x), int(y)})) for x, y in steps]

    def requiring(self, requires: Ints) -> Lattice:
        """The same package with other prerequisites."""
        return replace(self, requires=requires)


def lattice_of(
    board: Board, mask: int, gains: Floats, stops: Stops, parts: Mapping[int, int] | None = None
) -> Lattice:
    """The lattice of a package (mask); `parts` says of which commitments there are several.

    Raises ValueError where it would have more than 2^20 states.
    """
    elements = [c for c in range(len(board.movers)) if mask >> c & 1]
    counts = np.array([(parts or {}).get(c, 1) for c in elements], np.int64)
    states = int(np.prod((counts + 1).astype(float)))
    if states > MOST_STATES:
        raise ValueError(f"{states:,} states are too many; at most {MOST_STATES:,} are searched")
    strides = np.concatenate([[1], np.cumprod(counts[:-1] + 1)]).astype(np.int64)
    inside = [k for k, needed in enumerate(board.linkages) if int(needed) & ~mask == 0]
    links = np.array([squeeze(int(board.linkages[k]), elements) for k in inside], np.int64)
    held = np.empty((board.parties, states))
    kept, linked = stops.kept[:, elements].copy(), stops.linked[:, inside].copy()
    complete, unfinished = np.empty(states, np.int64), np.empty(states, np.int64)
    fill_states(counts, strides, complete, unfinished)
    fill_held(counts, strides, complete, links, kept, linked, held)
    return Lattice(
        elements=tuple(elements),
        parts=counts,
        strides=strides,
        complete=complete,
        unfinished=unfinished,
        requires=np.array([squeeze(int(board.requires[c]), elements) for c in elements], np.int64),
        movers=board.movers[elements].astype(np.int64),
        instant=board.instant[elements],
        held=held,
        gains=np.asarray(gains, float),
        breach=stops.breach,
    )


def walk(lattice: Lattice, order: Sequence[tuple[int, ...]]) -> list[Step]:
    """What an order of moves (positions) asks, risks and leaves, step by step."""
    steps, before = [], 0
    full = lattice.held.shape[1] - 1
    for positions in order:
        after = before + sum(int(lattice.strides[x]) for x in positions)
        moving = int(np.bitwise_or.reduce(lattice.movers[list(positions)]))
        movers = tuple(i for i in range(len(lattice.gains)) if moving >> i & 1)
        stop = lattice.held[:, before] - lattice.breach
        last = after == full
        held = lattice.gains if last else lattice.held[:, after]
        steps.append(
            Step(
                commitments=tuple(lattice.elements[x] for x in positions),
                movers=movers,
                held=held,
                exposure=np.zeros(len(held)) if last else np.maximum(-held, 0.0),
                asked={i: float(asked(stop[i], held[i], lattice.gains[i], last)) for i in movers},
                temptation={i: float(stop[i] - lattice.gains[i]) for i in movers},
            )
        )
        before = after
    return steps


def squeeze(mask: int, elements: Sequence[int]) -> int:
    """A mask of commitments as a mask of positions."""
    return sum(1 << x for x, c in enumerate(elements) if mask >> c & 1)
