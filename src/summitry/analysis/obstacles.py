"""What stands in the way of each tier, and of whom, before the signature and after it.

The obstacles of one draw are those of the first zone of agreement that holds nothing of the
tier (commitment problems: Fearon 1995; ratification: Putnam 1988; veto players: Tsebelis 2002);
then that the parties ask for more than any deal gives them, or that the talks came not so far.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from summitry.analysis.aftermath import RefusedConsent, Stopping, refused_consents, stoppings
from summitry.analysis.blame import Refusal, draws_with, refusals_of, scan_all
from summitry.analysis.insisting import Insistence, insistences_of
from summitry.analysis.outcomes import AFTERWARDS, OBSTACLES, fell_short, obstacle_codes
from summitry.analysis.setup import Options, Setup, prepare
from summitry.analysis.stalling import Stall, stalls_of
from summitry.analysis.telling import Provenance, frame, provenance, told
from summitry.dossier.reader import Document
from summitry.game.board import Floats

SCHEMA = "summitry.obstacles/2"

Shares = Mapping[str, float]


@dataclass(frozen=True)
class RoundObstacles:
    """By one round, for each tier: the share of draws that sign it, and of what keeps the rest.

    `afterwards`: of all draws, those that sign it and do not carry it out, by why.
    """

    date: dt.date | None
    title: str | None
    tiers: Mapping[str, Shares]
    afterwards: Mapping[str, Shares]


@dataclass(frozen=True)
class TierObstacles:
    """What keeps a tier, or a higher one, from being signed and carried out by the round in detail.

    `shares` has `reached` (signed) and the five obstacles and sums to 1; `afterwards` the shares of
    the draws that sign it and do not carry it out, by why; both with `standard_error`s. `by_type`:
    the `shares` for each type of each party that has types. `lower`: of the draws with each
    obstacle, the share in which a lower tier is signed, so that all is counted from there.
    `interests`, `veto`, `commitment` and `holding_out` say of whom, `refused` and `stopped` why it
    fails after the signature.
    """

    tier: str
    shares: Shares
    afterwards: Shares
    standard_error: Shares
    by_type: Mapping[str, Mapping[str, Shares]]
    lower: Shares
    interests: Sequence[Refusal]
    veto: Sequence[Refusal]
    commitment: Sequence[Stall]
    holding_out: Sequence[Insistence]
    refused: Sequence[RefusedConsent]
    stopped: Sequence[Stopping]


@dataclass(frozen=True)
class Obstacles:
    """The answer of `obstacles`: all rounds in shares, one in detail (index `round`)."""

    rounds: Sequence[RoundObstacles]
    round: int
    tiers: Sequence[TierObstacles]
    about: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each round, tier and obstacle, those after the signature too, with its share."""
        return [
            {"round": number, "date": one.date, "tier": tier, "obstacle": name, "share": share}
            for number, one in enumerate(self.rounds)
            for tier, shares in one.tiers.items()
            for name, share in {**shares, **one.afterwards[tier]}.items()
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def obstacles(
    dossier: str | Path | Document, *, tier: str | None = None, **options: Unpack[Options]
) -> Obstacles:
    """What stands in the way of each tier (or one), in which share of the draws, and of whom.

    The options are those of `Options`. Raises what `expect` raises, and ValueError for a
    tier that does not exist.
    """
    setup = prepare(dossier, options)
    chosen = tiers_asked(setup, tier)
    scanned = scan_all(setup, chosen)
    return Obstacles(
        rounds=[_round(setup, t) for t in range(len(setup.question.rounds))],
        round=setup.question.detail,
        tiers=[_tier(setup, scanned, k) for k in chosen],
        about=provenance(setup),
    )


def tiers_asked(setup: Setup, tier: str | None) -> list[int]:
    """The tiers a question is about, highest first. Raises ValueError naming those there are."""
    names = setup.tiers[1:]
    if tier is None:
        return list(range(len(names), 0, -1))
    if tier not in names:
        raise ValueError(f"there is no tier `{tier}`; the tiers are {', '.join(names)}")
    return [names.index(tier) + 1]


def _round(setup: Setup, t: int) -> RoundObstacles:
    index, rounds = setup.question.rounds[t], setup.dossier.rounds
    falling = range(len(setup.tiers) - 1, 0, -1)
    return RoundObstacles(
        date=rounds[index].date if rounds else setup.question.as_of,
        title=rounds[index].title if rounds else None,
        tiers={setup.tiers[k]: _means(_hits(setup, t, k, setup.weights)) for k in falling},
        afterwards={setup.tiers[k]: _means(_afterwards(setup, t, k)) for k in falling},
    )


def _hits(setup: Setup, t: int, k: int, weights: Floats) -> dict[str, Floats]:
    """For every draw the weight of each answer: reached, or kept by which obstacle."""
    codes = obstacle_codes(setup.outcomes, t, k)
    names = ("reached", *OBSTACLES)
    return {name: weights @ (codes == number) for number, name in enumerate(names, start=-1)}


def _afterwards(setup: Setup, t: int, k: int) -> dict[str, Floats]:
    """For every draw the weight with which it is signed and not carried out, by why."""
    short = fell_short(setup.outcomes, t, k)
    return {name: setup.weights @ hit for name, hit in zip(AFTERWARDS, short, strict=True)}


def _means(hits: Mapping[str, Floats]) -> dict[str, float]:
    return {name: float(hit.mean()) for name, hit in hits.items()}


def _tier(setup: Setup, scanned: Sequence[Any], k: int) -> TierObstacles:
    t = setup.question.detail
    hits, after = _hits(setup, t, k, setup.weights), _afterwards(setup, t, k)
    root = np.sqrt(setup.game.draws)
    return TierObstacles(
        tier=setup.tiers[k],
        shares=_means(hits),
        afterwards=_means(after),
        standard_error={
            name: float(hit.std(ddof=1) / root) for name, hit in {**hits, **after}.items()
        },
        by_type=_by_type(setup, t, k),
        lower=_lower(setup, k),
        interests=refusals_of(setup, scanned, k, "interests"),
        veto=refusals_of(setup, scanned, k, "veto"),
        commitment=stalls_of(setup, k),
        holding_out=insistences_of(setup, k),
        refused=refused_consents(setup, k),
        stopped=stoppings(setup, k),
    )


def _lower(setup: Setup, k: int) -> dict[str, float]:
    """Of the draws with each obstacle to tier k, the share in which a lower one is signed."""
    signed = setup.outcomes.tier[:, :, setup.question.detail] > 0
    found = {}
    for name in OBSTACLES:
        weights = draws_with(setup, k, name)
        if weights.any():
            found[name] = float((weights * signed).sum() / weights.sum())
    return found


def _by_type(setup: Setup, t: int, k: int) -> dict[str, dict[str, Shares]]:
    """The shares if a party were for certain of one of its types, the others as weighed."""
    found: dict[str, dict[str, Shares]] = {}
    for i, party in enumerate(setup.game.parties):
        for number, kind in enumerate(setup.dossier.types.get(party, {})):
            weights = np.where(setup.game.strata[:, i] == number, setup.weights, 0.0)
            if weights.sum() > 0:
                shares = _means(_hits(setup, t, k, weights / weights.sum()))
                found.setdefault(party, {})[kind] = shares
    return found
