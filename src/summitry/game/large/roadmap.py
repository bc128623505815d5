"""Orders of moves of packages of more than 20 commitments: the best found, and a bound.

The general problem is strongly NP-hard; so the search is best first within fixed memory, first
among all orders, then among those in which each party's own moves follow a chain; and, of each
number of commitments done, only from the best few (a beam).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from summitry.game.board import Bools, Floats, Ints
from summitry.game.kernels.bottleneck import beam_orders, search_orders
from summitry.game.kernels.ladder import asked
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.problem import bits
from summitry.game.lattice import Step

MOST_STATES = 100_000
MOST_OPEN = 2_000_000
BEAM = 200


class Package(NamedTuple):
    """One package of n commitments as the search reads it; masks are of positions in it.

    `elements` (indices of commitments), `requires`, `movers` (of parties), `instant`; what a
    collapse leaves of each (`kept` (N, n)) and of the `links` inside (`linked` (N, L));
    `gains` by the whole and `breach` costs (N).
    """

    elements: tuple[int, ...]
    requires: tuple[int, ...]
    movers: tuple[int, ...]
    instant: Bools
    kept: Floats
    links: tuple[int, ...]
    linked: Floats
    gains: Floats
    breach: Floats


@dataclass(frozen=True)
class Search:
    """The best order found (positions; [] where none was), and how far it may be from the best.

    `lower`: no order asks for less; infinite where it is proved that none works. `exact`:
    the order asks for no more than that. `states`: how many were reached in all.
    """

    order: list[tuple[int, ...]]
    lower: float
    exact: bool
    states: int


def search_roadmap(package: Package, most_states: int = MOST_STATES, widest: int = BEAM) -> Search:
    """An order that asks for little trust, and the least that any order asks.

    Its memory is bounded by `most_states` and the two million steps that may wait; `widest`
    is the beam.
    """
    if not _can_be_finished(package):
        return Search([], np.inf, True, 0)
    words = (len(package.elements) + 63) // 64
    least, can_end = least_asked(package), _can_end(package)

    def run(requires: tuple[int, ...]) -> tuple[list[tuple[int, ...]], float, int, bool]:
        steps, bound, states, ended = search_orders(
            _arrays(package, requires, words), package.gains, package.breach, least, can_end,
            most_states, MOST_OPEN,
        )  # fmt: skip
        return _as_order(steps), bound, states, ended

    order, lower, states, ended = run(package.requires)
    if ended:
        return Search(order, lower, True, states)
    best: list[tuple[int, ...]] = []
    reached = np.inf
    for requires in _chained(package):
        order, _, more, _ = run(requires)
        few, also = beam_orders(
            _arrays(package, requires, words), package.gains, package.breach, widest
        )
        states += more + also
        for one in (order, _as_order(few)):
            if one and (found := demand_of(package, one)) < reached:
                best, reached = one, found
        if reached <= lower + TOLERANCE:
            break
    return Search(best, lower, bool(reached <= lower + TOLERANCE), states)


def _as_order(steps: Ints) -> list[tuple[int, ...]]:
    return [tuple(sorted({int(x), int(y)})) for x, y in steps]


def demand_of(package: Package, order: list[tuple[int, ...]]) -> float:
    """The largest minimum trust that an order asks of anyone."""
    return max(step.demand for step in walk(package, order))


def walk(package: Package, order: list[tuple[int, ...]]) -> list[Step]:
    """What an order of moves (positions) asks, risks and leaves, summed up anew at each step."""
    steps, done = [], 0
    whole = (1 << len(package.elements)) - 1
    before = _held(package, 0)
    for positions in order:
        done |= sum(1 << x for x in positions)
        moving = 0
        for x in positions:
            moving |= package.movers[x]
        held, stop = _held(package, done), before - package.breach
        steps.append(
            Step(
                commitments=tuple(package.elements[x] for x in positions),
                movers=tuple(bits(moving)),
                held=held,
                exposure=np.maximum(-held, 0.0),
                asked={
                    i: float(asked(stop[i], held[i], package.gains[i], done == whole))
                    for i in bits(moving)
                },
                temptation={i: float(stop[i] - package.gains[i]) for i in bits(moving)},
            )
        )
        before = held
    return steps


def _held(package: Package, done: int) -> Floats:
    inside = list(bits(done))
    linked = [k for k, needed in enumerate(package.links) if needed & ~done == 0]
    held: Floats = package.kept[:, inside].sum(axis=1) + package.linked[:, linked].sum(axis=1)
    return held


def least_asked(package: Package) -> Floats:
    """For each commitment what moving it asks of its movers at least, unless in the last step.

    A mover that loses L by it, at best, and could at worst have lost D by all that was done,
    is asked (L - b) / (g + D) or more.
    """
    gains, breach = package.gains, package.breach
    deepest = -np.minimum(package.kept, 0).sum(axis=1) - np.minimum(package.linked, 0).sum(axis=1)
    least = np.zeros(len(package.elements))
    for x, movers in enumerate(package.movers):
        partners = [
            y
            for y, others in enumerate(package.movers)
            if package.instant[x] and package.instant[y] and movers & others == 0
        ]
        with_it = [k for k, needed in enumerate(package.links) if needed >> x & 1]
        given = np.maximum(package.linked[:, with_it], 0).sum(axis=1)
        for i in bits(movers):
            swapped = 0.0
            for y in partners:
                joined = [k for k in range(len(package.links)) if package.links[k] >> y & 1]
                extra = max(float(package.kept[i, y]), 0.0)
                extra += float(np.maximum(package.linked[i, joined], 0).sum())
                swapped = max(swapped, extra)
            lost = -package.kept[i, x] - given[i] - swapped - breach[i]
            if lost > TOLERANCE and gains[i] + deepest[i] > 0:
                least[x] = max(least[x], min(1.0, lost / (gains[i] + deepest[i])))
    return np.maximum(least - TOLERANCE, 0.0)


def _can_end(package: Package) -> Ints:
    """1 for those that no other of the package requires: they may be in the last step."""
    needed = 0
    for mask in package.requires:
        needed |= mask
    return np.array([0 if needed >> x & 1 else 1 for x in range(len(package.elements))])


def _can_be_finished(package: Package) -> bool:
    """Whether there is a last step before which no mover would rather stop."""
    whole = (1 << len(package.elements)) - 1
    ends = np.flatnonzero(_can_end(package)).tolist()
    for x in ends:
        for y in ends:
            moving = package.movers[x] | package.movers[y]
            if x != y and (
                not package.instant[x]
                or not package.instant[y]
                or package.movers[x] & package.movers[y]
            ):
                continue
            stop = _held(package, whole & ~(1 << x) & ~(1 << y)) - package.breach
            if all(package.gains[i] >= stop[i] - TOLERANCE for i in bits(moving)):
                return True
    return False


def _chained(package: Package) -> Iterator[tuple[int, ...]]:
    """Prerequisites with each party's own moves in a chain: small losses first, or last."""
    own = np.array(
        [
            max(-float(package.kept[i, x]) for i in bits(movers)) if movers else 0.0
            for x, movers in enumerate(package.movers)
        ]
    )
    for key in (own, -own, np.arange(len(own))):
        requires, last = list(package.requires), dict[tuple[int, bool], int]()
        for x in _in_order(package.requires, key):
            chain = (package.movers[x], bool(package.instant[x]))
            if chain in last:
                requires[x] |= 1 << last[chain]
            last[chain] = x
        yield tuple(requires)


