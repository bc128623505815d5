"""Stability by sweeps against its definitions, state by state; and the laws between concepts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from summitry.game.graph.simultaneous import index_of, simultaneous
from summitry.game.graph.stable import lay_out, stable_states
from tests.game.graph_strategies import as_arrays, conflicts
from tests.literal.stability import CONCEPTS

IMPLIED = [
    ("nash", "smr"), ("smr", "gmr"), ("nash", "seq"), ("seq", "gmr"), ("nash", "sim"),
]  # fmt: skip


def labels(conflict, sanctions="closure"):
    model, preferences = as_arrays(conflict)
    layout = lay_out(model, sanctions)
    found = stable_states(layout, preferences)
    index, rows = index_of(model.states, len(model.options)), np.arange(len(model.states))
    found["sim"] = np.stack(
        [
            simultaneous(layout, index, i, preferences.as_seen_by(i), rows.astype(np.int32))
            for i in conflict.parties
        ]
    )
    return found


@pytest.mark.parametrize("sanctions", ["closure", "once", "single"])
@settings(max_examples=120, deadline=None)
@given(conflict=conflicts())
def test_the_sweeps_follow_the_definitions(sanctions, conflict):
    found = labels(conflict, sanctions)
    for name, stable in CONCEPTS.items():
        for i in conflict.parties:
            literal = [stable(conflict, i, s, sanctions) for s in conflict.states]
            assert found[name][i].tolist() == literal, name


@settings(max_examples=200, deadline=None)
@given(conflict=conflicts(most_options=6))
def test_what_is_stable_in_a_strict_sense_is_so_in_a_weaker_one(conflict):
    found = labels(conflict)
    for strict, weak in IMPLIED:
        assert (found[strict] <= found[weak]).all(), (strict, weak)
