"""A forecast of n negotiations, how it is scored, and the folds that nothing leaks between."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from summitry.analysis.human_deals.splits import Splits
from summitry.estimates import uniforms
from summitry.game.board import Floats, Ints

FOLDS = 10


class Losses(NamedTuple):
    """What each negotiation costs a forecast, in nats and squared probability.

    `whole` (n): the outcome, no deal included; `split` (n): the split where there was a deal,
    NaN where not; `no_deal` (n): the squared error of the probability of no deal.
    """

    whole: Floats
    split: Floats
    no_deal: Floats


def with_no_deal(splits: Floats, no_deal: Floats) -> Floats:
    """Probabilities of all outcomes, no deal last, from those of the splits given a deal.

    `splits` (n, K), `no_deal` (n); the result is (n, K + 1) and sums to 1.
    """
    return np.column_stack([splits * (1.0 - no_deal)[:, None], no_deal])


def shifted_to(share: float, forecast: Floats) -> Floats:
    """The forecast (n, K + 1) with all log-odds of no deal shifted so that its mean is `share`."""
    no_deal = np.clip(forecast[:, -1], 1e-9, 1.0 - 1e-9)
    odds = np.log(no_deal / (1.0 - no_deal))

    def apart(shift: float) -> float:
        return float(expit(odds + shift).mean() - share)

    moved = expit(odds + brentq(apart, -50.0, 50.0))
    return with_no_deal(forecast[:, :-1] / (1.0 - no_deal)[:, None], moved)


def losses_of(forecast: Floats, outcome: Ints) -> Losses:
    """What a forecast (n, K + 1) costs when these outcomes came about."""
    rows = np.arange(len(outcome))
    no_deal = forecast[:, -1]
    ended = outcome == forecast.shape[1] - 1
    with np.errstate(divide="ignore"):
        whole = -np.log(forecast[rows, outcome])
        split = np.where(ended, np.nan, whole + np.log1p(-no_deal))
    return Losses(whole, split, (no_deal - ended) ** 2)


def uniform_splits(splits: Splits) -> Floats:
    """The same probability for every split: (n, K)."""
    return splits.there / splits.there.sum(axis=1, keepdims=True)


def folds_of(scenarios: Ints, seed: int) -> Ints:
    """Which fold each negotiation is in; a scenario is never in two: (n)."""
    order = np.argsort(uniforms(seed, "deals.folds", int(scenarios.max()) + 1))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place[scenarios] % FOLDS


def clustered_error(values: Floats, scenarios: Ints) -> float:
    """Standard error of a mean where negotiations over one scenario may be alike.

    `scenarios` (n) are numbered from 0; with a single one the error is not known: NaN.
    """
    apart = np.bincount(scenarios, values - values.mean())
    groups = len(apart)
    if groups == 1:
        return float("nan")
    return float(np.sqrt((apart**2).sum() * groups / (groups - 1)) / len(values))
