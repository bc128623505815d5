"""Whether no deal comes about as often as was told: negotiations in bins by the forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from summitry.game.board import Bools, Floats

BINS = 10
LEAST_IN_BIN = 20
TAIL = 0.05


@dataclass(frozen=True)
class Bin:
    """Negotiations with like forecasts: the mean forecast, the share without a deal.

    `low` and `high`: the central 90 % of the share by Jeffreys' interval.
    """

    n: int
    forecast: float
    share: float
    low: float
    high: float


def calibration_of(no_deal: Floats, ended: Bools) -> list[Bin]:
    """Bins of equal numbers by the probability of no deal (n); `ended` (n): there was none."""
    order = np.argsort(no_deal, kind="stable")
    number = max(1, min(BINS, len(order) // LEAST_IN_BIN))
    return [_bin(no_deal[rows], ended[rows]) for rows in np.array_split(order, number)]


def _bin(no_deal: Floats, ended: Bools) -> Bin:
    n, hits = len(ended), int(ended.sum())
    low, high = betaincinv(hits + 0.5, n - hits + 0.5, [TAIL, 1.0 - TAIL])
    return Bin(n, float(no_deal.mean()), hits / n, float(low), float(high))
