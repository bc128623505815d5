"""Putting a forecast together from the outcomes of the draws, the signals and the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry import __version__
from summitry.analysis.asking import Question
from summitry.analysis.caution import warnings_of
from summitry.analysis.forecast import (
    Forecast,
    PackageForecast,
    PartyTypes,
    RoundForecast,
    SignalForecast,
)
from summitry.analysis.leaned import defaults_of
from summitry.analysis.movers import (
    SAMPLE,
    agreed_cases,
    first_movers,
    first_steps,
    package_cases,
    roadmap_of,
)
from summitry.analysis.outcomes import Outcomes, obstacle_shares, tier_hits
from summitry.analysis.pooling import Blend, delta_error, standard_error, unseen
from summitry.analysis.reservation import Rerun, reservation_table
from summitry.analysis.weights import strata_weights
from summitry.dossier.reader import Document
from summitry.dossier.schema import Dossier, Signal
from summitry.evidence.signals import Evidence, weigh
from summitry.evidence.words import icd203
from summitry.game.board import Floats
from summitry.game.compile import Game

MOST_PACKAGES = 10

ASSUMPTIONS = (
    "Acceptance is myopic: nobody refuses a gain to wait for its own turn.",
    "The parties' beliefs are those of the prior, not of the analyst's signals.",
    "Points of different parties are never compared.",
    "Types of different parties are independent of each other.",
)


@dataclass(frozen=True)
class Setup:
    """All that a forecast is put together from."""

    document: Document
    question: Question
    game: Game
    outcomes: Outcomes
    evidence: Evidence
    weights: Floats
    tiers: tuple[str, ...]

    @property
    def dossier(self) -> Dossier:
        """The dossier that was asked."""
        return self.document.dossier


def assemble(
    document: Document, question: Question, game: Game, outcomes: Outcomes, rerun: Rerun
) -> Forecast:
    """The forecast with its reasons; no draw is played again but for the what-ifs."""
    dossier = document.dossier
    evidence = weigh(dossier, question.as_of, question.first_day)
    weights = strata_weights(game, evidence.posteriors())
    setup = Setup(document, question, game, outcomes, evidence, weights, ("none", *game.tiers))
    rounds = [_round(setup, t) for t in range(len(question.rounds))]
    types = _types(evidence)
    t = question.detail
    roadmaps = [roadmap_of(game, outcomes, c) for c in agreed_cases(outcomes, weights, t, SAMPLE)]
    titles = {tier.id: tier.title or tier.id for tier in dossier.tiers}
    return Forecast(
        title=dossier.title,
        question=dossier.question,
        tiers=setup.tiers,
        tier_titles={"none": "no agreement", **titles},
        rounds=rounds,
        round=t,
        commitments=_commitments(setup),
        packages=_packages(setup),
        first_movers=first_movers(game, roadmaps),
        reservation=reservation_table(dossier, game, weights, t, rerun),
        types=types,
        signals=_signals(setup),
        effective_signals={name: party.effective_signals for name, party in types.items()},
        independent=_independent(setup),
        assumptions=_assumptions(setup),
        defaults=defaults_of(dossier),
        warnings=warnings_of(dossier, game, weights, rounds[t], types),
        names=_names(dossier),
        dossier=document.name,
        dossier_sha256=document.sha256,
        changes=list(document.changes),
        seed=rerun.seed,
        draws=game.draws,
        strata=len(game.strata),
        possible_packages=len(game.board.masks),
        protocol=question.protocol,
        as_of=question.as_of,
        structure_as_of=dossier.as_of,
        version=__version__,
    )


def blend_of(setup: Setup, t: int) -> Blend:
    """How round t is pooled: classes cover the first round (summit) or the last (process)."""
    dossier, settings = setup.dossier, setup.dossier.settings
    covers = set()
    if t == 0:
        covers.add("summit")
    if t == len(setup.question.rounds) - 1:
        covers.add("process")
    reached = {int(tier) for tier in np.unique(setup.game.board.tiers)}
    return Blend(
        classes=[c for c in dossier.reference_classes if c.covers in covers],
        names=setup.tiers,
        weight=0.5 if dossier.pool_weight is None else dossier.pool_weight.value,
        alpha=settings.class_alpha,
        cap=settings.class_cap,
        reachable=np.array([k == 0 or k in reached for k in range(len(setup.tiers))]),
        draws=setup.game.draws,
    )


def _round(setup: Setup, t: int) -> RoundForecast:
    hits = tier_hits(setup.outcomes, setup.weights, t, len(setup.game.tiers))
    model, blend = hits.mean(axis=0), blend_of(setup, t)
    pooled, classes = blend.pooled(model), blend.of_classes(model)
    errors = standard_error(hits)
    pooled_errors = errors if classes is None else delta_error(hits, blend.pooled)
    missed = unseen(hits)
    index = setup.question.rounds[t]
    rounds = setup.dossier.rounds
    return RoundForecast(
        date=rounds[index].date if rounds else setup.question.as_of,
        title=rounds[index].title if rounds else None,
        pooled=_shares(setup, pooled),
        linear=_shares(setup, blend.linear(model)),
        model=_shares(setup, model),
        classes=None if classes is None else _shares(setup, classes),
        words={tier: icd203(p) for tier, p in zip(setup.tiers, pooled, strict=True)},
        standard_error={
            "model": _shares(setup, errors),
            "pooled": _shares(
                setup, np.where(missed, np.maximum(errors, pooled_errors), pooled_errors)
            ),
        },
        bounds=[tier for tier, never in zip(setup.tiers, missed, strict=True) if never],
        obstacles={
            tier: obstacle_shares(setup.outcomes, setup.weights, t, k)
            for k, tier in enumerate(setup.tiers)
            if k > 0
        },
    )


def _shares(setup: Setup, probabilities: Floats) -> dict[str, float]:
    return {tier: float(p) for tier, p in zip(setup.tiers, probabilities, strict=True)}


def _agreed(setup: Setup) -> np.ndarray:
    """The package that each draw of each stratum has agreed on by the round; -1 for none."""
    done = setup.outcomes.when <= setup.question.detail
    return np.where(done, setup.outcomes.package, -1)


def _commitments(setup: Setup) -> dict[str, float]:
    masks = np.append(setup.game.board.masks, np.uint32(0))[_agreed(setup)]
    return {
        name: float((setup.weights @ ((masks >> np.uint32(k)) & 1)).mean())
        for k, name in enumerate(setup.game.commitments)
    }


def _packages(setup: Setup) -> list[PackageForecast]:
    """The most likely packages, with the first steps of their commonest roadmap."""
    agreed, board = _agreed(setup), setup.game.board
    totals = np.zeros(len(board.masks))
    for weight, row in zip(setup.weights, agreed, strict=True):
        totals += weight * np.bincount(row[row >= 0], minlength=len(totals))
    totals /= setup.game.draws
    order = np.lexsort((board.masks, -totals))[:MOST_PACKAGES]
    return [_package(setup, int(p), agreed == p) for p in order if totals[p] > 0]


def _package(setup: Setup, package: int, chosen: np.ndarray) -> PackageForecast:
    game, hits = setup.game, setup.weights @ chosen
    cases = package_cases(setup.outcomes, setup.weights, setup.question.detail, package)
    roadmaps = [roadmap_of(game, setup.outcomes, case) for case in cases]
    mask = int(game.board.masks[package])
    return PackageForecast(
        commitments=[name for k, name in enumerate(game.commitments) if mask >> k & 1],
        tier=setup.tiers[int(game.board.tiers[package])],
        probability=float(hits.mean()),
        standard_error=float(hits.std(ddof=1) / np.sqrt(game.draws)),
        first_steps=first_steps(game, roadmaps),
        first_movers=first_movers(game, roadmaps),
    )


def _types(evidence: Evidence) -> dict[str, PartyTypes]:
    def named(names: Sequence[str], values: Floats) -> dict[str, float]:
        return {name: float(p) for name, p in zip(names, values, strict=True)}

    return {
        name: PartyTypes(
            prior=named(party.types, party.prior),
            posterior=named(party.types, party.posterior),
            independent=named(party.types, party.independent),
            effective_signals=float(party.effective),
            cap_factor=float(party.cap_factor),
        )
        for name, party in evidence.parties.items()
    }


def pooled_under(setup: Setup, types: Mapping[str, Floats], t: int) -> Floats:
    """The pooled probabilities of round t if the parties' types had these probabilities."""
    weights = strata_weights(setup.game, types)
    hits = tier_hits(setup.outcomes, weights, t, len(setup.game.tiers))
    return blend_of(setup, t).pooled(hits.mean(axis=0))


