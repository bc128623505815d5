"""What of the decided commitments still matters to the others: the states of the search.

The state is a whole number: a bit for each decided commitment that interacts with an undecided
one (by a rule or a linkage), and above these what holds of the package as a whole: who must
consent, which tiers it can still reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from summitry.game.board import Bools, Ints
from summitry.game.kernels.elimination import best_order
from summitry.game.large.problem import Problem, bits

SLOTS = 40
TRIES = 64
MOST_STATES = 1 << 16


@dataclass
class Layout:
    """Which bit of a state says what; the slots of commitments are given out anew."""

    asked: dict[int, int]
    tiers: list[tuple[int, int, int, int]]
    forced: int
    slot: dict[int, int] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The state of nothing decided: no tier is lost yet, nobody asked."""
        return 0

    def take_slot(self, c: int) -> int:
        """A free slot for a commitment. Raises ValueError where there is none."""
        free = next((k for k in range(SLOTS) if k not in self.slot.values()), None)
        if free is None:
            raise ValueError("too many commitments interact")
        self.slot[c] = free
        return free

    def free(self, dying: tuple[int, ...]) -> None:
        """Give back the slots of commitments that interact with no undecided one any more."""
        for b in dying:
            del self.slot[b]


@dataclass(frozen=True)
class Turn:
    """One commitment is decided: those `dying` interact with no undecided one any more."""

    commitment: int
    dying: tuple[int, ...]
    linkages: tuple[int, ...]


def turns_of(problem: Problem) -> list[Turn]:
    """The commitments in the order in which they are decided, and what each settles."""
    neighbours = _neighbours(problem)
    order = [int(c) for c in best_order(neighbours, TRIES)] if neighbours.any() else None
    order = order or list(range(problem.size))
    place = {c: k for k, c in enumerate(order)}
    last = [
        max(place[c], *(place[int(b)] for b in np.flatnonzero(neighbours[c])), 0) for c in place
    ]
    dies = dict(zip(place, last, strict=True))
    settled = [max(place[c] for c in bits(needed)) for needed in problem.linkages]
    return [
        Turn(
            commitment=c,
            dying=tuple(b for b in order if dies[b] == k),
            linkages=tuple(n for n, at in enumerate(settled) if at == k),
        )
        for k, c in enumerate(order)
    ]


def _neighbours(problem: Problem) -> Bools:
    """Which commitments interact, by a rule or by a linkage: (m, m)."""
    found = np.zeros((problem.size, problem.size), bool)
    for c in range(problem.size):
        for b in bits(problem.requires[c] | problem.only_with[c] | problem.excludes[c]):
            found[b, c] = found[c, b] = True
    for needed in problem.linkages:
        members = list(bits(needed))
        found[np.ix_(members, members)] = True
    np.fill_diagonal(found, False)
    return found


def layout_of(problem: Problem, consenters: list[int]) -> Layout:
    """The bits for consenters and for tiers; tiers that another one implies are left out."""
    asked = {i: SLOTS + k for k, i in enumerate(consenters)}
    tiers = list(_least_tiers(problem))
    at = SLOTS + len(consenters)
    if len(tiers) == 1:
        every, some = tiers[0]
        told = [(0, some, -1, at)] if some else []
        return Layout(asked, told, every)
    told = [(every, some, at + 2 * k, at + 2 * k + 1) for k, (every, some) in enumerate(tiers)]
    return Layout(asked, told, 0)


def _least_tiers(problem: Problem) -> Iterator[tuple[int, int]]:
    """Conditions (all, any) of which a package must satisfy one; none implies another."""
    whole = (1 << problem.size) - 1
    tiers = [
        (every, some or (0 if every else whole))
        for every, some in zip(problem.tier_all, problem.tier_any, strict=True)
    ]
    for k, tier in enumerate(tiers):
        if not any(
            _implies(tier, other) and (n < k or not _implies(other, tier))
            for n, other in enumerate(tiers)
            if n != k
        ):
            yield tier


def _implies(tier: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether every package of one tier satisfies the other's condition."""
    every, some = tier
    if other[0] & ~every:
        return False
    return not other[1] or bool(other[1] & every) or (bool(some) and not some & ~other[1])


def allowed(problem: Problem, layout: Layout, keys: Ints, c: int, taken: bool) -> Bools:
    """In which states a commitment may be taken, or left out."""
    good = np.ones(len(keys), bool)
    if taken:
        needs = problem.requires[c] | problem.only_with[c]
        for b, slot in layout.slot.items():
            held = keys >> slot & 1 == 1
            if needs >> b & 1:
                good &= held
            if (problem.excludes[c] >> b | problem.excludes[b] >> c) & 1:
                good &= ~held
        return good
    if layout.forced >> c & 1:
        return ~good
    for b, slot in layout.slot.items():
        if (problem.requires[b] | problem.only_with[b]) >> c & 1:
            good &= keys >> slot & 1 == 0
    return good


def following(problem: Problem, layout: Layout, keys: Ints, turn: Turn, taken: bool) -> Ints:
    """The states after a commitment is taken or left out; its slot is in the layout already."""
    c = turn.commitment
    after = keys.copy()
    if taken:
        after |= 1 << layout.slot[c]
        for i, bit in layout.asked.items():
            if problem.asks[c] >> i & 1:
                after |= 1 << bit
    for every, some, lost, met in layout.tiers:
        if taken and some >> c & 1:
            after |= 1 << met
        if not taken and every >> c & 1:
            after |= 1 << lost
    for b in turn.dying:
        after &= ~(1 << layout.slot[b])
    return after


class Branches(NamedTuple):
    """The states in which a commitment is left out, and taken (indices), and all states after."""

    left_out: Ints
    with_it: Ints
    after: Ints


def branch(problem: Problem, layout: Layout, keys: Ints, turn: Turn) -> Branches:
    """Decide on a commitment in every state. It has its slot in the layout then; none is freed."""
    c = turn.commitment
    left_out = np.flatnonzero(allowed(problem, layout, keys, c, False))
    with_it = np.flatnonzero(allowed(problem, layout, keys, c, True))
    layout.take_slot(c)
    after = [
        following(problem, layout, keys[left_out], turn, False),
        following(problem, layout, keys[with_it], turn, True),
    ]
    return Branches(left_out, with_it, np.concatenate(after))


def reaches_a_tier(layout: Layout, keys: Ints) -> Bools:
    """Which final states belong to possible packages."""
    if not layout.tiers:
        return np.ones(len(keys), bool)
    reached = np.zeros(len(keys), bool)
    for _, some, lost, met in layout.tiers:
        good = np.ones(len(keys), bool)
        if lost >= 0:
            good &= keys >> lost & 1 == 0
        if some:
            good &= keys >> met & 1 == 1
        reached |= good
    return reached
