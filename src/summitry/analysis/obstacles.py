"""What stands in the way of each tier, and of whom: interests, veto, commitment, information.

The obstacles of one draw are those of the first zone of agreement that holds nothing of the
tier (commitment problems and private information: Fearon 1995; ratification: Putnam 1988;
veto players: Tsebelis 2002).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from summitry.analysis.blame import (
    Misjudgement,
    Refusal,
    Stall,
    denied_share,
    misjudgements_of,
    refusals_of,
    scan_all,
    stalls_of,
)
from summitry.analysis.outcomes import OBSTACLES, obstacle_codes
from summitry.analysis.setup import Options, Setup, prepare
from summitry.analysis.telling import Provenance, frame, provenance, told
from summitry.dossier.reader import Document
from summitry.game.board import Floats

SCHEMA = "summitry.obstacles/1"

Shares = Mapping[str, float]


@dataclass(frozen=True)
class RoundObstacles:
    """For each tier the share of draws that reach it by one round, and of what keeps the rest."""

    date: dt.date | None
    title: str | None
    tiers: Mapping[str, Shares]


@dataclass(frozen=True)
class TierObstacles:
    """What keeps a tier, or a higher one, from being reached by the round told in detail.

    `shares` has `reached` and the six obstacles and sums to 1, with `standard_error`s;
    `by_type` the same for each type of each party that has types. `interests`, `veto`,
    `commitment` and `information` say of whom; `denied`: the share of vetoed draws in which
    some package lacks nothing but a consent given by probability.
    """

    tier: str
    shares: Shares
    standard_error: Shares
    by_type: Mapping[str, Mapping[str, Shares]]
    interests: Sequence[Refusal]
    veto: Sequence[Refusal]
    denied: float
    commitment: Sequence[Stall]
    information: Sequence[Misjudgement]


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
        """A record for each round, tier and obstacle, with its share."""
        return [
            {"round": number, "date": one.date, "tier": tier, "obstacle": name, "share": share}
            for number, one in enumerate(self.rounds)
            for tier, shares in one.tiers.items()
            for name, share in shares.items()
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
    return RoundObstacles(
        date=rounds[index].date if rounds else setup.question.as_of,
        title=rounds[index].title if rounds else None,
        tiers={
            setup.tiers[k]: _means(_hits(setup, t, k, setup.weights))
            for k in range(len(setup.tiers) - 1, 0, -1)
        },
    )


def _hits(setup: Setup, t: int, k: int, weights: Floats) -> dict[str, Floats]:
    """For every draw the weight of each answer: reached, or kept by which obstacle."""
    codes = obstacle_codes(setup.outcomes, t, k)
    names = ("reached", *OBSTACLES)
    return {name: weights @ (codes == number) for number, name in enumerate(names, start=-1)}


def _means(hits: Mapping[str, Floats]) -> dict[str, float]:
    return {name: float(hit.mean()) for name, hit in hits.items()}


def _tier(setup: Setup, scanned: Sequence[Any], k: int) -> TierObstacles:
    t = setup.question.detail
    hits = _hits(setup, t, k, setup.weights)
    root = np.sqrt(setup.game.draws)
    return TierObstacles(
        tier=setup.tiers[k],
        shares=_means(hits),
        standard_error={name: float(hit.std(ddof=1) / root) for name, hit in hits.items()},
        by_type=_by_type(setup, t, k),
        interests=refusals_of(setup, scanned, k, "interests"),
        veto=refusals_of(setup, scanned, k, "veto"),
        denied=denied_share(setup, scanned, k),
        commitment=stalls_of(setup, k),
        information=misjudgements_of(setup, k),
    )


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
