"""What may draw people to a split: its gains, its fairness, and what is easy to say.

Each term is a number for every split (n, K). Those that compare points across the two are no
part of the game of the model, which never does: they are what people are seen to go by.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from summitry.analysis.human_deals.reading import POINTS, Negotiations
from summitry.analysis.human_deals.splits import Splits
from summitry.game.board import Floats

CENT = 0.01
CLOSE = 1e-9


def log_nash_product(_: Negotiations, splits: Splits) -> Floats:
    """The logarithm of the product of the gains (Nash 1950).

    A hundredth of a point is added to each, so that no split is impossible.
    """
    logs: Floats = np.log(splits.points + CENT).sum(axis=2)
    return logs


def inequality(_: Negotiations, splits: Splits) -> Floats:
    """By how many points one has more than the other (Fehr and Schmidt 1999)."""
    return np.abs(splits.points[:, :, 0] - splits.points[:, :, 1]).astype(float)


def believed_values(negotiations: Negotiations) -> Floats:
    """What an item of each kind is worth to the other, as far as one can know: (n, kinds).

    All kinds alike, each worth an equal part of all points: the mean over all value vectors.
    """
    counts = negotiations.counts
    there = (counts > 0).sum(axis=1, keepdims=True)
    return np.where(counts > 0, POINTS / np.maximum(counts, 1) / there, 0.0)


def perceived_envy(negotiations: Negotiations, splits: Splits) -> Floats:
    """By how much each has less than it must believe of the other, summed over the two.

    Fehr and Schmidt (1999) under private information: what the other's items are worth to
    it is taken at the mean of all value vectors that fit the items.
    """
    believed = believed_values(negotiations)[:, None]
    of_first, of_second = (
        (splits.taken * believed).sum(axis=2),
        (splits.left * believed).sum(axis=2),
    )
    first, second = splits.points[:, :, 0], splits.points[:, :, 1]
    envy: Floats = np.maximum(of_second - first, 0.0) + np.maximum(of_first - second, 0.0)
    return envy


def dominated(_: Negotiations, splits: Splits) -> Floats:
    """1 where another split is better for one and worse for neither (Pareto)."""
    points = splits.points
    found = np.zeros(splits.there.shape, bool)
    for other in range(points.shape[1]):
        apart = points[:, other, None] - points
        better = (apart >= -CLOSE).all(axis=2) & (apart > CLOSE).any(axis=2)
        found |= better & splits.there[:, other, None]
    return (found & splits.there).astype(float)


def both_halves(_: Negotiations, splits: Splits) -> Floats:
    """1 where each gets half of its own points or more: proportional (Steinhaus 1948)."""
    return (2 * splits.points >= POINTS - CLOSE).all(axis=2).astype(float)


def double_lead(_: Negotiations, splits: Splits) -> Floats:
    """The lead of one in points times its lead in items; below 0 where the other has more items.

    Items are what both can count (equal numbers as a rule of fairness: Messick 1993): who has
    less by its own points is made up for in numbers, who has more of both has too much.
    """
    items = splits.taken.sum(axis=2) - splits.left.sum(axis=2)
    lead: Floats = ((splits.points[:, :, 0] - splits.points[:, :, 1]) * items).astype(float)
    return lead


def favourites(negotiations: Negotiations, splits: Splits) -> Floats:
    """Which part each gets of what it values most, summed over the two: logrolling."""
    total = np.zeros(splits.there.shape)
    for side, items in enumerate((splits.taken, splits.left)):
        values = negotiations.values[:, side]
        worth = np.where(negotiations.counts > 0, values, -1.0)
        dearest = worth >= worth.max(axis=1, keepdims=True) - CLOSE
        had = (items * dearest[:, None]).sum(axis=2)
        total += had / (negotiations.counts * dearest).sum(axis=1)[:, None]
    return total


def kinds_divided(_: Negotiations, splits: Splits) -> Floats:
    """How many kinds are shared between the two; "all of them" is focal (Schelling 1960)."""
    return ((splits.taken > 0) & (splits.left > 0)).sum(axis=2).astype(float)


def halved_kinds(_: Negotiations, splits: Splits) -> Floats:
    """How many kinds are shared half and half: equal numbers as a rule (Messick 1993)."""
    return ((splits.taken == splits.left) & (splits.taken > 0)).sum(axis=2).astype(float)


def most_together(_: Negotiations, splits: Splits) -> Floats:
    """1 where the two have no more points together by any other split (Pruitt 1981)."""
    together = np.where(splits.there, splits.points.sum(axis=2), -1.0)
    return (together >= together.max(axis=1, keepdims=True) - CLOSE).astype(float)


def taken_for_nothing(negotiations: Negotiations, splits: Splits) -> Floats:
    """How many kinds somebody takes of that are worth nothing to it."""
    values = negotiations.values[:, None]
    found = (values[:, :, 0] <= CLOSE) & (splits.taken > 0)
    return (
        found.sum(axis=2) + ((values[:, :, 1] <= CLOSE) & (splits.left > 0)).sum(axis=2)
    ).astype(float)


TERMS: dict[str, Callable[[Negotiations, Splits], Floats]] = {
    "log_nash_product": log_nash_product,
    "inequality": inequality,
    "perceived_envy": perceived_envy,
    "dominated": dominated,
    "both_halves": both_halves,
    "double_lead": double_lead,
    "favourites": favourites,
    "kinds_divided": kinds_divided,
    "halved_kinds": halved_kinds,
    "most_together": most_together,
    "taken_for_nothing": taken_for_nothing,
}


def share_terms(negotiations: Negotiations, splits: Splits) -> Floats:
    """All terms of every split, in the order of `TERMS`; 0 where there is none: (n, K, terms)."""
    terms = np.stack([term(negotiations, splits) for term in TERMS.values()], axis=2)
    return np.where(splits.there[:, :, None], terms, 0.0)
