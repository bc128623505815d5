"""The solutions by HiGHS, against those over all packages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from summitry.game.large.frontier import frontier_of
from summitry.game.large.solutions import nash_keys, smallest_share, solve_points
from tests.game.large.problems import problems, random_problem, zone

pytest.importorskip("highspy", reason="the extra `highs` is not installed")

from summitry.game.large.highs import solve_by_program


def same_as_listing(problem):
    masks, gained = zone(problem)
    solved = {name: one.mask for name, one in solve_by_program(problem)[1].items()}
    if not len(masks):
        assert set(solved.values()) == {None}
        return
    power, ideal = np.ones(gained.shape[1]), gained.max(axis=0)
    at = {name: int(np.flatnonzero(masks == mask)[0]) for name, mask in solved.items()}
    wins, logs = nash_keys(gained, power)
    best = np.lexsort((logs, wins))[-1]
    assert wins[at["nash"]] == wins[best]
    assert logs[at["nash"]] == pytest.approx(logs[best], abs=1e-5)
    for name, measure in {
        "kalai-smorodinsky": smallest_share(gained, ideal),
        "egalitarian": gained.min(axis=1),
        "utilitarian": gained.sum(axis=1),
    }.items():
        size = max(abs(measure.max()), ideal.max() if name == "utilitarian" else 0)
        assert measure[at[name]] == pytest.approx(measure.max(), abs=4e-6 * size)


@settings(deadline=None, max_examples=25)
@given(problems(most=8))
def test_each_solution_is_as_good_as_any_package(problem):
    same_as_listing(problem)


@pytest.mark.parametrize("scales", [(1e-6, 1.0), (1e9, 1e9), (1e-6, 1e9, 1.0)])
def test_the_solver_tolerance_does_not_show_in_points_of_any_size(scales):
    size = np.array(scales)
    plain = random_problem(np.random.default_rng(3), 9, parties=len(scales))._replace(
        principals=tuple(range(len(scales)))
    )
    same_as_listing(
        plain._replace(
            values=plain.values * size[:, None],
            worths=plain.worths * size[:, None],
            reservation=plain.reservation * size,
        )
    )


def test_it_agrees_with_the_lists_beyond_listing():
    problem = random_problem(np.random.default_rng(8), 40, parties=3)._replace(
        principals=(0, 1, 2), reservation=np.zeros(3)
    )
    found = frontier_of(problem)
    lists = solve_points(found.gains[:, :3], found.masks, np.ones(3))
    _, solved = solve_by_program(problem)
    assert {name: one.gap for name, one in solved.items()} == dict.fromkeys(solved, 0.0)
    assert {name: one.mask for name, one in solved.items()} == lists
