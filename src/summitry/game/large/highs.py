"""The four solutions by mixed-integer programming (HiGHS), where the frontier is too long.

Nash by tangents of the logarithms, added where they are needed (outer approximation; Duran and
Grossmann 1986); the egalitarian and the Kalai-Smorodinsky package by the largest minimum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.problem import Problem, gains_of
from summitry.game.large.program import Program, Terms, apart, best_package, program_of

SECONDS = 10.0
ROUNDS = 40
CLOSE = 1e-6
GRID = np.geomspace(1.0, 1e-4, 13)
LEAST_SHARE = 1e-6
MOST_TRIES = 20
LOWEST = -50.0


@dataclass(frozen=True)
class Solved:
    """One solution: the package (None: there is none), and the gap that is left to be proved.

    The gap is of the solution's own measure: the sum of logarithms for Nash, the share of the
    best for Kalai-Smorodinsky, points for the others; 0 where it is proved best but for the
    solver's relative tolerance of 1e-6.
    """

    mask: int | None
    gap: float


def solve_by_program(
    problem: Problem, seconds: float = SECONDS
) -> tuple[Floats, dict[str, Solved]]:
    """Each principal's best, and the four solutions, each within so many seconds.

    Every package is checked by the evaluator; where none is acceptable the best are no numbers. Raises ImportError where highspy is not installed.
    """
    program = program_of(problem)
    best = best_of_each(problem, program, seconds)
    if best is None:
        names = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
        return np.full(len(problem.principals), np.nan), dict.fromkeys(names, Solved(None, 0.0))
    return best, {
        "nash": nash_by_program(problem, program, best, seconds),
        "kalai-smorodinsky": _fairest(problem, program, best, best, seconds),
        "egalitarian": _fairest(problem, program, best, np.ones(len(best)), seconds),
        "utilitarian": _largest_sum(problem, program, seconds),
    }


def best_of_each(problem: Problem, program: Program, seconds: float) -> Floats | None:
    """The best that each principal can have; None where nothing is acceptable to all."""
    best = np.zeros(len(problem.principals))
    for k, i in enumerate(problem.principals):
        found = best_package(problem, program, program.gains[i], seconds)
        if found.mask is None:
            return None
        best[k] = gains_of(problem, found.mask)[i]
    return best


def nash_by_program(
    problem: Problem, program: Program, best: Floats, seconds: float = SECONDS
) -> Solved:
    """The Nash package: first the most principals that gain, then the sum of logarithms.

    Only shares of the `best` enter the program, so that points of any size are of one size
    there; who has less than a millionth of its best does not count as gaining.
    """
    able = [k for k in range(len(best)) if best[k] > TOLERANCE]
    power = problem.power[list(problem.principals)]
    wins: list[int] = []
    logs: list[int] = []
    for k in able:
        program, win = program.with_column(0.0, 1.0, True)
        program, log = program.with_column(LOWEST, 0.0, False)
        wins.append(win)
        logs.append(log)
        program = _share_row(problem, program, k, best[k], {win: -_least_share(best[k])})
        for share in GRID:
            program = _tangent(problem, program, k, best[k], share, (win, log))

    def winning(mask: int) -> float:
        return float(len(_winners(problem, mask, best, able)))

    most = _best_by(problem, program, dict.fromkeys(wins, 1.0), 1.0, winning, seconds)
    if most.mask is None:
        return Solved(None, 0.0)
    number = winning(most.mask)
    program = program.with_row(number, number, dict.fromkeys(wins, 1.0))
    goal: dict[int, float] = {}
    for k, win, log in zip(able, wins, logs, strict=True):
        goal |= {log: power[k], win: power[k] * np.log(best[k]) if number < len(able) else 0.0}
    top, reached, bound, seen, left = most.mask, -np.inf, np.inf, set[int](), seconds
    for _ in range(ROUNDS):
        found = best_package(problem, program, goal, left)
        if found.mask is None:
            break
        left, bound = left - found.seconds, min(bound, found.bound)
        value = _value(problem, found.mask, best, able, power, number == len(able))
        if value > reached:
            top, reached = found.mask, value
        if found.mask in seen or bound - reached <= CLOSE or left <= 0:
            break
        seen.add(found.mask)
        gained = gains_of(problem, found.mask)[list(problem.principals)]
        for k, win, log in zip(able, wins, logs, strict=True):
            if gained[k] > LEAST_SHARE * best[k]:
                share = float(gained[k] / best[k])
                program = _tangent(problem, program, k, best[k], share, (win, log))
    gap = max(0.0, bound - reached)
    return Solved(top, 0.0 if gap <= CLOSE else gap)


def _winners(problem: Problem, mask: int, best: Floats, able: list[int]) -> list[int]:
    gained = gains_of(problem, mask)[list(problem.principals)]
    return [k for k in able if gained[k] >= _least_share(best[k]) * best[k] * (1 - 1e-6)]


def _least_share(best: float) -> float:
    """From what share of its best on a principal counts as gaining."""
    return max(LEAST_SHARE, (1 + 2e-6) * TOLERANCE / best)


def _value(
    problem: Problem, mask: int, best: Floats, able: list[int], power: Floats, all_win: bool
) -> float:
    """What the program maximises, by the evaluator's gains."""
    gained = gains_of(problem, mask)[list(problem.principals)]
    won = _winners(problem, mask, best, able)
    shares = gained[won] / best[won] if all_win else gained[won]
    return float(power[won] @ np.log(shares))


