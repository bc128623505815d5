"""How thin a package must be sliced: the fewest extra steps that bring it under the trust.

Slicing commitments so that nobody is ever far ahead: Schelling (1960), Kydd (2005).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from summitry.game.board import Floats
from summitry.game.roadmap import MOST_CELLS, MOST_STATES, Lattice

MOST_EXTRA = 12
MOST_TRIED = 1000
BEAM = 16


@dataclass(frozen=True)
class Slicing:
    """The best ways of adding `extra` steps: parts by commitment (index).

    `least`: the smallest minimum trust that they reach, by `parts`; `within`: the parts with
    which some order asks nobody for more than its trust, None where none does. `exact`: all
    ways of slicing were tried, not only those near the best with fewer steps.
    """

    extra: int
    least: float
    parts: Mapping[int, int]
    within: Mapping[int, int] | None
    exact: bool


def slice_thinner(
    build: Callable[[Mapping[int, int]], Lattice],
    commitments: Sequence[int],
    trust: Floats,
    *,
    most: int = MOST_EXTRA,
    workers: int = 1,
    tick: Callable[[int, int], None] = lambda _extra, _most: None,
) -> Iterator[Slicing]:
    """For 0, 1, 2, ... extra steps the best slicing, until one is within the parties' trust.

    `build` makes the lattice for parts by commitment, `commitments` are those that can be
    sliced. Ends after `most` extra steps, or where the lattice would grow too large.
    """
    best: list[tuple[int, ...]] = [(1,) * len(commitments)]
    exact = True
    for extra in range(most + 1):
        tick(extra, most)
        ways = _count(extra, len(commitments))
        if extra == 0:
            tried = best
        elif ways <= MOST_TRIED:
            tried = list(_all(extra, len(commitments)))
        else:
            tried, exact = _near(best), False
        with ThreadPoolExecutor(workers) as pool:
            found = list(pool.map(partial(_try, build, commitments, trust), tried))
        results = [one for one in found if one is not None]
        if not results:
            return
        results.sort()
        best = [counts for _, _, counts in results[:BEAM]]
        least = min(results, key=lambda item: item[1:])
        within = results[0][2] if math.isfinite(results[0][0]) else None
        yield Slicing(
            extra=extra,
            least=least[1],
            parts=dict(zip(commitments, least[2], strict=True)),
            within=None if within is None else dict(zip(commitments, within, strict=True)),
            exact=exact,
        )
        if within is not None or not commitments:
            return


def _try(
    build: Callable[[Mapping[int, int]], Lattice],
    commitments: Sequence[int],
    trust: Floats,
    counts: tuple[int, ...],
) -> tuple[float, float, tuple[int, ...]] | None:
    """The least demand within the trust (infinite: none is), the least of all, and the parts.

    None where it is too large.
    """
    if math.prod(n + 1 for n in counts) > MOST_STATES:
        return None
    try:
        lattice = build(dict(zip(commitments, counts, strict=True)))
    except ValueError:
        return None
    if lattice.cells > MOST_CELLS:
        return None
    return lattice.least(trust), lattice.least(), counts


def _count(extra: int, size: int) -> int:
    return math.comb(extra + size - 1, size - 1) if size else 0


def _all(extra: int, size: int) -> Iterator[tuple[int, ...]]:
    """All ways of giving `extra` parts to `size` commitments that have one already."""
    for cuts in itertools.combinations(range(extra + size - 1), size - 1):
        edges = (-1, *cuts, extra + size - 1)
        yield tuple(b - a for a, b in itertools.pairwise(edges))


def _near(best: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Every way of cutting one more commitment of the best so far."""
    return sorted({(*way[:x], way[x] + 1, *way[x + 1 :]) for way in best for x in range(len(way))})
