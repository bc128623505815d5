"""The frontier found without listing packages, against listing them all."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game import solutions
from summitry.game.large.frontier import TooLarge, frontier_of
from summitry.game.large.problem import Problem
from summitry.game.large.solutions import nash_keys, solve_points
from tests.game.large.problems import problems, random_problem, zone


def free(values, **others):
    """A problem without rules: whatever is not given is nothing."""
    values = np.asarray(values, float)
    parties, size = values.shape
    given = {
        "values": values, "worths": np.zeros((parties, 0)), "reservation": np.zeros(parties),
        "power": np.ones(parties), "principals": tuple(range(parties)), "linkages": (),
        "requires": (0,) * size, "only_with": (0,) * size, "excludes": (0,) * size,
        "asks": (0,) * size, "tier_all": (0,), "tier_any": (0,),
    }  # fmt: skip
    return Problem(**{**given, **others})


@settings(deadline=None, max_examples=150)
@given(st.booleans().flatmap(lambda whole: problems(whole=whole)))
def test_it_is_the_frontier_of_all_packages_with_equals_counted(problem):
    masks, gained = zone(problem)
    found = frontier_of(problem)
    standing = solutions.pareto(gained) if len(masks) else np.zeros(0, bool)
    scale = np.abs(gained).max(initial=1.0)
    groups = {}
    for mask, row in zip(masks[standing].tolist(), gained[standing], strict=True):
        groups.setdefault(tuple(np.round(row / scale, 11)), []).append(mask)
    assert sorted(found.masks) == sorted(min(group) for group in groups.values())
    assert sorted(found.count) == sorted(len(group) for group in groups.values())


@settings(deadline=None, max_examples=60)
@given(problems())
def test_the_solutions_are_those_over_all_packages(problem):
    masks, gained = zone(problem)
    found = frontier_of(problem)
    columns = list(problem.principals)
    solved = solve_points(found.gains[:, columns], found.masks, np.ones(len(columns)))
    if not len(masks):
        assert set(solved.values()) == {None}
        return
    value = {int(mask): row for mask, row in zip(masks, gained, strict=True)}
    one = np.ones(len(columns))
    assert solved["nash"] == solutions.nash(gained, masks, one)
    assert solved["utilitarian"] == solutions.utilitarian(gained, masks)
    # a package off the frontier may tie in its smallest gain: the value is the same
    fair = solutions.egalitarian(gained, masks)
    assert value[solved["egalitarian"]].min() == pytest.approx(value[fair].min(), rel=1e-9)
    ideal = np.maximum(gained.max(axis=0), 1e-12)
    shared = solutions.kalai_smorodinsky(gained, masks)
    least = [(value[mask] / ideal).min() for mask in (solved["kalai-smorodinsky"], shared)]
    assert least[0] == pytest.approx(least[1], rel=1e-9)


def test_a_point_does_not_fall_to_its_own_last_digits():
    """0.1 + 0.2 is not 0.3: in either order of adding it up the package stands."""
    zero_sum = np.array([0.1, 0.2, 0.3, -0.6, 0.7, -0.1])
    for order in (zero_sum, zero_sum[::-1]):
        problem = free(np.array([order, -order]), reservation=np.array([-1.0, -1.0]))
        found = frontier_of(problem)
        masks, gained = zone(problem)
        assert found.count.sum() == solutions.pareto(gained).sum() == len(masks)
        sums = np.unique(np.round(gained[:, 0], 9))
        np.testing.assert_allclose(np.sort(found.gains[:, 0]), sums, atol=1e-12)


def test_what_is_worse_within_the_tolerance_is_kept_and_beyond_it_is_not():
    apart = [[1.0, 1.0, 1.0], [1.0, 1.0 + 0.5e-9, 1.0 - 3e-9]]
    one_of = {"excludes": (0b110, 0b101, 0b011)}
    assert sorted(frontier_of(free(apart, **one_of)).masks) == [0b001, 0b010]


@pytest.mark.parametrize("idle", [1, 10, 70])
def test_duplicates_are_counted_however_many(idle):
    values = np.hstack([[[2.0, -1.0], [-1.0, 2.0]], np.zeros((2, idle))])
    found = frontier_of(free(values))
    assert found.masks == (0b11,)
    assert found.count.tolist() == [2.0**idle]


def test_equals_that_differ_for_a_stakeholder_are_counted():
    values = [[1.0, 0.0, 0.0], [0.0, 3.0, -1.0]]
    found = frontier_of(free(values, principals=(0,), asks=(0b10, 0, 0)))
    assert (found.masks, found.count.tolist()) == ((0b001,), [3.0])


def test_a_product_of_many_gains_stays_in_range():
    for scale in (1e-9, 1.0, 1e9):
        gains = np.full((2, 64), 3.0 * scale)
        gains[1] *= 1 + 1e-6
        wins, logs = nash_keys(gains, np.ones(64))
        assert wins.tolist() == [64, 64] if scale > 1e-9 else True
        assert np.isfinite(logs).all()
        assert logs[1] > logs[0]
    assert math.prod([3e9] * 64) == math.inf


@pytest.mark.parametrize("scales", [(1e-6, 1.0), (1e9, 1e9), (1e-6, 1e9, 1.0)])
def test_points_of_any_size_are_told_apart(scales):
    rng = np.random.default_rng(3)
    plain = random_problem(rng, 9, parties=len(scales))._replace(
        principals=tuple(range(len(scales))), values=rng.normal(0, 5, (len(scales), 9))
    )
    sized = plain._replace(
        values=plain.values * np.array(scales)[:, None],
        worths=plain.worths * np.array(scales)[:, None],
        reservation=plain.reservation * np.array(scales),
    )
    _, gained = zone(sized)
    assert sum(frontier_of(sized).count) == solutions.pareto(gained).sum()


def test_memory_is_refused_before_it_is_taken():
    rng = np.random.default_rng(0)
    with pytest.raises(TooLarge):
        frontier_of(free(rng.normal(size=(8, 60))))


def test_two_hundred_commitments_have_masks_beyond_a_word():
    rng = np.random.default_rng(0)
    found = frontier_of(free(rng.normal(size=(2, 200))))
    assert max(found.masks).bit_length() > 128
    assert solutions.pareto(found.gains).all()
