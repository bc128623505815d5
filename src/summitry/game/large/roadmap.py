"""Orders of moves of packages of more than 20 commitments: the best found, and a bound.

The general problem is strongly NP-hard; so the search, from the end backwards, is best first within
fixed memory, first among all orders, then among those in which each party's own moves follow a
chain; and, of each number of commitments done, only from the best few (a beam).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from summitry.game.board import Bools, Floats, Ints
from summitry.game.kernels.bottleneck import search_orders
from summitry.game.kernels.orders import asked
from summitry.game.kernels.stops import TOLERANCE
from summitry.game.large.problem import bits
from summitry.game.roadmap import Order, Step, steps_of

MOST_STATES = 100_000
MOST_OPEN = 2_000_000
BEAM = 200


class Package(NamedTuple):
    """One package of n commitments as the search reads it; masks are of positions in it.

    `elements` (indices of commitments), `requires`, `movers` (of parties), `instant`; what a
    collapse leaves of each (`kept` (N, n)) and of the `links` inside (`linked` (N, L));
    `gains` by the whole and `breach` costs (N); `ranks` (N): the order of the parties.
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
    ranks: Ints


@dataclass(frozen=True)
class Search:
    """The best order found (positions; [] where none was), and how far it may be from the best.

    `lower`: no order asks for less; infinite where it is proved that none works. `exact`: the
    order is the best, or it is proved that there is none. `states`: how many were reached in all.
    """

    order: Order
    lower: float
    exact: bool
    states: int


@dataclass(frozen=True)
class Found:
    """The order to show of a package, with what is known of the others.

    `order` (positions; [] where none was found): within the parties' trust where `signed`, else
    the one that asks for the least. `least`: the smallest demand of any order found, `lower`: no
    order asks for less. `exact`: the two are one, or it is proved that none works; `states`: how many
    were reached.
    """

    order: Order
    signed: bool
    least: float
    lower: float
    exact: bool
    states: int


class _Frame(NamedTuple):
    """What all searches of a package share: its suspects, and what its first steps ask."""

    package: Package
    trust: Floats
    fewest: bool
    suspects: Ints
    opening: Floats


def search_least(package: Package, most_states: int = MOST_STATES, widest: int = BEAM) -> Search:
    """An order that asks for little trust, and the least that any order asks.

    Its memory is bounded by `most_states` and the two million steps that may wait; `widest`
    is the beam.
    """
    trust = np.full(len(package.gains), np.inf)
    return _search(_frame(package, trust, fewest=False), most_states, widest)


def search_signed(
    package: Package, trust: Floats, most_states: int = MOST_STATES, widest: int = BEAM
) -> Search:
    """An order within the parties' trust (N) that tempts few of them, then asks for little.

    As it is signed, but for the number of steps. `lower` is 0, or infinite where there is none.
    """
    frame = _frame(package, np.asarray(trust, float), fewest=True)
    found = _search(frame, most_states, widest)
    none = found.exact and not found.order
    return Search(found.order, np.inf if none else 0.0, found.exact, found.states)


def find_order(
    package: Package, trust: Floats, most_states: int = MOST_STATES, widest: int = BEAM
) -> Found:
    """The order that is signed as far as it is found, by both searches."""
    any_trust = search_least(package, most_states, widest)
    if not any_trust.order:
        return Found([], False, np.inf, any_trust.lower, any_trust.exact, any_trust.states)
    signed = search_signed(package, trust, most_states, widest)
    frame = _frame(package, np.asarray(trust, float), fewest=True)
    orders = [one for one in (signed.order, any_trust.order) if one]
    within = [one for one in orders if is_within(walk(package, one), trust)]
    return Found(
        order=min(within, key=lambda one: _quality(frame, one), default=any_trust.order),
        signed=bool(within),
        least=min(demand_of(package, one) for one in orders),
        lower=any_trust.lower,
        exact=any_trust.exact,
        states=any_trust.states + signed.states,
    )


def tempts_nobody(package: Package, most_states: int = 2_000) -> bool:
    """Whether an order that tempts nobody is found at once; where not, there may be one all the same."""
    trust = np.full(len(package.gains), np.inf)
    frame = _frame(package, trust, fewest=True)
    order, _, _, _ = _run(frame, package.requires, 0, most_states)
    return bool(order) and not any(step.tempted for step in walk(package, order))


def is_within(steps: Sequence[Step], trust: Floats) -> bool:
    """Whether no step asks a mover for more than its trust."""
    return all(asked <= trust[i] + TOLERANCE for one in steps for i, asked in one.asked.items())


def _frame(package: Package, trust: Floats, *, fewest: bool) -> _Frame:
    return _Frame(package, trust, fewest, suspects_in(package), opening_of(package))


