"""Packages as sets of commitments: which are possible, what they are worth, who must consent."""

from __future__ import annotations

import itertools
from typing import NamedTuple

TOLERANCE = 1e-9

Package = frozenset[int]


class Rules(NamedTuple):
    """What no draw changes. Commitments, parties and linkages go by their place in the game.

    `judges[c]`: stakeholders that consent to c by their points; `chancers[c]`: those that
    consent with a probability. `tiers`: pairs (all, any), lowest first.
    """

    parties: tuple[str, ...]
    principals: frozenset[int]
    movers: tuple[frozenset[int], ...]
    judges: tuple[frozenset[int], ...]
    chancers: tuple[frozenset[int], ...]
    requires: tuple[Package, ...]
    only_with: tuple[Package, ...]
    excludes: tuple[Package, ...]
    instant: tuple[bool, ...]
    linkages: tuple[Package, ...]
    tiers: tuple[tuple[Package, Package], ...]


class Numbers(NamedTuple):
    """One party's numbers in one draw, in points of its own."""

    values: tuple[float, ...]
    linkages: tuple[float, ...]
    reservation: float
    delay: float
    breach: float
    trust: float


def mask_of(package: Package) -> int:
    """The bit mask of a package."""
    return sum(1 << c for c in package)


def tier_of(package: Package, rules: Rules) -> int:
    """The highest tier that a package satisfies, counted from 1; 0 where none."""
    reached = [
        k
        for k, (every, some) in enumerate(rules.tiers, start=1)
        if every <= package and (not some or some & package)
    ]
    return max(reached, default=0)


def is_possible(package: Package, rules: Rules) -> bool:
    """Whether a package is not empty, obeys its commitments and reaches a tier."""
    return bool(package) and tier_of(package, rules) > 0 and all(
        rules.requires[c] <= package
        and rules.only_with[c] <= package
        and not rules.excludes[c] & package
        for c in package
    )  # fmt: skip


def possible_packages(rules: Rules) -> list[Package]:
    """All possible packages by ascending mask."""
    every = range(len(rules.movers))
    subsets = itertools.chain.from_iterable(
        itertools.combinations(every, size) for size in range(len(rules.movers) + 1)
    )
    return sorted((s for s in map(frozenset, subsets) if is_possible(s, rules)), key=mask_of)


def utility(party: Numbers, package: Package, rules: Rules) -> float:
    """u(S): the values of the commitments and of the linkages that are complete."""
    linked = (k for k, together in enumerate(rules.linkages) if together <= package)
    return sum(party.values[c] for c in sorted(package)) + sum(party.linkages[k] for k in linked)


def gain(party: Numbers, package: Package, rules: Rules, waited: int) -> float:
    """g(S) after `waited` rounds without agreement."""
    return utility(party, package, rules) - (party.reservation - waited * party.delay)


def must_consent(package: Package, rules: Rules) -> frozenset[int]:
    """The principals, all who move in the package, all who judge one of its commitments."""
    return rules.principals.union(*(rules.movers[c] | rules.judges[c] for c in package))


def consents_by_chance(package: Package, rules: Rules) -> list[tuple[int, int]]:
    """The pairs (commitment, party) whose consent to the package is a matter of chance."""
    return [(c, j) for c in sorted(package) for j in sorted(rules.chancers[c])]
