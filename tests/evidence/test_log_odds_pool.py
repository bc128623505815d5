"""Every pooled number lies between its parts, and keeps the order of tiers and rounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from summitry.evidence.log_odds_pool import (
    at_least,
    draw_factors,
    exactly,
    pool,
    pooled_apart,
)

TINY = 1e-12
FEW = settings(max_examples=200, deadline=None)


@st.composite
def forecasts(draw):
    """Counts of a model that only ever rises, some tiers never seen, and classes' forecasts."""
    rounds, tiers = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    draws = draw(st.sampled_from([2, 50, 2048]))
    paths = st.lists(st.integers(0, tiers - 1), min_size=rounds, max_size=rounds)
    some = draw(st.lists(paths, min_size=1, max_size=6))
    tier = np.maximum.accumulate(np.array(some), axis=1)
    shares = np.array(draw(st.lists(st.integers(1, 99), min_size=len(some), max_size=len(some))))
    hits = (tier[:, :, None] == np.arange(tiers)) * (shares / shares.sum())[:, None, None]
    count = st.lists(st.floats(0.5, 40), min_size=tiers, max_size=tiers)
    covered = draw(st.sets(st.sampled_from([0, rounds - 1])))
    classes = {t: np.array(draw(count)) for t in covered}
    classes = {t: counts / counts.sum() for t, counts in classes.items()}
    seen = hits.sum(axis=(0, 1)) > 0
    gone = draw(st.lists(st.booleans(), min_size=tiers, max_size=tiers))
    reachable = seen | ~np.array(gone)
    reachable[0] = True
    return hits.sum(axis=0), classes, draws, reachable


weights = st.floats(0, 1)


@FEW
@given(forecasts(), weights)
def test_tiers_and_rounds_keep_their_order_and_sum_to_one(told, weight):
    model, classes, draws, reachable = told
    found = pool(model, classes, weight, draws, reachable)
    assert (found >= 0).all()
    assert np.allclose(found.sum(axis=1), 1.0, atol=TINY)
    assert (found[:, ~reachable] == 0).all()
    assert (np.diff(at_least(found), axis=0) >= -TINY).all()


@FEW
@given(forecasts(), weights)
def test_what_classes_cover_lies_between_the_model_and_them(told, weight):
    model, classes, draws, reachable = told
    apart = pooled_apart(model, classes, weight, draws, reachable)
    final = at_least(pool(model, classes, weight, draws, reachable))
    can = reachable[1:]
    for t, forecast in classes.items():
        parts = np.stack([at_least(model[t]), at_least(forecast)])[:, can]
        # no earlier round can raise what is told of the first
        for found in (apart[t, can], final[t, can])[: 2 if t == 0 else 1]:
            assert (found >= parts.min(axis=0) - TINY).all()
            assert (found <= parts.max(axis=0) + TINY).all()


@FEW
@given(forecasts())
def test_the_ends_of_the_weight_are_the_parts(told):
    model, classes, draws, reachable = told
    assert np.allclose(pool(model, classes, 0.0, draws, reachable), model, atol=TINY)
    assert np.allclose(pool(model, {}, 0.7, draws, reachable), model, atol=TINY)
    apart = pooled_apart(model, classes, 1.0, draws)
    for t, forecast in classes.items():
        assert np.allclose(apart[t], at_least(forecast), atol=1e-9)


def test_three_rounds_by_hand():
    model = np.array([[0.6, 0.3, 0.1], [0.5, 0.3, 0.2], [0.5, 0.2, 0.3]])
    classes = {0: np.array([0.3, 0.5, 0.2]), 2: np.array([0.2, 0.2, 0.6])}
    first = 0.25 * (logit([0.7, 0.2]) - logit([0.4, 0.1]))
    last = 0.25 * (logit([0.8, 0.6]) - logit([0.5, 0.3]))
    expected = [
        expit(logit([0.4, 0.1]) + first),
        expit(logit([0.5, 0.2]) + (first + last) / 2),
        expit(logit([0.5, 0.3]) + last),
    ]
    assert at_least(pool(model, classes, 0.25, 100)) == pytest.approx(np.array(expected))
    only = at_least(pool(model, {0: classes[0]}, 0.25, 100))
    assert only[2] == pytest.approx(expit(logit([0.5, 0.3]) + first))


def test_a_later_class_that_expects_less_takes_nothing_back():
    model = np.array([[0.5, 0.5], [0.5, 0.5]])
    classes = {0: np.array([0.2, 0.8]), 1: np.array([0.8, 0.2])}
    found = pool(model, classes, 0.5, 100)[:, 1]
    assert found == pytest.approx([expit(0.5 * logit(0.8))] * 2)


def test_a_shift_that_would_turn_two_tiers_round_leaves_the_higher_its_due():
    model = np.array([[0.1, 0.8, 0.1], [0.1, 0.02, 0.88]])
    found = at_least(pool(model, {0: np.array([0.5, 0.05, 0.45])}, 0.5, 100))
    high = expit(logit(0.88) + 0.5 * (logit(0.45) - logit(0.1)))
    assert found[1] == pytest.approx([high, high])


def test_none_and_all_of_the_draws_count_as_half_a_draw():
    for sign, model in ((-1, [1.0, 0.0]), (1, [0.0, 1.0])):
        found = pool(np.array([model]), {0: np.array([0.4, 0.6])}, 0.5, 100)
        half = 0.5 + sign * (0.5 - 0.5 / 100)
        assert found[0, 1] == pytest.approx(expit((logit(half) + logit(0.6)) / 2))


def test_of_an_unreachable_tier_nothing_is_expected():
    model, classes = np.array([[0.5, 0.0, 0.5, 0.0]]), {0: np.array([0.25, 0.25, 0.25, 0.25])}
    found = pool(model, classes, 0.5, 100, np.array([True, False, True, False]))
    assert found == pytest.approx(np.array([[0.5, 0, 0.5, 0]]))


def test_packages_weighed_by_the_factors_agree_with_the_tiers():
    model = np.array([0.6, 0.4, 0.0])
    pooled = pool(model[None], {0: np.array([0.2, 0.3, 0.5])}, 0.5, 100)[0]
    assert draw_factors(pooled, model) * model == pytest.approx([*pooled[:2], 0.0])


def test_of_parts_and_back():
    exact = np.array([[0.4, 0.0, 0.6], [0.1, 0.2, 0.7]])
    assert at_least(exact) == pytest.approx(np.array([[0.6, 0.6], [0.9, 0.7]]))
    assert exactly(at_least(exact)) == pytest.approx(exact)
