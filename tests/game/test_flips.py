"""Nearest flips, coalitions and shortest ways, against trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game.graph.coalitions import coalitions_of, improvements_of, reached_by
from summitry.game.graph.flips import Survey, nearest_flip, payoffs_of, survey
from summitry.game.graph.model import graph_model
from summitry.game.graph.moves import nobody
from summitry.game.graph.orders import as_given, ranking_of, swapped
from summitry.game.graph.paths import shortest
from summitry.game.graph.simultaneous import index_of, simultaneous, simultaneous_margin
from summitry.game.graph.stable import (
    LEVELLED,
    any_moves,
    lay_out,
    margins,
    stable_for,
    stable_states,
)
from tests.game.graph_strategies import as_arrays, conflicts
from tests.literal.stability import coalition_stable

UNSEARCHED = Survey(0, False, {})


def judge_of(layout):
    def judge(party, payoffs, rows):
        return {k: x[:, rows] for k, x in stable_for(layout, party, payoffs).items()}

    return judge


def margins_of(layout, orders):
    (payoffs,) = payoffs_of(orders, [tuple(map(as_given, orders))])

    def lacking(party, row):
        return margins(layout, party, payoffs, row)

    return lacking


def everything(orders, judge, row):
    """For each concept the fewest swaps, of all profiles, that turn the label of a state."""
    profiles = list(product(*(permutations(as_given(order)) for order in orders)))
    payoffs = payoffs_of(orders, profiles)
    found = [judge(i, payoffs, [row]) for i in range(len(orders))]
    swaps = [sum(len(swapped(a)) for a in profile) for profile in profiles]
    fewest = {}
    for name in LEVELLED:
        stable = np.logical_and.reduce([f[name][:, 0] for f in found])
        fewest[name] = min(
            (n for n, s in zip(swaps, stable, strict=True) if s != stable[0]), default=None
        )
    return fewest


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_nearest_flip_is_the_nearest_of_all(seed):
    rng = np.random.default_rng(seed)
    states = [0, 1, 2, 3] if rng.random() < 0.7 else [0, 1, 3]
    drops = int(rng.integers(4)) if rng.random() < 0.3 else 3
    model = graph_model(["a", "b"], ["x", "y"], [1, 2], states=states, drops=drops)
    orders = [ranking_of(rng.integers(4, size=len(states)).astype(float)) for _ in range(2)]
    layout, row = lay_out(model), int(rng.integers(len(states)))
    judge, lacking = judge_of(layout), margins_of(layout, orders)
    wanted = everything(orders, judge, row)
    surveyed = survey(orders, judge, [row], len(states))
    assert surveyed.whole
    for name in LEVELLED:
        flip = nearest_flip(orders, judge, lacking, surveyed, name, row)
        assert (flip.swaps, flip.at_least) == (wanted[name], wanted[name])
        bound = nearest_flip(orders, judge, lacking, UNSEARCHED, name, row)
        if name != "seq":
            assert (bound.swaps, bound.at_least) == (wanted[name], wanted[name])
        elif wanted[name] is not None:
            assert bound.at_least <= wanted[name]
            assert bound.swaps is None or bound.swaps >= wanted[name]


@settings(max_examples=150, deadline=None)
@given(conflict=conflicts(views=False))
def test_coalitions_find_what_they_can_reach(conflict):
    model, preferences = as_arrays(conflict)
    layout, rows = lay_out(model), range(len(model.states))
    stable = np.ones(len(rows), bool)
    for members in coalitions_of(layout):
        for row, reached in zip(rows, reached_by(layout, members, rows), strict=True):
            stable[row] &= not improvements_of(reached, preferences.payoffs, members, row).any()
    assert stable.tolist() == [coalition_stable(conflict, s) for s in conflict.states]


def legal_lengths(conflict, start):
    """How many moves it takes at least to every state, nobody moving twice in a row."""
    movers, ring, seen = conflict.movers(conflict.parties), {(start, None)}, {(start, None)}
    lengths, length = {start: 0}, 0
    while ring:
        length += 1
        ring = {
            (y, m) for x, last in ring for m in movers if m != last for y in conflict.moves(m, x)
        }
        ring -= seen
        seen |= ring
        for y, _ in ring:
            lengths.setdefault(y, length)
    return lengths


@settings(max_examples=100, deadline=None)
@given(conflict=conflicts(views=False))
def test_ways_are_legal_and_shortest(conflict):
    model, _ = as_arrays(conflict)
    layout = lay_out(replace(model, today=0))
    states = np.arange(len(model.states))
    gaining = dict.fromkeys(range(len(layout.fibers)), nobody(len(states)))
    lengths = legal_lengths(conflict, conflict.states[0])
    for end in states.tolist():
        way = shortest(layout, any_moves(layout), gaining, 0, states == end)
        wanted = lengths.get(conflict.states[end])
        assert (None if way is None else len(way)) == wanted
        here, last = 0, None
        for move in way or []:
            mover = frozenset(layout.fibers[move.mover].parties.tolist())
            assert move.start == here
            assert move.mover != last
            assert conflict.states[move.end] in conflict.moves(mover, conflict.states[here])
            here, last = move.end, move.mover


def test_too_many_options_are_refused_with_what_would_fit():
    with pytest.raises(ValueError, match=r"25 options make 33,554,432 states; at most 24"):
        graph_model(["a"], [str(k) for k in range(25)], [1] * 25)


@settings(max_examples=150, deadline=None)
@given(conflict=conflicts(views=False))
def test_a_margin_is_nought_or_less_just_where_the_state_is_stable(conflict):
    model, preferences = as_arrays(conflict)
    layout = lay_out(model)
    labels, index = stable_states(layout, preferences), index_of(model.states, len(model.options))
    rows = np.arange(len(model.states), dtype=np.int32)
    for party in range(len(model.parties)):
        payoffs = preferences.as_seen_by(party)
        met = simultaneous(layout, index, party, payoffs, rows)
        for row in rows.tolist():
            lacking = margins(layout, party, payoffs, row)
            lacking["sim"] = simultaneous_margin(layout, index, party, payoffs, row)
            stable = {name: bool(labels[name][party, row]) for name in LEVELLED}
            assert {k: x <= 0 for k, x in lacking.items()} == {**stable, "sim": bool(met[row])}
