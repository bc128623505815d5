"""All protocols fitted together, within folds or once, and what they then forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from summitry.analysis.human_deals.forecasts import FOLDS
from summitry.analysis.human_deals.game import Assumed, play_all
from summitry.analysis.human_deals.people import (
    FairShares,
    fit_fair_shares,
    forecast_fair_shares,
)
from summitry.analysis.human_deals.pool import fit_pool, pool
from summitry.analysis.human_deals.reading import Negotiations
from summitry.analysis.human_deals.shares import share_terms
from summitry.analysis.human_deals.splits import Splits, splits_of
from summitry.analysis.human_deals.theory import ASSUMED, Theory, fit_theory, forecast_theory
from summitry.game.board import Bools, Floats, Ints

POOLED = ("fair-shares", "offers", "efficient")
BEST = "summitry"


class Material(NamedTuple):
    """The negotiations with all that the protocols look at.

    `terms` (n, K, terms); `played`: by protocol, for each listed assumption, the shares of
    draws (rounds, n, K).
    """

    negotiations: Negotiations
    splits: Splits
    terms: Floats
    played: Mapping[str, list[Floats]]


class Fitted(NamedTuple):
    """Every fitted number; `weights` are those of the mixture, in the order of `POOLED`."""

    fair_shares: FairShares
    efficient: Theory
    offers: Theory
    weights: Floats


def prepare(
    negotiations: Negotiations, draws: int, seed: int, advance: Callable[[int], None]
) -> Material:
    """Lay out the splits and play the games. `advance` is told of negotiations played."""
    played = {
        protocol: [
            play_all(negotiations, one, protocol, _needed(protocol, one, draws), seed, advance)
            for one in assumptions
        ]
        for protocol, assumptions in ASSUMED.items()
    }
    splits = splits_of(negotiations)
    return Material(negotiations, splits, share_terms(negotiations, splits), played)


def _needed(protocol: str, assumed: Assumed, draws: int) -> int:
    """How many draws: one where nothing is left to chance."""
    return 1 if protocol == "efficient" and assumed.deviation == 0 else draws


def fit(material: Material, rows: Bools) -> Fitted:
    """The numbers under which these rows were likeliest: each protocol, then the mixture."""
    negotiations, splits, terms, played = material
    fitted = Fitted(
        fit_fair_shares(negotiations, splits, terms, rows),
        fit_theory(played["efficient"], splits, rows),
        fit_theory(played["offers"], splits, rows),
        np.ones(len(POOLED)) / len(POOLED),
    )
    weights = fit_pool(_pooled(material, fitted), splits.outcome, rows)
    return fitted._replace(weights=weights)


def _pooled(material: Material, fitted: Fitted) -> list[Floats]:
    """What the mixture is made of: the theories without trembles, which people's own do."""
    negotiations, splits, terms, played = material
    return [
        forecast_fair_shares(negotiations, splits, terms, fitted.fair_shares),
        forecast_theory(played["offers"], splits, fitted.offers._replace(tremble=0.0)),
        forecast_theory(played["efficient"], splits, fitted.efficient._replace(tremble=0.0)),
    ]


def forecast(material: Material, fitted: Fitted) -> dict[str, Floats]:
    """By protocol the probabilities of every split and, last, of no deal: (n, K + 1)."""
    negotiations, splits, terms, played = material
    forecasts = {
        "fair-shares": forecast_fair_shares(negotiations, splits, terms, fitted.fair_shares),
        "efficient": forecast_theory(played["efficient"], splits, fitted.efficient),
        "offers": forecast_theory(played["offers"], splits, fitted.offers),
    }
    return {BEST: pool(_pooled(material, fitted), fitted.weights), **forecasts}


def cross_validate(
    material: Material, folds: Ints, advance: Callable[[int], None]
) -> dict[str, Floats]:
    """Forecasts of every negotiation with numbers fitted to the other folds alone."""
    told: dict[str, Floats] = {}
    for fold in range(FOLDS):
        inside = folds == fold
        for name, forecasts in forecast(material, fit(material, ~inside)).items():
            told.setdefault(name, np.zeros_like(forecasts))[inside] = forecasts[inside]
        advance(int(inside.sum()))
    return told