def _share_row(
    problem: Problem, program: Program, k: int, size: float, others: Terms, least: float = 0.0
) -> Program:
    """Principal k's gain in units of `size`, with other terms, is at least so much."""
    i = problem.principals[k]
    factor = program.scale[i] / size
    terms = {c: x * factor for c, x in program.gains[i].items()}
    return program.with_row(least - program.constants[i] * factor, np.inf, {**terms, **others})


def _tangent(
    problem: Problem, program: Program, k: int, best: float, share: float, columns: tuple[int, int]
) -> Program:
    """The logarithm of the share lies below its tangent at `share`; nothing is said of a loser.

    Multiplied by `share`: share - share_k * (log - log(share)) - ... stays of one size.
    """
    win, log = columns
    free = -LOWEST * share
    least = share - share * np.log(share) - free
    return _share_row(problem, program, k, best, {log: -share, win: -free}, least)


def _fairest(
    problem: Problem, program: Program, best: Floats, sizes: Floats, seconds: float
) -> Solved:
    """The package whose smallest gain, in units of `sizes`, is largest."""
    able = [k for k in range(len(best)) if best[k] > TOLERANCE or (sizes == 1.0).all()]
    if not able:  # nobody has anything to gain: all acceptable packages are alike
        found = best_package(problem, program, {}, seconds)
        return Solved(found.mask, 0.0)
    unit = max(float((best[able] / sizes[able]).min()), 1e-9)
    program, least = program.with_column(-1.0, 1.0, False)
    for k in able:
        i = problem.principals[k]
        size = max(float(best[k]), program.scale[i] * 1e-6)
        program = _share_row(problem, program, k, size, {least: -unit * float(sizes[k]) / size})

    def smallest(mask: int) -> float:
        gained = gains_of(problem, mask)[list(problem.principals)]
        return float((gained[able] / sizes[able]).min())

    return _best_by(problem, program, {least: 1.0}, unit, smallest, seconds)


def _largest_sum(problem: Problem, program: Program, seconds: float) -> Solved:
    chosen = list(problem.principals)
    largest = max(float(program.scale[i]) for i in chosen)
    goal: dict[int, float] = {}
    for i in chosen:
        for c, x in program.gains[i].items():
            goal[c] = goal.get(c, 0.0) + x * program.scale[i] / largest

    def total(mask: int) -> float:
        return float((gains_of(problem, mask) + problem.reservation)[chosen].sum())

    return _best_by(problem, program, goal, largest, total, seconds)


def _best_by(
    problem: Problem,
    program: Program,
    goal: Terms,
    unit: float,
    measure: Callable[[int], float],
    seconds: float,
) -> Solved:
    """The package with the largest `measure`, which the program knows as `goal` times `unit`.

    A package that measures less than the solver's tolerance lets the program believe is cut
    off, and the next one sought. The gap is in the measure's own units; what the solver's
    relative tolerance explains is none.
    """
    top, reached, gap = None, -np.inf, 0.0
    for _ in range(MOST_TRIES):
        found = best_package(problem, program, goal, seconds)
        seconds -= found.seconds
        if found.mask is None:  # in time: there is no other
            return Solved(top, gap if seconds <= 0 else 0.0)
        value, bound = measure(found.mask), found.bound * unit
        if value > reached:
            top, reached = found.mask, value
        gap = max(0.0, bound - reached)
        if gap <= 2e-6 * max(abs(reached), unit):
            return Solved(top, 0.0)
        if seconds <= 0:
            break
        program = program.with_row(*apart(problem, found.mask))
    return Solved(top, gap)
