"""The order of moves that could carry out a package although nobody trusts anybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summitry.game.board import Board, Floats
from summitry.game.kernels.ladder import (
    asked,
    fewest_steps,
    held_by_subset,
    least_demand,
)
from summitry.game.kernels.stops import Stops, keep_irreversible
from summitry.game.numbers import Stakes


@dataclass(frozen=True)
class Roadmap:
    """An order of steps and what it asks of the parties.

    `steps`: commitments (indices) moved in each step, two where it is a swap; `demand` (N):
    the largest minimum trust of each party's own steps; `exposure` and `temptation` (N) as
    in Sandholm and Lesser (1995), 0 where a party never moves.
    """

    steps: tuple[tuple[int, ...], ...]
    demand: Floats
    exposure: Floats
    temptation: Floats

    @property
    def minimum_trust(self) -> float:
        """The largest demand on any party."""
        return float(self.demand.max(initial=0.0))


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


def minimum_trust(board: Board, mask: int, gains: Floats, stops: Stops) -> float:
    """The smallest demand of any roadmap of a package; infinite where none exists.

    `gains` (N): what each party gains by the whole package. Kydd (2005), model section 2.
    """
    problem = _Problem.of(board, mask, stops)
    return float(problem.least(gains, stops.breach)[-1])


def best_roadmap(board: Board, mask: int, gains: Floats, stops: Stops) -> Roadmap | None:
    """The roadmap of smallest demand, then fewest steps, then first in the dossier's order."""
    problem = _Problem.of(board, mask, stops)
    least = float(problem.least(gains, stops.breach)[-1])
    if not np.isfinite(least):
        return None
    steps = fewest_steps(
        problem.requires, problem.movers, problem.instant, problem.held, gains, stops.breach, least
    )
    return problem.tell(steps, gains, stops.breach)


@dataclass(frozen=True)
class _Problem:
    """One package in positions of its own: bit x is `elements[x]`."""

    elements: np.ndarray
    requires: np.ndarray
    movers: np.ndarray
    instant: np.ndarray
    held: Floats

    @classmethod
    def of(cls, board: Board, mask: int, stops: Stops) -> _Problem:
        elements = np.array([c for c in range(len(board.movers)) if mask >> c & 1])
        inside = [k for k, needed in enumerate(board.linkages) if int(needed) & ~mask == 0]
        local = np.array([_squeeze(int(board.linkages[k]), elements) for k in inside], np.int64)
        requires = [_squeeze(int(board.requires[c]), elements) for c in elements]
        return cls(
            elements=elements,
            requires=np.array(requires, np.int64),
            movers=board.movers[elements].astype(np.int64),
            instant=board.instant[elements],
            held=held_by_subset(elements, local, stops.kept, stops.linked[:, inside].copy()),
        )

    def least(self, gains: Floats, breach: Floats) -> Floats:
        need: Floats = least_demand(
            self.requires, self.movers, self.instant, self.held, gains, breach
        )
        return need

    def tell(self, steps: np.ndarray, gains: Floats, breach: Floats) -> Roadmap:
        """Demand, exposure and temptation along an order of steps."""
        parties = len(gains)
        demand, exposure = np.zeros(parties), np.zeros(parties)
        temptation = np.full(parties, -np.inf)
        before = 0
        for x, y in steps:
            after = before | 1 << int(x) | 1 << int(y)
            last = after == self.held.shape[1] - 1
            movers = int(self.movers[x] | self.movers[y])
            for i in range(parties):
                if movers >> i & 1:
                    stop = self.held[i, before] - breach[i]
                    ask = asked(stop, self.held[i, after], gains[i], last)
                    demand[i] = max(demand[i], ask)
                    temptation[i] = max(temptation[i], stop - gains[i])
            before = after
            if not last:  # what is complete cannot collapse
                exposure = np.maximum(exposure, -self.held[:, before])
        named = tuple(
            tuple(sorted({int(self.elements[x]), int(self.elements[y])})) for x, y in steps
        )
        return Roadmap(named, demand, exposure, np.where(np.isinf(temptation), 0.0, temptation))


def _squeeze(mask: int, elements: np.ndarray) -> int:
    return sum(1 << x for x, c in enumerate(elements) if mask >> int(c) & 1)
