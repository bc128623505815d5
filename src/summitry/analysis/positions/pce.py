"""The probabilistic Condorcet election: how likely each stated position is to prevail.

Every two positions meet in a vote in which each party weighs in by power times salience times
the difference the two make to it (Wise, Lester and Efird 2015, KTAB):
v_k(a:b) = c_k s_k [u_k(a) - u_k(b)] with u_k(a) = 1 - |x_k - a|/R;
S[a:b] = Σ positive v + 1e-8; P[a>b] = S[a:b] / (S[a:b] + S[b:a]), and 1/2 on the diagonal.
"""

from __future__ import annotations

import numpy as np

from summitry.analysis.positions.stands import Stands
from summitry.game.board import Bools, Floats

FLOOR = 1e-8
SETTLED = 1e-6
MOST_STEPS = 10_000


def conditional_pce(stands: Stands) -> Floats:
    """The probability of each position that it beats all others at once: (..., n).

    p_a ∝ Π_b P[a>b] over the distinct positions. Where several parties share a position,
    its whole probability stands at the first of them.
    """
    first = distinct(stands.positions)
    return conditional(victories(stands.weights, -stands.distances), first)


def markov_pce(stands: Stands) -> Floats:
    """The share of time each position is the standing proposal when all challenge alike: (..., n).

    p'_a = (1/o) Σ_b P[a>b] (p_a + p_b) over the o distinct positions, averaged with p until
    the change is below 1e-6. A shared position's probability stands at its first party.
    """
    first = distinct(stands.positions)
    return markov(victories(stands.weights, -stands.distances), first)


def distinct(positions: Floats) -> Bools:
    """For each party whether it is the first at its position: (..., n)."""
    n = positions.shape[-1]
    same = positions[..., :, None] == positions[..., None, :]
    return np.asarray(~(same & np.tri(n, n, -1, dtype=bool)).any(axis=-1))


def victories(weights: Floats, utilities: Floats) -> Floats:
    """P[a>b] from weights (..., k) and what each party thinks of each position (..., k, a)."""

    def against_all(a: int) -> Floats:
        votes = utilities[..., :, a, None] - utilities
        return np.asarray((weights[..., None] * np.maximum(votes, 0.0)).sum(axis=-2))

    # one position at a time: all at once would take n³ numbers a draw
    support = np.stack([against_all(a) for a in range(utilities.shape[-1])], axis=-2) + FLOOR
    return np.asarray(support / (support + np.swapaxes(support, -1, -2)))


def conditional(beats: Floats, candidates: Bools) -> Floats:
    """The conditional election from P[a>b] (..., n, n) among the candidates (..., n)."""
    logs = np.where(candidates[..., None, :], np.log(beats), 0.0).sum(axis=-1)
    logs = np.where(candidates, logs, -np.inf)
    shares = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))


def markov(beats: Floats, candidates: Bools) -> Floats:
    """The Markov election with uniform challenges, from P[a>b] among the candidates."""
    number = candidates.sum(axis=-1, keepdims=True)
    inside = candidates[..., :, None] & candidates[..., None, :]
    chance = np.where(inside, beats, 0.0) / number[..., None]
    stay = chance.sum(axis=-1)
    p = candidates / number
    for _ in range(MOST_STEPS):
        after = p * stay + np.einsum("...ab,...b->...a", chance, p)
        change = np.abs(after - p).max(initial=0.0)
        p = (p + after) / 2.0
        if change < SETTLED:
            break
    return np.asarray(p / p.sum(axis=-1, keepdims=True))
