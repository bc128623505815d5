"""Which method answers: the lists of undominated parts where they fit, else HiGHS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.dossier.errors import CannotAnswer
from summitry.game.board import Floats
from summitry.game.large.frontier import Frontier, TooLarge, frontier_of
from summitry.game.large.highs import Solved, solve_by_program
from summitry.game.large.problem import Problem
from summitry.game.large.solutions import solve_points


@dataclass(frozen=True)
class Answer:
    """The four solutions, the frontier where it was found, and how.

    `method` is `pareto-lists` (exact, with the frontier) or `highs` (the solutions alone, each
    with the gap that is left to be proved); `says` tells the same to a reader. `best`
    (principals): the most that each can have, no numbers where nothing is acceptable to all.
    """

    method: str
    says: str
    frontier: Frontier | None
    best: Floats
    solutions: Mapping[str, Solved]


def solve(problem: Problem) -> Answer:
    """The frontier and the solutions of one set of numbers, by the first method that can.

    Raises CannotAnswer where only HiGHS could and the extra `highs` is not installed.
    """
    try:
        return by_lists(problem)
    except TooLarge as error:
        reason = str(error)
    try:
        best, solved = solve_by_program(problem)
    except ImportError:
        raise CannotAnswer(
            f"the frontier is too long to be found ({reason}); the four solutions alone can be: "
            "install the extra `highs` (pip install 'summitry[highs]')"
        ) from None
    says = (
        f"mixed-integer programming (HiGHS); the frontier is too long to be found ({reason}), so "
        "only the solutions are shown"
    )
    return Answer("highs", says, None, best, solved)


def by_lists(problem: Problem) -> Answer:
    """The frontier by lists of undominated parts. Raises TooLarge where they do not fit."""
    frontier = frontier_of(problem)
    columns = list(problem.principals)
    power = np.asarray(problem.power)[columns]
    gains = frontier.gains[:, columns]
    solved = solve_points(gains, frontier.masks, power)
    best = gains.max(axis=0) if len(gains) else np.full(len(columns), np.nan)
    apart = (
        f"at most {frontier.width} decided commitments interact at once"
        if frontier.width
        else "no rule or linkage joins two commitments"
    )
    says = f"lists of undominated partial packages, exact; {apart}, at most {frontier.rows:,} kept"
    solutions = {name: Solved(mask, 0.0) for name, mask in solved.items()}
    return Answer("pareto-lists", says, frontier, best, solutions)
