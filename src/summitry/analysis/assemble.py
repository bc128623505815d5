"""Putting a forecast together from the outcomes of the draws, the signals and the classes."""

from __future__ import annotations

from collections.abc import Sequence
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
from summitry.analysis.outcomes import obstacle_shares
from summitry.analysis.pooling import delta_error, standard_error, unseen
from summitry.analysis.reservation import reservation_table
from summitry.analysis.setup import Setup, blend_of, hits_of, pooled_under, shares_of
from summitry.analysis.telling import names_of, titles_of
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


def assemble(setup: Setup) -> Forecast:
    """The forecast with its reasons; no draw is played again but for the what-ifs."""
    document, question, game = setup.document, setup.question, setup.game
    outcomes, weights, dossier = setup.outcomes, setup.weights, setup.dossier
    rounds = [_round(setup, t) for t in range(len(question.rounds))]
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
        commitments=_commitments(setup),
        packages=_packages(setup),
        first_movers=first_movers(game, roadmaps),
        reservation=reservation_table(setup),
        types=types,
        signals=_signals(setup),
        effective_signals={name: party.effective_signals for name, party in types.items()},
        independent=_independent(setup),
        assumptions=_assumptions(setup),
        defaults=defaults_of(dossier),
        warnings=warnings_of(dossier, game, weights, rounds[t], types),
        names=names_of(dossier),
        dossier=document.name,
        dossier_sha256=document.sha256,
        changes=list(document.changes),
        seed=setup.run.seed,
        draws=game.draws,
        strata=len(game.strata),
        possible_packages=len(game.board.masks),
        protocol=question.protocol,
        as_of=question.as_of,
        structure_as_of=dossier.as_of,
        version=__version__,
    )


def _round(setup: Setup, t: int) -> RoundForecast:
    hits = hits_of(setup, t)
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
        pooled=shares_of(setup, pooled),
        linear=shares_of(setup, blend.linear(model)),
        model=shares_of(setup, model),
        classes=None if classes is None else shares_of(setup, classes),
        words={tier: icd203(p) for tier, p in zip(setup.tiers, pooled, strict=True)},
        standard_error={
            "model": shares_of(setup, errors),
            "pooled": shares_of(
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
        pull = whole - pooled_under(setup, evidence.without(weighed.id), t)
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


def _independent(setup: Setup) -> dict[str, float]:
    """The naive answer: the pooled forecast if all signals were independent and certain."""
    types = {name: party.independent for name, party in setup.evidence.parties.items()}
    return shares_of(setup, pooled_under(setup, types, setup.question.detail))


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
