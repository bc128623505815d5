"""Orders of moves: the trust that each asks for, and the one to show, over all subsets.

An `order` is a dict of what the order of moves depends on in one draw: `requires`, `movers`
(sets), `instant` of each commitment, `linkages` (sets), `kept` (parties, commitments) and
`linked` (parties, linkages) what a collapse leaves of each, `breach` (parties).
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from tests.literal.packages import TOLERANCE, Numbers, Package, Rules

Order = Mapping[str, Any]
Step = tuple[int, ...]
Held = Callable[[Package], list[float]]


class Shown(NamedTuple):
    """A roadmap: its steps, and for each party what it demands, risks and tempts with."""

    steps: tuple[Step, ...]
    demand: tuple[float, ...]
    exposure: tuple[float, ...]
    temptation: tuple[float, ...]


def order_of(rules: Rules, parties: Sequence[Numbers], reversible: Sequence[float]) -> Order:
    """What the order of moves depends on; a linkage lasts as its most reversible part does."""
    lasting = [
        min((1 - reversible[c] for c in together), default=1.0) for together in rules.linkages
    ]
    return {
        "requires": rules.requires,
        "movers": rules.movers,
        "instant": rules.instant,
        "linkages": rules.linkages,
        "kept": np.array([[v * (1 - p) for v, p in zip(party.values, reversible, strict=True)]
                          for party in parties]),
        "linked": np.array([[w * share for w, share in zip(party.linkages, lasting, strict=True)]
                            for party in parties]),
        "breach": [party.breach for party in parties],
    }  # fmt: skip


def held_in(order: Order) -> Held:
    """k(P) as a function of the subset P: what each party keeps if the deal collapses there."""

    @functools.cache
    def held(done: Package) -> list[float]:
        linked = [k for k, together in enumerate(order["linkages"]) if together <= done]
        kept = order["kept"][:, sorted(done)].sum(axis=1)
        return (kept + order["linked"][:, linked].sum(axis=1)).tolist()

    return held


def steps_from(done: Package, package: Package, order: Order) -> Iterator[Step]:
    """Every single commitment and every swap that can come next."""
    ready = [c for c in sorted(package - done) if order["requires"][c] <= done]
    for c in ready:
        yield (c,)
    for c, d in itertools.combinations(ready, 2):
        both = order["instant"][c] and order["instant"][d]
        if both and not order["movers"][c] & order["movers"][d]:
            yield (c, d)


def movers_of(step: Step, order: Order) -> frozenset[int]:
    """The parties that move in a step."""
    return frozenset().union(*(order["movers"][c] for c in step))


def asked(gained: float, stop: float, after: float, last: bool) -> float:
    """The minimum trust of a mover for one step, by the first of four lines that applies."""
    if last:
        return 0.0 if gained >= stop - TOLERANCE else math.inf
    if gained < stop - TOLERANCE:
        return math.inf
    if stop <= after + TOLERANCE:
        return 0.0
    return min((stop - after) / (gained - after), 1.0)


def demands(
    done: Package, step: Step, package: Package, gains: Sequence[float], order: Order, held: Held
) -> dict[int, float]:
    """What a step asks of each of its movers."""
    after = done | set(step)
    return {
        i: asked(gains[i], held(done)[i] - order["breach"][i], held(after)[i], after == package)
        for i in movers_of(step, order)
    }


def minimum_trust(package: Package, gains: Sequence[float], order: Order) -> float:
    """The smallest demand of any roadmap; infinite where there is none."""
    held = held_in(order)

    @functools.cache
    def rest(done: Package) -> float:
        if done == package:
            return 0.0
        return min(
            (
                max(*demands(done, step, package, gains, order, held).values(),
                    rest(done | set(step)))
                for step in steps_from(done, package, order)
            ),
            default=math.inf,
        )  # fmt: skip

    return rest(frozenset())


def self_enforcing(
    package: Package, gains: Sequence[float], order: Order, trust: Sequence[float]
) -> bool:
    """Whether some roadmap asks no mover for more than its own trust."""
    held = held_in(order)

    @functools.cache
    def possible(done: Package) -> bool:
        return done == package or any(
            all(
                need <= trust[i] + TOLERANCE
                for i, need in demands(done, step, package, gains, order, held).items()
            )
            and possible(done | set(step))
            for step in steps_from(done, package, order)
        )

    return possible(frozenset())


def roadmap_to_show(package: Package, gains: Sequence[float], order: Order) -> Shown | None:
    """Of the roadmaps with the smallest demand the one of fewest steps, then the first."""
    held = held_in(order)
    least = minimum_trust(package, gains, order)
    if math.isinf(least):
        return None

    @functools.cache
    def rest(done: Package) -> tuple[int, tuple[Step, ...]] | None:
        """Fewest steps to the end and, among as many, the first sequence of steps."""
        if done == package:
            return 0, ()
        found = []
        for step in steps_from(done, package, order):
            needs = demands(done, step, package, gains, order, held)
            ahead = rest(done | set(step))
            if max(needs.values()) <= least + TOLERANCE and ahead is not None:
                found.append((1 + ahead[0], (step, *ahead[1])))
        return min(found, default=None)

    shortest = rest(frozenset())
    assert shortest is not None
    return describe(shortest[1], package, gains, order)


def describe(
    steps: tuple[Step, ...], package: Package, gains: Sequence[float], order: Order
) -> Shown:
    """What a roadmap demands of each party, and its exposure and temptation on the way.

    A collapse is possible until the package is complete, so that exposure looks at every
    subset before that. A party that moves nothing is asked nothing and not tempted.
    """
    held, everyone = held_in(order), range(len(gains))
    demand, exposure = [0.0 for _ in everyone], [0.0 for _ in everyone]
    tempted: list[list[float]] = [[] for _ in everyone]
    done: Package = frozenset()
    for step in steps:
        for i, need in demands(done, step, package, gains, order, held).items():
            demand[i] = max(demand[i], need)
            tempted[i].append(held(done)[i] - order["breach"][i] - gains[i])
        done |= set(step)
        if done != package:
            exposure = [max(e, -k) for e, k in zip(exposure, held(done), strict=True)]
    temptation = tuple(max(fall, default=0.0) for fall in tempted)
    return Shown(steps, tuple(demand), tuple(exposure), temptation)
