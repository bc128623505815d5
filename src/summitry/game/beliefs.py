"""The population that everyone has in mind: means and deviations over all draws."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from summitry.game.board import Board, Floats, columns_of
from summitry.game.numbers import Stakes

SPAN = 4096
ROUNDING = 1e-12


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


class Moments(NamedTuple):
    """Of some draws of a party of one type: how many, the means of all numbers, their scatter.

    The numbers are the columns of `_features`; `scatter` sums the products of their
    distances from the means.
    """

    draws: int
    mean: Floats
    scatter: Floats


def beliefs(board: Board, parties: Sequence[Population], rounds: int) -> Beliefs:
    """What everyone believes of every party before the talks, for each round.

    The moments of a package follow from the means and covariances of the numbers it is
    made of; the divisor is the number of draws.
    """
    moments = [[_moments(stakes) for stakes in party.stakes] for party in parties]
    return believed(board, [party.weights for party in parties], moments, rounds)


def believed(
    board: Board,
    weights: Sequence[Floats],
    moments: Sequence[Sequence[Moments]],
    rounds: int,
) -> Beliefs:
    """The beliefs from the weights and moments of each party's types."""
    columns = columns_of(board)
    means, covariances = zip(*map(_mixed, weights, moments), strict=True)
    stakes = [_stakes_of(mean, board) for mean in means]
    utility = np.stack([_mean_utility(mean, columns) for mean in stakes])
    deviation = np.empty((rounds, len(means), len(board.masks)))
    for t in range(rounds):
        for j, covariance in enumerate(covariances):
            deviation[t, j] = _deviation(columns, covariance[:-2, :-2], t)
    mean = Stakes(*(np.stack([m[k] for m in stakes]) for k in range(len(Stakes._fields))))
    return Beliefs(mean, utility, deviation)


def moments_of(stakes: Stakes) -> Moments:
    """The moments of a span of draws."""
    features = _features(stakes)
    mean = features.mean(axis=0)
    apart = features - mean
    return Moments(len(features), mean, apart.T @ apart)


def join(first: Moments, second: Moments) -> Moments:
    """The moments of two sets of draws as one (Chan, Golub and LeVeque 1983)."""
    draws = first.draws + second.draws
    apart = second.mean - first.mean
    mean = first.mean + apart * (second.draws / draws)
    between = np.outer(apart, apart) * (first.draws * second.draws / draws)
    return Moments(draws, mean, first.scatter + second.scatter + between)


def _moments(stakes: Stakes) -> Moments:
    """The moments of all draws, span by span: the same bytes as when they are streamed."""
    spans = range(0, len(stakes.trust), SPAN)
    return reduce(join, (moments_of(Stakes(*(x[k : k + SPAN] for x in stakes))) for k in spans))


def _mixed(weights: Floats, moments: Sequence[Moments]) -> tuple[Floats, Floats]:
    """Mean and covariance of a party whose type is drawn from its prior."""
    mean = weights @ np.stack([part.mean for part in moments])
    covariance = np.zeros((len(mean), len(mean)))
    for weight, part in zip(weights, moments, strict=True):
        apart = part.mean - mean
        covariance += weight * (part.scatter / part.draws + np.outer(apart, apart))
    return mean, covariance


def _features(stakes: Stakes) -> Floats:
    """All numbers as columns; the last two, breach cost and trust, are no part of a gain."""
    alone = (stakes.reservation, stakes.delay, stakes.breach, stakes.trust)
    return np.column_stack([stakes.values, stakes.linkages, *alone])


def _stakes_of(mean: Floats, board: Board) -> Stakes:
    """The columns of `_features` as `Stakes` without the axis of draws."""
    commitments = len(board.movers)
    return Stakes(mean[:commitments], mean[commitments:-4], *mean[-4:])


def _mean_utility(mean: Stakes, columns: Floats) -> Floats:
    utility: Floats = columns @ np.concatenate([mean.values, mean.linkages])
    return utility


def _deviation(columns: Floats, covariance: Floats, t: int) -> Floats:
    """Standard deviation of g(S) = values + linkages - reservation + t * delay.

    Exactly 0 where numbers that vary together leave no more than rounding: a gain that is
    certain must not look like one in doubt.
    """
    tail = np.array([-1.0, float(t)])
    n = columns.shape[1]
    cross = 2 * (covariance[:n, n:] @ tail)
    constant = tail @ covariance[n:, n:] @ tail
    variance = np.einsum("ij,ij->i", columns @ covariance[:n, :n], columns)
    variance += columns @ cross + constant
    apart = np.sqrt(covariance.diagonal())  # if all varied together, as large as it can be
    most = columns @ apart[:n] + np.abs(tail) @ apart[n:]
    certain = variance <= ROUNDING * most**2
    deviation: Floats = np.sqrt(np.where(certain, 0.0, variance))
    return deviation
