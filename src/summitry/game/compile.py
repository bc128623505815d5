"""A dossier as a game: its rules as masks, its uncertain numbers as draws."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.dossier.errors import CannotAnswer
from summitry.dossier.feasible import WIDEST
from summitry.dossier.schema import Commitment, Dossier
from summitry.game.board import Board, Ints, Masks, Rules, ranks_of, tiers_of
from summitry.game.draw import Sampler, draw_population, draw_setting
from summitry.game.numbers import Population, Setting, Stakes, in_force, stack, with_chances
from summitry.game.size import board_within, count_packages, too_wide
from summitry.game.variation import AS_IT_IS, Variation

MOST_AT_A_POINT = 1 << 16


@dataclass(frozen=True)
class Game:
    """A dossier compiled for a number of draws.

    `strata` (strata, parties) holds every combination of the parties' types, by index;
    `populations` what each party may be. `chances` names (commitment, party) for every consent
    that is given with a probability.
    """

    parties: tuple[str, ...]
    commitments: tuple[str, ...]
    tiers: tuple[str, ...]
    chances: tuple[tuple[str, str], ...]
    rules: Rules
    board: Board
    populations: tuple[Population, ...]
    setting: Setting
    strata: Ints

    @property
    def draws(self) -> int:
        """Draws in each stratum."""
        return len(self.setting.knowledge)

    @property
    def principals(self) -> Ints:
        """The indices of the principals."""
        return np.flatnonzero((self.rules.principals >> np.arange(self.rules.parties)) & 1)

    @property
    def ranks(self) -> Ints:
        """The place of each party in the order of principals first: (N)."""
        return ranks_of(self.rules)

    @property
    def in_force(self) -> Masks:
        """Which commitments come into force in each draw, if they are agreed on: masks (D)."""
        return in_force(self.setting.granted, self.rules)

    def tiers_of(self, masks: Masks) -> np.ndarray:
        """The tier of what is in force or done, 0 for none: masks of any shape."""
        flat = tiers_of(masks.ravel(), self.rules.tier_all, self.rules.tier_any)
        flat[masks.ravel() == 0] = 0
        return flat.reshape(masks.shape)

    def stakes(self, stratum: int) -> Stakes:
        """The full numbers of all parties where each is of its type in this stratum."""
        return stack(self._chosen(stratum), self.principals)

    def worths(self, stratum: int) -> Stakes:
        """The same with the chances of coming into force counted in: what the parties weigh."""
        return with_chances(self.stakes(stratum), self.setting.chance, self.rules)

    def worths_of(self, stratum: int, draw: int) -> Stakes:
        """The same of one draw alone, as draw 0."""
        one = slice(draw, draw + 1)
        chosen = [Stakes(*(x[one] for x in party)) for party in self._chosen(stratum)]
        return with_chances(stack(chosen, self.principals), self.setting.chance[one], self.rules)

    def _chosen(self, stratum: int) -> list[Stakes]:
        kinds = zip(self.populations, self.strata[stratum], strict=True)
        return [population.stakes[kind] for population, kind in kinds]


def compile_game(
    dossier: Dossier,
    *,
    draws: int,
    seed: int,
    rounds: Sequence[int] = (0,),
    variation: Variation = AS_IT_IS,
    first: int = 0,
    board: Board | None = None,
) -> Game:
    """The game of a dossier, with `draws` draws for each combination of the parties' types.

    `rounds` are the indices of the rounds to be played; `variation` is what a what-if
    changes; the draws are those from `first` on. `board`: that of the dossier, where it is known
    already. Raises CannotAnswer where the dossier has no commitments, or so many packages that
    weighing them all would cost too much; before memory is taken.
    """
    if board is None:
        board = board_of(dossier)
    sampler = Sampler(seed, draws, variation, first)
    populations = tuple(draw_population(dossier, party, sampler) for party in dossier.parties)
    parties, commitments = tuple(dossier.parties), tuple(dossier.commitments)
    rules = rules_of(dossier)
    kinds = [range(len(population.weights)) for population in populations]
    return Game(
        parties=parties,
        commitments=commitments,
        tiers=tuple(tier.id for tier in dossier.tiers) or ("agreement",),
        chances=tuple((commitments[k], parties[i]) for k, i in rules.chances),
        rules=rules,
        board=board,
        populations=populations,
        setting=draw_setting(dossier, sampler, rounds),
        strata=np.array(list(itertools.product(*kinds))),
    )


def board_of(dossier: Dossier) -> Board:
    """Every possible package of a dossier.

    Raises CannotAnswer where it has no commitments, or where weighing its packages would cost
    too much; before memory is taken.
    """
    if not dossier.commitments:
        raise CannotAnswer("packages need the section `commitments`, which this dossier lacks")
    if len(dossier.commitments) > WIDEST:
        raise CannotAnswer(too_wide(len(dossier.commitments)))
    combinations = math.prod(len(kinds) for kinds in dossier.types.values())
    return board_within(rules_of(dossier), max(1, len(dossier.rounds)), combinations)


def are_few(dossier: Dossier) -> bool:
    """Whether there are at most 65,536 possible packages, none of more than 20 commitments."""
    if len(dossier.commitments) > WIDEST:
        return False
    counted = count_packages(rules_of(dossier))
    if counted is None or counted > MOST_AT_A_POINT:
        return False
    try:
        board_of(dossier)
    except CannotAnswer:
        return False
    return True


def listen(dossier: Dossier, *, draws: int, seed: int, rounds: Sequence[int] = (0,)) -> Sampler:
    """All numbers of a dossier as `compile_game` draws them, with their levels, by path."""
    sampler = Sampler(seed, draws)
    for party in dossier.parties:
        draw_population(dossier, party, sampler)
    draw_setting(dossier, sampler, rounds)
    return sampler


def rules_of(dossier: Dossier) -> Rules:
    """What the dossier says of commitments, linkages and tiers, as masks."""
    commitments = list(dossier.commitments.values())
    commitment = {name: k for k, name in enumerate(dossier.commitments)}
    party = {name: k for k, name in enumerate(dossier.parties)}
    tiers = dossier.tiers

    def masks(sets: Sequence[Sequence[str]], index: Mapping[str, int]) -> np.ndarray:
        return np.array([sum(1 << index[name] for name in set(s)) for s in sets], np.uint32)

    principals = [name for name, p in dossier.parties.items() if p.role == "principal"]
    return Rules(
        names=tuple(dossier.commitments),
        parties=len(party),
        principals=int(masks([principals], party)[0]),
        movers=masks([c.by for c in commitments], party),
        consent=masks([judges_of(c) for c in commitments], party),
        requires=masks([c.requires for c in commitments], commitment),
        only_with=masks([c.only_with for c in commitments], commitment),
        excludes=masks([c.excludes for c in commitments], commitment),
        instant=np.array([is_instant(c) for c in commitments], bool),
        linkages=masks([linkage.together for linkage in dossier.linkages], commitment),
        chances=tuple(
            (k, party[name]) for k, c in enumerate(commitments) for name in chancers_of(c)
        ),
        tier_all=masks([t.all for t in tiers] or [[]], commitment),
        tier_any=masks([t.any for t in tiers] or [[]], commitment),
    )


def is_instant(commitment: Commitment) -> bool:
    """Whether it is done at one moment; by default a pledge is, an action is not."""
    if commitment.instant is None:
        return commitment.kind == "pledge"
    return commitment.instant


def judges_of(commitment: Commitment) -> list[str]:
    """The stakeholders that judge it by their points."""
    return commitment.consent if isinstance(commitment.consent, list) else []


def chancers_of(commitment: Commitment) -> list[str]:
    """The stakeholders that consent to it with a probability."""
    return [] if isinstance(commitment.consent, list) else list(commitment.consent)
