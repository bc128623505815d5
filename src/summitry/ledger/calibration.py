"""Whether what was called 30 % came about three times in ten.

The reliability curve is the isotonic fit of outcomes on forecasts (pool adjacent violators), and
the mean Brier score is split by it: score = miscalibration - discrimination + uncertainty.
Source: Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams for probabilistic
classifiers" (CORP). The bands hold where the curve of a calibrated forecaster would lie: outcomes
drawn anew from the forecasts. Below thirty cases no curve is drawn; the share that came about is
told with an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.ledger.scoring import Floats, Ints

ENOUGH = 30
BAND = 0.9  # of the curves of a calibrated forecaster
REDRAWS = 200


@dataclass(frozen=True)
class CurvePoint:
    """One step of the curve: forecasts at `stated`, how often it came about, the band there."""

    stated: float
    came_about: float
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """How forecasts of one threshold ("at least outcome `threshold`") compare with what came about.

    `stated` is the mean forecast, `came_about` the share, `low` to `high` its central 90 %
    (Jeffreys). With at least thirty cases: the mean Brier `score` = `miscalibration` -
    `discrimination` + `uncertainty`, and the `curve`; with fewer, None, and `refusal` says why.
    """

    threshold: int
    n: int
    stated: float
    came_about: float
    low: float
    high: float
    score: float
    miscalibration: float | None
    discrimination: float | None
    uncertainty: float | None
    curve: Sequence[CurvePoint]
    refusal: str | None


def calibrate(threshold: int, p: Floats, o: Floats, generator: np.random.Generator) -> Calibration:
    """The calibration of forecasts `p` of one event each, that came about (1) or not (0): `o`."""
    n, hits = len(p), float(o.sum())
    low, high = jeffreys(hits, n)
    score = float(((p - o) ** 2).mean())
    common = (threshold, n, float(p.mean()), hits / n, low, high, score)
    if n < ENOUGH:
        refusal = f"{n} resolved: a reliability curve needs {ENOUGH}"
        return Calibration(*common, None, None, None, (), refusal)
    order = np.argsort(p, kind="stable")
    p, o = p[order], o[order]
    fitted = isotonic(p, o)
    recalibrated = float(((fitted - o) ** 2).mean())
    uncertainty = float(((o.mean() - o) ** 2).mean())
    return Calibration(
        *common, score - recalibrated, uncertainty - recalibrated, uncertainty,
        _curve(p, fitted, generator), None,
    )  # fmt: skip


def isotonic(p: Floats, o: Floats) -> Floats:
    """The non-decreasing fit of `o` on the sorted `p`, equal where `p` is (pool adjacent violators)."""
    starts, counts = _runs(p)
    return np.repeat(_fit(o, starts, counts), counts)


def _runs(p: Floats) -> tuple[Ints, Ints]:
    """Where each run of equal forecasts starts, and how many they are."""
    starts = np.flatnonzero(np.r_[True, np.diff(p) > 0])
    return starts, np.diff(np.r_[starts, len(p)])


def _fit(o: Floats, starts: Ints, counts: Ints) -> Floats:
    """The fit of each run of equal forecasts."""
    from scipy.optimize import isotonic_regression

    means = np.add.reduceat(o, starts) / counts
    return np.asarray(isotonic_regression(means, weights=counts).x)


def _curve(p: Floats, fitted: Floats, generator: np.random.Generator) -> list[CurvePoint]:
    """The curve at both ends of each of its steps, with the band of a calibrated forecaster."""
    edges = np.flatnonzero(np.r_[True, np.diff(fitted) > 0, True])
    places = np.unique(np.r_[edges[:-1], edges[1:] - 1])
    starts, counts = _runs(p)
    runs = np.searchsorted(starts, places, side="right") - 1
    redrawn = np.stack([
        _fit((generator.random(len(p)) < p).astype(float), starts, counts)[runs]
        for _ in range(REDRAWS)
    ])  # fmt: skip
    low, high = np.quantile(redrawn, [(1 - BAND) / 2, (1 + BAND) / 2], axis=0)
    return [
        CurvePoint(float(p[k]), float(fitted[k]), float(low[j]), float(high[j]))
        for j, k in enumerate(places)
    ]


def jeffreys(hits: float, n: int) -> tuple[float, float]:
    """The central 90 % of a share after `hits` of `n` (Jeffreys prior)."""
    from scipy.special import betaincinv

    a, b = hits + 0.5, n - hits + 0.5
    low = 0.0 if hits == 0 else float(betaincinv(a, b, 0.05))
    high = 1.0 if hits == n else float(betaincinv(a, b, 0.95))
    return low, high
