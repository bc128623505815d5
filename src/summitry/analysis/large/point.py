"""One set of numbers of a dossier whose packages are too many to list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from summitry.analysis.asking import Question
from summitry.analysis.point import label_of, numbers_at, stratum_of, types_at
from summitry.dossier.reader import Document
from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.compile import LargeGame, compile_large, problem_of
from summitry.game.large.package import MOST_EXACT, lattice_of_package, package_at
from summitry.game.large.problem import Problem, gains_of
from summitry.game.large.roadmap import search_roadmap, walk
from summitry.game.numbers import Stakes

QUICK_STATES = 5_000
QUICK_BEAM = 50


@dataclass(frozen=True)
class LargePoint:
    """One draw of a game, with each party of one type; `label` says what numbers these are."""

    game: LargeGame
    stakes: Stakes
    draw: int
    types: Mapping[str, str]
    label: str
    problem: Problem

    @property
    def trust(self) -> Floats:
        """Each party's trust (N)."""
        trust: Floats = self.stakes.trust[self.draw]
        return trust


@dataclass(frozen=True)
class Trust:
    """The least trust that an order of moves asks (None: none works), and how it was found."""

    least: float | None
    within: bool
    search: Literal["exact", "bound", "none"]


NOT_SEARCHED = Trust(None, False, "none")


def large_point(
    document: Document,
    question: Question,
    draw: int | None,
    seed: int,
    types: Mapping[str, str] | None,
) -> LargePoint:
    """The central values, or a draw, as `point_of` takes them."""
    draws, variation = numbers_at(draw)
    game = compile_large(document.dossier, draws=draws, seed=seed, variation=variation)
    chosen = types_at(document, question, types or {})
    stakes = game.stakes(stratum_of(document.dossier, game.parties, game.strata, chosen))
    number = draws - 1
    problem = problem_of(game, stakes, number, question.detail)
    return LargePoint(game, stakes, number, chosen, label_of(draw, seed), problem)


def trust_of(point: LargePoint, mask: int) -> Trust:
    """What the best order found for a package asks: exact up to 20 commitments.

    Beyond, a quick look: `roadmap` looks harder for the one package it is asked about.
    """
    gained = gains_of(point.problem, mask)
    package = package_at(point.game, point.stakes, point.draw, mask, gained)
    if len(package.elements) <= MOST_EXACT:
        lattice = lattice_of_package(package)
        least = lattice.least()
        within = bool(lattice.least(point.trust) <= TOLERANCE)
        return Trust(least if np.isfinite(least) else None, within, "exact")
    found = search_roadmap(package, QUICK_STATES, QUICK_BEAM)
    if not found.order:
        return Trust(None, False, "exact" if found.exact else "none")
    steps = walk(package, found.order)
    over = max(value - point.trust[i] for step in steps for i, value in step.asked.items())
    demand = max(step.demand for step in steps)
    return Trust(demand, bool(over <= TOLERANCE), "exact" if found.exact else "bound")
