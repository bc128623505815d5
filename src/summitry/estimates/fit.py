"""The truncated normal that has two given quantiles."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import least_squares

from summitry.estimates.estimate import Domain, Estimate, EstimateError, Floats, quantile

LEVELS = np.array([0.05, 0.95])
CLOSE = 1e-9


def fit_cut_normal(low: float, high: float, domain: Domain) -> Estimate:
    """The normal truncated to `domain` whose own 5 % and 95 % quantiles are `low`, `high`.

    Raises EstimateError where there is none: an end at the bound, or a range so wide that
    even the widest truncated normal has less in its tails.
    """
    if low <= domain.low or high >= domain.high:
        end = low if low <= domain.low else high
        raise EstimateError(
            f"{end:g} is the bound of a {domain.name} and cannot be a 5 % or 95 % point; "
            f"write {_instead(low, high)}"
        )
    span = high - low

    def missed(x: Floats) -> Floats:
        estimate = Estimate("normal", (low + x[0] * span, span * math.exp(x[1])), domain)
        return (quantile(estimate, LEVELS) - np.array([low, high])) / span

    start = np.array([0.5, math.log(1 / 3.29)])
    solved = least_squares(missed, start, xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=500)
    if np.abs(missed(solved.x)).max() > CLOSE:
        raise EstimateError(
            f"no truncated normal has {low:g} and {high:g} as its 5 % and 95 % points in a "
            f"{domain.name}; write {_instead(low, high)}"
        )
    return Estimate("normal", (low + solved.x[0] * span, span * math.exp(solved.x[1])), domain)


def _instead(low: float, high: float) -> str:
    return (
        f"`{{distribution: uniform, low: {low:g}, high: {high:g}}}` or "
        "`{distribution: beta, a: ..., b: ..., low: ..., high: ...}`"
    )
