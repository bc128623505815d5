"""A forecast: the probability of each tier in each round, the reasons, and what redoes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summitry.analysis.leaned import Default
from summitry.analysis.reservation import Shifted
from summitry.analysis.telling import frame, told

SCHEMA = "summitry.forecast/1"

Shares = Mapping[str, float]


@dataclass(frozen=True)
class RoundForecast:
    """What is to be expected by the end of one round.

    `pooled`, `linear`, `model`, `classes` map each tier ("none" first) to its probability;
    `classes` is None where no reference class covers the round. `standard_error` has
    `model` and `pooled`; for the tiers in `bounds` no draw hit (or all did), and the
    number is the 95 % bound on what the draws missed. `obstacles` maps each tier to the
    shares of what stands in its way; with the model's probability of that tier or a higher
    one they sum to 1.
    """

    date: dt.date | None
    title: str | None
    pooled: Shares
    linear: Shares
    model: Shares
    classes: Shares | None
    words: Mapping[str, str]
    standard_error: Mapping[str, Shares]
    bounds: Sequence[str]
    obstacles: Mapping[str, Shares]


@dataclass(frozen=True)
class PackageForecast:
    """One package and the model's probability that it is what the parties agree on."""

    commitments: Sequence[str]
    tier: str
    probability: float
    standard_error: float
    first_steps: Sequence[Sequence[str]]
    first_movers: Shares


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

    `commitments`, `packages`, `first_movers`, `reservation`, `signals` and `independent`
    are about the round with the index `round`. `until_error`: the standard error that the
    number of draws was chosen for, where it was.
    """

    title: str
    question: str | None
    tiers: Sequence[str]
    tier_titles: Mapping[str, str]
    rounds: Sequence[RoundForecast]
    round: int
    commitments: Shares
    packages: Sequence[PackageForecast]
    first_movers: Shares
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
                "standard_error": expected.standard_error["pooled"][tier],
            }
            for number, expected in enumerate(self.rounds)
            for tier in self.tiers
        ]
