"""What is certain is believed to be certain, whatever is rounded on the way."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game.beliefs import Population, beliefs
from summitry.game.board import Rules, build_board
from summitry.game.numbers import Stakes

NONE = np.zeros(0, np.uint32)


@settings(max_examples=40, deadline=None)
@given(st.floats(1e-3, 1e3), st.floats(0.05, 0.95), st.integers(0, 2**32 - 1))
def test_a_gain_made_of_numbers_that_vary_together_has_no_deviation(scale, part, seed):
    """Two commitments that are worth, together, exactly what no agreement is worth."""
    rules = Rules(
        1, 1, np.array([1, 1], np.uint32), *(np.zeros(2, np.uint32) for _ in range(4)),
        np.ones(2, bool), NONE, (), np.array([3], np.uint32), np.array([0], np.uint32),
    )  # fmt: skip
    board = build_board(rules)
    worth = scale * (5 + np.random.default_rng(seed).standard_normal(500))
    values = np.column_stack([part * worth, worth - part * worth])
    nothing = np.zeros(500)
    stakes = Stakes(values, np.zeros((500, 0)), worth, nothing, nothing, nothing)
    found = beliefs(board, [Population(np.ones(1), [stakes])], rounds=1)
    assert found.deviation[0, 0].tolist() == [0.0]
