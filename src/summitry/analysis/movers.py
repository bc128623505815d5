"""Who moves first, and the first steps of a package, from the roadmaps of a sample of draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from summitry.analysis.outcomes import Outcomes
from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.roadmap import Roadmap, best_roadmap, stops_of
from summitry.game.solutions import utility_of

SAMPLE = 120
PER_PACKAGE = 12


@dataclass(frozen=True)
class Case:
    """One draw of one stratum that agreed, with its weight."""

    stratum: int
    draw: int
    weight: float


def agreed_cases(outcomes: Outcomes, weights: Floats, t: int, number: int) -> list[Case]:
    """A systematic sample of the draws that have agreed by round t, by their weights."""
    strata, draws = np.nonzero((outcomes.when <= t) & (weights[:, None] > 0))
    return _systematic(strata, draws, weights[strata], number)


def package_cases(
    outcomes: Outcomes, weights: Floats, t: int, package: int, number: int = PER_PACKAGE
) -> list[Case]:
    """A sample of the draws that have agreed on one package by round t."""
    chosen = (outcomes.when <= t) & (outcomes.package == package) & (weights[:, None] > 0)
    strata, draws = np.nonzero(chosen)
    return _systematic(strata, draws, weights[strata], number)


def sample_of(weights: Floats, number: int) -> list[Case]:
    """A sample of draws by their weights: (strata, draws)."""
    strata, draws = np.nonzero(weights > 0)
    return _systematic(strata, draws, weights[strata, draws], number)


def _systematic(strata: np.ndarray, draws: np.ndarray, weight: Floats, number: int) -> list[Case]:
    """Every so-manieth part of the cumulated weight: no random numbers, equal weights."""
    number = min(number, len(strata))
    if number == 0:  # in a long run, what none of its leading draws agrees on
        return []
    edges = np.cumsum(weight)
    at = np.searchsorted(edges, (np.arange(number) + 0.5) / number * edges[-1])
    return [Case(int(strata[k]), int(draws[k]), 1.0 / number) for k in at]


def roadmap_of(game: Game, outcomes: Outcomes, case: Case) -> Roadmap | None:
    """The roadmap to show for what a draw agreed on, with that draw's numbers."""
    stakes = game.stakes_of(case.stratum, case.draw)
    package = int(outcomes.package[case.stratum, case.draw])
    waited = int(outcomes.when[case.stratum, case.draw])
    mask = int(game.board.masks[package])
    gains = (
        utility_of(game.board, stakes, 0, mask) - stakes.reservation[0] + waited * stakes.delay[0]
    )
    stops = stops_of(game.board, stakes, game.setting.reversible[case.draw], 0)
    return best_roadmap(game.board, mask, gains, stops)


def first_movers(game: Game, roadmaps: Iterable[Roadmap | None]) -> dict[str, float]:
    """The share of the sample in which each party makes the first move that is not joint.

    What all principals do together (sign a text) exposes none of them to another.
    """
    counts: Counter[str] = Counter()
    for roadmap in roadmaps:
        alone = [] if roadmap is None else [s for s in roadmap.steps if not _is_joint(game, s)]
        if alone:
            counts[" + ".join(movers_of(game, alone[0]))] += 1
    total = sum(counts.values())
    return {name: count / total for name, count in sorted(counts.items(), key=lambda x: -x[1])}


def _is_joint(game: Game, step: tuple[int, ...]) -> bool:
    both = 0
    for commitment in step:
        both |= int(game.board.movers[commitment])
    return both & game.board.principals == game.board.principals


def movers_of(game: Game, step: tuple[int, ...]) -> list[str]:
    """The parties that move in a step, in the order of the dossier."""
    both = 0
    for commitment in step:
        both |= int(game.board.movers[commitment])
    return [name for k, name in enumerate(game.parties) if both >> k & 1]


def first_steps(game: Game, roadmaps: Iterable[Roadmap | None], most: int = 3) -> list[list[str]]:
    """The first steps of the commonest roadmap of a sample, each as commitments."""
    counts = Counter(roadmap.steps for roadmap in roadmaps if roadmap is not None)
    if not counts:
        return []
    steps = min(counts, key=lambda s: (-counts[s], s))
    return [[game.commitments[c] for c in step] for step in steps[:most]]
