"""The truncated normal that has two given quantiles."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.special import ndtri

from summitry.estimates.estimate import Domain, Estimate, EstimateError, Floats, quantile

LEVELS = np.array([0.05, 0.95])
Z90 = float(ndtri(0.95))
CLOSE = 1e-9
# where a normal may be cut, in standard deviations above its mean: before the first nothing
# is cut off in double precision; beyond the last it is an exponential to four digits, whose
# 95 % point is 58.4 times its 5 % point
UNCUT, EXPONENTIAL = -10.0, 400.0


def _roots() -> Any:
    """The solvers, imported when a range first needs one: they take as long as all else here."""
    import scipy.optimize

    return scipy.optimize


def fit_cut_normal(low: float, high: float, domain: Domain) -> Estimate:
    """The normal truncated to `domain` whose own 5 % and 95 % quantiles are `low`, `high`.

    Raises EstimateError where there is none: an end at the bound, or a range so wide that
    even the widest truncated normal has less in its tails.
    """
    if low <= domain.low or high >= domain.high:
        end = low if low <= domain.low else high
        raise EstimateError(
            f"{end:g} is the bound of a {domain.name} and cannot be a 5 % or 95 % point; "
            f"write {_instead(low, high, domain)}"
        )
    plain = (low + high) / 2, (high - low) / (2 * Z90)
    mean_sd = plain if _uncut(*plain, domain) else _solved(low, high, domain)
    if mean_sd is None:
        raise EstimateError(
            f"no truncated normal has {low:g} and {high:g} as its 5 % and 95 % points in a "
            f"{domain.name}; write {_instead(low, high, domain)}"
        )
    return Estimate("normal", mean_sd, domain)


def _uncut(mean: float, sd: float, domain: Domain) -> bool:
    return max(domain.low - mean, mean - domain.high) < UNCUT * sd


def _solved(low: float, high: float, domain: Domain) -> tuple[float, float] | None:
    above = _above(low, high, domain.low)
    return _between(low, high, domain, above) if math.isfinite(domain.high) else above


def _above(low: float, high: float, bound: float) -> tuple[float, float] | None:
    """Mean and standard deviation of the normal cut below at `bound`; None if there is none.

    Only where the cut falls, in standard deviations from the mean, is unknown: the ratio
    of the two quantiles' distances to the bound rises with it.
    """
    from_zero = Domain("", 0.0, math.inf)

    def distances(cut: float) -> Floats:
        return quantile(Estimate("normal", (-cut, 1.0), from_zero), LEVELS)

    def missed(cut: float) -> float:
        near, far = distances(cut)
        return float(math.log(far / near) - math.log((high - bound) / (low - bound)))

    if missed(EXPONENTIAL) < 0:
        return None
    first = UNCUT - Z90 * (high + low - 2.0 * bound) / (high - low)  # left of an uncut normal's
    cut = float(_roots().brentq(missed, first, EXPONENTIAL, xtol=1e-13, rtol=1e-14))
    sd = (high - low) / float(np.diff(distances(cut))[0])
    return bound - cut * sd, sd


def _between(
    low: float, high: float, domain: Domain, start: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Mean and standard deviation of the normal cut at both ends; None if there is none."""
    span = high - low

    def missed(x: Floats) -> Floats:
        estimate = Estimate("normal", (low + x[0] * span, span * math.exp(x[1])), domain)
        return np.asarray((quantile(estimate, LEVELS) - np.array([low, high])) / span)

    tries = [((low + high) / 2, span / (2 * Z90)), *([start] if start else [])]
    for mean, sd in tries:
        first = np.array([(mean - low) / span, math.log(sd / span)])
        solved = _roots().least_squares(
            missed, first, xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=500
        )
        if np.abs(missed(solved.x)).max() <= CLOSE:
            return low + float(solved.x[0]) * span, span * math.exp(solved.x[1])
    return None


def _instead(low: float, high: float, domain: Domain) -> str:
    """Distributions that may be meant, ready to copy."""
    uniform = f"`{{distribution: uniform, low: {low:g}, high: {high:g}}}`"
    beta = "`{distribution: beta, a: ..., b: ..., low: ..., high: ...}`"
    if low <= 0.0 or math.isfinite(domain.high):
        return f"{uniform} or {beta}"
    median, sigma = math.sqrt(low * high), math.log(high / low) / (2 * Z90)
    lognormal = f"`{{distribution: lognormal, median: {median:.4g}, sigma: {sigma:.4g}}}`"
    return f"{lognormal}, {uniform} or {beta}"
