"""An uncertain number: a named distribution with its parameters, and its quantiles.

The quantile functions are the textbook ones; see Johnson, Kotz and Balakrishnan (1994,
1995), Continuous Univariate Distributions; PERT as in Malcolm et al. (1959).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, log_ndtr, ndtri, ndtri_exp

Floats = NDArray[np.float64]


class EstimateError(ValueError):
    """A number that cannot be read; the message says what would be right.

    `key`: which part of a `{distribution: ...}` is wrong, where it is one part.
    """

    def __init__(self, message: str, key: str | None = None) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Domain:
    """Where a number may lie; `above`: the lower bound itself is left out."""

    name: str
    low: float
    high: float
    above: bool = False


REAL = Domain("number", -math.inf, math.inf)
NONNEGATIVE = Domain("quantity of at least 0", 0.0, math.inf)
POSITIVE = Domain("quantity above 0", 0.0, math.inf, above=True)
UNIT = Domain("share from 0 to 1", 0.0, 1.0)


def scale_domain(low: float, high: float) -> Domain:
    """The domain of positions on a scale."""
    return Domain(f"position from {low:g} to {high:g}", low, high)


@dataclass(frozen=True)
class Estimate:
    """A distribution by name, its parameters, and the domain it is cut to.

    Parameters: fixed (value), normal (mean, sd; cut to the domain), logitnormal (mean, sd
    of the logit), uniform (low, high), triangular and pert (low, mode, high), beta (a, b,
    low, high), lognormal (median, sigma).
    """

    distribution: str
    parameters: tuple[float, ...]
    domain: Domain = REAL


def fixed(value: float) -> Estimate:
    """A number that is certain."""
    return Estimate("fixed", (float(value),))


def central(estimate: Estimate) -> float:
    """The median."""
    return float(quantile(estimate, np.array([0.5]))[0])


def quantile(estimate: Estimate, levels: Floats) -> Floats:
    """The quantiles of an estimate at levels strictly between 0 and 1; any shape.

    They rise with the level, are finite and lie in the estimate's domain. Raises
    EstimateError for a distribution that there is not.
    """
    levels = np.asarray(levels, float)
    p = estimate.parameters
    match estimate.distribution:
        case "fixed":
            return np.full(levels.shape, p[0])
        case "normal":
            return _cut_normal(levels, p[0], p[1], estimate.domain)
        case "logitnormal":
            return np.asarray(expit(p[0] + p[1] * ndtri(levels)))
        case "uniform":
            return p[0] + (p[1] - p[0]) * levels
        case "triangular":
            return _triangular(levels, *p)
        case "pert":
            return _pert(levels, *p)
        case "beta":
            return p[2] + (p[3] - p[2]) * np.asarray(betaincinv(p[0], p[1], levels))
        case "lognormal":
            return np.asarray(p[0] * np.exp(p[1] * ndtri(levels)))
    raise EstimateError(f"unknown distribution `{estimate.distribution}`")


def _cut_normal(levels: Floats, mean: float, sd: float, domain: Domain) -> Floats:
    """Quantiles of a normal truncated to the domain, exact far out in its tails."""
    if sd == 0.0:
        return np.full(levels.shape, mean)
    if domain == REAL:
        return np.asarray(mean + sd * ndtri(levels))
    low, high = (domain.low - mean) / sd, (domain.high - mean) / sd
    # always in the lower tail, where logarithms keep their digits
    scores = -_lower(1.0 - levels, -high, -low) if low > 0 else _lower(levels, low, high)
    return np.asarray(np.clip(mean + sd * scores, domain.low, domain.high))


def _lower(levels: Floats, low: float, high: float) -> Floats:
    """Quantiles of a standard normal cut to [low, high], with low <= 0 or both below 0."""
    log_low, log_high = log_ndtr(low), log_ndtr(high)
    if np.isinf(log_low):
        return np.asarray(ndtri_exp(np.log(levels) + log_high))
    mixed = np.logaddexp(np.log1p(-levels) + log_low, np.log(levels) + log_high)
    return np.asarray(np.clip(ndtri_exp(mixed), low, high))


def _triangular(levels: Floats, low: float, mode: float, high: float) -> Floats:
    if high == low:
        return np.full(levels.shape, low)
    span, rise = high - low, mode - low
    up = low + np.sqrt(levels * span * rise)
    down = high - np.sqrt((1.0 - levels) * span * (high - mode))
    return np.where(levels * span < rise, up, down)


def _pert(levels: Floats, low: float, mode: float, high: float) -> Floats:
    if high == low:
        return np.full(levels.shape, low)
    a = 1.0 + 4.0 * (mode - low) / (high - low)
    b = 1.0 + 4.0 * (high - mode) / (high - low)
    return low + (high - low) * np.asarray(betaincinv(a, b, levels))