def _signals(setup: Setup) -> list[SignalForecast]:
    """The signals that count, by falling pull."""
    t, evidence = setup.question.detail, setup.evidence
    whole = pooled_under(setup, evidence.posteriors(), t)
    dossier = setup.dossier
    found = []
    for weighed in evidence.signals:
        if not weighed.counts:
            continue
        signal = dossier.signals[weighed.index]
        assert isinstance(signal, Signal)
        rest = weigh(dossier, setup.question.as_of, setup.question.first_day, skip={weighed.id})
        pull = whole - pooled_under(setup, rest.posteriors(), t)
        found.append(_signal(setup, signal, weighed.id, weighed.exponent, pull))
    return sorted(found, key=lambda s: -max(abs(p) for p in s.pull.values()))


def _signal(
    setup: Setup, signal: Signal, name: str, exponent: float, pull: Floats
) -> SignalForecast:
    return SignalForecast(
        id=name,
        date=signal.date,
        known_at=signal.known_at or signal.date,
        party=signal.party,
        kind=signal.kind,
        source=signal.source.name,
        grade=f"{signal.source.reliability}{signal.credibility}",
        says=signal.says,
        shows=signal.shows,
        exponent=float(exponent),
        pull=_shares(setup, pull),
    )


def _independent(setup: Setup) -> dict[str, float]:
    """The naive answer: the pooled forecast if all signals were independent and certain."""
    types = {name: party.independent for name, party in setup.evidence.parties.items()}
    return _shares(setup, pooled_under(setup, types, setup.question.detail))


def _assumptions(setup: Setup) -> list[str]:
    found = list(ASSUMPTIONS)
    question, dossier = setup.question, setup.dossier
    if dossier.as_of and question.as_of and question.as_of != dossier.as_of:
        found.append(
            f"Structure as of {dossier.as_of}: the numbers were written then; only signals and "
            f"rounds are those of {question.as_of}. Score it apart."
        )
    if question.protocol == "efficient":
        found.append("Protocol `efficient`: what full knowledge would bring, in the first round.")
    return found


def _names(dossier: Dossier) -> dict[str, str]:
    """What a reader calls the parties and commitments."""
    parties = {name: party.name or name for name, party in dossier.parties.items()}
    return parties | {name: c.title or name for name, c in dossier.commitments.items()}
