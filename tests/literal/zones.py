"""The packages that principals accept, that nobody vetoes, and that can be signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tests.literal.packages import Package, must_consent, possible_packages, tier_of
from tests.literal.roadmaps import can_be_signed
from tests.literal.stakes import TOLERANCE, Stand, gain

INTERESTS, VETO, COMMITMENT = "interests", "veto", "commitment"


class Zones(NamedTuple):
    """Z1, Z2 and Z3, each by ascending mask."""

    principals: list[Package]
    consented: list[Package]
    signable: list[Package]


def on_the_table(stand: Stand) -> list[Package]:
    """The possible packages that add to what was signed and reach a higher tier."""
    above = tier_of(stand.signed, stand.rules)
    return [
        package
        for package in possible_packages(stand.rules)
        if stand.signed <= package and tier_of(package, stand.rules) > above
    ]


def all_content(who: Iterable[int], package: Package, stand: Stand) -> bool:
    """Whether none of these parties loses."""
    return all(gain(i, package, stand) >= -TOLERANCE for i in who)


def zones_of(stand: Stand) -> Zones:
    """The zones among all packages on the table."""
    rules = stand.rules
    first = [p for p in on_the_table(stand) if all_content(rules.principals, p, stand)]
    second = [p for p in first if all_content(must_consent(p, rules), p, stand)]
    return Zones(first, second, [p for p in second if can_be_signed(p, stand)])


def of_tiers(tiers: Iterable[int], zones: Zones, stand: Stand) -> Zones:
    """The zones among the packages of these tiers."""
    wanted = set(tiers)
    return Zones(*([p for p in zone if tier_of(p, stand.rules) in wanted] for zone in zones))


def first_empty(zones: Zones) -> str | None:
    """The obstacle: the first zone without a package; None where there is none."""
    for zone, obstacle in zip(zones, (INTERESTS, VETO, COMMITMENT), strict=True):
        if not zone:
            return obstacle
    return None
