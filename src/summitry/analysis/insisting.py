"""Holding-out: who asks for more than any package that could be signed gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.blame import draws_with
from summitry.analysis.movers import Case, sample_of
from summitry.analysis.setup import Setup
from summitry.analysis.standing import Standing, standing_of
from summitry.game.board import Bools, Floats
from summitry.game.kernels.stops import TOLERANCE

INSISTING = 32


@dataclass(frozen=True)
class Insistence:
    """One party that holds out, over a sample of 32 draws.

    `alone`: the share in which there would be a deal if this party alone asked for less; `together`:
    the share in which nobody alone could bring one about. Medians over the first: `asks`, the share
    of the best it could get signed that it holds out for; `offered`, the most that what meets
    the others gives it; `shortfall`, what is missing, in its own points; `firmness`, its own times
    the mood of the draw; `knowledge`, how well the negotiators know what the others need by then.
    """

    party: str
    alone: float
    together: float
    asks: float | None
    offered: float | None
    shortfall: float | None
    firmness: float | None
    knowledge: float | None


@dataclass(frozen=True)
class Claim:
    """What one party asks for in one draw, and the most that it can have, in its own points."""

    party: int
    ideal: float
    asks: float
    offered: float
    firmness: float
    knowledge: float


@dataclass(frozen=True)
class Deadlock:
    """Who could end it alone by asking for less, or else whether all hold out together.

    Neither where all would be met, and chance chose a smaller agreement.
    """

    claims: Sequence[Claim]
    together: bool


def insistences_of(setup: Setup, k: int, number: int = INSISTING) -> list[Insistence]:
    """Who holds out where a deal of tier k or higher was on the table, in a sample of draws.

    Nobody by the protocol `efficient`, in which all agree on the smaller deal.
    """
    if setup.question.protocol == "efficient":
        return []
    cases = sample_of(draws_with(setup, k, "holding-out"), number)
    found = [deadlock_of(setup, case, k) for case in cases]
    return _by_party(setup, found) if cases else []


def _by_party(setup: Setup, found: Sequence[Deadlock]) -> list[Insistence]:
    together = sum(deadlock.together for deadlock in found) / len(found)
    told = []
    for i in setup.game.principals:
        own = [claim for deadlock in found for claim in deadlock.claims if claim.party == i]
        told.append(
            Insistence(
                party=setup.game.parties[i],
                alone=len(own) / len(found),
                together=together,
                asks=_median([claim.asks / claim.ideal for claim in own]),
                offered=_median([claim.offered / claim.ideal for claim in own]),
                shortfall=_median([claim.asks - claim.offered for claim in own]),
                firmness=_median([claim.firmness for claim in own]),
                knowledge=_median([claim.knowledge for claim in own]),
            )
        )
    return sorted(told, key=lambda one: -one.alone)


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if values else None


def deadlock_of(setup: Setup, case: Case, k: int) -> Deadlock:
    """Who, by asking for less alone, would have brought a deal of tier k or higher in one draw.

    At the lowest level from k on at which something could be signed.
    """
    place, tiers = standing_of(setup, case), len(setup.game.tiers)
    whole = bool(setup.game.setting.whole[case.draw])
    levels = [(place.reached + 1, tiers)] if whole else [(one, one) for one in range(k, tiers + 1)]
    for low, high in levels:
        zone = place.zone(low, high)
        ideals = _ideals(place, zone)
        if ideals is not None:
            return _deadlock(place, zone, ideals)
    return Deadlock([], False)


def _deadlock(place: Standing, zone: Bools, ideals: Floats) -> Deadlock:
    principals, d = place.setup.game.principals, place.case.draw
    knowledge = _knowledge(place)
    firmness = place.worths.firmness[0] * place.setup.game.setting.mood[d]
    asks = _level(place, knowledge) * _shares(place) * firmness[principals] * ideals
    met = place.gained[:, principals] >= asks - TOLERANCE
    claims = []
    for at, i in enumerate(principals):
        others = zone & np.delete(met, at, axis=1).all(axis=1)
        best = _best(place, others, int(i))
        if best is not None and best < asks[at] - TOLERANCE:
            claims.append(
                Claim(
                    int(i), float(ideals[at]), float(asks[at]), best, float(firmness[i]), knowledge
                )
            )
    all_met = _best(place, zone & met.all(axis=1), int(principals[0])) is not None
    return Deadlock(claims, not claims and not all_met)


def _ideals(place: Standing, zone: Bools) -> Floats | None:
    """The most that each principal could gain by what can be signed; None where nothing can."""
    best = [_best(place, zone, int(i)) for i in place.setup.game.principals]
    return np.array(best, float) if all(value is not None for value in best) else None


def _best(place: Standing, zone: Bools, i: int) -> float | None:
    """The most that one party gains by a package of these that can be signed."""
    inside = np.flatnonzero(zone)
    for p in inside[np.argsort(-place.gained[inside, i], kind="stable")]:
        if place.signable(int(p)):
            return float(place.gained[p, i])
    return None


def _knowledge(place: Standing) -> float:
    """How well they know what the others need, in the last round of talks (model section 4)."""
    setup, d = place.setup.game.setting, place.case.draw
    return float(1 - (1 - setup.knowledge[d]) * (1 - setup.learning[d]) ** place.waited)


def _level(place: Standing, knowledge: float) -> float:
    setting = place.setup.game.setting
    return setting.firm - (setting.firm - setting.known) * knowledge


def _shares(place: Standing) -> Floats:
    """Each principal's equal share, by its bargaining power."""
    power = place.setup.game.setting.power[place.case.draw][place.setup.game.principals]
    shares: Floats = power / power.sum()
    return shares
