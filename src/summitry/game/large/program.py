"""A problem as a mixed-integer program: rules, linkages, consents and tiers as rows.

Each party's row is in a unit of its own, its largest number, so that points of any size are of
one size for the solver. Needs the extra `highs`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.problem import Problem, bits, gains_of, is_acceptable, is_possible

Terms = Mapping[int, float]
TIGHT = 1e-9
RELATIVE = 1e-6
MOST_CUTS = 50


@dataclass(frozen=True)
class Program:
    """Columns (low, high, whole) and rows (low, high, terms); the first m columns are commitments.

    `gains` gives for each party its terms and the constant, in units of `scale` (N) points.
    """

    columns: tuple[tuple[float, float, bool], ...]
    rows: tuple[tuple[float, float, Terms], ...]
    gains: tuple[Terms, ...]
    constants: Floats
    scale: Floats

    def with_column(self, low: float, high: float, whole: bool) -> tuple[Program, int]:
        """The program with one more column, and its number."""
        return replace(self, columns=(*self.columns, (low, high, whole))), len(self.columns)

    def with_row(self, low: float, high: float, terms: Terms) -> Program:
        """The program with one more row."""
        return replace(self, rows=(*self.rows, (low, high, terms)))


@dataclass(frozen=True)
class Found:
    """The best package found (None: there is none), the solver's bound, and what it took."""

    mask: int | None
    bound: float
    seconds: float


def program_of(problem: Problem) -> Program:
    """The acceptable packages of a problem as a program without an objective."""
    m = problem.size
    numbers = np.column_stack([problem.values, problem.worths])
    scale = np.maximum(np.abs(numbers).max(axis=1, initial=0.0), np.abs(problem.reservation))
    scale = np.where(scale > 0, scale, 1.0)
    linked = {k: m + n for n, k in enumerate(range(len(problem.linkages)))}
    program = Program(
        columns=((0.0, 1.0, True),) * m + ((0.0, 1.0, False),) * len(linked),
        rows=(),
        gains=tuple(
            {int(c): float(numbers[i, c] / scale[i]) for c in np.flatnonzero(numbers[i])}
            for i in range(len(scale))
        ),
        constants=-problem.reservation / scale,
        scale=scale,
    )
    for k, column in linked.items():
        members = list(bits(problem.linkages[k]))
        for c in members:
            program = program.with_row(-np.inf, 0.0, {column: 1.0, c: -1.0})
        together = {column: -1.0, **dict.fromkeys(members, 1.0)}
        program = program.with_row(-np.inf, len(members) - 1.0, together)
    program = _with_rules(problem, program)
    for i in problem.principals:
        program = program.with_row(_least(problem, program, i), np.inf, program.gains[i])
    return _with_tiers(problem, _with_consents(problem, program))


def _least(problem: Problem, program: Program, i: int) -> float:
    return float((problem.reservation[i] - TOLERANCE) / program.scale[i])


def _with_rules(problem: Problem, program: Program) -> Program:
    for c in range(problem.size):
        for b in bits(problem.requires[c] | problem.only_with[c]):
            program = program.with_row(-np.inf, 0.0, {c: 1.0, b: -1.0})
        for b in bits(problem.excludes[c]):
            program = program.with_row(-np.inf, 1.0, {c: 1.0, b: 1.0})
    return program


def _with_consents(problem: Problem, program: Program) -> Program:
    """A column for each party that may be asked: where it is 1 the party must not lose."""
    for i in range(len(problem.reservation)):
        asking = [c for c in range(problem.size) if problem.asks[c] >> i & 1]
        if i in problem.principals or not asking:
            continue
        program, asked = program.with_column(0.0, 1.0, True)
        for c in asking:
            program = program.with_row(-np.inf, 0.0, {c: 1.0, asked: -1.0})
        terms, least = program.gains[i], _least(problem, program, i)
        deepest = sum(min(0.0, number) for number in terms.values()) - max(0.0, least)
        # asked: at least `least`; not asked: at least `deepest`, which is no condition
        program = program.with_row(deepest, np.inf, {**terms, asked: deepest - least})
    return program


