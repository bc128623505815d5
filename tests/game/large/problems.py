"""Random problems, and what listing every package says of them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from summitry.game.large.problem import (
    Problem,
    gains_of,
    is_acceptable,
    is_possible,
)


@st.composite
def problems(draw, *, most: int = 9, whole: bool = False, parties: int | None = None):
    """A problem of 2 to `most` commitments with rules, linkages, consents and tiers.

    With `whole` all numbers are small whole ones, so that equal gains abound.
    """
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return random_problem(rng, int(rng.integers(2, most + 1)), whole, parties)


def random_problem(rng, size, whole=False, parties=None):
    parties = parties or int(rng.integers(2, 6))
    principals = tuple(range(min(parties, int(rng.integers(1, 5)))))
    linkages = tuple(some(rng, size, 2, 4) for _ in range(rng.integers(0, 4)))
    requires, only_with, excludes = ([0] * size for _ in range(3))
    for c in range(1, size):
        rule = rng.integers(0, 9)
        if rule < 3:
            (requires, only_with, excludes)[rule][c] = 1 << int(rng.integers(c))
    scale = rng.choice([1.0, 1e-6, 1e6]) if not whole else 1.0
    numbers = rng.integers(-3, 4, (parties, size + len(linkages) + 1)).astype(float)
    if not whole:
        numbers = rng.normal(0, 5, numbers.shape) * scale
    asks = [1 << int(rng.integers(parties)) if rng.random() < 0.5 else 0 for _ in range(size)]
    tiers = int(rng.integers(1, 4))
    return Problem(
        values=numbers[:, :size],
        worths=numbers[:, size:-1],
        reservation=-np.abs(numbers[:, -1]) if rng.random() < 0.7 else numbers[:, -1] / 4,
        power=np.ones(parties),
        principals=principals,
        linkages=linkages,
        requires=tuple(requires),
        only_with=tuple(only_with),
        excludes=tuple(excludes),
        asks=tuple(asks),
        tier_all=tuple(some(rng, size, 0, 2) for _ in range(tiers)),
        tier_any=tuple(some(rng, size, 0, 2) for _ in range(tiers)),
    )


def some(rng, size, least, most):
    """A mask of a few commitments."""
    number = min(size, int(rng.integers(least, most + 1)))
    return sum(1 << int(c) for c in rng.choice(size, number, replace=False))


def zone(problem: Problem):
    """All acceptable packages with the principals' gains, one by one."""
    masks = [mask for mask in range(1, 1 << problem.size) if is_possible(problem, mask)]
    gains = [gains_of(problem, mask) for mask in masks]
    inside = [k for k, mask in enumerate(masks) if is_acceptable(problem, mask, gains[k])]
    columns = list(problem.principals)
    gained = np.array([gains[k][columns] for k in inside]).reshape(len(inside), len(columns))
    return np.array([masks[k] for k in inside], np.uint32), gained
