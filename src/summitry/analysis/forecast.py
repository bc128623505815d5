"""A forecast: the probability of each tier in each round, the reasons, and what redoes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry.analysis.leaned import Default
from summitry.analysis.reservation import Shifted
from summitry.analysis.telling import frame, told

SCHEMA = "summitry.forecast/2"

Shares = Mapping[str, float]


@dataclass(frozen=True)
class AtLeast:
    """How likely one tier or a higher one is to be signed by the end of a round.

    By the `model`, by the reference `classes` (None: none covers the round), and `pooled` with
    its `standard_error`, that of the dice; `low` and `high`: the central 80 % of what other
    analysts would say with numbers from the same ranges (None where they were not asked);
    `word` that of ICD 203. `carried_out` and `in_force`: how likely the tier or a higher one is
    to be carried out of what is signed by then, and to have come into force.
    """

    pooled: float
    model: float
    classes: float | None
    standard_error: float
    low: float | None
    high: float | None
    word: str
    in_force: float
    carried_out: float


@dataclass(frozen=True)
class RoundForecast:
    """What is to be expected by the end of one round.

    `pooled`, `model` and `classes` map each tier ("none" first) to the probability that it is
    the highest signed; `classes` is None where no reference class covers the round; `carried_out`
    and `in_force` map it to that of being the highest carried out, or in force. `at_least` tells
    of each tier above none, or a higher one. `analysts` maps each tier to the central 80 % of what
    other analysts would say of it (empty where they were not asked). `standard_error` has `model` and `pooled`; for the
    tiers in `bounds` no draw hit (or all did), and the number is the 95 % bound on what the draws
    missed. `obstacles` maps each tier to the shares of what stands in its way; with the
    model's probability of that tier or a higher one they sum to 1. `afterwards`: the shares in
    which it is signed and not carried out, by an outside consent that is lacking or because
    somebody stops.
    """

    date: dt.date | None
    title: str | None
    pooled: Shares
    model: Shares
    classes: Shares | None
    in_force: Shares
    carried_out: Shares
    at_least: Mapping[str, AtLeast]
    analysts: Mapping[str, tuple[float, float]]
    words: Mapping[str, str]
    standard_error: Mapping[str, Shares]
    bounds: Sequence[str]
    obstacles: Mapping[str, Shares]
    afterwards: Mapping[str, Shares]


@dataclass(frozen=True)
class CommitmentForecast:
    """How likely one commitment is to be signed by the round told in detail, and to be done."""

    signed: float
    carried_out: float


@dataclass(frozen=True)
class Stop:
    """Who stops a deal that was signed, at which step, and how likely that is."""

    parties: Sequence[str]
    step: Sequence[str]
    probability: float


@dataclass(frozen=True)
class PackageForecast:
    """One package and the probability that it is all that stands signed."""

    commitments: Sequence[str]
    tier: str
    probability: float
    standard_error: float
    first_steps: Sequence[Sequence[str]]
    first_movers: Shares


@dataclass(frozen=True)
class FirstMover:
    """Who makes the first move that is not joint, and whom it would have to trust.

    `share` of a sample of what is signed; `trust_asked`: the median of the trust that the move
    asks of it (0: none is asked); `doubted`: in which share of these each other party would
    later gain by stopping.
    """

    parties: Sequence[str]
    share: float
    trust_asked: float
    doubted: Shares


@dataclass(frozen=True)
class SignalForecast:
    """One signal that counts: its weight, and what leaving it out alone would change.

    `pull` maps each tier to its pooled probability with the signal less that without.
    """

    id: str
    date: dt.date
    known_at: dt.date
    party: str
    kind: str
    source: str
    grade: str
    says: str
    shows: str | None
    exponent: float
    pull: Shares


@dataclass(frozen=True)
class PartyTypes:
    """A party's types before and after the signals."""

    prior: Shares
    posterior: Shares
    independent: Shares
    effective_signals: float
    cap_factor: float


@dataclass(frozen=True)
class Forecast:
    """The answer to a dossier's question, with what it takes to redo it.

    `commitments`, `packages`, `stops`, `first_movers`, `reservation`, `signals` and
    `independent` are about the round with the index `round`. `until_error`: the standard error
    that the number of draws was chosen for, where it was.
    """

    title: str
    question: str | None
    tiers: Sequence[str]
    tier_titles: Mapping[str, str]
    rounds: Sequence[RoundForecast]
    round: int
    commitments: Mapping[str, CommitmentForecast]
    packages: Sequence[PackageForecast]
    stops: Sequence[Stop]
    first_movers: Sequence[FirstMover]
    reservation: Sequence[Shifted]
    types: Mapping[str, PartyTypes]
    signals: Sequence[SignalForecast]
    effective_signals: Shares
    independent: Shares
    assumptions: Sequence[str]
    defaults: Sequence[Default]
    warnings: Sequence[str]
    names: Mapping[str, str]
    dossier: str
    dossier_sha256: str
    changes: Sequence[str]
    seed: int
    draws: int
    strata: int
    possible_packages: int
    protocol: str
    as_of: dt.date | None
    structure_as_of: dt.date | None
    version: str
    until_error: float | None = None
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The forecast as plain data, ready for JSON; see `summitry schema forecast`."""
        return told(self)

    def to_frame(self) -> Any:
        """The probabilities as a polars frame, a row a round and tier.

        Raises ImportError where polars is not installed.
        """
        return frame(self.rows())

    def rows(self) -> list[dict[str, Any]]:
        """The probabilities as a list of records, one a round and tier."""
        return [
            {
                "round": number,
                "date": expected.date,
                "title": expected.title,
                "tier": tier,
                "pooled": expected.pooled[tier],
                "model": expected.model[tier],
                "classes": expected.classes[tier] if expected.classes else None,
                "carried_out": expected.carried_out[tier],
                "standard_error": expected.standard_error["pooled"][tier],
            }
            for number, expected in enumerate(self.rounds)
            for tier in self.tiers
        ]
