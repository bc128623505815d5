"""What a package is worth to each party, and what a collapse on the way to it would leave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from tests.literal.packages import NOTHING, Package, Rules, needs_of

TOLERANCE = 1e-9


class Numbers(NamedTuple):
    """One party's numbers in one draw, in points of its own; `firmness` is f·ξ."""

    values: tuple[float, ...]
    linkages: tuple[float, ...]
    reservation: float
    delay: float
    breach: float
    trust: float
    honest: bool
    firmness: float


class Stand(NamedTuple):
    """Where the parties stand in one draw, and so from what gains are counted.

    `chance`: the probabilities of the outside consents, by commitment. `waited`: the round.
    `signed`: what they have agreed on before, H. `first`: whether they have agreed on nothing
    before, so that the other way is no agreement at all.
    """

    rules: Rules
    parties: tuple[Numbers, ...]
    chance: Mapping[int, float]
    waited: int
    signed: Package = NOTHING
    first: bool = True


def in_force(commitments: Package, stand: Stand) -> float:
    """q: the chance that these commitments, and so all that they need, come into force."""
    return math.prod(stand.chance.get(c, 1.0) for c in needs_of(commitments, stand.rules))


def complete(package: Package, stand: Stand) -> list[int]:
    """The linkages all of whose commitments are in the package."""
    return [k for k, together in enumerate(stand.rules.linkages) if together <= package]


def utility(i: int, package: Package, stand: Stand) -> float:
    """u_i(S)."""
    party, linkages = stand.parties[i], stand.rules.linkages
    return sum(
        in_force(frozenset({c}), stand) * party.values[c] for c in sorted(package)
    ) + sum(
        in_force(linkages[k], stand) * party.linkages[k] for k in complete(package, stand)
    )  # fmt: skip


def irreversible(i: int, done: Package, stand: Stand) -> float:
    """k_i(P) from nothing: what stays of what was done if the deal collapses."""
    party, rules = stand.parties[i], stand.rules
    return sum(
        in_force(frozenset({c}), stand) * party.values[c] * (1 - rules.reversible[c])
        for c in sorted(done)
    ) + sum(
        in_force(rules.linkages[k], stand) * party.linkages[k]
        * min(1 - rules.reversible[c] for c in rules.linkages[k])
        for k in complete(done, stand)
    )  # fmt: skip


def gain(i: int, package: Package, stand: Stand) -> float:
    """g_i(S): against ending this round without agreement, or against what was signed before."""
    party = stand.parties[i]
    if stand.first:
        left = party.reservation - (stand.waited + 1) * party.delay
    else:
        left = utility(i, stand.signed, stand)
    return utility(i, package, stand) - left


def kept(i: int, done: Package, stand: Stand) -> float:
    """k_i(P), less what was signed before."""
    return irreversible(i, done, stand) - irreversible(i, stand.signed, stand)


def stop_value(i: int, done: Package, stand: Stand) -> float:
    """s_i(P): what stopping at P leaves a party."""
    return kept(i, done, stand) - stand.parties[i].breach