def _with_tiers(problem: Problem, program: Program) -> Program:
    """A column for each tier that is claimed; one must be, and its conditions hold."""
    claims = []
    for every, some in zip(problem.tier_all, problem.tier_any, strict=True):
        program, claim = program.with_column(0.0, 1.0, True)
        claims.append(claim)
        for c in bits(every):
            program = program.with_row(-np.inf, 0.0, {claim: 1.0, c: -1.0})
        if some:
            met = {claim: 1.0, **dict.fromkeys(bits(some), -1.0)}
            program = program.with_row(-np.inf, 0.0, met)
    program = program.with_row(1.0, np.inf, dict.fromkeys(claims, 1.0))
    return program.with_row(1.0, np.inf, dict.fromkeys(range(problem.size), 1.0))


def best_package(problem: Problem, program: Program, objective: Terms, seconds: float) -> Found:
    """The acceptable package with the largest objective, as far as the seconds go.

    A package that the evaluator refuses (the solver's tolerance let it pass) is cut off, and
    the next one sought. Raises ImportError where highspy is not installed.
    """
    spent, bound = 0.0, np.inf
    for _ in range(MOST_CUTS):
        found = _solve(problem.size, program, objective, seconds - spent)
        spent, bound = spent + found.seconds, min(bound, found.bound)
        mask = found.mask
        if mask is None:
            return Found(None, bound, spent)
        if is_possible(problem, mask) and is_acceptable(problem, mask, gains_of(problem, mask)):
            return Found(mask, bound, spent)
        program = program.with_row(*apart(problem, mask))
    return Found(None, bound, spent)


def apart(problem: Problem, mask: int) -> tuple[float, float, Terms]:
    """The row that holds of every package but this one."""
    terms = {c: 1.0 if mask >> c & 1 else -1.0 for c in range(problem.size)}
    return -np.inf, mask.bit_count() - 1.0, terms


@contextmanager
def _banner_aside() -> Iterator[None]:
    """Send what is written to standard output to standard error: HiGHS greets as it is made."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _solve(size: int, program: Program, objective: Terms, seconds: float) -> Found:
    """One run of HiGHS."""
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.col_cost_ = np.array([objective.get(c, 0.0) for c in range(lp.num_col_)])
    lp.col_lower_ = np.array([low for low, _, _ in program.columns])
    lp.col_upper_ = np.array([high for _, high, _ in program.columns])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for _, _, whole in program.columns]
    lp.row_lower_ = np.array([low for low, _, _ in program.rows])
    lp.row_upper_ = np.array([high for _, high, _ in program.rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _, _, terms in program.rows)])
    lp.a_matrix_.index_ = np.array([c for _, _, terms in program.rows for c in terms])
    lp.a_matrix_.value_ = np.array([x for _, _, terms in program.rows for x in terms.values()])
    lp.sense_ = highspy.ObjSense.kMaximize
    with _banner_aside():
        model = highspy.Highs()
    for name, value in {
        "output_flag": False, "time_limit": max(0.1, seconds), "threads": 1,
        "mip_feasibility_tolerance": TIGHT, "primal_feasibility_tolerance": TIGHT,
        "dual_feasibility_tolerance": TIGHT, "mip_rel_gap": RELATIVE, "mip_abs_gap": TIGHT,
    }.items():  # fmt: skip
        model.setOptionValue(name, value)
    model.passModel(lp)
    model.run()
    info, chosen = model.getInfo(), list(model.getSolution().col_value)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Found(None, np.inf, model.getRunTime())
    mask = sum(1 << c for c in range(size) if chosen[c] > 0.5)
    return Found(mask, float(info.mip_dual_bound), model.getRunTime())
