"""Another analyst's numbers: centred on a draw, as wide as before, inside their bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import logit

from summitry.estimates import (
    REAL,
    UNIT,
    EstimateError,
    analyst_level,
    parse_estimate,
    quantile,
    shifted_prior,
    shifted_quantile,
    shifted_share,
)
from tests.estimates.test_estimates import anything

LEVELS = np.array([1e-6, 0.05, 0.3, 0.5, 0.7, 0.95, 1 - 1e-6])
SCALES = {"logitnormal": logit, "lognormal": np.log}
ENDS = {"uniform": (0, 1), "triangular": (0, 2), "pert": (0, 2), "beta": (2, 3)}
levels = st.floats(0.001, 0.999)


def read(written):
    try:
        return parse_estimate(*written)
    except EstimateError:
        assume(False)


def bounds(estimate):
    if estimate.distribution in ENDS:
        return tuple(estimate.parameters[k] for k in ENDS[estimate.distribution])
    return estimate.domain.low, estimate.domain.high


@settings(deadline=None, max_examples=300)
@given(anything(), levels)
def test_the_median_moves_to_the_draw_and_the_width_stays(written, level):
    estimate = read(written)
    found = shifted_quantile(estimate, LEVELS, level)
    drawn, before = quantile(estimate, np.array([level])), quantile(estimate, LEVELS)
    low, high = bounds(estimate)
    assert (found >= low).all() and (found <= high).all() and (np.diff(found) >= 0).all()
    if estimate.distribution == "fixed":
        assert (found == before).all()
        return
    assert found[3] == pytest.approx(drawn[0], rel=1e-9, abs=1e-12)
    scale = SCALES.get(estimate.distribution, np.asarray)
    inside = (found > low) & (found < high)
    moved = scale(found[inside]) - scale(before[inside])
    assert moved == pytest.approx(scale(drawn)[0] - scale(before)[3], rel=1e-6, abs=1e-7)


@settings(deadline=None)
@given(anything())
def test_the_median_analyst_changes_nothing(written):
    estimate = read(written)
    assert (shifted_quantile(estimate, LEVELS, 0.5) == quantile(estimate, LEVELS)).all()


def test_a_range_a_share_and_an_interval_by_hand():
    high = [0.95]
    assert shifted_quantile(parse_estimate("2 to 8", REAL), [0.05, 0.5], 0.95) == (
        pytest.approx([5, 8])
    )
    share = shifted_quantile(parse_estimate("0.2 to 0.8", UNIT), high, 0.95)
    assert logit(share) == pytest.approx([2 * logit(0.8)])
    uniform = {"distribution": "uniform", "low": 0, "high": 10}
    found = shifted_quantile(parse_estimate(uniform, REAL), np.array([0.1, 0.5, 0.9]), 0.8)
    assert found == pytest.approx([4, 8, 10])


def test_priors_and_consents_by_hand():
    assert shifted_prior(np.array([0.2, 0.8]), np.array([2.0, 0.0])) == pytest.approx(
        np.array([0.2 * np.e, 0.8]) / (0.2 * np.e + 0.8)
    )
    assert logit(shifted_share(0.3, -1.0)) == pytest.approx(logit(0.3) - 0.5)
    assert shifted_share(np.array([0.0, 1.0]), 3.0).tolist() == [0.0, 1.0]


def test_analysts_differ_and_are_the_same_wherever_they_are_asked():
    found = [analyst_level(3, "trust.a", k) for k in range(32)]
    assert len(set(found)) == 32
    assert found[7] == analyst_level(3, "trust.a", 7) != analyst_level(3, "trust.b", 7)
