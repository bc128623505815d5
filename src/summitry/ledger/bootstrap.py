"""How sure means over questions are: the questions drawn anew, all measures with the same draws.

Source: Efron (1979); percentile intervals. Days or forecasts of one question are not independent
of each other, so whole questions are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.ledger.scoring import Floats

INTERVAL = 0.95
CELLS = 2_000_000  # drawn at once, to bound memory


@dataclass(frozen=True)
class Mean:
    """A mean over `n` questions with its central 95 % (None where there is only one question)."""

    n: int
    value: float
    low: float | None
    high: float | None


Resampled = tuple[Floats, Floats]


def resample(
    columns: Mapping[str, Floats], generator: np.random.Generator, resamples: int
) -> dict[str, Resampled]:
    """Each column (a number a question, NaN where it has none) with its means when drawn anew."""
    table = np.stack(list(columns.values()), axis=1)
    there, n = (~np.isnan(table)).astype(float), len(table)
    filled, whole = np.nan_to_num(table), bool(there.all())
    if n < 2:
        return {name: (table[:, k], np.empty(0)) for k, name in enumerate(columns)}
    means = []
    at_once = max(1, CELLS // n)
    for begun in range(0, resamples, at_once):
        number = min(at_once, resamples - begun)
        drawn = (
            generator.integers(0, n, (number, n), dtype=np.int32) + np.arange(number)[:, None] * n
        )
        times = np.bincount(drawn.ravel(), minlength=number * n).reshape(number, n).astype(float)
        with np.errstate(invalid="ignore"):
            means.append((times @ filled) / (n if whole else times @ there))
    drawn_means = np.concatenate(means)
    return {name: (table[:, k], drawn_means[:, k]) for k, name in enumerate(columns)}


def mean_of(column: Resampled) -> Mean | None:
    """The mean of a column; None where no question has a number."""
    values, means = column
    values = values[~np.isnan(values)]
    return _told(values, float(values.mean()), means) if len(values) else None


def skill_of(ours: Resampled, theirs: Resampled) -> Mean | None:
    """One less the ratio of two mean scores of the same questions; None where theirs is zero."""
    values = ours[0][~np.isnan(ours[0])]
    if not len(values) or not np.nanmean(theirs[0]) > 0:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        means = 1 - ours[1] / theirs[1]
    return _told(values, 1 - float(values.mean() / np.nanmean(theirs[0])), means)


def _told(values: Floats, value: float, means: Floats) -> Mean:
    usable = means[np.isfinite(means)]
    if len(values) < 2 or not len(usable):
        return Mean(len(values), value, None, None)
    low, high = np.quantile(usable, [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2])
    return Mean(len(values), value, float(low), float(high))
