"""The nearest flip: the fewest swaps of neighbours in the parties' orders that turn a label.

The inverse question of the graph model, answered without trying all orders. Where a state is
judged for a party, that party's own order counts only through which states stand above the one
judged, and stability falls as more do: so moving the judged state's rank alone is the cheapest
change of a ranking. Orders by statements, and the others' orders (which count for SEQ and
SIM), are searched breadth first, as far as the work allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.graph.orders import Arrangement, Order, neighbours, swapped

MOST_PROFILES = 4000
MOST_WORK = 1_000_000
OWN_ORDER_ONLY = ("nash", "gmr", "smr")

Profile = tuple[Arrangement, ...]
# payoffs (D, N, F) -> for each concept where each state is stable for whom (D, N, F)
Judge = Callable[[Floats], Mapping[str, Bools]]


@dataclass(frozen=True)
class Survey:
    """What all profiles of orders within `depth` swaps of the given one bring.

    `first` maps (concept, row) to the nearest profile in which the state's being an equilibrium
    is turned over; `whole`: whether these are all profiles that there are.
    """

    depth: int
    whole: bool
    first: Mapping[tuple[str, int], Profile]


@dataclass(frozen=True)
class Flip:
    """A change of orders that turns it over whether a state is an equilibrium.

    `profile` holds each party's units in their new order, None where no change is known.
    No change of fewer than `at_least` swaps does it; None where no change at all does.
    """

    profile: Profile | None
    at_least: int | None

    @property
    def swaps(self) -> int | None:
        """How many swaps of neighbours it takes."""
        return None if self.profile is None else swaps_in(self.profile)


def swaps_in(profile: Profile) -> int:
    """How many swaps of neighbours lead to a profile from the orders as given."""
    return sum(len(swapped(arrangement)) for arrangement in profile)


def payoffs_of(orders: Sequence[Order], profiles: Sequence[Profile]) -> Floats:
    """The payoffs (profiles, N, F)."""
    return np.stack(
        [
            np.stack([order.payoffs(one) for order, one in zip(orders, profile, strict=True)])
            for profile in profiles
        ]
    )


def survey(orders: Sequence[Order], judge: Judge) -> Survey:
    """The nearest flips of all states under all concepts, as far as the work allows."""
    start: Profile = tuple(order.as_given for order in orders)
    given = _equilibria(judge, orders, [start])
    first: dict[tuple[str, int], Profile] = {}
    seen, ring, depth = {start}, [start], 0
    size = orders[0].truths.shape[1] * len(orders)
    while True:
        # a party's profile is a new one each time, so a dictionary keeps the order of discovery
        wider = dict.fromkeys(p for profile in ring for p in _around(profile) if p not in seen)
        if not wider or len(seen) + len(wider) > min(MOST_PROFILES, MOST_WORK // size):
            return Survey(depth, not wider, first)
        ring, depth = list(wider), depth + 1
        seen.update(ring)
        for name, found in _equilibria(judge, orders, ring).items():
            for at, row in np.argwhere(found != given[name][0]).tolist():
                first.setdefault((name, row), ring[at])


def _equilibria(
    judge: Judge, orders: Sequence[Order], profiles: Sequence[Profile]
) -> dict[str, Bools]:
    found = judge(payoffs_of(orders, profiles))
    return {name: stable.all(axis=1) for name, stable in found.items()}


def _around(profile: Profile) -> list[Profile]:
    return [
        (*profile[:i], changed, *profile[i + 1 :])
        for i, arrangement in enumerate(profile)
        for changed in neighbours(arrangement)
    ]


def nearest_flip(
    orders: Sequence[Order], judge: Judge, surveyed: Survey, concept: str, row: int
) -> Flip:
    """The nearest change that makes or breaks it that a state is an equilibrium."""
    if (concept, row) in surveyed.first:
        profile = surveyed.first[concept, row]
        return Flip(profile, swaps_in(profile))
    if surveyed.whole:
        return Flip(None, None)
    known = _by_own_ranks(orders, judge, concept, row)
    if known is None:
        return Flip(None, surveyed.depth + 1)
    exact = concept in OWN_ORDER_ONLY and all(order.is_ranking for order in orders)
    return Flip(known, swaps_in(known) if exact else surveyed.depth + 1)


def _by_own_ranks(orders: Sequence[Order], judge: Judge, concept: str, row: int) -> Profile | None:
    """The change that moves the judged state's own ranks: all that need it, or the nearest."""
    start: Profile = tuple(order.as_given for order in orders)
    stable = judge(payoffs_of(orders, [start]))[concept][0, :, row]
    options = {
        i: _moved_rank(orders, judge, concept, row, i)
        for i, order in enumerate(orders)
        if order.is_ranking and (stable.all() or not stable[i])
    }
    if stable.all():
        profiles = [_with(start, {i: moved}) for i, moved in options.items() if moved]
        return min(profiles, key=swaps_in, default=None)
    if not all(options.get(i) for i in np.flatnonzero(~stable).tolist()):
        return None
    profile = _with(start, {i: moved for i, moved in options.items() if moved})
    turned = judge(payoffs_of(orders, [profile]))[concept][0, :, row].all()
    return profile if turned else None


def _with(profile: Profile, changed: Mapping[int, Arrangement]) -> Profile:
    return tuple(changed.get(i, arrangement) for i, arrangement in enumerate(profile))


def _moved_rank(
    orders: Sequence[Order], judge: Judge, concept: str, row: int, party: int
) -> Arrangement | None:
    """One party's ranks with that of `row` moved just far enough to turn the judgement."""
    order = orders[party]
    start: Profile = tuple(one.as_given for one in orders)
    place = int(order.truths[:, row].argmax())
    rest = [k for k in order.as_given if k != place]
    before = bool(judge(payoffs_of(orders, [start]))[concept][0, party, row])

    def arranged(to: int) -> Arrangement:
        return (*rest[:to], place, *rest[to:])

    def turned(to: int) -> bool:
        profile = _with(start, {party: arranged(to)})
        return bool(judge(payoffs_of(orders, [profile]))[concept][0, party, row]) != before

    places = range(place + 1, len(rest) + 1) if before else range(place - 1, -1, -1)
    if not places or not turned(places[-1]):
        return None
    low, high = 0, len(places) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(places[middle]) else (middle + 1, high)
    return arranged(places[low])
