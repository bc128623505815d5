"""Orders of moves by bounded search, against all subsets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game.large.package import lattice_of_package, package_on
from summitry.game.large.roadmap import (
    Package,
    demand_of,
    opening_of,
    search_least,
    search_signed,
    suspects_in,
    tempts_nobody,
    walk,
)
from tests.game.lattices import Case, cases

ALL_AT_ONCE = 5_000


def package_of(case: Case) -> Package:
    mask = sum(1 << c for c in case.package)
    return package_on(case.board, mask, case.gains, case.stops, case.lattice().ranks)


@settings(deadline=None, max_examples=150)
@given(cases())
def test_it_finds_the_least_trust_that_all_subsets_give(case):
    lattice, package = case.lattice(), package_of(case)
    assert (lattice_of_package(package).held == lattice.held).all()
    assert set(lattice.suspects) <= set(suspects_in(package))
    found, least = search_least(package, ALL_AT_ONCE), lattice.least()
    assert tempts_nobody(package) == lattice.is_self_enforcing
    assert found.exact
    if not np.isfinite(least):
        assert (found.order, found.lower) == ([], np.inf)
        return
    assert found.lower == pytest.approx(least, abs=1e-9)
    assert demand_of(package, found.order) == pytest.approx(least, abs=1e-9)
    assert sorted(x for step in found.order for x in step) == list(range(len(package.elements)))
    bounded = search_least(package, 3)
    assert bounded.lower <= least + 1e-9
    assert not bounded.order or demand_of(package, bounded.order) >= least - 1e-9


@settings(deadline=None, max_examples=150)
@given(cases(), st.sampled_from([ALL_AT_ONCE, 3]))
def test_within_the_trust_it_finds_the_fewest_tempted_and_then_the_least_demand(case, states):
    lattice, package, trust = case.lattice(), package_of(case), case.stops.trust
    found, best = search_signed(package, trust, states), lattice.order(trust)
    if not best or not found.order:
        assert bool(best) == bool(found.order) or not found.exact
        return

    def measures(order):
        steps = walk(package, order)
        tempted = {i for step in steps for i in step.tempted}
        return len(tempted), max(step.demand for step in steps)

    ours, theirs = measures(found.order), measures(best)
    assert all(v <= trust[i] + 1e-9 for s in walk(package, found.order) for i, v in s.asked.items())
    if found.exact:
        assert ours == (theirs[0], pytest.approx(theirs[1], abs=1e-9))
    else:
        assert ours[0] >= theirs[0]


def many(number, rng):
    """Three parties that pay the others in turn, for good: who moves last is tempted before."""
    movers = np.arange(number) % 3
    kept = np.where(np.arange(3)[:, None] == movers, -5.0, 3.0) * rng.uniform(0.5, 1.5, number)
    return Package(
        elements=tuple(range(number)),
        requires=tuple(1 << x - 2 if x >= 6 and x % 5 == 0 else 0 for x in range(number)),
        movers=tuple(int(1 << i) for i in movers),
        instant=np.arange(number) % 3 == 0,
        kept=kept,
        links=(0b11,),
        linked=np.full((3, 1), 0.5),
        gains=kept.sum(axis=1) + 0.5,
        breach=np.full(3, 0.3),
        ranks=np.arange(3),
    )


@pytest.mark.parametrize("number", [24, 65, 130])
def test_a_large_package_gets_an_order_and_a_bound(number):
    package = many(number, np.random.default_rng(number))
    found = search_least(package, 20_000, 50)
    assert sorted(x for step in found.order for x in step) == list(range(number))
    asked = demand_of(package, found.order)
    assert found.lower <= asked + 1e-9
    done = 0
    for step in found.order:
        assert all(package.requires[x] & ~done == 0 for x in step)
        done |= sum(1 << x for x in step)
    assert walk(package, found.order)[-1].held == pytest.approx(package.gains)
    assert (opening_of(package) <= 1).all() or (package.gains < 0).any()
    trusting = search_signed(package, np.full(3, asked + 0.01), 20_000, 50)
    assert trusting.order and demand_of(package, trusting.order) <= asked + 0.01 + 1e-9
