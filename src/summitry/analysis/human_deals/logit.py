"""Fitting choices: a logit over the splits of each negotiation, a logit of yes or no.

Both maximise the likelihood with a small ridge on the coefficients of standardised terms, so
that few rows cannot send a coefficient to infinity. The optimum is unique: the same on any
machine up to the tolerance.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from summitry.game.board import Bools, Floats, Ints

RIDGE = 1.0


def log_choice(terms: Floats, there: Bools, weights: Floats) -> tuple[Floats, Floats]:
    """Log probability of each option (n, K), and the inclusive value of them all (n).

    Conditional logit (McFadden 1974): also the quantal response of one decision maker to
    the options' worth (McKelvey and Palfrey 1995).
    """
    worth = np.where(there, terms @ weights, -np.inf)
    inclusive = logsumexp(worth, axis=1)
    return worth - inclusive[:, None], inclusive


def fit_choice(terms: Floats, there: Bools, chosen: Ints) -> Floats:
    """The weights of the terms under which the choices were likeliest.

    `terms` (n, K, terms), `there` (n, K), `chosen` (n).
    """
    scale = _scale(terms[there])
    scaled = terms / scale
    total = scaled[np.arange(len(chosen)), chosen].sum(axis=0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        logs, inclusive = log_choice(scaled, there, weights)
        expected = np.tensordot(np.exp(logs), scaled, 2)
        value = inclusive.sum() - total @ weights + RIDGE * weights @ weights / 2
        return float(value), expected - total + RIDGE * weights

    return _minimum(loss, terms.shape[2]) / scale


def fit_yes(terms: Floats, yes: Bools) -> Floats:
    """Intercept, then the weights of the terms (n, terms), under which `yes` was likeliest."""
    centre, scale = terms.mean(axis=0), _scale(terms)
    scaled = np.column_stack([np.ones(len(yes)), (terms - centre) / scale])
    penalty = np.full(scaled.shape[1], RIDGE)
    penalty[0] = 0.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = scaled @ weights
        value = np.logaddexp(0.0, score).sum() - score @ yes + weights @ (penalty * weights) / 2
        return float(value), scaled.T @ (expit(score) - yes) + penalty * weights

    found = _minimum(loss, scaled.shape[1])
    slopes = found[1:] / scale
    return np.concatenate([[found[0] - slopes @ centre], slopes])


def chance_of_yes(terms: Floats, weights: Floats) -> Floats:
    """The probability of yes: (n)."""
    chance: Floats = expit(weights[0] + terms @ weights[1:])
    return chance


def _scale(terms: Floats) -> Floats:
    """The terms' standard deviations; 1 where a term never varies."""
    scale = terms.std(axis=0)
    return np.where(scale > 1e-9, scale, 1.0)


def _minimum(loss: object, size: int) -> Floats:
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"ftol": 1e-12})
    return np.asarray(found.x)
