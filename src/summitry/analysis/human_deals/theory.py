"""The protocols `efficient` and `offers` of the model as forecasts of people.

What a game leaves open is fitted: which of a few listed assumptions, how likely talks are to
end after a round without agreement (`offers`), and how often people do anything at all
instead (a tremble: Selten 1975; without it one surprise would cost infinitely much).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from summitry.analysis.human_deals.forecasts import uniform_splits, with_no_deal
from summitry.analysis.human_deals.game import Assumed
from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Bools, Floats

RULES = Assumed(0.0)
ASSUMED = {
    "efficient": (RULES, Assumed(5.5, 1.5)),
    "offers": (RULES, Assumed(5.5, 1.0, 0.5, 0.3), Assumed(5.25, 1.0, 0.25, 0.2)),
}
LEAST_TREMBLE = 1e-4


class Theory(NamedTuple):
    """The fitted numbers of a protocol of the model.

    `assumed`: its number in the list of assumptions; `breakdown`: the probability that talks
    end after a round without agreement; `tremble`: the share of anything at all, in which
    `no_deal` is the share of no deal.
    """

    assumed: int
    breakdown: float
    tremble: float
    no_deal: float


class _Seen(NamedTuple):
    """What a fit needs to know of the rows.

    By round (rounds, rows): the share of draws with the deal that came about, and with any
    deal; for each row whether there was none, and the probability of a split at random.
    """

    outcome: Floats
    deal: Floats
    ended: Bools
    splits: Floats


def fit_theory(played: Sequence[Floats], splits: Splits, rows: Bools) -> Theory:
    """The assumption and numbers under which these rows were likeliest."""
    return min(fit_each(played, splits, rows), key=lambda fit: fit[0])[1]


def fit_each(played: Sequence[Floats], splits: Splits, rows: Bools) -> list[tuple[float, Theory]]:
    """For each listed assumption the least log loss over these rows, and its numbers.

    `played`: for each listed assumption what `play_all` gave, (rounds, n, K).
    """
    fits = [_fit(_seen(shares, splits, rows)) for shares in played]
    return [(loss, fitted._replace(assumed=k)) for k, (loss, fitted) in enumerate(fits)]


def _seen(shares: Floats, splits: Splits, rows: Bools) -> _Seen:
    outcome = splits.outcome[rows]
    ended = outcome == shares.shape[2]
    at = np.where(ended, 0, outcome)
    chosen = shares[:, np.flatnonzero(rows), at]
    return _Seen(
        np.where(ended, 0.0, chosen),
        shares[:, rows].sum(axis=2),
        ended,
        1.0 / splits.there[rows].sum(axis=1),
    )


def _fit(seen: _Seen) -> tuple[float, Theory]:
    """The mean log loss, and the breakdown and tremble that make it least."""
    no_deal = (seen.ended.sum() + 0.5) / (len(seen.ended) + 1.0)
    anything = np.where(seen.ended, no_deal, (1.0 - no_deal) * seen.splits)

    def loss(numbers: Floats) -> float:
        breakdown, tremble = numbers
        going = (1.0 - breakdown) ** np.arange(len(seen.deal))
        told = np.where(seen.ended, 1.0 - going @ seen.deal, going @ seen.outcome)
        chance = (1.0 - tremble) * np.maximum(told, 0.0) + tremble * anything
        return float(-np.log(chance).mean())

    at_once = not seen.deal[1:].any()  # then nothing tells how likely talks are to go on
    starts = [(0.0 if at_once else 0.1, 0.2), (0.0 if at_once else 0.4, 0.6)]
    bounds = [(0.0, 0.0 if at_once else 0.99), (LEAST_TREMBLE, 1.0)]
    found = [minimize(loss, start, bounds=bounds, method="L-BFGS-B") for start in starts]
    best = min(found, key=lambda one: one.fun)
    return float(best.fun), Theory(0, float(best.x[0]), float(best.x[1]), float(no_deal))


def forecast_theory(played: Sequence[Floats], splits: Splits, fitted: Theory) -> Floats:
    """The probabilities of every split and, last, of no deal: (n, K + 1)."""
    shares = played[fitted.assumed]
    deals = np.tensordot((1.0 - fitted.breakdown) ** np.arange(len(shares)), shares, 1)
    told = np.column_stack([deals, np.maximum(1.0 - deals.sum(axis=1), 0.0)])
    no_deal = np.full(len(deals), fitted.no_deal)
    anything = with_no_deal(uniform_splits(splits), no_deal)
    forecast: Floats = (1.0 - fitted.tremble) * told + fitted.tremble * anything
    return forecast
