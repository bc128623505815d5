"""Orders of moves by bounded search, against all subsets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from summitry.game.lattice import lattice_of

from summitry.game.board import build_board
from summitry.game.large.roadmap import Package, demand_of, least_asked, search_roadmap, walk
from summitry.game.roadmap import stops_of
from summitry.game.solutions import gains
from tests.strategies import games


def package_of(board, mask, gained, stops):
    lattice = lattice_of(board, mask, gained, stops)
    inside = [k for k, needed in enumerate(board.linkages) if int(needed) & ~mask == 0]
    places = {c: x for x, c in enumerate(lattice.elements)}
    return lattice, Package(
        elements=lattice.elements,
        requires=tuple(int(x) for x in lattice.requires),
        movers=tuple(int(x) for x in lattice.movers),
        instant=lattice.instant,
        kept=stops.kept[:, lattice.elements],
        links=tuple(
            sum(1 << places[c] for c in places if int(board.linkages[k]) >> c & 1) for k in inside
        ),
        linked=stops.linked[:, inside],
        gains=gained,
        breach=stops.breach,
    )


@settings(deadline=None, max_examples=60)
@given(games())
def test_it_finds_the_least_trust_that_all_subsets_give(game):
    rules, stakes, setting = game
    board = build_board(rules)
    gained = gains(board, stakes, 0)
    stops = stops_of(board, stakes, setting.reversible[0], 0)
    for p in range(min(6, len(board.masks))):
        lattice, package = package_of(board, int(board.masks[-1 - p]), gained[-1 - p], stops)
        found, least = search_roadmap(package, 5_000), lattice.least()
        assert found.exact
        if not np.isfinite(least):
            assert (found.order, found.lower) == ([], np.inf)
            continue
        assert found.lower == pytest.approx(least, abs=1e-9)
        assert demand_of(package, found.order) == pytest.approx(least, abs=1e-9)
        assert sorted(x for step in found.order for x in step) == list(range(len(package.elements)))
        bounded = search_roadmap(package, 4)
        assert bounded.lower <= least + 1e-9
        assert not bounded.order or demand_of(package, bounded.order) >= least - 1e-9


def many(number, rng):
    """A package of two parties that pay each other in turn, and gain by the whole."""
    movers = np.arange(number) % 2
    kept = np.where(np.arange(2)[:, None] == movers, -1.0, 2.0) * rng.uniform(0.5, 1.5, number)
    return Package(
        elements=tuple(range(number)),
        requires=tuple(1 << x - 2 if x >= 6 and x % 5 == 0 else 0 for x in range(number)),
        movers=tuple(int(1 << i) for i in movers),
        instant=np.arange(number) % 3 == 0,
        kept=kept,
        links=(0b11,),
        linked=np.array([[0.5], [0.5]]),
        gains=kept.sum(axis=1) + 0.5,
        breach=np.array([0.3, 0.3]),
    )


@pytest.mark.parametrize("number", [30, 65, 200])
def test_a_large_package_gets_an_order_and_a_bound(number):
    package = many(number, np.random.default_rng(number))
    found = search_roadmap(package, 20_000)
    assert sorted(x for step in found.order for x in step) == list(range(number))
    assert found.lower <= demand_of(package, found.order) + 1e-9
    done = 0
    for step in found.order:
        assert all(package.requires[x] & ~done == 0 for x in step)
        done |= sum(1 << x for x in step)
    assert walk(package, found.order)[-1].held == pytest.approx(package.gains)
    assert (least_asked(package) <= 1).all()
