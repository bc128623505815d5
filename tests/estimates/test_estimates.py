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
    parse_estimate,
    quantile,
    scale_domain,
    uniforms,
)

ENDS = np.array([0.05, 0.95])


@pytest.mark.parametrize(
    "text, domain",
    [
        ("-4 to 9", REAL),
        ("3 to 8", NONNEGATIVE),
        ("0.1 to 5", NONNEGATIVE),
        ("0.1 to 0.5", UNIT),
        ("80 to 99", scale_domain(0, 100)),
        ("-1e1 to +2.5", REAL),
    ],
)
def test_a_range_is_the_central_ninety_percent(text, domain):
    low, high = (float(end) for end in text.split(" to "))
    found = quantile(parse_estimate(text, domain), ENDS)
    assert np.allclose(found, [low, high], rtol=1e-7, atol=1e-9)


@settings(deadline=None)
@given(st.floats(0.01, 50), st.floats(1.01, 20))
def test_truncated_normals_stay_in_their_domain_and_rise(low, ratio):
    estimate = parse_estimate(f"{low!r} to {low * ratio!r}", NONNEGATIVE)
    levels = np.array([1e-12, 1e-6, 0.01, 0.05, 0.3, 0.5, 0.95, 1 - 1e-9])
    found = quantile(estimate, levels)
    assert (found >= 0).all()
    assert (np.diff(found) > 0).all()


@pytest.mark.parametrize(
    "raw, domain, told",
    [
        ("8 to 3", REAL, "write `3 to 8`"),
        ("0 to 5", NONNEGATIVE, "uniform"),
        ("0.01 to 50", NONNEGATIVE, "beta"),
        (1.5, UNIT, "share"),
        (True, REAL, "not a number"),
        (float("nan"), REAL, "finite"),
        ({"distribution": "unifrom", "low": 0, "high": 1}, REAL, "nearest: `uniform`"),
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
    with pytest.raises(ValueError, match="seed"):
        uniforms(2**53, "a", 1)
