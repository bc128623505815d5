"""Both protocols, draw by draw: what full knowledge would bring, and talks level by level."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.literal.packages import NOTHING, Package, mask_of, tier_of
from tests.literal.roadmaps import Steps, roadmap
from tests.literal.solutions import nash
from tests.literal.stakes import TOLERANCE, Stand, gain
from tests.literal.zones import COMMITMENT, INTERESTS, VETO, first_empty, of_tiers, zones_of

HOLDING_OUT, NOT_REACHED = "holding-out", "not-reached"
FURTHER = (INTERESTS, VETO, COMMITMENT, HOLDING_OUT)
STRANGERS, NOTHING_TO_LEARN = 1.12, 0.67  # `firm` and `known`: the levels at knowledge 0 and 1
FLOOR, CHOICE = 0.12, 5.0


class Lots(NamedTuple):
    """What chance decides of the talks in one draw.

    `goes_on`: per round and tier (lowest first) whether, done with it, they go on to the next.
    `choice`: x_S by the mask of the package.
    """

    at_once: bool
    goes_on: Sequence[Sequence[bool]]
    choice: Mapping[int, float]


class Agreement(NamedTuple):
    """What was signed at one level: where the parties stood, the package, its roadmap."""

    stand: Stand
    package: Package
    steps: Steps


class Round(NamedTuple):
    """What one round brought.

    `signed`: all that is signed by its end. `why`: why nothing more was signed in it. `tiers`:
    what stands in the way of each tier above.
    """

    signed: Package
    why: str | None
    tiers: dict[int, str]


def efficient(stand: Stand) -> tuple[Package, str | None]:
    """The Nash solution over Z3, or the obstacle."""
    zones = zones_of(stand)
    found = nash(principal_gains(zones.signable, stand), powers(stand))
    return next((p for p in zones.signable if mask_of(p) == found), NOTHING), first_empty(zones)


def principal_gains(zone: Sequence[Package], stand: Stand) -> list[tuple[int, tuple[float, ...]]]:
    """The packages of a zone as masks, with the gains of the principals."""
    who = sorted(stand.rules.principals)
    return [(mask_of(p), tuple(gain(i, p, stand) for i in who)) for p in zone]


def powers(stand: Stand) -> list[float]:
    """α of each principal."""
    return [stand.rules.power[i] for i in sorted(stand.rules.principals)]


def choose(zone: Sequence[Package], knowledge: float, stand: Stand, lots: Lots) -> Package | None:
    """The package of a level that is signed; None where none meets everybody's aspirations."""
    rules = stand.rules
    who, total = sorted(rules.principals), sum(powers(stand))
    level = STRANGERS - (STRANGERS - NOTHING_TO_LEARN) * knowledge
    share = {i: rules.power[i] / total for i in who}
    ideal = {i: max(gain(i, package, stand) for package in zone) for i in who}
    aspiration = {
        i: stand.parties[i].firmness * level * share[i] * ideal[i] if ideal[i] > TOLERANCE else 0.0
        for i in who
    }

    def ratio(i: int, package: Package) -> float:
        return max(gain(i, package, stand), 0.0) / ideal[i] if ideal[i] > TOLERANCE else 1.0

    def score(package: Package) -> float:
        """The logarithm of the weight, and the noise of the choice (Gumbel)."""
        return sum(
            CHOICE * len(who) * share[i] * math.log(ratio(i, package) + FLOOR) for i in who
        ) - math.log(-math.log(lots.choice[mask_of(package)]))

    enough = [
        package
        for package in zone
        if all(gain(i, package, stand) >= aspiration[i] - TOLERANCE for i in who)
    ]
    # the zone ascends by mask, and of equals `max` takes the first
    return max(enough, key=score, default=None)


def levels_above(signed: Package, stand: Stand, lots: Lots) -> list[list[int]]:
    """The tiers above what is signed: one level each, or all of them at once."""
    above = list(range(tier_of(signed, stand.rules) + 1, len(stand.rules.tiers) + 1))
    if lots.at_once:
        return [above] if above else []
    return [[k] for k in above]


def one_round(
    stand: Stand, knowledge: float, lots: Lots
) -> tuple[Round, list[Agreement]]:  # fmt: skip
    """Level by level through one round, from where the parties stand at its beginning."""
    agreements: list[Agreement] = []
    reached: list[str] = []
    tried: set[int] = set()
    for level in levels_above(stand.signed, stand, lots):
        zones = of_tiers(level, zones_of(stand), stand)
        obstacle = first_empty(zones)
        if obstacle is not None:
            reached.append(obstacle)
            continue
        tried |= set(level)
        package = choose(zones.signable, knowledge, stand, lots)
        if package is None:
            reached.append(HOLDING_OUT)
        else:
            steps = roadmap(package, stand, bounded=True)
            assert steps is not None, "what can be signed has a roadmap"
            agreements.append(Agreement(stand, package, steps))
            stand = stand._replace(signed=package, first=False)
        if not lots.goes_on[stand.waited][level[-1] - 1]:
            break
    why = None if agreements else max(reached, key=FURTHER.index, default=None)
    return Round(stand.signed, why, in_the_way(tried, stand)), agreements


def in_the_way(tried: set[int], stand: Stand) -> dict[int, str]:
    """What stands in the way of each tier above what is signed by the end of a round.

    Where all tiers are talked about at once, trying that level has tried every one of them.
    """
    zones, top = zones_of(stand), len(stand.rules.tiers)
    found = {}
    for k in range(tier_of(stand.signed, stand.rules) + 1, top + 1):
        empty = first_empty(of_tiers(range(k, top + 1), zones, stand))
        held = HOLDING_OUT if max(tried, default=0) >= k else NOT_REACHED
        found[k] = empty or held
    return found


def aspirations(
    stand: Stand, knowledge: float, learning: float, lots: Lots
) -> tuple[list[Round], list[Agreement]]:  # fmt: skip
    """All rounds of one draw, and what was signed in turn."""
    rounds, agreements = [], []
    for waited in range(len(lots.goes_on)):
        told, signed = one_round(stand._replace(waited=waited), knowledge, lots)
        rounds.append(told)
        agreements += signed
        stand = stand._replace(signed=told.signed, first=not told.signed)
        knowledge += (1 - knowledge) * learning
    return rounds, agreements
