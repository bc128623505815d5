"""Rounding, ties, products and tolerances: three methods against exact rational arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game import solutions
from summitry.game.large.frontier import frontier_of
from summitry.game.large.solutions import nash_keys, solve_points
from tests.game.large.exact import TOLERANCE, by_listing, exact_frontier, exact_zone
from tests.game.large.problems import problems
from tests.game.large.test_frontier import free

# just off a power of ten: no difference of small whole numbers is the tolerance itself
TINY, HUGE = 1.37e-9, 1e9
# the solver is asked for a relative 1e-6
CLOSE = {"listing": 1e-9, "pareto-lists": 1e-9, "highs": 4e-6}


@st.composite
def sized(draw):
    """A problem in which each party counts in points of its own size."""
    problem = draw(problems(most=8, whole=draw(st.booleans())))
    parties = len(problem.reservation)
    sizes = draw(st.lists(st.sampled_from([TINY, 1.0, HUGE]), min_size=parties, max_size=parties))
    size = np.array(sizes)
    return problem._replace(
        values=problem.values * size[:, None],
        worths=problem.worths * size[:, None],
        reservation=problem.reservation * size,
        power=np.array([1.0, 2.0, 0.5, 1.0, 3.0])[:parties],
    )


def solved_by(method, problem):
    power = problem.power[list(problem.principals)]
    if method == "listing":
        masks, gained = by_listing(problem)
        return {
            "nash": solutions.nash(gained, masks, power),
            "kalai-smorodinsky": solutions.kalai_smorodinsky(gained, masks),
            "egalitarian": solutions.egalitarian(gained, masks),
            "utilitarian": solutions.utilitarian(gained, masks),
        }
    if method == "pareto-lists":
        found = frontier_of(problem)
        return solve_points(found.gains[:, list(problem.principals)], found.masks, power)
    from summitry.game.large.highs import solve_by_program

    return {name: one.mask for name, one in solve_by_program(problem)[1].items()}


def nash_of(gained, power):
    wins = [(float(gain), weight) for gain, weight in zip(gained, power, strict=True)]
    wins = [(gain, weight) for gain, weight in wins if gain > 1e-9]
    return len(wins), sum(weight * math.log(gain) for gain, weight in wins)


@settings(deadline=None, max_examples=100)
@given(sized())
def test_listing_and_lists_give_the_exact_frontier(problem):
    zone = exact_zone(problem)
    frontier = exact_frontier(zone)
    masks, gained = by_listing(problem)
    assert set(masks.tolist()) == set(zone)
    assert set(masks[solutions.pareto(gained)].tolist()) == frontier
    found = frontier_of(problem)
    assert set(found.masks) <= frontier
    assert found.count.sum() == len(frontier)


@pytest.mark.parametrize("method", ["listing", "pareto-lists", "highs"])
@settings(deadline=None, max_examples=40)
@given(problem=sized())
def test_the_four_solutions_are_as_good_as_any_package(method, problem):
    if method == "highs":
        pytest.importorskip("highspy", reason="the extra `highs` is not installed")
    zone, found = exact_zone(problem), solved_by(method, problem)
    if not zone:
        assert set(found.values()) == {None}
        return
    power = problem.power[list(problem.principals)]
    ideal = [max(gains) for gains in zip(*zone.values(), strict=True)]
    close, some = CLOSE[method], [best for best in ideal if best > TOLERANCE]
    best_nash = max(nash_of(gained, power) for gained in zone.values())
    reached = nash_of(zone[found["nash"]], power)
    assert reached[0] == best_nash[0]
    # what differs by less than the tolerance may be taken for equal, which shows in small gains
    assert reached[1] >= best_nash[1] - 5 * close - sum(1e-9 / float(x) for x in some)
    shares = {
        mask: min(
            [1, *(g / best for g, best in zip(gained, ideal, strict=True) if best > TOLERANCE)]
        )
        for mask, gained in zone.items()
    }
    smallest = {mask: min(gained) for mask, gained in zone.items()}
    total = {mask: sum(gained) for mask, gained in zone.items()}
    slack = {
        "kalai-smorodinsky": (shares, close + 1e-9 / float(min(some, default=1))),
        "egalitarian": (smallest, close * float(max(min(ideal), 0)) + 1e-9),
        "utilitarian": (total, close * float(max(map(abs, ideal))) + 1e-9),
    }
    for name, (measure, less) in slack.items():
        assert measure[found[name]] >= max(measure.values()) - less, name


def test_a_duplicate_is_kept_by_every_method():
    """0.1 + 0.2 against 0.3 alone: one vector of gains, two packages."""
    problem = free([[0.1, 0.2, 0.3], [0.3, 0.6, 0.9]], excludes=(0b100, 0b100, 0b011))._replace(
        only_with=(0b10, 0b01, 0)
    )
    assert problem.values[0, :2].sum() != problem.values[0, 2]
    masks, gained = by_listing(problem)
    assert masks[solutions.pareto(gained)].tolist() == [0b011, 0b100]
    found = frontier_of(problem)
    assert (found.masks, found.count.tolist()) == ((0b011,), [2.0])


def test_the_product_of_twelve_gains_of_any_size_keeps_its_order():
    sizes = np.logspace(-8, 30, 12)
    values = sizes[:, None] * np.random.default_rng(0).uniform(1, 2, (12, 200))
    found = frontier_of(free(values))
    assert found.masks == ((1 << 200) - 1,)
    assert found.gains[0] == pytest.approx(values.sum(axis=1))
    for size in (1e-30, 1e30):
        gains = np.full((2, 12), size)
        gains[1, 0] *= 2
        wins, logs = nash_keys(gains, np.full(12, 3.0))
        assert math.prod([size] * 12) in (0.0, math.inf)
        assert np.isfinite(logs).all()
        # a gain below the tolerance is none
        assert (logs[1] > logs[0], wins[0]) == ((True, 12) if size > 1 else (False, 0))
