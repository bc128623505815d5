"""A dossier of any number of commitments as a game whose packages are not listed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.dossier.schema import Dossier
from summitry.game.board import Ints, all_needs, ranks_among
from summitry.game.compile import chancers_of, is_instant, judges_of
from summitry.game.draw import Sampler, draw_population, draw_setting
from summitry.game.large.problem import Problem
from summitry.game.numbers import (
    Population,
    Setting,
    Stakes,
    stack,
    times_chances,
)
from summitry.game.variation import AS_IT_IS, Variation


@dataclass(frozen=True)
class LargeGame:
    """A dossier compiled for a number of draws; masks are Python integers.

    As `Game`, without the list of possible packages and what is priced by it. For each
    commitment `movers` and `asks` (parties that must then consent); `consents` lists
    (commitment, party) for every consent that is given with a probability.
    """

    parties: tuple[str, ...]
    commitments: tuple[str, ...]
    tiers: tuple[str, ...]
    consents: tuple[tuple[int, int], ...]
    principals: tuple[int, ...]
    movers: tuple[int, ...]
    asks: tuple[int, ...]
    requires: tuple[int, ...]
    only_with: tuple[int, ...]
    excludes: tuple[int, ...]
    instant: tuple[bool, ...]
    linkages: tuple[int, ...]
    tier_all: tuple[int, ...]
    tier_any: tuple[int, ...]
    populations: tuple[Population, ...]
    setting: Setting
    strata: Ints

    @property
    def ranks(self) -> Ints:
        """The place of each party in the order of principals first: (N)."""
        return ranks_among(len(self.parties), self.principals)

    @property
    def needs(self) -> list[int]:
        """For each commitment itself and all that it needs, through others too."""
        return all_needs(self.requires, self.only_with)

    def worths(self, stratum: int) -> Stakes:
        """The numbers of all parties where each is of its type in this stratum.

        With the chances of coming into force counted in.
        """
        chosen = zip(self.populations, self.strata[stratum], strict=True)
        together = [population.stakes[kind] for population, kind in chosen]
        stakes = stack(together, np.array(self.principals))
        return times_chances(stakes, self.setting.chance, self.needs, self.linkages, self.consents)


def compile_large(
    dossier: Dossier, *, draws: int, seed: int, variation: Variation = AS_IT_IS
) -> LargeGame:
    """The game of a dossier; its numbers are those that `compile_game` draws."""
    commitments = list(dossier.commitments.values())
    commitment = {name: k for k, name in enumerate(dossier.commitments)}
    party = {name: k for k, name in enumerate(dossier.parties)}
    sampler = Sampler(seed, draws, variation)
    populations = tuple(draw_population(dossier, name, sampler) for name in party)
    kinds = [range(len(population.weights)) for population in populations]
    movers = masks_of([c.by for c in commitments], party)
    judges = masks_of([judges_of(c) for c in commitments], party)
    tiers = [(tier.all, tier.any) for tier in dossier.tiers] or [([], [])]
    return LargeGame(
        parties=tuple(party),
        commitments=tuple(commitment),
        tiers=tuple(tier.id for tier in dossier.tiers) or ("agreement",),
        consents=tuple(
            (k, party[one]) for k, c in enumerate(commitments) for one in chancers_of(c)
        ),
        principals=tuple(
            party[name] for name, p in dossier.parties.items() if p.role == "principal"
        ),
        movers=movers,
        asks=tuple(a | b for a, b in zip(movers, judges, strict=True)),
        requires=masks_of([c.requires for c in commitments], commitment),
        only_with=masks_of([c.only_with for c in commitments], commitment),
        excludes=masks_of([c.excludes for c in commitments], commitment),
        instant=tuple(is_instant(c) for c in commitments),
        linkages=masks_of([linkage.together for linkage in dossier.linkages], commitment),
        tier_all=masks_of([every for every, _ in tiers], commitment),
        tier_any=masks_of([some for _, some in tiers], commitment),
        populations=populations,
        setting=draw_setting(dossier, sampler, (0,)),
        strata=np.array(list(itertools.product(*kinds))),
    )


def problem_of(game: LargeGame, worths: Stakes, draw: int, waited: int) -> Problem:
    """The problem of one draw after `waited` rounds without agreement.

    Who refuses ends one more round without: the delay of the round at hand counts too.
    """
    return Problem(
        values=worths.values[draw],
        worths=worths.linkages[draw],
        reservation=worths.reservation[draw] - (waited + 1) * worths.delay[draw],
        power=game.setting.power[draw],
        principals=game.principals,
        linkages=game.linkages,
        requires=game.requires,
        only_with=game.only_with,
        excludes=game.excludes,
        asks=game.asks,
        tier_all=game.tier_all,
        tier_any=game.tier_any,
    )


def masks_of(sets: Sequence[Sequence[str]], index: Mapping[str, int]) -> tuple[int, ...]:
    """Sets of names as masks."""
    return tuple(sum(1 << index[name] for name in set(names)) for names in sets)
