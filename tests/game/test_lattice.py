"""Packages in parts, and what would bind the parties: against the literal version."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game.board import Board, build_board
from summitry.game.guarantees import least_breach_cost
from summitry.game.kernels.stops import Stops
from summitry.game.lattice import lattice_of, walk
from summitry.game.roadmap import stops_of
from summitry.game.solutions import gains
from tests.literal.roadmaps import describe, minimum_trust
from tests.strategies import games


def members(mask: int, number: int) -> frozenset[int]:
    return frozenset(k for k in range(number) if int(mask) >> k & 1)


def split(board: Board, stops: Stops, parts: dict[int, int]):
    """The same order of moves with each part a commitment of its own, chained by `requires`."""
    number = len(board.movers)
    ids = [(c, k) for c in range(number) for k in range(parts.get(c, 1))]
    at = {one: n for n, one in enumerate(ids)}
    last = {c: at[c, parts.get(c, 1) - 1] for c in range(number)}
    linkages = [members(mask, number) for mask in board.linkages]
    return at, {
        "requires": [
            frozenset(last[x] for x in members(board.requires[c], number))
            | ({at[c, k - 1]} if k else set())
            for c, k in ids
        ],
        "movers": [members(board.movers[c], board.parties) for c, _ in ids],
        "instant": [bool(board.instant[c]) for c, _ in ids],
        "linkages": [
            frozenset(at[c, k] for c in one for k in range(parts.get(c, 1))) for one in linkages
        ],
        "kept": np.array([[row[c] / parts.get(c, 1) for c, _ in ids] for row in stops.kept]),
        "linked": stops.linked,
        "breach": stops.breach.tolist(),
    }


def chosen(game, data):
    """One package of a game in its first draw: board, stops, all gains, its row."""
    rules, stakes, setting = game
    board = build_board(rules)
    stops, gained = stops_of(board, stakes, setting.reversible[0], 0), gains(board, stakes, 0)
    return board, stops, gained, data.draw(st.integers(0, len(board.masks) - 1))


@settings(max_examples=60, deadline=None)
@given(games(draws=2), st.data())
def test_a_package_in_parts_asks_what_its_parts_ask(game, data):
    board, stops, gained, row = chosen(game, data)
    inside = members(board.masks[row], len(board.movers))
    parts = {c: data.draw(st.integers(1, 2 if k else 3)) for k, c in enumerate(sorted(inside)[:2])}
    lattice = lattice_of(board, int(board.masks[row]), gained[row], stops, parts)
    at, order = split(board, stops, parts)
    package = frozenset(at[c, k] for c in inside for k in range(parts.get(c, 1)))
    assert lattice.least() == pytest.approx(minimum_trust(package, gained[row], order), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(games(draws=2), st.data())
def test_a_walk_risks_what_the_definition_says_and_ends_with_the_gains(game, data):
    board, stops, gained, row = chosen(game, data)
    lattice = lattice_of(board, int(board.masks[row]), gained[row], stops)
    steps = walk(lattice, lattice.order())
    if not steps:
        return
    _, order = split(board, stops, {})
    package = members(board.masks[row], len(board.movers))
    told = describe(tuple(step.commitments for step in steps), package, gained[row], order)
    assert np.max([step.exposure for step in steps], axis=0) == pytest.approx(
        told.exposure, abs=1e-9
    )
    assert steps[-1].held == pytest.approx(gained[row], abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(games(draws=2), st.data())
def test_the_least_breach_cost_is_enough_and_less_is_not(game, data):
    board, stops, gained, row = chosen(game, data)
    mask, who = int(board.masks[row]), (0, 1)
    rise = least_breach_cost(lattice_of(board, mask, gained[row], stops), stops.trust, who, 1e3)

    def excess(more: float) -> float:
        breach = stops.breach.copy()
        breach[list(who)] += more
        bound = lattice_of(board, mask, gained[row], stops._replace(breach=breach))
        return bound.least(stops.trust)

    if rise is None:
        assert excess(1e3) > 1e-9
    else:
        assert excess(rise + 1e-6) <= 1e-6
        assert rise == 0 or math.isinf(excess(rise - 1e-3)) or excess(rise - 1e-3) > 0
