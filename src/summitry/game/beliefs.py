"""The population that everyone has in mind: means and deviations over all draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from summitry.game.board import Board, Floats, columns_of
from summitry.game.numbers import Stakes


class Beliefs(NamedTuple):
    """Prior means of every number, and per package the mean and deviation of the gains.

    `mean` holds `Stakes` without the axis of draws; `utility` (N, P) is the mean of u(S),
    `deviation` (rounds, N, P) the standard deviation of g(S) in that round.
    """

    mean: Stakes
    utility: Floats
    deviation: Floats


class Population(NamedTuple):
    """One party's prior population: as many (weight, draws) as it has types.

    `weights` (types), and for each type the party's `Stakes` without the axis of parties.
    """

    weights: Floats
    stakes: Sequence[Stakes]


def beliefs(board: Board, parties: Sequence[Population], rounds: int) -> Beliefs:
    """What everyone believes of every party before the talks, for each round.

    The moments of a package follow from the means and covariances of the numbers it is
    made of; the divisor is the number of draws.
    """
    means, covariances = zip(*(_moments(party) for party in parties), strict=True)
    columns = columns_of(board)
    utility = np.stack([_mean_utility(mean, columns) for mean in means])
    deviation = np.empty((rounds, len(parties), len(board.masks)))
    for t in range(rounds):
        for j, covariance in enumerate(covariances):
            deviation[t, j] = _deviation(columns, covariance, t)
    mean = Stakes(*(np.stack([m[k] for m in means]) for k in range(len(Stakes._fields))))
    return Beliefs(mean, utility, deviation)


def _moments(party: Population) -> tuple[Stakes, Floats]:
    """Means of all numbers, and covariance of those that make up a gain."""
    means = [Stakes(*(x.mean(axis=0) for x in stakes)) for stakes in party.stakes]
    mean = Stakes(
        *(np.tensordot(party.weights, np.stack(xs), 1) for xs in zip(*means, strict=True))
    )
    covariance = 0.0
    for weight, stakes in zip(party.weights, party.stakes, strict=True):
        apart = _features(stakes) - _features(Stakes(*(x[None] for x in mean)))
        covariance = covariance + weight * (apart.T @ apart) / len(apart)
    return mean, np.asarray(covariance)


def _features(stakes: Stakes) -> Floats:
    """The numbers of a gain as columns: values, linkages, reservation value, delay cost."""
    return np.column_stack([stakes.values, stakes.linkages, stakes.reservation, stakes.delay])


def _mean_utility(mean: Stakes, columns: Floats) -> Floats:
    utility: Floats = columns @ np.concatenate([mean.values, mean.linkages])
    return utility


def _deviation(columns: Floats, covariance: Floats, t: int) -> Floats:
    """Standard deviation of g(S) = values + linkages - reservation + t * delay."""
    tail = np.array([-1.0, float(t)])
    n = columns.shape[1]
    cross = 2 * (covariance[:n, n:] @ tail)
    constant = tail @ covariance[n:, n:] @ tail
    variance = np.einsum("ij,ij->i", columns @ covariance[:n, :n], columns)
    deviation: Floats = np.sqrt(np.maximum(variance + columns @ cross + constant, 0.0))
    return deviation
