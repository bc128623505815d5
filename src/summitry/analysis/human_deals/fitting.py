"""All protocols fitted together, within folds or once, and what they then forecast."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from summitry.analysis.human_deals.aspirations import (
    Aspirations,
    Table,
    at_level,
    fit_aspirations,
    forecast_aspirations,
    table_of,
)
from summitry.analysis.human_deals.efficient import Efficient, fit_efficient, forecast_efficient
from summitry.analysis.human_deals.forecasts import FOLDS, shifted_to
from summitry.analysis.human_deals.people import (
    FairShares,
    fit_fair_shares,
    forecast_fair_shares,
)
from summitry.analysis.human_deals.pool import fit_pool, pool
from summitry.analysis.human_deals.reading import Negotiations
from summitry.analysis.human_deals.shares import share_terms
from summitry.analysis.human_deals.splits import Splits, splits_of
from summitry.game.board import Bools, Floats, Ints

POOLED = ("fair-shares", "aspirations", "efficient")
BEST = "summitry"


class Material(NamedTuple):
    """The negotiations with all that the protocols look at; `terms` (n, K, terms)."""

    negotiations: Negotiations
    splits: Splits
    terms: Floats
    table: Table


class Fitted(NamedTuple):
    """Every fitted number; `weights` are those of the mixture, in the order of `POOLED`."""

    fair_shares: FairShares
    aspirations: Aspirations
    efficient: Efficient
    weights: Floats


def prepare(negotiations: Negotiations) -> Material:
    """Lay out the splits, and what draws people to each."""
    splits = splits_of(negotiations)
    return Material(negotiations, splits, share_terms(negotiations, splits), table_of(splits))


def fit(material: Material, rows: Bools) -> Fitted:
    """The numbers under which these rows were likeliest: each protocol, then the mixture."""
    negotiations, splits, terms, table = material
    fitted = Fitted(
        fit_fair_shares(negotiations, splits, terms, rows),
        fit_aspirations(table, splits, rows),
        fit_efficient(splits, rows),
        np.ones(len(POOLED)) / len(POOLED),
    )
    weights = fit_pool(list(_each(material, fitted).values()), splits.outcome, rows)
    return fitted._replace(weights=weights)


def _each(material: Material, fitted: Fitted) -> dict[str, Floats]:
    negotiations, splits, terms, table = material
    return {
        "fair-shares": forecast_fair_shares(negotiations, splits, terms, fitted.fair_shares),
        "aspirations": forecast_aspirations(table, splits.there, fitted.aspirations),
        "efficient": forecast_efficient(splits, fitted.efficient),
    }


def forecast(material: Material, fitted: Fitted, level: float | None = None) -> dict[str, Floats]:
    """By protocol the probabilities of every split and, last, of no deal: (n, K + 1).

    `level`: the mean share of no deal that every protocol is brought to: `aspirations` by its
    firmness, the others by the same shift of the log-odds for all negotiations.
    """
    if level is not None:
        fitted = fitted._replace(
            aspirations=at_level(
                level,
                lambda one: forecast_aspirations(material.table, material.splits.there, one),
                fitted.aspirations,
            )
        )
    each = _each(material, fitted)
    if level is not None:
        each = {
            name: told if name == "aspirations" else shifted_to(level, told)
            for name, told in each.items()
        }
    return {BEST: pool(list(each.values()), fitted.weights), **each}


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
