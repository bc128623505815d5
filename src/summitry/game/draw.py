"""Drawing the uncertain numbers of a dossier: one uniform number per path and draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import gammaincinv, ndtr, ndtri

from summitry.dossier.numbers import Number
from summitry.dossier.schema import Commitment, Dossier, PartyType
from summitry.estimates import (
    UNIT,
    Estimate,
    analyst_level,
    fixed,
    parse_estimate,
    quantile,
    shifted_prior,
    shifted_quantile,
    shifted_share,
    uniforms,
)
from summitry.game.board import Floats
from summitry.game.numbers import Population, Setting, Stakes
from summitry.game.variation import AS_IT_IS, Variation

CORRELATION = 0.3
LEARNING = fixed(0.5)
UNSURE = parse_estimate("0.1 to 0.9", UNIT)
MOMENTUM = parse_estimate("0.2 to 0.8", UNIT)
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

    The draws are those from `first` on. `heard` collects what is drawn, by the paths of the
    uniform numbers.
    """

    seed: int
    draws: int
    variation: Variation = AS_IT_IS
    first: int = 0
    heard: dict[str, Heard] = field(default_factory=dict)

    def uniforms(self, path: str) -> Floats:
        """The uniform numbers of one path of the dossier."""
        level = self.variation.level(path)
        if level is not None:
            return np.full(self.draws, level)
        anew = ".renewed" if path in self.variation.renewed else ""
        return uniforms(self.seed, path + anew, self.draws, self.first)

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
            levels = _together(appetite, share, levels)
        return self._at(path, estimate, levels, share)

    def draw_chance(self, number: Number, path: str) -> Floats:
        """The same for the chance of a consent, of which analysts differ though it is certain."""
        chance, analyst = self.draw(number, path, ONE), self.variation.analyst
        if analyst is None or number.estimate.distribution != "fixed":
            return chance
        return shifted_share(chance, ndtri(analyst_level(self.seed, path, analyst)))

    def prior(self, weights: Floats, paths: Sequence[str]) -> Floats:
        """A party's prior over its types (K), each at its path, as the analyst has it."""
        analyst = self.variation.analyst
        if analyst is None:
            return weights
        levels = [analyst_level(self.seed, path, analyst) for path in paths]
        return shifted_prior(weights, ndtri(levels))

    def _at(self, path: str, estimate: Estimate, levels: Floats, share: float = 0.0) -> Floats:
        """The quantiles; for another analyst moved, `share` of that in common for the party."""
        self.heard.setdefault(path, Heard([], levels)).estimates.append(estimate)
        analyst = self.variation.analyst
        if analyst is None or estimate.distribution == "fixed":
            return quantile(estimate, levels)
        level = analyst_level(self.seed, path, analyst)
        if share > 0.0:
            appetite = ndtri(analyst_level(self.seed, path.rpartition(".")[0], analyst))
            level = float(_together(appetite, share, level))
        return shifted_quantile(estimate, levels, level)


def draw_population(dossier: Dossier, party: str, sampler: Sampler) -> Population:
    """What a party may be: for each of its types a weight and its numbers in every draw."""
    types = dossier.types.get(party)
    if not types:
        return Population(np.ones(1), [_draw_stakes(dossier, party, None, "", sampler)])
    weights = np.array([kind.prior.value for kind in types.values()])
    weights = sampler.prior(weights, [f"types.{party}.{name}.prior" for name in types])
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

    honesty = (kind and kind.honesty) or dossier.honesty.get(party)

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
        # where nobody says how honest a party is, it is as honest as it is trusted
        honesty=np.full(sampler.draws, np.nan) if honesty is None else number("honesty", UNSURE),
        firmness=number("firmness", ONE),
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


def _together(appetite: Floats | float, share: float, levels: Floats | float) -> Floats:
    """The levels of numbers that share the part `share` of their variance with `appetite`."""
    return _inside(ndtr(np.sqrt(share) * appetite + np.sqrt(1.0 - share) * ndtri(levels)))


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
    chance = [sampler.draw_chance(number, path) for path, number in consents]
    lots = [sampler.uniforms(f"{path}.decision") for path, _ in consents]
    empty = np.zeros((sampler.draws, 0))
    settings = dossier.settings
    return Setting(
        reversible=np.column_stack([_reversible(name, c, sampler) for name, c in commitments]),
        knowledge=sampler.draw(dossier.knowledge, "knowledge", UNSURE),
        learning=sampler.draw(dossier.learning, "learning", LEARNING),
        power=_per_party(dossier, "bargaining_power", sampler),
        chance=np.column_stack(chance) if chance else empty,
        granted=np.column_stack(lots) < np.column_stack(chance) if chance else empty < 0,
        mood=_moods(dossier, sampler, settings.shape),
        goes_on=_momentum(dossier, sampler, rounds),
        whole=_whole(dossier, sampler),
        ends=_breakdown(dossier, sampler, rounds),
        sincerity=_lots(dossier, "honesty.{}.decision", sampler),
        key=_keys(sampler),
        luck=empty,
        firm=settings.firm,
        known=settings.known,
        floor=settings.floor,
        choice=settings.choice,
    )


def _lots(dossier: Dossier, path: str, sampler: Sampler) -> Floats:
    """A uniform number for every party (draws, parties)."""
    return np.column_stack([sampler.uniforms(path.format(party)) for party in dossier.parties])


def _moods(dossier: Dossier, sampler: Sampler, shape: float) -> Floats:
    """The random part of what each party holds out for: gamma of mean 1 (draws, parties)."""
    moods: Floats = gammaincinv(shape, _lots(dossier, "firmness.{}.mood", sampler)) / shape
    return moods


def _momentum(dossier: Dossier, sampler: Sampler, rounds: Sequence[int]) -> np.ndarray:
    """Whether they go on to the next level in the same round: (draws, rounds, tiers)."""
    momentum = sampler.draw(dossier.momentum, "momentum", MOMENTUM)
    tiers = [tier.id for tier in dossier.tiers] or ["agreement"]
    lots = [[sampler.uniforms(f"rounds.{k}.momentum.{tier}") for tier in tiers] for k in rounds]
    return np.moveaxis(np.array(lots) < momentum, 2, 0).copy()


def _whole(dossier: Dossier, sampler: Sampler) -> np.ndarray:
    """Whether nothing is agreed until everything is: (draws)."""
    return sampler.uniforms("agenda.decision") < sampler.draw(dossier.agenda, "agenda", NOTHING)


def _breakdown(dossier: Dossier, sampler: Sampler, rounds: Sequence[int]) -> np.ndarray:
    """Whether the talks end for good after each round: (draws, rounds)."""
    breakdown = sampler.draw(dossier.breakdown, "breakdown", NOTHING)
    return np.column_stack([sampler.uniforms(f"rounds.{k}.breakdown") < breakdown for k in rounds])


def _keys(sampler: Sampler) -> np.ndarray:
    """A number for each draw from which the luck of every package comes: (draws)."""
    return (sampler.uniforms("luck") * 2.0**52).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)


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
