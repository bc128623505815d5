"""Slow, literal versions of the definitions, as oracles of the compiled kernels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

TOLERANCE = 1e-9


def held(subset: frozenset[int], kept: np.ndarray, linked: np.ndarray, linkages) -> np.ndarray:
    """k(P): what each party keeps if the deal collapses at a subset."""
    total = kept[:, sorted(subset)].sum(axis=1)
    for k, together in enumerate(linkages):
        if together <= subset:
            total = total + linked[:, k]
    return total


def steps_from(done: frozenset[int], package: frozenset[int], game) -> Iterator[tuple[int, ...]]:
    """Every single step and swap that can be taken."""
    ready = [c for c in sorted(package - done) if game["requires"][c] <= done]
    for c in ready:
        yield (c,)
    for c, d in itertools.combinations(ready, 2):
        instant = game["instant"][c] and game["instant"][d]
        if instant and not game["movers"][c] & game["movers"][d]:
            yield (c, d)


def ask(i, done, after, package, gains, game) -> float:
    """The minimum trust of mover i for one step, by the four lines of the definition."""
    stop = held(done, game["kept"], game["linked"], game["linkages"])[i] - game["breach"][i]
    then = held(after, game["kept"], game["linked"], game["linkages"])[i]
    if gains[i] < stop - TOLERANCE:
        return math.inf
    if after == package or stop <= then + TOLERANCE:
        return 0.0
    return min((stop - then) / (gains[i] - then), 1.0)


def minimum_trust(package: frozenset[int], gains, game) -> float:
    """The smallest demand of any roadmap, by trying all orders with a memory."""
    memory: dict[frozenset[int], float] = {package: 0.0}

    def rest(done: frozenset[int]) -> float:
        if done not in memory:
            best = math.inf
            for step in steps_from(done, package, game):
                after = done | set(step)
                movers = set().union(*(game["movers"][c] for c in step))
                worst = max(ask(i, done, after, package, gains, game) for i in movers)
                if worst < math.inf:
                    best = min(best, max(worst, rest(after)))
            memory[done] = best
        return memory[done]

    return rest(frozenset())


def self_enforcing(package: frozenset[int], gains, game, trust) -> bool:
    """Whether some order asks no mover for more than its own trust."""
    memory: dict[frozenset[int], bool] = {package: True}

    def possible(done: frozenset[int]) -> bool:
        if done not in memory:
            memory[done] = any(
                all(
                    ask(i, done, done | set(step), package, gains, game) <= trust[i] + TOLERANCE
                    for c in step
                    for i in game["movers"][c]
                )
                and possible(done | set(step))
                for step in steps_from(done, package, game)
            )
        return memory[done]

    return possible(frozenset())
