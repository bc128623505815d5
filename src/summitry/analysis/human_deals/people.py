"""The protocol `fair-shares`: what people do, as choices between splits and of no deal.

A nested logit (McFadden 1978): which split, by what draws people to it; whether any, by how
attractive the splits are together and by how much the interests conflict.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.analysis.human_deals.conflict import conflict_terms
from summitry.analysis.human_deals.forecasts import with_no_deal
from summitry.analysis.human_deals.logit import chance_of_yes, fit_choice, fit_yes, log_choice
from summitry.analysis.human_deals.reading import Negotiations
from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Bools, Floats


class FairShares(NamedTuple):
    """The fitted numbers: a weight for each term of a split; intercept and weights of no deal."""

    of_splits: Floats
    of_no_deal: Floats


def fit_fair_shares(
    negotiations: Negotiations, splits: Splits, terms: Floats, rows: Bools
) -> FairShares:
    """The numbers under which these rows were likeliest, the splits first, then no deal.

    `terms` (n, K, terms) are those of `share_terms`.
    """
    deals = rows & negotiations.agreed
    of_splits = fit_choice(terms[deals], splits.there[deals], splits.outcome[deals])
    _, attraction = log_choice(terms, splits.there, of_splits)
    conflict = conflict_terms(negotiations, splits, attraction)
    return FairShares(of_splits, fit_yes(conflict[rows], ~negotiations.agreed[rows]))


def forecast_fair_shares(
    negotiations: Negotiations, splits: Splits, terms: Floats, fitted: FairShares
) -> Floats:
    """The probabilities of every split and, last, of no deal: (n, K + 1)."""
    logs, attraction = log_choice(terms, splits.there, fitted.of_splits)
    conflict = conflict_terms(negotiations, splits, attraction)
    return with_no_deal(np.exp(logs), chance_of_yes(conflict, fitted.of_no_deal))
