"""What a forecast needs to know of its draws, as counts that are added up span by span.

Counts are whole numbers without weights, so that they are the same however the draws are
divided, and answer for any weights of the types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.analysis.outcomes import (
    AFTERWARDS,
    OBSTACLES,
    Outcomes,
    done_by,
    fell_short,
    obstacle_codes,
    signed_by,
)
from summitry.game.board import Floats, Ints


@dataclass(frozen=True)
class Tally:
    """Counts over draws, for S strata, R rounds, K tiers ("none" first), P packages, C commitments.

    `reached` (R, S, K): how often a stratum is at a tier; `together` (R S K, R S K): how often
    two of these come in the same draw; `carried` and `in_force` (R, S, K, K): by the tier signed
    and the tier carried out, or in force; `kept` (R, K - 1, S, obstacles): what kept it from each
    tier; `short` (R, K - 1, S, 2): why what was signed at a tier was not carried out at it.
    Of the round told in detail, weighted by the strata: `packages` and `squares` (P), and by
    the tier signed `done` (K, C), how often each commitment is done, and `stops`, how often whom
    stopped at which step (masks).
    """

    draws: int
    reached: Ints
    together: Ints
    carried: Ints
    in_force: Ints
    kept: Ints
    short: Ints
    packages: Floats
    squares: Floats
    done: Floats
    stops: Mapping[tuple[int, int, int], float]


def nothing(rounds: int, strata: int, tiers: int, packages: int, commitments: int) -> Tally:
    """No draw counted yet."""
    every = rounds * strata * tiers
    return Tally(
        draws=0,
        reached=np.zeros((rounds, strata, tiers), np.int64),
        together=np.zeros((every, every), np.int64),
        carried=np.zeros((rounds, strata, tiers, tiers), np.int64),
        in_force=np.zeros((rounds, strata, tiers, tiers), np.int64),
        kept=np.zeros((rounds, tiers - 1, strata, len(OBSTACLES)), np.int64),
        short=np.zeros((rounds, tiers - 1, strata, len(AFTERWARDS)), np.int64),
        packages=np.zeros(packages),
        squares=np.zeros(packages),
        done=np.zeros((tiers, commitments)),
        stops={},
    )


def add(before: Tally, outcomes: Outcomes, weights: Floats, detail: int) -> Tally:
    """The counts with those of these outcomes added; `detail` is the round told in detail."""
    rounds, strata, tiers = before.reached.shape
    at = outcomes.tier.transpose(2, 0, 1)[:, :, None] == np.arange(tiers)[:, None]
    flat = at.reshape(rounds * strata * tiers, -1).astype(float)
    # 0 and 1 in doubles: the product is fast, and exact
    together = np.rint(flat @ flat.T).astype(np.int64)
    kept, short = before.kept.copy(), before.short.copy()
    for t in range(rounds):
        for k in range(1, tiers):
            codes = obstacle_codes(outcomes, t, k)
            kept[t, k - 1] += (codes[..., None] == np.arange(len(OBSTACLES))).sum(axis=1)
            short[t, k - 1] += np.stack([x.sum(axis=1) for x in fell_short(outcomes, t, k)], -1)
    packages, squares = before.packages.copy(), before.squares.copy()
    _add_packages(outcomes, weights, detail, packages, squares)
    return Tally(
        draws=before.draws + outcomes.tier.shape[1],
        reached=before.reached + together.diagonal().reshape(rounds, strata, tiers),
        together=before.together + together,
        carried=before.carried + _by_both(outcomes.tier, outcomes.carried, tiers),
        in_force=before.in_force + _by_both(outcomes.tier, outcomes.in_force, tiers),
        kept=kept,
        short=short,
        packages=packages,
        squares=squares,
        done=before.done + _done(outcomes, weights, detail, before.done.shape),
        stops=_stops(before.stops, outcomes, weights, detail),
    )


def _by_both(signed: np.ndarray, became: np.ndarray, tiers: int) -> Ints:
    """How often each tier signed became each tier: (R, S, K, K)."""
    strata, _, rounds = signed.shape
    places = signed.astype(np.int64) * tiers + became
    found = np.zeros((rounds, strata, tiers * tiers), np.int64)
    for t in range(rounds):
        for s in range(strata):
            found[t, s] = np.bincount(places[s, :, t], minlength=tiers * tiers)
    return found.reshape(rounds, strata, tiers, tiers)


def _add_packages(
    outcomes: Outcomes, weights: Floats, detail: int, packages: Floats, squares: Floats
) -> None:
    """Add each draw's weight of each package, draw by draw: the same sums in any spans."""
    signed = signed_by(outcomes, detail)
    strata, draws = np.nonzero(signed >= 0)
    agreed = signed[strata, draws].astype(np.int64)
    keys, place = np.unique(draws * len(packages) + agreed, return_inverse=True)
    weight = np.bincount(place, weights[strata], len(keys))
    np.add.at(packages, keys % max(len(packages), 1), weight)
    np.add.at(squares, keys % max(len(packages), 1), weight**2)


