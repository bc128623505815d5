"""Counts of past cases and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.evidence.counting import Outcomes, Tally, jeffreys, wider
from summitry.evidence.filters import parse_filter


@pytest.mark.parametrize(
    "k, n, mean, low, high",
    [
        (5, 7, 0.6875, 0.4071, 0.9119),
        (21, 125, 0.1706, 0.1188, 0.2284),
        (0, 72, 0.0068, 0.0, 0.0262),
    ],
)
def test_jeffreys_intervals(k, n, mean, low, high):
    share = jeffreys(k, n)
    assert (share.mean, share.low, share.high) == pytest.approx((mean, low, high), abs=1e-4)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_mirrors(case):
    k, n = case
    share, other = jeffreys(k, n), jeffreys(n - k, n)
    assert 0 <= share.low <= share.rate <= share.high <= 1
    assert (share.low, share.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)


def tallied(rows, where=None, **bins):
    outcomes = Outcomes({name: parse_filter(text) for name, text in bins.items()}, "out")
    tally = Tally(parse_filter(where) if where else None, outcomes)
    for row in rows:
        tally.add(tally.read(row))
    return tally


ROWS = [{"out": out, "kind": kind} for out, kind in ["1a", "2a", "2b", "9a", " b"]]


def test_cases_are_counted_and_what_has_no_outcome_is_told():
    tally = tallied(ROWS, deal="out = 1", none="out = 2", never="out = 7")
    assert tally.counts == {"deal": 1, "none": 2, "never": 0}
    assert tally.left_out == {"out = 9": 1, "out is missing": 1}
    assert tallied(ROWS, "kind = a").counts == {"1": 1, "2": 1, "9": 1}
    assert tally.share(["deal", "never"])[:2] == (1, 3)


def test_two_outcomes_of_one_case_are_an_error():
    with pytest.raises(ValueError, match="both true"):
        tallied(ROWS, low="out < 5", two="out = 2")


def test_wider_classes_leave_one_condition_out():
    assert wider(parse_filter("a = 1 and b = 2")) == ["b = 2", "a = 1"]
    assert wider(parse_filter("a = 1")) == []
