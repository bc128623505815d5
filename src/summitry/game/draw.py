"""Drawing the uncertain numbers of a dossier: one uniform number per path and draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtr, ndtri

from summitry.dossier.numbers import Number
from summitry.dossier.schema import Commitment, Dossier, PartyType
from summitry.estimates import UNIT, Estimate, fixed, parse_estimate, quantile, uniforms
from summitry.game.beliefs import Population
from summitry.game.board import Floats
from summitry.game.numbers import Setting, Stakes
from summitry.game.variation import AS_IT_IS, Variation

CORRELATION = 0.3
LEARNING = fixed(0.5)
UNSURE = parse_estimate("0.1 to 0.9", UNIT)
REVERSIBLE = {"pledge": fixed(1.0), "action": fixed(0.5)}
NOTHING = fixed(0.0)
ONE = fixed(1.0)


@dataclass(frozen=True)
class Heard:
    """A number that was drawn: its estimates (several where types have their own), its levels."""

    estimates: list[Estimate]
    levels: Floats


@dataclass(frozen=True)
class Sampler:
    """A seed, a number of draws, and what a what-if changes of them.

    The draws are those from `first` on; after draw `cycle` - 1 comes draw 0. `heard`
    collects what is drawn, by the paths of the uniform numbers.
    """

    seed: int
    draws: int
    variation: Variation = AS_IT_IS
    first: int = 0
    cycle: int | None = None
    heard: dict[str, Heard] = field(default_factory=dict)

    def uniforms(self, path: str) -> Floats:
        """The uniform numbers of one path of the dossier."""
        level = self.variation.level(path)
        if level is not None:
            return np.full(self.draws, level)
        anew = ".renewed" if path in self.variation.renewed else ""
        left = self.draws if self.cycle is None else min(self.draws, self.cycle - self.first)
        levels = uniforms(self.seed, path + anew, left, self.first)
        if left == self.draws:
            return levels
        return np.append(levels, uniforms(self.seed, path + anew, self.draws - left))

    def draw(self, number: Number | None, path: str, default: Estimate) -> Floats:
        """The draws of one number, by the quantiles of its own distribution."""
        estimate = default if number is None else number.estimate
        return self._at(path, estimate, self.uniforms(path))

    def draw_with(self, appetite: Floats, share: float, path: str, estimate: Estimate) -> Floats:
        """The same for a number that shares the part `share` of its variance with `appetite`.

        `appetite` (draws) are standard normal scores. A number that is held at a level is
        held there whatever the appetite.
        """
        levels = self.uniforms(path)
        if self.variation.level(path) is None:
            score = np.sqrt(share) * appetite + np.sqrt(1.0 - share) * ndtri(levels)
            levels = _inside(ndtr(score))
        return self._at(path, estimate, levels)

    def _at(self, path: str, estimate: Estimate, levels: Floats) -> Floats:
        self.heard.setdefault(path, Heard([], levels)).estimates.append(estimate)
        return quantile(estimate, levels)


def draw_population(dossier: Dossier, party: str, sampler: Sampler) -> Population:
    """What a party may be: for each of its types a weight and its numbers in every draw."""
    types = dossier.types.get(party)
    if not types:
        return Population(np.ones(1), [_draw_stakes(dossier, party, None, "", sampler)])
    weights = np.array([kind.prior.value for kind in types.values()])
    stakes = [_draw_stakes(dossier, party, kind, name, sampler) for name, kind in types.items()]
    return Population(weights / weights.sum(), stakes)


def _draw_stakes(
    dossier: Dossier, party: str, kind: PartyType | None, name: str, sampler: Sampler
) -> Stakes:
    """The numbers of one party of one type: all types share the uniforms of the party."""

    def number(section: str, default: Estimate) -> Floats:
        own = getattr(kind, section) if kind else None
        given = getattr(dossier, section).get(party)
        return sampler.draw(own or given, f"{section}.{party}", default)

    linkages = [
        sampler.draw(linkage.values.get(party), f"linkages.{k}.values.{party}", NOTHING)
        for k, linkage in enumerate(dossier.linkages)
    ]
    return Stakes(
        values=_draw_values(dossier, party, kind, name, sampler),
        linkages=np.column_stack(linkages) if linkages else np.zeros((sampler.draws, 0)),
        reservation=number("no_agreement", NOTHING),
        delay=number("delay_cost", NOTHING),
        breach=number("breach_cost", NOTHING),
        trust=number("trust", UNSURE),
    )


def _draw_values(
    dossier: Dossier, party: str, kind: PartyType | None, name: str, sampler: Sampler
) -> Floats:
    """A party's values of the commitments (draws, commitments), with its common appetite."""
    share = CORRELATION if dossier.correlation is None else dossier.correlation.value
    appetite = ndtri(sampler.uniforms(f"values.{party}"))
    given = dossier.values.get(party, {})
    columns = []
    for commitment in dossier.commitments:
        path = f"values.{party}.{commitment}"
        number = (kind.values.get(commitment) if kind else None) or given.get(commitment)
        if number is None:
            columns.append(np.zeros(sampler.draws))
            continue
        column = sampler.draw_with(appetite, share, path, number.estimate)
        if kind and commitment in kind.scale:
            factor_path = f"types.{party}.{name}.scale.{commitment}"
            column = column * sampler.draw(kind.scale[commitment], factor_path, ONE)
        columns.append(column)
    return np.column_stack(columns)


