"""The zones of one draw in one round, and what stood in the way of each tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.literal.packages import (
    TOLERANCE,
    Numbers,
    Package,
    Rules,
    consents_by_chance,
    gain,
    must_consent,
    possible_packages,
    tier_of,
)
from tests.literal.roadmaps import order_of, self_enforcing
from tests.literal.solutions import dominates

INTERESTS, VETO, COMMITMENT, INFORMATION = "interests", "veto", "commitment", "information"
LEFT, LOWER = "left-on-the-table", "settled-lower"


class State(NamedTuple):
    """One draw of a stratum in one round: everybody's numbers, and what chance has granted.

    `chance` and `granted` go by (commitment, party).
    """

    parties: tuple[Numbers, ...]
    reversible: tuple[float, ...]
    power: tuple[float, ...]
    chance: Mapping[tuple[int, int], float]
    granted: Mapping[tuple[int, int], bool]
    waited: int


class Zones(NamedTuple):
    """The packages of Z1, Z2 and Z3."""

    principals: list[Package]
    consented: list[Package]
    enforced: list[Package]


def gains_of(package: Package, state: State, rules: Rules) -> list[float]:
    """Every party's gain by a package."""
    return [gain(party, package, rules, state.waited) for party in state.parties]


def is_content(who: frozenset[int], gains: Sequence[float]) -> bool:
    """Whether none of these parties loses."""
    return all(gains[i] >= -TOLERANCE for i in who)


def all_consent(package: Package, state: State, rules: Rules) -> bool:
    """Whether everyone who must consent does: by its points, or by the lot of this draw."""
    return is_content(
        must_consent(package, rules), gains_of(package, state, rules)
    ) and all(state.granted[pair] for pair in consents_by_chance(package, rules))  # fmt: skip


def is_enforced(package: Package, state: State, rules: Rules) -> bool:
    """Whether the package is self-enforcing in truth."""
    order = order_of(rules, state.parties, state.reversible)
    trust = [party.trust for party in state.parties]
    return self_enforcing(package, gains_of(package, state, rules), order, trust)


def zones_of(state: State, rules: Rules) -> Zones:
    """Z1, Z2 and Z3, each by ascending mask."""
    first = [
        package
        for package in possible_packages(rules)
        if is_content(rules.principals, gains_of(package, state, rules))
    ]
    second = [package for package in first if all_consent(package, state, rules)]
    return Zones(first, second, [p for p in second if is_enforced(p, state, rules)])


def first_empty(zones: Zones, rules: Rules, tier: int) -> str | None:
    """The obstacle: the first zone without a package of this tier or higher; None if none."""
    for zone, obstacle in zip(zones, (INTERESTS, VETO, COMMITMENT), strict=True):
        if all(tier_of(package, rules) < tier for package in zone):
            return obstacle
    return None


def highest_tiers(zones: Zones, rules: Rules) -> tuple[int, int, int]:
    """The highest tier present in Z1, Z2 and Z3; 0 where a zone is empty."""
    first, second, third = (
        max((tier_of(package, rules) for package in zone), default=0) for zone in zones
    )
    return first, second, third


def better_tier(agreed: Package, zones: Zones, state: State, rules: Rules) -> int:
    """The highest tier of a package of Z3 that dominates the agreed one; 0 where none does."""

    def principals(package: Package) -> tuple[float, ...]:
        gains = gains_of(package, state, rules)
        return tuple(gains[i] for i in sorted(rules.principals))

    better = (p for p in zones.enforced if dominates(principals(p), principals(agreed)))
    return max((tier_of(package, rules) for package in better), default=0)


def obstacle_to(
    tier: int, agreed: Package | None, last: str | None, state: State, rules: Rules
) -> str | None:
    """What kept a draw from this tier or higher; None where it got there.

    `state` is that of the round of the agreement or else of the last round played, `last`
    what that round gave.
    """
    if agreed is not None and tier_of(agreed, rules) >= tier:
        return None
    zones = zones_of(state, rules)
    empty = first_empty(zones, rules, tier)
    if empty is not None or agreed is None:
        return empty or last
    return LEFT if better_tier(agreed, zones, state, rules) >= tier else LOWER
