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
from summitry.game.graph.orders import (
    Arrangement,
    Order,
    Ranking,
    as_given,
    neighbours,
    swapped,
)

MOST_PROFILES = 4000
MOST_WORK = 1_000_000
OWN_ORDER_ONLY = ("nash", "gmr", "smr")

Profile = tuple[Arrangement, ...]
# (party, payoffs (D, N, F), rows) -> for each concept where the rows are stable for it (D, rows)
Judge = Callable[[int, Floats, Sequence[int]], Mapping[str, Bools]]
# (party, row) -> for each concept how many ranks too low the row is to be stable for the party
Margins = Callable[[int, int], Mapping[str, float]]


@dataclass(frozen=True)
class Survey:
    """What all profiles of orders within `depth` swaps of the given one bring.

    `first` maps (concept, row) to the nearest profile in which it is turned over whether the
    state is an equilibrium; `whole`: whether these are all profiles that there are.
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


def survey(orders: Sequence[Order], judge: Judge, rows: Sequence[int], states: int) -> Survey:
    """The nearest flips of some states under all concepts, as far as the work allows."""
    start: Profile = tuple(as_given(order) for order in orders)
    given = _equilibria(judge, payoffs_of(orders, [start]), rows)
    first: dict[tuple[str, int], Profile] = {}
    seen, ring, depth = {start}, [start], 0
    room = min(MOST_PROFILES, MOST_WORK // (states * len(orders)))
    steps = sum(order.size - 1 for order in orders)
    # each profile is met from several sides: what is new is far less than all that is tried
    while len(ring) * steps <= 10 * room:
        found = [p for profile in ring for p in _around(profile) if p not in seen]
        ring = list(dict.fromkeys(found))
        if not ring:
            return Survey(depth, True, first)
        if len(seen) + len(ring) > room:
            break
        depth += 1
        seen.update(ring)
        for name, stable in _equilibria(judge, payoffs_of(orders, ring), rows).items():
            for at, k in np.argwhere(stable != given[name][0]).tolist():
                first.setdefault((name, rows[k]), ring[at])
    return Survey(depth, False, first)


def _equilibria(judge: Judge, payoffs: Floats, rows: Sequence[int]) -> dict[str, Bools]:
    """For each concept in which of the draws each of the rows is an equilibrium (D, rows)."""
    found = [judge(party, payoffs, rows) for party in range(payoffs.shape[1])]
    return {name: np.logical_and.reduce([f[name] for f in found]) for name in found[0]}


def _around(profile: Profile) -> list[Profile]:
    return [
        (*profile[:i], changed, *profile[i + 1 :])
        for i, arrangement in enumerate(profile)
        for changed in neighbours(arrangement)
    ]


def nearest_flip(
    orders: Sequence[Order],
    judge: Judge,
    margins: Margins,
    surveyed: Survey,
    concept: str,
    row: int,
) -> Flip:
    """The nearest change that makes or breaks it that a state is an equilibrium."""
    if (concept, row) in surveyed.first:
        profile = surveyed.first[concept, row]
        return Flip(profile, swaps_in(profile))
    if surveyed.whole:
        return Flip(None, None)
    lacking = [margins(party, row)[concept] for party in range(len(orders))]
    ranked = all(isinstance(order, Ranking) for order in orders)
    exact = ranked and concept in OWN_ORDER_ONLY
    known = _by_own_ranks(orders, judge, lacking, concept, row)
    if known is None:
        # where nobody has a move at all no order makes anyone leave, whatever the concept
        still = max(margins(party, row)["nash"] for party in range(len(orders))) == -np.inf
        return Flip(None, None if exact or still else surveyed.depth + 1)
    return Flip(known, swaps_in(known) if exact else surveyed.depth + 1)


def _by_own_ranks(
    orders: Sequence[Order], judge: Judge, lacking: Sequence[float], concept: str, row: int
) -> Profile | None:
    """The change that moves the judged state's own ranks: all that need it, or the nearest."""
    start: Profile = tuple(as_given(order) for order in orders)
    short = [i for i, margin in enumerate(lacking) if margin > 0]
    moved = {i: _moved_rank(orders[i], row, lacking[i]) for i in (short or range(len(orders)))}
    changed = {i: one for i, one in moved.items() if one is not None}
    if not short:
        profiles = [_with(start, {i: one}) for i, one in changed.items()]
        return min(profiles, key=swaps_in, default=None)
    if len(changed) < len(moved):
        return None
    # by moving its own rank a party may come to gain by an answer that keeps another in place
    profile = _with(start, changed)
    return (
        profile if _equilibria(judge, payoffs_of(orders, [profile]), [row])[concept].all() else None
    )


def _with(profile: Profile, changed: Mapping[int, Arrangement]) -> Profile:
    return tuple(changed.get(i, arrangement) for i, arrangement in enumerate(profile))


def _moved_rank(order: Order, row: int, lacking: float) -> Arrangement | None:
    """A ranking in which the rank of `row` has moved up by `lacking` ranks, or down past them.

    None where the state is stable at any rank, or the order is no ranking.
    """
    if not isinstance(order, Ranking) or lacking == -np.inf:
        return None
    place = int(order.ranks[row])
    rest = [k for k in range(order.size) if k != place]
    to = place - int(lacking)
    return (*rest[:to], place, *rest[to:])
