"""Model and reference classes together, with standard errors by the delta method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.dossier.schema import ReferenceClass
from summitry.evidence.classes import class_forecast
from summitry.evidence.pool import floor_zeros, linear_pool, pool
from summitry.game.board import Bools, Floats

STEP = 1e-6


@dataclass(frozen=True)
class Blend:
    """How a round's numbers are made from the model's.

    `classes` that cover the round, `names` of the tiers ("none" first), their weight in
    the pool, the prior count per tier and the largest count of a class, and which tiers
    some package reaches.
    """

    classes: Sequence[ReferenceClass]
    names: tuple[str, ...]
    weight: float
    alpha: float
    cap: float
    reachable: Bools
    draws: int

    def of_classes(self, model: Floats) -> Floats | None:
        """The forecast of the reference classes alone; None without any."""
        if not self.classes:
            return None
        return class_forecast(self.classes, self.names, model, self.alpha, self.cap)

    def pooled(self, model: Floats) -> Floats:
        """The weighted geometric mean of the model and the classes."""
        floored = floor_zeros(model, self.reachable, self.draws)
        classes = self.of_classes(floored)
        return model if classes is None else pool(floored, classes, self.weight)

    def linear(self, model: Floats) -> Floats:
        """The weighted arithmetic mean of the model and the classes."""
        classes = self.of_classes(model)
        return model if classes is None else linear_pool(model, classes, self.weight)


def standard_error(hits: Floats) -> Floats:
    """Standard errors of the means over draws; (draws, tiers) -> (tiers).

    Where no draw hits, or all do, the 95 % bound on the probability that was missed.
    """
    return mean_errors(hits.mean(axis=0), hits.var(axis=0, ddof=1), len(hits))


def mean_errors(mean: Floats, variance: Floats, draws: int) -> Floats:
    """The same from the means and variances over so many draws: (tiers)."""
    return np.where(unseen(mean), 1.0 - 0.05 ** (1.0 / draws), np.sqrt(variance / draws))


def unseen(mean: Floats) -> Bools:
    """Tiers that no draw hits, or all do: their standard error is a bound."""
    never: Bools = (mean <= 0.0) | (mean >= 1.0 - 1e-12)
    return never


def delta_error(hits: Floats, pooled: Callable[[Floats], Floats]) -> Floats:
    """Standard errors of a function of the means: (draws, tiers) -> (tiers)."""
    apart = influence(hits, pooled)
    errors: Floats = apart.std(axis=0, ddof=1) / np.sqrt(len(hits))
    return errors


def function_errors(
    mean: Floats, covariance: Floats, draws: int, pooled: Callable[[Floats], Floats]
) -> Floats:
    """The same from the means and their covariance over so many draws: (tiers)."""
    slopes = _slopes(mean, pooled)
    variance = np.einsum("ik,kl,il->i", slopes, covariance, slopes)
    errors: Floats = np.sqrt(np.maximum(variance, 0.0) / draws)
    return errors


def influence(hits: Floats, pooled: Callable[[Floats], Floats]) -> Floats:
    """What each draw adds to a function of the means, to first order: (draws, tiers)."""
    mean = hits.mean(axis=0)
    apart: Floats = (hits - mean) @ _slopes(mean, pooled).T
    return apart


def _slopes(mean: Floats, pooled: Callable[[Floats], Floats]) -> Floats:
    """How each value of a function of the means (rows) moves with each mean (columns)."""
    columns = []
    for k in range(len(mean)):
        step = np.zeros(len(mean))
        step[k] = STEP * max(mean[k], 1e-3)
        columns.append(
            (pooled(mean + step) - pooled(mean - np.minimum(step, mean)))
            / (step[k] + min(step[k], mean[k]))
        )
    return np.stack(columns, axis=1)
