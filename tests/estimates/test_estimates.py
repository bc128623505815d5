"""Ranges mean what they say, and draws are reproducible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.estimates import (
    NONNEGATIVE,
    REAL,
    UNIT,
    EstimateError,
    central,
    parse_estimate,
    quantile,
    scale_domain,
    uniforms,
)

ENDS = np.array([0.05, 0.95])
# the first, 1,024th and 1,025th draw of seed 0 and path "trust.usa"
PINNED = [0.780837355584653, 0.176476839685488, 0.9959415328686764]
LEVELS = np.array([2.0**-53, 1e-12, 1e-6, 0.01, 0.05, 0.3, 0.5, 0.7, 0.95, 1 - 1e-9, 1 - 2.0**-53])
ends = st.floats(0.001, 0.999)


@pytest.mark.parametrize(
    "text, domain",
    [
        ("-4 to 9", REAL),
        ("3 to 8", NONNEGATIVE),
        ("0.1 to 5", NONNEGATIVE),
        ("1 to 58.3", NONNEGATIVE),
        ("1000 to 1000.001", NONNEGATIVE),
        ("0.1 to 0.5", UNIT),
        ("80 to 99", scale_domain(0, 100)),
        ("0.2 to 11.6", scale_domain(0, 100)),
        ("-1e1 to +2.5", REAL),
    ],
)
def test_a_range_is_the_central_ninety_percent(text, domain):
    low, high = (float(end) for end in text.split(" to "))
    found = quantile(parse_estimate(text, domain), ENDS)
    assert np.allclose(found, [low, high], rtol=1e-7, atol=1e-9)


@settings(deadline=None)
@given(st.floats(1e-3, 1e4), st.floats(1.0001, 58))
def test_a_quantity_has_the_ends_it_was_given(low, ratio):
    estimate = parse_estimate(f"{low!r} to {low * ratio!r}", NONNEGATIVE)
    assert np.allclose(quantile(estimate, ENDS), [low, low * ratio], rtol=1e-9)


@st.composite
def anything(draw):
    """What an analyst may write, and the domain that it is for."""
    domain = draw(st.sampled_from([REAL, NONNEGATIVE, UNIT, scale_domain(0, 1)]))
    low, mode, high = sorted(draw(st.lists(ends, min_size=3, max_size=3, unique=True)))
    raw = draw(
        st.sampled_from(
            [
                low,
                f"{low!r} to {high!r}",
                {"distribution": "uniform", "low": low, "high": high},
                {"distribution": "triangular", "low": low, "mode": mode, "high": high},
                {"distribution": "pert", "low": low, "mode": mode, "high": high},
                {"distribution": "beta", "a": 9 * low, "b": 3 * high, "low": 0, "high": high},
                {"distribution": "normal", "mean": 5 * mode - 2, "sd": high},
                {"distribution": "lognormal", "median": mode, "sigma": high},
            ]
        )
    )
    return raw, domain


@settings(deadline=None)
@given(anything())
def test_quantiles_rise_are_finite_and_stay_in_the_domain(written):
    raw, domain = written
    try:
        estimate = parse_estimate(raw, domain)
    except EstimateError:  # a range too wide for a truncated normal, a lognormal for a share
        assert "to" in raw or raw["distribution"] == "lognormal"
        return
    found = quantile(estimate, LEVELS)
    assert np.isfinite(found).all()
    assert (np.diff(found) >= 0).all()
    assert (found >= domain.low).all() and (found <= domain.high).all()


@pytest.mark.parametrize("text", ["3to8", " 3  to  8 ", "3e0 to .8e1", "+3. to 8"])
def test_a_range_may_be_spaced_as_one_likes(text):
    assert parse_estimate(text, REAL) == parse_estimate("3 to 8", REAL)


def test_equal_ends_are_a_number_that_is_certain():
    assert quantile(parse_estimate("4 to 4", REAL), ENDS).tolist() == [4.0, 4.0]
    assert central(parse_estimate("0.2 to 0.8", UNIT)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "raw, domain, told",
    [
        ("8 to 3", REAL, "write `3 to 8`"),
        ("0 to 5", NONNEGATIVE, "uniform"),
        ("0.01 to 50", NONNEGATIVE, "lognormal.*uniform.*beta"),
        ("5 to 95", scale_domain(0, 100), "beta"),
        (10**400, REAL, "finite"),
        (1e200, REAL, "too large"),
        ("9" * 100_000, REAL, "not a number"),
        ("3", REAL, "without quotes"),
        (None, REAL, "nothing"),
        (1.5, UNIT, "share"),
        (True, REAL, "not a number"),
        (float("nan"), REAL, "finite"),
        ({"distribution": "unifrom", "low": 0, "high": 1}, REAL, "nearest: `uniform`"),
        ({"distribution": ["x"]}, REAL, "no distribution"),
        ({"low": 0}, REAL, "`distribution` is missing"),
        ({"distribution": "uniform", "low": 0, "hihg": 1}, REAL, "nearest: `high`"),
        ({"distribution": "uniform", "low": 0, "high": 1, "note": "x"}, REAL, "beside `value`"),
        ({"distribution": "lognormal", "median": 1, "sigma": 1e5}, REAL, "too wide"),
        ({"distribution": "uniform", "low": 0}, REAL, "needs `high`"),
        ({"distribution": "uniform", "low": -1, "high": 1}, UNIT, "leaves"),
        ({"distribution": "pert", "low": 0, "mode": 5, "high": 3}, REAL, "mode"),
    ],
)
def test_what_is_wrong_is_told(raw, domain, told):
    with pytest.raises(EstimateError, match=told):
        parse_estimate(raw, domain)


def test_draws_of_a_path_depend_on_nothing_else():
    assert np.array_equal(uniforms(3, "trust.a", 3000)[:1500], uniforms(3, "trust.a", 1500))
    assert not np.array_equal(uniforms(3, "trust.a", 50), uniforms(3, "trust.b", 50))
    assert not np.array_equal(uniforms(3, "trust.a", 50), uniforms(4, "trust.a", 50))
    assert abs(np.corrcoef(uniforms(3, "a", 20000), uniforms(3, "b", 20000))[0, 1]) < 0.03
    for seed in (2**53, -1):
        with pytest.raises(ValueError, match="seed"):
            uniforms(seed, "a", 1)


def test_draws_never_change_from_one_version_to_the_next():
    found = uniforms(0, "trust.usa", 1025)
    assert found[[0, 1023, 1024]] == pytest.approx(PINNED, abs=1e-15)
    assert ((found > 0) & (found < 1)).all()
