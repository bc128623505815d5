"""Model and reference classes pooled in log-odds: the probability of at least each tier.

A logarithmic pool of two-way forecasts (Genest and Zidek 1986), one for each cut between the
ordered tiers, so that a pooled number lies between its parts.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]


def at_least(exact: Floats) -> Floats:
    """The probability of at least each tier from that of each: (..., K + 1) -> (..., K).

    "none" comes first; at least none is certain, and left out.
    """
    return np.flip(np.cumsum(np.flip(exact, -1), -1), -1)[..., 1:]


def exactly(cumulative: Floats) -> Floats:
    """The probability of each tier from that of at least each: (..., K) -> (..., K + 1)."""
    certain, never = np.ones_like(cumulative[..., :1]), np.zeros_like(cumulative[..., :1])
    return -np.diff(np.concatenate([certain, cumulative, never], axis=-1), axis=-1)


def pool(
    model: Floats,
    classes: Mapping[int, Floats],
    weight: float,
    draws: int,
    reachable: Bools | None = None,
) -> Floats:
    """The pooled probability of each tier by each round: (R, K + 1), "none" first.

    `model` (R, K + 1) from so many `draws`; `classes`: the class forecast (K + 1) of each round
    that some cover; `weight` that of the classes. Tiers that are not `reachable` (K + 1) stay
    at 0. At least a tier never becomes less likely than by the round before.
    """
    apart = pooled_apart(model, classes, weight, draws, reachable)
    return exactly(apart.ravel()[taken_from(apart)])


def pooled_apart(
    model: Floats,
    classes: Mapping[int, Floats],
    weight: float,
    draws: int,
    reachable: Bools | None = None,
) -> Floats:
    """At least each tier, pooled for every round and tier alone: (R, K).

    A round that no class covers takes the shift in log-odds of those covered, interpolated
    by round and constant beyond. `model` need not sum to 1: only its ratios count.
    """
    above, below = at_least(model), np.cumsum(model, -1)[..., :-1]
    if not classes or weight == 0.0:
        return above / (above + below)
    ours = _log_odds(above, below, draws)
    covered = sorted(classes)
    told = np.stack([classes[t] for t in covered])
    theirs = np.log(at_least(told)) - np.log(np.cumsum(told, -1)[..., :-1])
    # half a draw is a limit of what the draws can tell: it never reaches beyond the classes
    ours[covered] = np.where(above[covered] <= 0, np.minimum(ours[covered], theirs), ours[covered])
    ours[covered] = np.where(below[covered] <= 0, np.maximum(ours[covered], theirs), ours[covered])
    shift = weight * (theirs - ours[covered])
    rounds = np.arange(len(model))
    everywhere = [np.interp(rounds, covered, column) for column in shift.T]
    pooled: Floats = expit(ours + np.column_stack(everywhere))
    return pooled if reachable is None else _only(pooled, reachable)


def taken_from(apart: Floats) -> Ints:
    """Where in the raveled (R, K) each number is taken from for the order to hold: (R, K).

    At least a tier is no less likely than at least a higher one, nor than by an earlier round:
    each takes the largest of these, its own among equals.
    """
    place, values = np.arange(apart.size).reshape(apart.shape), apart.ravel()
    for k in reversed(range(apart.shape[1] - 1)):
        place[:, k] = _larger(values, place[:, k], place[:, k + 1])
    for t in range(1, len(apart)):
        place[t] = _larger(values, place[t], place[t - 1])
    return place


def draw_factors(pooled: Floats, model: Floats) -> Floats:
    """What a draw's weight is multiplied by for its tier, pooled / model: (..., K + 1).

    Packages and commitments weighed so agree with the pooled tiers. 0 where the model has no
    draw of the tier: there is none to weigh, and the pooled share of it has no package.
    """
    seen = model > 0
    return np.where(seen, pooled / np.where(seen, model, 1.0), 0.0)


def _log_odds(above: Floats, below: Floats, draws: int) -> Floats:
    """The model's log-odds; where no draw hits, or all do, those of half a draw."""
    half = np.log(2.0 * draws - 1.0)
    some = (above > 0) & (below > 0)
    ratio = np.log(np.where(some, above, 1.0)) - np.log(np.where(some, below, 1.0))
    return np.where(above <= 0, -half, np.where(below <= 0, half, ratio))


def _only(pooled: Floats, reachable: Bools) -> Floats:
    """At least a tier that cannot be reached is at least the next that can."""
    reached = np.flatnonzero(reachable[1:])
    following = np.searchsorted(reached, np.arange(pooled.shape[1]))
    return np.column_stack([pooled[:, reached], np.zeros(len(pooled))])[:, following]


def _larger(values: Floats, own: Ints, other: Ints) -> Ints:
    return np.where(values[other] > values[own], other, own)
