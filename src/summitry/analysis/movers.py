"""Who moves first, and the first steps of a package, from the roadmaps of a sample of draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.forecast import FirstMover
from summitry.analysis.outcomes import Outcomes, signed_by
from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.roadmap import Step, lattice_of, stops_of, walk
from summitry.game.solutions import utility_of

SAMPLE = 120
PER_PACKAGE = 12

Roadmap = tuple[Step, ...]


@dataclass(frozen=True)
class Case:
    """One draw of one stratum that agreed, with its weight."""

    stratum: int
    draw: int
    weight: float


def agreed_cases(outcomes: Outcomes, weights: Floats, t: int, number: int) -> list[Case]:
    """A systematic sample of the draws that have agreed by round t, by their weights."""
    strata, draws = np.nonzero((signed_by(outcomes, t) >= 0) & (weights[:, None] > 0))
    return _systematic(strata, draws, weights[strata], number)


def package_cases(
    outcomes: Outcomes, weights: Floats, t: int, package: int, number: int = PER_PACKAGE
) -> list[Case]:
    """A sample of the draws in which one package is all that stands signed by round t."""
    chosen = (signed_by(outcomes, t) == package) & (weights[:, None] > 0)
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


def roadmaps_of(game: Game, outcomes: Outcomes, t: int, cases: Sequence[Case]) -> list[Roadmap]:
    """For each case the steps of all that is signed by round t, one agreement after the other."""
    return [_roadmap_of(game, outcomes, t, case) for case in cases]


def _roadmap_of(game: Game, outcomes: Outcomes, t: int, case: Case) -> Roadmap:
    worths = game.worths_of(case.stratum, case.draw)
    stops = stops_of(game.board, worths, game.setting.reversible[case.draw], 0)
    steps: list[Step] = []
    have, before = 0, np.zeros(len(game.parties))
    chain = outcomes.chain[case.stratum, case.draw]
    when = outcomes.when[case.stratum, case.draw]
    for package, waited in zip(chain, when, strict=True):
        if package < 0 or waited > t:
            break
        mask = int(game.board.masks[package])
        utility = utility_of(game.board, worths, 0, mask)
        base = before if have else worths.reservation[0] - (waited + 1) * worths.delay[0]
        lattice = lattice_of(game.board, mask, utility - base, stops, game.ranks, have=have)
        steps += walk(lattice, lattice.order(stops.trust))
        have, before = mask, utility
    return tuple(steps)


def first_movers(game: Game, roadmaps: Sequence[Roadmap]) -> list[FirstMover]:
    """Who makes the first move that is not joint, most often first, and whom it has to trust.

    What all principals do together (sign a text) exposes none of them to another.
    """
    groups: dict[tuple[str, ...], list[Step]] = {}
    for roadmap in roadmaps:
        alone = [step for step in roadmap if not _is_joint(game, step)]
        if alone:
            movers = tuple(game.parties[i] for i in alone[0].movers)
            groups.setdefault(movers, []).append(alone[0])
    total = sum(map(len, groups.values()))
    return [
        FirstMover(
            parties=list(movers),
            share=len(steps) / total,
            trust_asked=float(np.median([step.demand for step in steps])),
            doubted=_doubted(game, steps),
        )
        for movers, steps in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]


def _doubted(game: Game, steps: Sequence[Step]) -> dict[str, float]:
    """In which share of these steps each other party will later gain by stopping."""
    counts = Counter(i for step in steps for i in step.doubted if i not in step.movers)
    return {game.parties[i]: count / len(steps) for i, count in counts.most_common()}


def first_shares(game: Game, roadmaps: Sequence[Roadmap]) -> dict[str, float]:
    """The share of a sample in which each party makes the first move that is not joint."""
    return {" + ".join(mover.parties): mover.share for mover in first_movers(game, roadmaps)}


def _is_joint(game: Game, step: Step) -> bool:
    both = sum(1 << i for i in step.movers)
    return both & game.board.principals == game.board.principals


def first_steps(game: Game, roadmaps: Sequence[Roadmap], most: int = 3) -> list[list[str]]:
    """The first steps of the commonest roadmap of a sample, each as commitments."""
    counts = Counter(tuple(step.commitments for step in roadmap) for roadmap in roadmaps)
    if not counts:
        return []
    steps = min(counts, key=lambda s: (-counts[s], s))
    return [[game.commitments[c] for c in step] for step in steps[:most]]