def _done(outcomes: Outcomes, weights: Floats, detail: int, shape: tuple[int, ...]) -> Floats:
    """The weight of the draws in which each commitment is done, by the tier signed: (K, C)."""
    done, tier = done_by(outcomes, detail), outcomes.tier[:, :, detail]
    found = np.zeros(shape)
    for c in range(shape[1]):
        hit = (done >> np.uint32(c)) & 1 == 1
        for k in range(shape[0]):
            found[k, c] = weights @ (hit & (tier == k)).sum(axis=1)
    return found


def _stops(
    before: Mapping[tuple[int, int, int], float], outcomes: Outcomes, weights: Floats, detail: int
) -> dict[tuple[int, int, int], float]:
    """The weight of the draws in which whom stops at which step, by the tier signed."""
    found = dict(before)
    strata, draws, number = np.nonzero((outcomes.stopped > 0) & (outcomes.when <= detail))
    for s, d, n in zip(strata, draws, number, strict=True):
        key = (
            int(outcomes.tier[s, d, detail]),
            int(outcomes.stopped[s, d, n]),
            int(outcomes.step[s, d, n]),
        )
        found[key] = found.get(key, 0.0) + float(weights[s])
    return found


def shares(counted: Tally, weights: Floats) -> Floats:
    """The probability of each tier by each round under weights of the strata: (R, K)."""
    found: Floats = np.einsum("s,rsk->rk", weights, counted.reached) / counted.draws
    return found


def covariance(counted: Tally, weights: Floats) -> Floats:
    """The covariance over draws of the weights at each tier by each round: (R K, R K).

    With the divisor draws - 1; 0 to the last digit where nothing varies.
    """
    rounds, strata, tiers = counted.reached.shape
    apart = counted.draws * counted.together - np.multiply.outer(
        counted.reached.ravel(), counted.reached.ravel()
    )
    each = apart.reshape(rounds, strata, tiers, rounds, strata, tiers)
    found = np.einsum("s,rskqtl,t->rkql", weights, each / counted.draws, weights)
    return found.reshape(rounds * tiers, rounds * tiers) / (counted.draws - 1)


def became(counts: Ints, draws: int, weights: Floats, factors: Floats) -> Floats:
    """The probability of each tier carried out (or in force) by each round: (R, K).

    `counts` (R, S, K, K) by the tier signed, each draw's weight times the factor of that tier,
    `factors` (R, K).
    """
    found: Floats = np.einsum("s,rskl,rk->rl", weights, counts, factors) / draws
    # what no draw signs, the pool may hold possible; of what becomes of it nothing is known
    found[:, 0] += 1.0 - found.sum(axis=1)
    return found


def obstacles(counted: Tally, weights: Floats, t: int, k: int) -> dict[str, float]:
    """The share of each obstacle to tier k or higher by round t."""
    found = weights @ counted.kept[t, k - 1] / counted.draws
    return {name: float(share) for name, share in zip(OBSTACLES, found, strict=True)}


def afterwards(counted: Tally, weights: Floats, t: int, k: int) -> dict[str, float]:
    """The share of the draws that sign tier k or higher by round t and do not carry it out: why."""
    found = weights @ counted.short[t, k - 1] / counted.draws
    return {name: float(share) for name, share in zip(AFTERWARDS, found, strict=True)}


def package_errors(counted: Tally) -> Floats:
    """The standard error of the probability of each package: (P)."""
    mean = counted.packages / counted.draws
    variance = (counted.squares - counted.draws * mean**2) / (counted.draws - 1)
    errors: Floats = np.sqrt(np.maximum(variance, 0.0) / counted.draws)
    return errors
