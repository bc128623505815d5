"""How much of a forecast's uncertainty a number carries, from draws that are there already.

Given-data estimators: variance of the conditional means over classes of equal size, less
what noise alone would give (Pearson 1905; Plischke 2012; Strong, Oakley and Chilcott 2012).
Standard errors by a jackknife over groups of draws.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats, Ints

CLASSES = 12
GROUPS = 16


class Explained(NamedTuple):
    """Variances (K) of the conditional means, with jackknife standard errors (K)."""

    variance: Floats
    standard_error: Floats


def classes_by_level(levels: Floats, number: int = CLASSES) -> Ints:
    """Classes of equal size by rank: (draws)."""
    ranks = np.argsort(np.argsort(levels, kind="stable"), kind="stable")
    classes: Ints = ranks * min(number, len(levels) // 8 or 1) // len(levels)
    return classes


def explained_variance(classes: Ints, hits: Floats) -> Explained:
    """How much the means of `hits` (draws, K) differ between the classes of the draws (draws).

    The variance of the conditional means, free of the bias that noise adds; it can be a
    little below 0 where a number does not matter. Draws are dealt to the jackknife's groups
    in turn.
    """
    number = int(classes.max()) + 1
    groups = np.arange(len(hits)) % GROUPS
    counts = np.zeros((GROUPS, number))
    sums = np.zeros((GROUPS, number, hits.shape[1]))
    squares = np.zeros_like(sums)
    np.add.at(counts, (groups, classes), 1.0)
    np.add.at(sums, (groups, classes), hits)
    np.add.at(squares, (groups, classes), hits**2)
    whole = _between(counts.sum(axis=0), sums.sum(axis=0), squares.sum(axis=0))
    parts = np.stack(
        [
            _between(
                counts.sum(axis=0) - counts[g],
                sums.sum(axis=0) - sums[g],
                squares.sum(axis=0) - squares[g],
            )
            for g in range(GROUPS)
        ]
    )
    spread = ((parts - parts.mean(axis=0)) ** 2).sum(axis=0)
    return Explained(whole, np.sqrt((GROUPS - 1) / GROUPS * spread))


def _between(counts: Floats, sums: Floats, squares: Floats) -> Floats:
    """The variance between classes less the part that the noise of their means explains."""
    filled = counts > 1
    n = counts[filled][:, None]
    means = sums[filled] / n
    shares = n / n.sum()
    grand = (shares * means).sum(axis=0)
    within = (squares[filled] / n - means**2) * n / (n - 1)
    noise = (shares * (1.0 - shares) * within / n).sum(axis=0)
    between: Floats = (shares * (means - grand) ** 2).sum(axis=0) - noise
    return between


def cumulate(hits: Floats) -> Floats:
    """The weight of each tier or a lower one but for the highest: (draws, K) -> (draws, K-1)."""
    cumulated: Floats = np.cumsum(hits, axis=1)[:, :-1]
    return cumulated


def expected_score(probabilities: Floats) -> float:
    """The ranked probability score that a calibrated forecast expects of itself.

    Epstein (1969), divided by K-1: the sum over thresholds of F (1 - F).
    """
    below = np.cumsum(probabilities)[:-1]
    return float((below * (1.0 - below)).sum() / len(below))


def score_gain(explained: Explained) -> tuple[float, float]:
    """By how much knowing a number lowers the expected ranked probability score, and its error.

    `explained` is of the cumulated hits: the expected score falls by the variance of the
    conditional cumulated probabilities. The errors of thresholds are taken as dependent.
    """
    number = len(explained.variance)
    gain = float(explained.variance.sum() / number)
    return gain, float(explained.standard_error.sum() / number)
