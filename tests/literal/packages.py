"""Packages as sets of commitments: which are possible, which tier they reach, who must consent."""

from __future__ import annotations

import itertools
from typing import NamedTuple

Package = frozenset[int]
NOTHING: Package = frozenset()


class Rules(NamedTuple):
    """What no draw changes. Commitments, parties and linkages go by their place in the game.

    `judges[c]`: the stakeholders that consent to c by their points. `tiers`: pairs (all, any),
    lowest first.
    """

    parties: tuple[str, ...]
    principals: frozenset[int]
    movers: tuple[frozenset[int], ...]
    judges: tuple[frozenset[int], ...]
    requires: tuple[Package, ...]
    only_with: tuple[Package, ...]
    excludes: tuple[Package, ...]
    instant: tuple[bool, ...]
    reversible: tuple[float, ...]
    linkages: tuple[Package, ...]
    tiers: tuple[tuple[Package, Package], ...]
    power: tuple[float, ...]


def mask_of(package: Package) -> int:
    """The bit mask of a package."""
    return sum(1 << c for c in package)


def tier_of(package: Package, rules: Rules) -> int:
    """The highest tier that a package satisfies, counted from 1; 0 where none, and of nothing."""
    reached = [
        k
        for k, (every, some) in enumerate(rules.tiers, start=1)
        if package and every <= package and (not some or some & package)
    ]
    return max(reached, default=0)


def is_possible(package: Package, rules: Rules) -> bool:
    """Whether a package is not empty, obeys its commitments and reaches a tier."""
    return tier_of(package, rules) > 0 and all(
        rules.requires[c] <= package
        and rules.only_with[c] <= package
        and not rules.excludes[c] & package
        for c in package
    )


def possible_packages(rules: Rules) -> list[Package]:
    """All possible packages by ascending mask."""
    every = range(len(rules.movers))
    subsets = itertools.chain.from_iterable(
        itertools.combinations(every, size) for size in range(len(rules.movers) + 1)
    )
    return sorted((s for s in map(frozenset, subsets) if is_possible(s, rules)), key=mask_of)


def needs_of(commitments: Package, rules: Rules) -> Package:
    """These commitments and all that they need, and what that needs, and so on."""
    more = commitments.union(*(rules.requires[c] | rules.only_with[c] for c in commitments))
    return commitments if more == commitments else needs_of(more, rules)


def must_consent(package: Package, rules: Rules) -> frozenset[int]:
    """The principals, all who move in the package, all who judge one of its commitments."""
    return rules.principals.union(*(rules.movers[c] | rules.judges[c] for c in package))
