"""Putting a forecast together from the outcomes of the draws, the signals and the classes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summitry import __version__
from summitry.analysis.analysts import range_of_analysts
from summitry.analysis.caution import warnings_of
from summitry.analysis.forecast import (
    AtLeast,
    CommitmentForecast,
    Forecast,
    PackageForecast,
    PartyTypes,
    RoundForecast,
    SignalForecast,
    Stop,
)
from summitry.analysis.leaned import defaults_of
from summitry.analysis.movers import (
    SAMPLE,
    agreed_cases,
    first_movers,
    first_shares,
    first_steps,
    package_cases,
    roadmaps_of,
)
from summitry.analysis.naming import commitments_of
from summitry.analysis.pooling import unseen
from summitry.analysis.reservation import reservation_table
from summitry.analysis.setup import Setup, pooling_of, shares_of
from summitry.analysis.streamed import Played, model_errors, pooled_errors, pooled_if
from summitry.analysis.tally import (
    afterwards,
    became,
    obstacles,
    package_errors,
    shares,
)
from summitry.analysis.telling import names_of, titles_of
from summitry.dossier.schema import Signal
from summitry.evidence.log_odds_pool import at_least, draw_factors
from summitry.evidence.signals import Evidence
from summitry.evidence.words import icd203
from summitry.game.board import Floats

MOST_PACKAGES = 10
MOST_STOPS = 6

ASSUMPTIONS = (
    "Levels, their order and the momentum between them are judgement: they were measured on two people "
    "with one level, and three parties and states are an extrapolation.",
    "Points of different parties are never compared.",
    "Types of different parties are independent of each other.",
)


def assemble(played: Played) -> Forecast:
    """The forecast with its reasons; no draw is played again but for the what-ifs."""
    setup = played.setup
    document, question, game = setup.document, setup.question, setup.game
    outcomes, weights, dossier = setup.outcomes, setup.weights, setup.dossier
    rounds = round_forecasts(played, analysts=True)
    types, t = _types(setup.evidence), question.detail
    cases = agreed_cases(outcomes, weights, t, SAMPLE)
    factors = _factors(played)[t]
    return Forecast(
        title=dossier.title,
        question=dossier.question,
        tiers=setup.tiers,
        tier_titles=titles_of(dossier, setup.tiers),
        rounds=rounds,
        round=t,
        commitments=_commitments(played, factors),
        packages=_packages(played, factors),
        stops=_stops(played, factors),
        first_movers=first_movers(game, roadmaps_of(game, outcomes, t, cases)),
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


def round_forecasts(played: Played, *, analysts: bool) -> list[RoundForecast]:
    """What is to be expected by the end of each round; with `analysts` with their range."""
    setup, counted = played.setup, played.counted
    model, pooling = shares(counted, setup.weights), pooling_of(setup)
    pooled, errors = pooling.pooled(model), pooled_errors(played, model)
    factors = draw_factors(pooled, model)
    own = model_errors(played, model)
    said = range_of_analysts(setup, pooled) if analysts else None
    force = became(counted.in_force, counted.draws, setup.weights, factors)
    carried = became(counted.carried, counted.draws, setup.weights, factors)
    found = []
    for t, index in enumerate(setup.question.rounds):
        classes = pooling.of_classes(t, model)
        rounds = setup.dossier.rounds
        found.append(
            RoundForecast(
                date=rounds[index].date if rounds else setup.question.as_of,
                title=rounds[index].title if rounds else None,
                pooled=shares_of(setup, pooled[t]),
                model=shares_of(setup, model[t]),
                classes=None if classes is None else shares_of(setup, classes),
                in_force=shares_of(setup, force[t]),
                carried_out=shares_of(setup, carried[t]),
                at_least={
                    tier: AtLeast(
                        pooled=float(at_least(pooled[t])[k]),
                        model=float(at_least(model[t])[k]),
                        classes=None if classes is None else float(at_least(classes)[k]),
                        standard_error=float(errors.at_least[t, k]),
                        low=None if said is None else float(said.at_least[0, t, k]),
                        high=None if said is None else float(said.at_least[1, t, k]),
                        word=icd203(float(at_least(pooled[t])[k])),
                        in_force=float(at_least(force[t])[k]),
                        carried_out=float(at_least(carried[t])[k]),
                    )
                    for k, tier in enumerate(setup.tiers[1:])
                },
                analysts={}
                if said is None
                else {
                    tier: (float(said.exactly[0, t, k]), float(said.exactly[1, t, k]))
                    for k, tier in enumerate(setup.tiers)
                },
                words={tier: icd203(p) for tier, p in zip(setup.tiers, pooled[t], strict=True)},
                standard_error={
                    "model": shares_of(setup, own[t]),
                    "pooled": shares_of(setup, errors.exactly[t]),
                },
                bounds=[
                    tier for tier, never in zip(setup.tiers, unseen(model[t]), strict=True) if never
                ],
                obstacles={
                    tier: obstacles(counted, setup.weights, t, k)
                    for k, tier in enumerate(setup.tiers)
                    if k > 0
                },
                afterwards={
                    tier: afterwards(counted, setup.weights, t, k)
                    for k, tier in enumerate(setup.tiers)
                    if k > 0
                },
            )
        )
    return found


def _factors(played: Played) -> Floats:
    """What a draw's weight is multiplied by for the tier it signs: (rounds, tiers)."""
    model = shares(played.counted, played.setup.weights)
    factors: Floats = draw_factors(pooling_of(played.setup).pooled(model), model)
    return factors


