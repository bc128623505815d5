"""Votes on a scale: the win-set and pivots against counting by hand, the indices against the print."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.analysis.positions.arrays import central_arrays
from summitry.analysis.positions.swings import power_indices
from summitry.analysis.positions.voting import pivots, voting_of, win_set
from summitry.dossier.ballot import ballot_of
from summitry.dossier.reader import load

PRINTED = {
    # Banzhaf 5/21, 3/21, 0: the Council of the Six, 1958 to 1972 (Brams and Affuso 1976)
    "the Six": ([4, 4, 4, 2, 2, 1], 12, [14, 14, 14, 9, 9, 0], [5, 5, 5, 3, 3, 0]),
    # five vetoes and ten votes: 0.1963 and 0.0019 (Shapley and Shubik 1954, after 1965)
    "Security Council": ([7] * 5 + [1] * 10, 39, [421] * 5 + [4] * 10, [848] * 5 + [84] * 10),
    "unanimity": ([1] * 7, 7, [1] * 7, [1] * 7),
    "a dictator": ([3, 1, 1], 3, [1, 0, 0], [1, 0, 0]),
    "out of reach": ([1, 1], 3, [0, 0], [0, 0]),
}  # fmt: skip


@pytest.mark.parametrize("votes, quota, shapley, banzhaf", PRINTED.values(), ids=PRINTED)
def test_indices_are_those_in_print(votes, quota, shapley, banzhaf):
    found = power_indices(votes, quota)
    for index, shares in zip(found, (shapley, banzhaf), strict=True):
        expected = np.array(shares) / max(sum(shares), 1)
        np.testing.assert_allclose(index, expected, atol=2e-15)


def test_indices_of_the_fifteen_are_those_in_print():
    # Felsenthal and Machover 1998, to the four places printed there; quota 62 of 87
    votes = [10] * 4 + [8] + [5] * 4 + [4] * 2 + [3] * 3 + [2]
    shapley, banzhaf = power_indices(votes, 62)
    of_each = [0, 4, 5, 9, 11, 14]
    np.testing.assert_array_equal(
        np.round(shapley[of_each], 4), [0.1167, 0.0955, 0.0552, 0.0454, 0.0353, 0.0207]
    )
    np.testing.assert_array_equal(
        np.round(banzhaf[of_each], 4), [0.1116, 0.0924, 0.0587, 0.0479, 0.0359, 0.0226]
    )


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(1, 30))
def test_indices_are_the_counted_swings(votes, quota):
    n, swings, turns = len(votes), np.zeros(len(votes)), np.zeros(len(votes))
    for i in range(n):
        rest = [v for k, v in enumerate(votes) if k != i]
        sums = [sum(c) for size in range(n) for c in combinations(rest, size)]
        swings[i] = sum(total < quota <= total + votes[i] for total in sums)
    for order in permutations(range(n)):
        passed = np.cumsum([votes[k] for k in order]) >= quota
        if passed.any():
            turns[order[int(passed.argmax())]] += 1
    shapley, banzhaf = power_indices(votes, quota)
    np.testing.assert_allclose(banzhaf * swings.sum(), swings, atol=1e-12)
    np.testing.assert_allclose(shapley * turns.sum(), turns, atol=1e-9)


def test_populations_are_counted_in_coarser_units():
    people = [82_500_000, 60_400_000, 58_000_000, 43_000_000, 460_000]
    small = [825.0, 604.0, 580.0, 430.0, 4.6]
    for fine, coarse in zip(
        power_indices(people, 130_000_000), power_indices(small, 1300), strict=True
    ):
        np.testing.assert_allclose(fine, coarse)


PLACES = st.integers(0, 20).map(float)


@given(st.data(), st.integers(1, 7))
def test_a_proposal_passes_exactly_inside_the_win_set(data, n):
    positions = np.array(data.draw(st.lists(PLACES, min_size=n, max_size=n)))
    votes = np.array(data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), dtype=float)
    quota, standing = data.draw(st.integers(1, 12)), data.draw(PLACES)
    down, up = pivots(positions[None], votes, quota)
    low, high = win_set(np.array([standing]), down, up, (0.0, 20.0))
    for place in np.arange(0.0, 20.5, 0.5):
        for_it = votes[np.abs(positions - place) <= np.abs(positions - standing)].sum()
        passes = for_it >= quota
        if place != standing:
            assert passes == (low[0] <= place <= high[0]), (place, low, high)


VOTED = """\
title: T
parties: {a: {}, b: {}, c: {}, d: {role: stakeholder}}
issues:
  tax:
    scale: {0: none, 10: much}
    no_agreement: 1
    rule: RULE
    agenda_setter: c
    positions:
      a: {position: 2, salience: 1}
      b: {position: 3 to 5, salience: 1}
      c: {position: 9, salience: 1}
      d: {position: 0, salience: 1}
"""
RULES = {
    # b accepts up to 7, the mirror image of 1; the setter wants 9
    "simple": (7.0, 7.0, {"b"}, 1 / 3),
    # a accepts up to 3
    "unanimity": (3.0, 3.0, {"a"}, 1 / 3),
    # with these votes c needs nobody
    "{qualified: {quota: 5, weights: {a: 2, b: 2, c: 5}}}": (10.0, 9.0, {"c"}, 1.0),
}


@pytest.mark.parametrize("rule, expected", RULES.items(), ids=["simple", "unanimity", "qualified"])
def test_the_setter_gets_the_best_that_passes(tmp_path, rule, expected):
    path = tmp_path / "d.yaml"
    path.write_text(VOTED.replace("RULE", rule))
    dossier = load(path).dossier
    issue = central_arrays(dossier).issues[0]
    ballot = ballot_of(dossier, issue.told)
    assert ballot is not None and set(ballot.votes) == {"a", "b", "c"}
    voting = voting_of(issue, ballot, np.array([6.0]))
    most, proposal, pivotal, power = expected
    assert (voting.win_set[0].middle, voting.win_set[1].middle) == (1.0, pytest.approx(most))
    assert voting.proposal is not None and voting.proposal.middle == pytest.approx(proposal)
    assert {name for name, voter in voting.voters.items() if voter.upward} == pivotal
    assert voting.voters["c"].shapley_shubik == pytest.approx(power)
    assert voting.passes == float(most >= 6.0)


def test_against_the_forecast_nothing_passes_inside_the_core(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(VOTED.replace("RULE", "unanimity").replace("    no_agreement: 1\n", ""))
    dossier = load(path).dossier
    issue = central_arrays(dossier).issues[0]
    voting = voting_of(issue, ballot_of(dossier, issue.told), np.array([6.0]))
    assert (voting.against, voting.passes, voting.gridlock) == ("forecast", None, 1.0)
    assert voting.core is not None
    assert (voting.core[0].middle, voting.core[1].middle) == (2.0, 9.0)
