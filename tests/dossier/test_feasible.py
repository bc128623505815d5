"""Possible packages against a literal reading of the rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.dossier.feasible import TooMany, feasible_masks
from summitry.dossier.library import bundled_names
from summitry.dossier.reach import mask_of, smallest_packages
from summitry.dossier.reader import load


@st.composite
def rules(draw):
    number = draw(st.integers(0, 7))
    sparse = st.lists(st.integers(0, max(0, number - 1)), max_size=2)
    return [[sum({1 << k for k in draw(sparse)}) for _ in range(number)] for _ in range(3)]


@settings(deadline=None)
@given(rules())
def test_masks_are_those_that_break_no_rule(three):
    requires, only_with, excludes = three
    number = len(requires)
    placed = 0
    for _ in range(number):  # what runs in a circle can never be done
        placed |= sum(1 << k for k in range(number) if requires[k] & ~placed == 0)
    expected = [
        mask
        for mask in range(1 << number)
        if mask & ~placed == 0
        and all(
            (requires[k] | only_with[k]) & ~mask == 0 and excludes[k] & mask == 0
            for k in range(number)
            if mask >> k & 1
        )
    ]
    assert feasible_masks(requires, only_with, excludes).tolist() == expected


def test_chains_are_grown_not_filtered():
    chain = [0] + [1 << k for k in range(19)]
    masks = feasible_masks(chain, [0] * 20, [0] * 20)
    np.testing.assert_array_equal(masks, [(1 << k) - 1 for k in range(21)])


def test_what_does_not_fit_is_refused():
    with pytest.raises(TooMany, match="33 commitments"):
        feasible_masks([0] * 33, [0] * 33, [0] * 33)
    with pytest.raises(TooMany, match="more than 1,000 sets of 32 commitments"):
        feasible_masks([0] * 32, [0] * 32, [0] * 32, 1_000)


@pytest.mark.parametrize("name", bundled_names())
def test_a_smallest_package_reaches_its_tier(name):
    dossier = load(name).dossier
    for tier, package in zip(dossier.tiers, smallest_packages(dossier), strict=True):
        assert set(tier.all) <= set(package)
        assert not tier.any or set(tier.any) & set(package)
        for member in package:
            commitment = dossier.commitments[member]
            assert {*commitment.requires, *commitment.only_with} <= set(package)
            assert not mask_of(commitment.excludes, dossier) & mask_of(package, dossier)
