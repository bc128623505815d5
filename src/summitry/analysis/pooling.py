"""All rounds of a forecast pooled with the reference classes, with their standard errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from summitry.dossier.schema import ReferenceClass
from summitry.evidence.classes import class_forecast
from summitry.evidence.log_odds_pool import at_least, pool, pooled_apart, taken_from
from summitry.game.board import Bools, Floats

STEP = 1e-5


class Errors(NamedTuple):
    """Standard errors of pooled probabilities: of each tier (R, K + 1), of at least each (R, K)."""

    exactly: Floats
    at_least: Floats


@dataclass(frozen=True)
class Pooling:
    """How the numbers of all R rounds are made from the model's, K tiers above "none".

    `classes` by the round (from 0) that they cover, `names` of the tiers ("none" first), the
    classes' `weight`, the prior count `alpha` per tier and the largest count `cap` of a class,
    which tiers some package reaches (K + 1), and how many `draws` the model has.
    """

    classes: Mapping[int, Sequence[ReferenceClass]]
    names: tuple[str, ...]
    weight: float
    alpha: float
    cap: float
    reachable: Bools
    draws: int

    def of_classes(self, t: int, model: Floats) -> Floats | None:
        """The classes' forecast of round t (K + 1) beside the model's (R, K + 1).

        None where no class covers it.
        """
        known = self.classes.get(t)
        if not known:
            return None
        return class_forecast(known, self.names, model[t], self.alpha, self.cap)

    def pooled(self, model: Floats) -> Floats:
        """The pooled probability of each tier by each round: (R, K + 1) -> (R, K + 1)."""
        return pool(model, self._forecasts(model), self.weight, self.draws, self.reachable)

    def slopes(self, model: Floats) -> Floats:
        """How each pooled probability moves with each of the model's, all rounds together.

        (R (K + 1), R (K + 1)): pooled along the rows, the model along the columns. What the
        draws (D, R (K + 1)) add to the pooled numbers is (draws - mean) @ slopes.T.
        """
        return _of_each(self._cumulative_slopes(model))

    def errors(self, model: Floats, covariance: Floats) -> Errors:
        """Standard errors by the delta method, from the joint covariance over draws.

        `covariance` (R (K + 1), R (K + 1)) of the model's tiers in all rounds. Where no draw
        of the model hits, or all do, at least the bound on what was missed.
        """
        cumulative = self._cumulative_slopes(model)
        sums = at_least(np.eye(model.shape[1])).T
        own = covariance.reshape(*model.shape, *model.shape)
        inner = np.einsum("tktl->tkl", own)
        tails = np.einsum("jk,tkl,jl->tj", sums, inner, sums)
        return Errors(
            self._bounded(_of_each(cumulative), covariance, model, np.einsum("tkk->tk", inner)),
            self._bounded(cumulative.reshape(-1, model.size), covariance, at_least(model), tails),
        )

    def _bounded(
        self, slopes: Floats, covariance: Floats, mean: Floats, variance: Floats
    ) -> Floats:
        """Errors by the delta method; those of the model where it saw none, if larger."""
        spread = np.einsum("ik,kl,il->i", slopes, covariance, slopes).reshape(mean.shape)
        errors: Floats = np.sqrt(np.maximum(spread, 0.0) / self.draws)
        bound = mean_errors(mean, np.maximum(variance, 0.0), self.draws)
        return np.where(unseen(mean), np.maximum(errors, bound), errors)

    def _forecasts(self, model: Floats) -> dict[int, Floats]:
        told = {t: self.of_classes(t, model) for t in self.classes}
        return {t: forecast for t, forecast in told.items() if forecast is not None}

    def _apart(self, model: Floats) -> Floats:
        forecasts = self._forecasts(model)
        return pooled_apart(model, forecasts, self.weight, self.draws, self.reachable)

    def _cumulative_slopes(self, model: Floats) -> Floats:
        """The slopes of at least each tier: (R, K, R (K + 1))."""
        # the largest of several numbers moves as the one that is the largest
        found: Floats = _slopes(self._apart, model)[taken_from(self._apart(model))]
        return found


def _of_each(cumulative: Floats) -> Floats:
    """The slopes of each tier from those of at least each: (R, K, numbers) -> (values, numbers)."""
    never = np.zeros_like(cumulative[:, :1])
    edged = np.concatenate([never, cumulative, never], axis=1)
    found: Floats = -np.diff(edged, axis=1).reshape(-1, cumulative.shape[-1])
    return found


def _slopes(function: Callable[[Floats], Floats], at: Floats) -> Floats:
    """Central differences of an array's function: (values, numbers).

    A number at 0 does not vary over the draws, and gets a slope of 0.
    """
    columns = []
    for place, value in enumerate(at.ravel()):
        step = np.zeros(at.shape)
        step.ravel()[place] = STEP * value
        change = (function(at + step) - function(at - step)).ravel()
        columns.append(change / (2.0 * STEP * value) if value > 0 else np.zeros_like(change))
    return np.stack(columns, axis=1)


def standard_error(hits: Floats) -> Floats:
    """Standard errors of the means over draws; (draws, ...) -> (...).

    Where no draw hits, or all do, the 95 % bound on the probability that was missed.
    """
    return mean_errors(hits.mean(axis=0), hits.var(axis=0, ddof=1), len(hits))


def mean_errors(mean: Floats, variance: Floats, draws: int) -> Floats:
    """The same from the means and variances over so many draws."""
    return np.where(unseen(mean), 1.0 - 0.05 ** (1.0 / draws), np.sqrt(variance / draws))


def unseen(mean: Floats) -> Bools:
    """Tiers that no draw hits, or all do: their standard error is a bound."""
    never: Bools = (mean <= 0.0) | (mean >= 1.0 - 1e-12)
    return never
