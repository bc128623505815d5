"""The protocol `efficient` of the model as a forecast of people: the Nash solution, or anything at all.

Without a tremble (Selten 1975) one surprise would cost infinitely much.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from summitry.analysis.human_deals.forecasts import uniform_splits, with_no_deal
from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Bools, Floats

LEAST_TREMBLE = 1e-4


class Efficient(NamedTuple):
    """The fitted numbers: the share of anything at all, and in it that of no deal."""

    tremble: float
    no_deal: float


def solution_of(splits: Splits) -> Floats:
    """1 for the Nash solution of each negotiation, shared among equals: (n, K + 1)."""
    product = np.where(splits.there, splits.points.prod(axis=2), -1.0)
    best = product >= product.max(axis=1, keepdims=True) - 1e-9
    share = best / best.sum(axis=1, keepdims=True)
    return np.column_stack([share, np.zeros(len(share))])


def fit_efficient(splits: Splits, rows: Bools) -> Efficient:
    """The numbers under which these rows were likeliest."""
    ended = splits.outcome[rows] == splits.there.shape[1]
    no_deal = float((ended.sum() + 0.5) / (len(ended) + 1.0))
    at, outcome = np.flatnonzero(rows), splits.outcome[rows]

    def loss(tremble: float) -> float:
        told = forecast_efficient(splits, Efficient(tremble, no_deal))
        return float(-np.log(told[at, outcome]).mean())

    found = minimize_scalar(loss, bounds=(LEAST_TREMBLE, 1.0), method="bounded")
    return Efficient(float(found.x), no_deal)


def forecast_efficient(splits: Splits, numbers: Efficient) -> Floats:
    """The probabilities of every split and, last, of no deal: (n, K + 1)."""
    no_deal = np.full(len(splits.outcome), numbers.no_deal)
    anything = with_no_deal(uniform_splits(splits), no_deal)
    found: Floats = (1.0 - numbers.tremble) * solution_of(splits) + numbers.tremble * anything
    return found
