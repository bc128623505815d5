"""The same additive problem for NegMAS, which is only ever imported here."""

from __future__ import annotations

from typing import Any

import numpy as np

from summitry.game.large.problem import Problem


def version() -> str | None:
    """Its version; None where it is not installed."""
    try:
        import negmas
    except ImportError:
        return None
    return str(negmas.__version__)


def functions(problem: Problem) -> tuple[Any, list[Any]]:
    """The outcome space and a linear additive utility function for each party."""
    from negmas import LinearAdditiveUtilityFunction, make_issue
    from negmas.outcomes import make_os
    from negmas.preferences.value_fun import TableFun

    issues = [make_issue([0, 1], name=f"c{k}") for k in range(problem.size)]
    space = make_os(issues)
    return space, [
        LinearAdditiveUtilityFunction(
            [TableFun({0: 0.0, 1: float(v)}) for v in row],
            outcome_space=space,
            reserved_value=0.0,
        )
        for row in problem.values
    ]


def frontier_and_points(problem: Problem) -> np.ndarray:
    """The outcomes, the frontier and three points; returns the frontier's utilities."""
    from negmas.preferences.ops import (
        kalai_points,
        ks_points,
        nash_points,
        pareto_frontier,
    )

    space, given = functions(problem)
    outcomes = list(space.enumerate_or_sample())
    utilities, _ = pareto_frontier(given, outcomes, sort_by_welfare=False)
    ranges = [(0.0, float(np.maximum(row, 0).sum())) for row in problem.values]
    for points in (nash_points, kalai_points, ks_points):
        points(given, utilities, ranges=ranges, outcome_space=space)
    return np.array(utilities)


def statistics(problem: Problem) -> None:
    """Its scenario statistics."""
    from negmas.preferences.ops import calc_scenario_stats

    calc_scenario_stats(functions(problem)[1])