def _inside(share: Floats) -> Floats:
    """Keep quantile levels off 0 and 1, where a normal has no value."""
    return np.clip(share, 1e-15, 1.0 - 1e-15)


def draw_setting(dossier: Dossier, sampler: Sampler, rounds: Sequence[int]) -> Setting:
    """All that a draw holds besides what the parties gain."""
    commitments = dossier.commitments.items()
    consents = [
        (f"commitments.{name}.consent.{party}", number)
        for name, c in commitments
        if isinstance(c.consent, dict)
        for party, number in c.consent.items()
    ]
    chance = [sampler.draw(number, path, ONE) for path, number in consents]
    lots = [sampler.uniforms(f"{path}.decision") for path, _ in consents]
    breakdown = sampler.draw(dossier.breakdown, "breakdown", NOTHING)
    ends = [sampler.uniforms(f"rounds.{k}.breakdown") < breakdown for k in rounds]
    empty = np.zeros((sampler.draws, 0))
    return Setting(
        reversible=np.column_stack([_reversible(name, c, sampler) for name, c in commitments]),
        knowledge=sampler.draw(dossier.knowledge, "knowledge", UNSURE),
        learning=sampler.draw(dossier.learning, "learning", LEARNING),
        power=_per_party(dossier, "bargaining_power", sampler),
        chance=np.column_stack(chance) if chance else empty,
        granted=np.column_stack(lots) < np.column_stack(chance) if chance else empty < 0,
        proposers=_proposers(dossier, sampler, rounds),
        ends=np.column_stack(ends),
    )


def _reversible(name: str, commitment: Commitment, sampler: Sampler) -> Floats:
    path = f"commitments.{name}.reversible"
    return sampler.draw(commitment.reversible, path, REVERSIBLE[commitment.kind])


def _per_party(dossier: Dossier, section: str, sampler: Sampler) -> Floats:
    """A number for every party (draws, parties), 1 where the dossier gives none."""
    given = getattr(dossier, section)
    columns = [
        sampler.draw(given.get(party), f"{section}.{party}", ONE) for party in dossier.parties
    ]
    return np.column_stack(columns)


def _proposers(dossier: Dossier, sampler: Sampler, rounds: Sequence[int]) -> np.ndarray:
    """Who makes the offer in each draw and round: (draws, rounds), drawn by lot."""
    weights = np.ones((sampler.draws, len(dossier.parties)))
    for k, party in enumerate(dossier.parties.values()):
        if party.role != "principal":
            weights[:, k] = 0.0
    edges = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    lots = [sampler.uniforms(f"rounds.{k}.initiative") for k in rounds]
    return np.column_stack([(lot[:, None] >= edges).sum(axis=1) for lot in lots])
