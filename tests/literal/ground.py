"""From the table to the ground: what of the agreements comes into force and is carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.literal.packages import NOTHING, Package, Rules, needs_of
from tests.literal.roadmaps import movers_of
from tests.literal.stakes import TOLERANCE, Stand, gain, stop_value
from tests.literal.talks import Agreement


class After(NamedTuple):
    """What became of all that was signed; `stopped_by` is None where nobody stopped."""

    in_force: Package
    done: Package
    stopped_by: tuple[int, ...] | None


def coming_into_force(signed: Package, granted: Mapping[int, bool], rules: Rules) -> Package:
    """The commitments for which all consents are given that they and their needs ask for."""
    return frozenset(
        c
        for c in signed
        if all(granted.get(need, True) for need in needs_of(frozenset({c}), rules))
    )


def stops(i: int, done: Package, force: Package, stand: Stand) -> bool:
    """Whether a party stops at its step: an honest one only where it would end badly."""
    stopping = stop_value(i, done, stand)
    if stand.parties[i].honest:
        stopping = min(stopping, 0.0)
    return gain(i, force, stand) < stopping - TOLERANCE


def carry_out(agreements: Sequence[Agreement], granted: Mapping[int, bool], rules: Rules) -> After:
    """The roadmaps walked through one after the other, until somebody stops.

    An addition is counted from what is in force of what was signed before it, also where that is
    nothing: it was signed as an addition, so that no reservation value comes in.
    """
    everything = coming_into_force(agreements[-1].package, granted, rules)
    done = NOTHING
    for agreement in agreements:
        force = coming_into_force(agreement.package, granted, rules)
        stand = agreement.stand._replace(
            chance={}, signed=coming_into_force(agreement.stand.signed, granted, rules)
        )
        for step in agreement.steps:
            left = tuple(c for c in step if c in force)
            who = [i for i in sorted(movers_of(left, rules)) if stops(i, done, force, stand)]
            if who:
                return After(everything, done, tuple(who))
            done |= set(left)
    return After(everything, done, None)
