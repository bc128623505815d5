"""What a forecast needs to know of its draws, as counts that are added up span by span.

Counts are whole numbers without weights, so that they are the same however the draws are
divided, and answer for any weights of the types.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summitry.analysis.outcomes import OBSTACLES, Outcomes, obstacle_codes
from summitry.game.board import Floats, Ints


@dataclass(frozen=True)
class Tally:
    """Counts over draws, for S strata, R rounds, K tiers ("none" first) and P packages.

    `reached` (R, S, K): how often a stratum is at a tier; `together` (R, S·K, S·K): how
    often two strata are at two tiers in the same draw; `kept` (R, K - 1, S, obstacles): what
    kept it from each tier; `packages` and `squares` (P): the weight of the strata that have
    agreed on a package by the round told in detail, and its square, summed over draws.
    """

    draws: int
    reached: Ints
    together: Ints
    kept: Ints
    packages: Floats
    squares: Floats


def nothing(rounds: int, strata: int, tiers: int, packages: int) -> Tally:
    """No draw counted yet."""
    return Tally(
        draws=0,
        reached=np.zeros((rounds, strata, tiers), np.int64),
        together=np.zeros((rounds, strata * tiers, strata * tiers), np.int64),
        kept=np.zeros((rounds, tiers - 1, strata, len(OBSTACLES)), np.int64),
        packages=np.zeros(packages),
        squares=np.zeros(packages),
    )


def add(before: Tally, outcomes: Outcomes, weights: Floats, detail: int) -> Tally:
    """The counts with those of these outcomes added; `detail` is the round told in detail."""
    rounds, strata, tiers = before.reached.shape
    reached, together, kept = before.reached.copy(), before.together.copy(), before.kept.copy()
    for t in range(rounds):
        at = (outcomes.tier[:, None, :, t] == np.arange(tiers)[:, None]).astype(float)
        at = at.reshape(strata * tiers, -1)
        # 0 and 1 in doubles: the product is fast, and exact
        both = np.rint(at @ at.T).astype(np.int64)
        together[t] += both
        reached[t] += both.diagonal().reshape(strata, tiers)
        for k in range(1, tiers):
            codes = obstacle_codes(outcomes, t, k)
            kept[t, k - 1] += (codes[..., None] == np.arange(len(OBSTACLES))).sum(axis=1)
    packages, squares = before.packages.copy(), before.squares.copy()
    _add_packages(outcomes, weights, detail, packages, squares)
    draws = before.draws + outcomes.tier.shape[1]
    return Tally(draws, reached, together, kept, packages, squares)


def _add_packages(
    outcomes: Outcomes, weights: Floats, detail: int, packages: Floats, squares: Floats
) -> None:
    """Add each draw's weight of each package, draw by draw: the same sums in any spans."""
    strata, draws = np.nonzero(outcomes.when <= detail)
    agreed = outcomes.package[strata, draws].astype(np.int64)
    keys, place = np.unique(draws * len(packages) + agreed, return_inverse=True)
    weight = np.bincount(place, weights[strata], len(keys))
    np.add.at(packages, keys % max(len(packages), 1), weight)
    np.add.at(squares, keys % max(len(packages), 1), weight**2)


def shares(counted: Tally, weights: Floats, t: int) -> Floats:
    """The probability of each tier by round t under weights of the strata: (K)."""
    found: Floats = weights @ counted.reached[t] / counted.draws
    return found


def covariance(counted: Tally, weights: Floats, t: int) -> Floats:
    """The covariance over draws of the weights at each tier by round t: (K, K).

    With the divisor draws - 1; 0 to the last digit where nothing varies.
    """
    strata, tiers = counted.reached.shape[1:]
    apart = counted.draws * counted.together[t] - np.multiply.outer(
        counted.reached[t].ravel(), counted.reached[t].ravel()
    )
    each = apart.reshape(strata, tiers, strata, tiers) / counted.draws / (counted.draws - 1)
    return np.einsum("s,skrl,r->kl", weights, each, weights)


def obstacles(counted: Tally, weights: Floats, t: int, k: int) -> dict[str, float]:
    """The share of each obstacle to tier k or higher by round t."""
    found = weights @ counted.kept[t, k - 1] / counted.draws
    return {name: float(share) for name, share in zip(OBSTACLES, found, strict=True)}


def package_errors(counted: Tally) -> Floats:
    """The standard error of the probability of each package: (P)."""
    mean = counted.packages / counted.draws
    variance = (counted.squares - counted.draws * mean**2) / (counted.draws - 1)
    errors: Floats = np.sqrt(np.maximum(variance, 0.0) / counted.draws)
    return errors
