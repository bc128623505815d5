"""The fixed problems that the benchmarks of deals and roadmaps run on."""

from __future__ import annotations

import numpy as np

from summitry.game.large.problem import Problem
from summitry.game.large.roadmap import Package

Pairs = list[tuple[int, int]]


def additive(size: int, parties: int, seed: int = 0) -> Problem:
    """Standard normal values, nothing interacts, no agreement is worth 0 to all."""
    return structured(size, parties, (0, 0, 0), seed)


def structured(size: int, parties: int, rules: tuple[int, int, int], seed: int = 0) -> Problem:
    """The same with so many linkages of two, prerequisites and exclusions (`rules`)."""
    rng = np.random.default_rng(seed)
    linkages, prerequisites, exclusions = (_pairs(rng, size, number) for number in rules)
    requires, excludes = [0] * size, [0] * size
    for a, b in prerequisites:
        requires[max(a, b)] |= 1 << min(a, b)
    for a, b in exclusions:
        if not (requires[a] >> b | requires[b] >> a) & 1:
            excludes[a] |= 1 << b
    return Problem(
        values=rng.normal(size=(parties, size)),
        worths=rng.normal(size=(parties, len(linkages))),
        reservation=np.zeros(parties),
        power=np.ones(parties),
        principals=tuple(range(parties)),
        linkages=tuple(1 << a | 1 << b for a, b in linkages),
        requires=tuple(requires),
        only_with=(0,) * size,
        excludes=tuple(excludes),
        asks=(0,) * size,
        tier_all=(0,),
        tier_any=(0,),
    )


def _pairs(rng: np.random.Generator, size: int, number: int) -> Pairs:
    return [tuple(int(c) for c in rng.choice(size, 2, replace=False)) for _ in range(number)]


def exchange(size: int, seed: int = 0) -> Package:
    """A package of three parties that pay the others in turn, for good; a third can be swapped."""
    rng = np.random.default_rng(seed)
    movers = np.arange(size) % 3
    kept = np.where(np.arange(3)[:, None] == movers, -5.0, 3.0) * rng.uniform(0.5, 1.5, size)
    return Package(
        elements=tuple(range(size)),
        requires=tuple(1 << x - 2 if x >= 6 and x % 5 == 0 else 0 for x in range(size)),
        movers=tuple(int(1 << i) for i in movers),
        instant=np.arange(size) % 3 == 0,
        kept=kept,
        links=(0b11,),
        linked=np.full((3, 1), 0.5),
        gains=kept.sum(axis=1) + 0.5,
        breach=np.full(3, 0.3),
        ranks=np.arange(3),
    )
