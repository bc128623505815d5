"""Conditions as patterns: any of them matches just where the condition holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.dossier.conditions import holds, parse_condition
from summitry.formats.gmcr_patterns import cells, patterns_of

OPTIONS = ["a", "b", "c", "d"]
STATES = np.arange(16, dtype=np.uint32)
WORDS = st.recursive(
    st.sampled_from(OPTIONS),
    lambda inner: st.one_of(
        inner.map(lambda x: f"not ({x})"),
        st.tuples(inner, st.sampled_from(["and", "or", "if", "iff"]), inner).map(
            lambda told: "({}) {} ({})".format(*told)
        ),
    ),
    max_leaves=6,
)


@given(WORDS)
def test_a_condition_and_its_patterns_hold_in_the_same_states(text):
    condition = parse_condition(text, OPTIONS)
    matched = np.zeros(16, bool)
    for yes, no in patterns_of(condition):
        matched |= holds(("pattern", yes, no), STATES)
    assert (matched == holds(condition, STATES)).all()


def test_cells_name_the_options_by_number():
    (pattern,) = patterns_of(parse_condition("Y - N -", OPTIONS))
    assert cells(pattern) == [[0, "Y"], [2, "N"]]


def test_a_condition_of_too_many_patterns_is_refused():
    options = [f"o{k}" for k in range(20)]
    pairs = " and ".join(f"(o{k} or o{k + 1})" for k in range(0, 20, 2))
    with pytest.raises(ValueError, match="more than 256 patterns"):
        patterns_of(parse_condition(pairs, options))