def _commitments(played: Played, factors: Floats) -> dict[str, CommitmentForecast]:
    """How likely each commitment is to be signed, and to be done."""
    game, counted = played.setup.game, played.counted
    signed = counted.packages * factors[game.board.tiers] / counted.draws
    done = factors @ counted.done / counted.draws
    return {
        name: CommitmentForecast(
            signed=float(signed @ ((game.board.masks >> np.uint32(k)) & 1)),
            carried_out=float(done[k]),
        )
        for k, name in enumerate(game.commitments)
    }


def _stops(played: Played, factors: Floats) -> list[Stop]:
    """Who stops where, the likeliest first; the step is told by what was to be done in it."""
    game, counted = played.setup.game, played.counted
    found: dict[tuple[int, int], float] = {}
    for (tier, who, step), weight in counted.stops.items():
        share = weight * float(factors[tier]) / counted.draws
        found[who, step] = found.get((who, step), 0.0) + share
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_STOPS]
    return [
        Stop(
            parties=[name for i, name in enumerate(game.parties) if who >> i & 1],
            step=commitments_of(game, step),
            probability=probability,
        )
        for (who, step), probability in ranked
    ]


def _packages(played: Played, factors: Floats) -> list[PackageForecast]:
    """The most likely packages, with the first steps of their commonest roadmap."""
    counted, board = played.counted, played.setup.game.board
    factor = factors[board.tiers]
    likely, errors = counted.packages * factor / counted.draws, package_errors(counted) * factor
    order = np.lexsort((board.masks, -likely))[:MOST_PACKAGES]
    return [_package(played.setup, int(p), likely[p], errors[p]) for p in order if likely[p] > 0]


def _package(setup: Setup, package: int, share: float, error: float) -> PackageForecast:
    game, t = setup.game, setup.question.detail
    cases = package_cases(setup.outcomes, setup.weights, t, package)
    roadmaps = roadmaps_of(game, setup.outcomes, t, cases)
    return PackageForecast(
        commitments=commitments_of(game, int(game.board.masks[package])),
        tier=setup.tiers[int(game.board.tiers[package])],
        probability=float(share),
        standard_error=float(error),
        first_steps=first_steps(game, roadmaps),
        first_movers=first_shares(game, roadmaps),
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


def _signals(played: Played) -> list[SignalForecast]:
    """The signals that count, by falling pull."""
    setup, evidence = played.setup, played.setup.evidence
    dossier, t = setup.dossier, setup.question.detail
    whole = pooled_if(played, evidence.posteriors())[t]
    found = []
    for weighed in evidence.signals:
        if not weighed.counts:
            continue
        signal = dossier.signals[weighed.index]
        assert isinstance(signal, Signal)
        pull = whole - pooled_if(played, evidence.without(weighed.id))[t]
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
    return shares_of(setup, pooled_if(played, types)[setup.question.detail])


def _assumptions(setup: Setup) -> list[str]:
    found = list(ASSUMPTIONS)
    question, dossier = setup.question, setup.dossier
    if dossier.as_of and question.as_of and question.as_of != dossier.as_of:
        found.append(
            f"Structure as of {dossier.as_of}: the numbers were written then; only signals and "
            f"rounds are those of {question.as_of}. Score it apart."
        )
    if question.protocol == "efficient":
        found.append(
            "Protocol `efficient`: what full knowledge and no posturing would bring, in the first round."
        )
    return found