def _in_order(requires: tuple[int, ...], key: Floats | Ints) -> Iterator[int]:
    """The positions by rising key, each after what it requires."""
    done, left = 0, sorted(range(len(requires)), key=lambda x: key[x])
    while left:
        x = next(x for x in left if requires[x] & ~done == 0)
        yield x
        left.remove(x)
        done |= 1 << x


def _arrays(package: Package, requires: tuple[int, ...], words: int) -> tuple[np.ndarray, ...]:
    """The package for the kernel."""
    touching = [
        [k for k, needed in enumerate(package.links) if needed >> x & 1]
        for x in range(len(package.elements))
    ]
    return (
        in_words(requires, words),
        np.array(package.movers, np.int64),
        package.instant,
        np.ascontiguousarray(package.kept),
        in_words(package.links, words),
        np.ascontiguousarray(package.linked),
        np.array([k for one in touching for k in one], np.int64),
        np.cumsum([0, *(len(one) for one in touching)]),
    )


def in_words(masks: tuple[int, ...], words: int) -> np.ndarray:
    """Masks as words of 64 bits: (masks, words)."""
    low = (1 << 64) - 1
    rows = [[mask >> 64 * w & low for w in range(words)] for mask in masks]
    return np.array(rows, np.uint64).reshape(len(masks), words)