def _search(frame: _Frame, most_states: int, widest: int) -> Search:
    order, lower, states, ended = _run(frame, frame.package.requires, 0, most_states)
    if ended:
        return Search(order, lower, True, states)
    best: Order = []
    reached, enough = (np.inf, np.inf), (0.0, TOLERANCE if frame.fewest else lower + TOLERANCE)
    for requires in [frame.package.requires, *_chained(frame.package)]:
        layers = widest * (len(frame.package.elements) + 1)
        tried = [_run(frame, requires, widest, layers)]
        if requires != frame.package.requires:
            tried.append(_run(frame, requires, 0, most_states))
        for one, _, more, _ in tried:
            states += more
            if one and (found := _quality(frame, one)) < reached:
                best, reached = one, found
        if reached <= enough:
            break
    return Search(best, lower, reached <= enough, states)


def _run(
    frame: _Frame, requires: tuple[int, ...], widest: int, most_states: int
) -> tuple[Order, float, int, bool]:
    """One search: the order, the bound, how many states, and whether it ran to its end."""
    package = frame.package
    steps, bound, states, ended = search_orders(
        _arrays(package, requires), package.gains, package.breach, frame.trust, frame.suspects,
        frame.opening, frame.fewest, widest, most_states, MOST_OPEN,
    )  # fmt: skip
    order = [tuple(sorted({int(x), int(y)})) for x, y in steps]
    return order, float(bound), int(states), bool(ended) and widest == 0


def _quality(frame: _Frame, order: Order) -> tuple[float, float]:
    """What is to be small: with `fewest` the number of tempted parties, then the demand."""
    steps = walk(frame.package, order)
    tempted = {i for step in steps for i in step.tempted}
    return (len(tempted) if frame.fewest else 0.0), max(step.demand for step in steps)


def demand_of(package: Package, order: Order) -> float:
    """The largest minimum trust that an order asks of anyone."""
    return max(step.demand for step in walk(package, order))


def walk(package: Package, order: Order) -> list[Step]:
    """What an order of moves (positions) asks, risks and leaves, summed up anew at each step."""
    held, done = [_held(package, 0)], 0
    for positions in order:
        done |= sum(1 << x for x in positions)
        held.append(_held(package, done))
    return steps_of(
        [tuple(package.elements[x] for x in positions) for positions in order],
        [_movers_at(package, positions) for positions in order],
        held,
        package.gains,
        package.breach,
    )


def _movers_at(package: Package, positions: tuple[int, ...]) -> tuple[int, ...]:
    moving = 0
    for x in positions:
        moving |= package.movers[x]
    return tuple(bits(moving))


def _held(package: Package, done: int) -> Floats:
    inside = list(bits(done))
    linked = [k for k, needed in enumerate(package.links) if needed & ~done == 0]
    held: Floats = package.kept[:, inside].sum(axis=1) + package.linked[:, linked].sum(axis=1)
    return held


def suspects_in(package: Package) -> Ints:
    """The parties that could be tempted at all, by rank."""
    most = np.maximum(package.kept, 0).sum(axis=1) + np.maximum(package.linked, 0).sum(axis=1)
    moving = 0
    for movers in package.movers:
        moving |= movers
    tempted = most - package.breach > package.gains + TOLERANCE
    return np.array(
        [i for i in np.argsort(package.ranks) if tempted[i] and moving >> int(i) & 1], np.int64
    )


def opening_of(package: Package) -> Floats:
    """What each possible first step asks of its movers if one other party is tempted later.

    (steps, N), 0 for who does not move.
    """
    n, free = len(package.elements), [x for x, needed in enumerate(package.requires) if not needed]
    steps: Order = [(x,) for x in free]
    steps += [(x, y) for x in free for y in free if x < y and _swap(package, x, y)]
    found = np.zeros((len(steps), len(package.gains)))
    for k, step in enumerate(steps):
        if len(step) == n:
            continue
        held = _held(package, sum(1 << x for x in step))
        for i in _movers_at(package, step):
            found[k, i] = asked(-package.breach[i], held[i], package.gains[i], 1)
    return found


def _swap(package: Package, x: int, y: int) -> bool:
    together = package.movers[x] & package.movers[y]
    return bool(package.instant[x] and package.instant[y] and not together)


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


def _arrays(package: Package, requires: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """The package for the kernel."""
    size = len(package.elements)
    words = (size + 63) // 64
    later = [sum(1 << y for y in range(size) if requires[y] >> x & 1) for x in range(size)]
    touching = [
        [k for k, needed in enumerate(package.links) if needed >> x & 1] for x in range(size)
    ]
    return (
        in_words(later, words),
        np.array(package.movers, np.int64),
        package.instant,
        np.ascontiguousarray(package.kept),
        in_words(package.links, words),
        np.ascontiguousarray(package.linked),
        np.array([k for one in touching for k in one], np.int64),
        np.cumsum([0, *(len(one) for one in touching)]),
    )


def in_words(masks: Sequence[int], words: int) -> np.ndarray:
    """Masks as words of 64 bits: (masks, words)."""
    low = (1 << 64) - 1
    rows = [[mask >> 64 * w & low for w in range(words)] for mask in masks]
    return np.array(rows, np.uint64).reshape(len(masks), words)
