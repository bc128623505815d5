"""The protocol `aspirations` of the model as a forecast of two people with one level.

Each holds out for a part of its ideal, all there is: firm times a gamma-distributed mood of mean 1,
times an equal share. Of the splits that meet both aspirations one is chosen, in proportion to a
power of the product of the gains; where none does there is no deal, and some talks end by chance.
Exact: a mood matters only by which gains it rules out, so that there is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import gammainc

from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Bools, Floats, Ints

LOW, HIGH = (0.3, 1.0, 0.001, 0.0, 1e-4, 1e-4), (3.0, 200.0, 1.0, 30.0, 0.5, 0.5)
START = (1.1, 15.0, 0.12, 4.5, 0.05, 0.02)
LEAST = 1e-12
MOST_FIRM = 20.0


class Aspirations(NamedTuple):
    """The fitted numbers: six.

    `firm`: how much of an equal share strangers hold out for, of mean; `shape` of the moods;
    `floor` and `choice`: a split's weight is the product of (gain / ideal + floor) to the power
    of `choice`; `ended`: the share of talks that end by chance; `tremble`: that of anything at all
    (Selten 1975).
    """

    firm: float
    shape: float
    floor: float
    choice: float
    ended: float
    tremble: float


class Table(NamedTuple):
    """The splits of n negotiations by what they bring each of the two, as ranks of gains.

    `gains` (n, K, 2) as parts of the ideal; `levels` (n, 2, L): the distinct gains, ascending,
    padded by infinity; `rank` (n, K, 2): the place of each split's gains among them.
    """

    gains: Floats
    levels: Floats
    rank: Ints


def table_of(splits: Splits) -> Table:
    """The table of all splits; a person's ideal is the most that any split brings it."""
    points = np.where(splits.there[:, :, None], splits.points, -1.0)
    ideal = np.maximum(points.max(axis=1, keepdims=True), LEAST)
    gains = np.where(splits.there[:, :, None], np.round(points / ideal, 9), np.inf)
    ordered = np.sort(gains, axis=1)
    repeated = np.zeros(ordered.shape, bool)
    repeated[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
    levels = np.sort(np.where(repeated, np.inf, ordered), axis=1)
    width = int(np.isfinite(levels).sum(axis=1).max())
    levels = np.moveaxis(levels[:, :width], 2, 1)
    rank = np.stack(
        [(gains[:, :, None, i] > levels[:, i, None, :]).sum(axis=2) for i in (0, 1)], axis=2
    )
    return Table(
        np.where(np.isfinite(gains), gains, 0.0),
        np.asarray(levels, float),
        np.minimum(rank, width - 1).astype(np.int64),
    )


def forecast_aspirations(table: Table, there: Bools, numbers: Aspirations) -> Floats:
    """The probabilities of every split and, last, of no deal: (n, K + 1)."""
    weight = ((table.gains + numbers.floor) ** numbers.choice).prod(axis=2) * there
    n, width = len(weight), table.levels.shape[2]
    cells = np.zeros((n, width, width))
    rows = np.arange(n)[:, None]
    np.add.at(cells, (rows, table.rank[:, :, 0], table.rank[:, :, 1]), weight)
    # what is left on the table where the aspirations lie at these levels
    left = np.flip(np.cumsum(np.cumsum(np.flip(cells, (1, 2)), 1), 2), (1, 2))
    first, second = (_aspiring(table.levels[:, i], numbers) for i in (0, 1))
    both = first[:, :, None] * second[:, None, :]
    each = np.where(left > 0, both / np.where(left > 0, left, 1.0), 0.0)
    chance = np.cumsum(np.cumsum(each, 1), 2)
    met = weight * chance[rows, table.rank[:, :, 0], table.rank[:, :, 1]]
    anything = there / there.sum(axis=1, keepdims=True)
    deals = (1.0 - numbers.tremble) * (1.0 - numbers.ended) * met + numbers.tremble * anything
    return np.column_stack([deals, 1.0 - deals.sum(axis=1)])


def _aspiring(levels: Floats, numbers: Aspirations) -> Floats:
    """How likely the aspiration lies just above each level's predecessor: (n, L)."""
    scale = numbers.firm / 2
    known, place = np.unique(levels, return_inverse=True)
    chance = gammainc(
        numbers.shape, numbers.shape * (np.where(known < np.inf, known, 0.0) + 1e-9) / scale
    )
    below = np.where(known < np.inf, chance, np.nan)[place].reshape(levels.shape)
    found: Floats = np.diff(np.column_stack([np.zeros(len(levels)), below]), axis=1)
    return np.nan_to_num(found)


def fit_aspirations(table: Table, splits: Splits, rows: Bools) -> Aspirations:
    """The numbers under which these rows were likeliest."""
    there, outcome = splits.there[rows], splits.outcome[rows]
    # who divides the same items with the same values is forecast alike
    gains = table.gains[rows].reshape(len(outcome), -1)
    _, first, alike = np.unique(gains, axis=0, return_index=True, return_inverse=True)
    part = Table(table.gains[rows][first], table.levels[rows][first], table.rank[rows][first])
    alike = alike.reshape(-1)

    def loss(raw: Floats) -> float:
        forecast = forecast_aspirations(part, there[first], Aspirations(*_opened(raw)))
        return float(-np.log(np.maximum(forecast[alike, outcome], LEAST)).mean())

    found = minimize(loss, _closed(np.array(START)), method="L-BFGS-B", options={"ftol": 1e-9})
    return Aspirations(*(float(x) for x in _opened(found.x)))


def _opened(raw: Floats) -> Floats:
    """Numbers within their bounds from numbers without any."""
    low, high = np.array(LOW), np.array(HIGH)
    found: Floats = low + (high - low) / (1.0 + np.exp(-raw))
    return found


def _closed(numbers: Floats) -> Floats:
    low, high = np.array(LOW), np.array(HIGH)
    share = (numbers - low) / (high - low)
    found: Floats = np.log(share / (1.0 - share))
    return found


def at_level(
    share: float, forecast: Callable[[Aspirations], Floats], numbers: Aspirations
) -> Aspirations:
    """The same with the firmness that gives this mean share of no deal.

    The nearest that can be had where none does.
    """

    def apart(firm: float) -> float:
        return float(forecast(numbers._replace(firm=firm))[:, -1].mean() - share)

    if apart(LEAST) >= 0:
        return numbers._replace(firm=LEAST)
    if apart(MOST_FIRM) <= 0:
        return numbers._replace(firm=MOST_FIRM)
    return numbers._replace(firm=float(brentq(apart, LEAST, MOST_FIRM)))
