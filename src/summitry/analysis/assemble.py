"""Putting a forecast together from the outcomes of the draws, the signals and the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from summitry import __version__
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
from summitry.analysis.pooling import unseen
from summitry.analysis.reservation import reservation_table
from summitry.analysis.setup import Setup, blend_of, shares_of
from summitry.analysis.streamed import Played, round_errors
from summitry.analysis.tally import obstacles, package_errors, shares
from summitry.analysis.telling import names_of, titles_of
from summitry.analysis.weights import strata_weights
from summitry.dossier.schema import Signal
from summitry.evidence.signals import Evidence
from summitry.evidence.words import icd203
from summitry.game.board import Floats

MOST_PACKAGES = 10

ASSUMPTIONS = (
    "Acceptance is myopic: nobody refuses a gain to wait for its own turn.",
    "The parties' beliefs are those of the prior, not of the analyst's signals.",
    "Points of different parties are never compared.",
    "Types of different parties are independent of each other.",
)


def assemble(played: Played) -> Forecast:
    """The forecast with its reasons; no draw is played again but for the what-ifs."""
    setup = played.setup
    document, question, game = setup.document, setup.question, setup.game
    outcomes, weights, dossier = setup.outcomes, setup.weights, setup.dossier
    rounds = [round_forecast(played, t) for t in range(len(question.rounds))]
    types = _types(setup.evidence)
    t = question.detail
    with ThreadPoolExecutor(setup.run.workers) as pool:
        cases = agreed_cases(outcomes, weights, t, SAMPLE)
        roadmaps = list(pool.map(lambda case: roadmap_of(game, outcomes, case), cases))
    return Forecast(
        title=dossier.title,
        question=dossier.question,
        tiers=setup.tiers,
        tier_titles=titles_of(dossier, setup.tiers),
        rounds=rounds,
        round=t,
        commitments=_commitments(played),
        packages=_packages(played),
        first_movers=first_movers(game, roadmaps),
        reservation=reservation_table(setup),
        types=types,
        signals=_signals(played),
        effective_signals={name: party.effective_signals for name, party in types.items()},
        independent=_independent(played),
        assumptions=_assumptions(setup),
        defaults=defaults_of(dossier),
        warnings=warnings_of(dossier, game, weights, rounds[t], types),
        names=names_of(dossier),
        dossier=document.name,
        dossier_sha256=document.sha256,
        changes=list(document.changes),
        seed=setup.run.seed,
        draws=setup.run.draws,
        strata=len(game.strata),
        possible_packages=len(game.board.masks),
        protocol=question.protocol,
        as_of=question.as_of,
        structure_as_of=dossier.as_of,
        version=__version__,
    )


def round_forecast(played: Played, t: int) -> RoundForecast:
    """What is to be expected by the end of round t."""
    setup = played.setup
    model, blend = shares(played.counted, setup.weights, t), blend_of(setup, t)
    pooled, classes = blend.pooled(model), blend.of_classes(model)
    errors, pooled_errors = round_errors(played, t)
    index = setup.question.rounds[t]
    rounds = setup.dossier.rounds
    return RoundForecast(
        date=rounds[index].date if rounds else setup.question.as_of,
        title=rounds[index].title if rounds else None,
        pooled=shares_of(setup, pooled),
        linear=shares_of(setup, blend.linear(model)),
        model=shares_of(setup, model),
        classes=None if classes is None else shares_of(setup, classes),
        words={tier: icd203(p) for tier, p in zip(setup.tiers, pooled, strict=True)},
        standard_error={
            "model": shares_of(setup, errors),
            "pooled": shares_of(setup, pooled_errors),
        },
        bounds=[tier for tier, never in zip(setup.tiers, unseen(model), strict=True) if never],
        obstacles={
            tier: obstacles(played.counted, setup.weights, t, k)
            for k, tier in enumerate(setup.tiers)
            if k > 0
        },
    )


def _commitments(played: Played) -> dict[str, float]:
    masks, counted = played.setup.game.board.masks, played.counted
    return {
        name: float(counted.packages @ ((masks >> np.uint32(k)) & 1) / counted.draws)
        for k, name in enumerate(played.setup.game.commitments)
    }


def _packages(played: Played) -> list[PackageForecast]:
    """The most likely packages, with the first steps of their commonest roadmap."""
    counted, errors = played.counted, package_errors(played.counted)
    order = np.lexsort((played.setup.game.board.masks, -counted.packages))[:MOST_PACKAGES]
    return [
        _package(played.setup, int(p), counted.packages[p] / counted.draws, errors[p])
        for p in order
        if counted.packages[p] > 0
    ]


def _package(setup: Setup, package: int, share: float, error: float) -> PackageForecast:
    game = setup.game
    cases = package_cases(setup.outcomes, setup.weights, setup.question.detail, package)
    roadmaps = [roadmap_of(game, setup.outcomes, case) for case in cases]
    mask = int(game.board.masks[package])
    return PackageForecast(
        commitments=[name for k, name in enumerate(game.commitments) if mask >> k & 1],
        tier=setup.tiers[int(game.board.tiers[package])],
        probability=float(share),
        standard_error=float(error),
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


def _pooled_if(played: Played, types: Mapping[str, Floats]) -> Floats:
    """The pooled probabilities of the round in detail if the types had these probabilities."""
    setup, t = played.setup, played.setup.question.detail
    weights = strata_weights(setup.game, types)
    return blend_of(setup, t).pooled(shares(played.counted, weights, t))


def _signals(played: Played) -> list[SignalForecast]:
    """The signals that count, by falling pull."""
    setup, evidence = played.setup, played.setup.evidence
    whole = _pooled_if(played, evidence.posteriors())
    dossier = setup.dossier
    found = []
    for weighed in evidence.signals:
        if not weighed.counts:
            continue
        signal = dossier.signals[weighed.index]
        assert isinstance(signal, Signal)
        pull = whole - _pooled_if(played, evidence.without(weighed.id))
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
        pull=shares_of(setup, pull),
    )


def _independent(played: Played) -> dict[str, float]:
    """The naive answer: the pooled forecast if all signals were independent and certain."""
    setup = played.setup
    types = {name: party.independent for name, party in setup.evidence.parties.items()}
    return shares_of(setup, _pooled_if(played, types))


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
