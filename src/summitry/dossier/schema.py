"""What the analyst wrote, as typed records: one pydantic model for each part of a dossier.

The models check shapes, types and single numbers. Whatever needs two parts of the
dossier at once (names that refer to each other, tiers that no package reaches) is
checked in `summitry.dossier.check`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
)

from summitry.dossier.numbers import Agenda, Fixed, NonNegative, Positive, Real, Unit
from summitry.dossier.positions import Issue
from summitry.dossier.records import Date, Id, Ids, Probability, Record, Sourced, shape
from summitry.dossier.stability import Stability


def _signal_or_file(raw: Any) -> str:
    named = "file" in raw if isinstance(raw, dict) else isinstance(raw, SignalFile)
    return "file" if named else "signal"


class Source(Record):
    """A document that numbers and signals rest on."""

    title: str
    author: str | None = None
    publisher: str | None = None
    date: Date | None = None
    url: str | None = None
    note: str | None = None


class Party(Sourced):
    """A principal (no deal without it) or a stakeholder."""

    name: str | None = None
    role: Literal["principal", "stakeholder"] = "principal"


class Commitment(Sourced):
    """What one party, or several jointly, would do."""

    by: Ids
    title: str | None = None
    kind: Literal["pledge", "action"] = "action"
    instant: bool | None = None
    reversible: Unit | None = None
    requires: Ids = []
    only_with: Ids = []
    excludes: Ids = []
    consent: Annotated[
        Annotated[Ids, Tag("plain")] | Annotated[dict[Id, Unit], Tag("mapping")],
        Discriminator(shape),
    ] = []


class Linkage(Sourced):
    """Commitments that are worth something extra when all are present."""

    together: Annotated[list[Id], Field(min_length=2)]
    values: dict[Id, Real]


class Tier(Sourced):
    """A class of outcomes; a dossier lists them lowest first."""

    id: Id
    title: str | None = None
    all: Ids = []
    any: Ids = []


class Round(Sourced):
    """A dated meeting at which an agreement can be made."""

    date: Date | None = None
    title: str | None = None


class PartyType(Sourced):
    """What a party may be, and what would then be different about it."""

    prior: Fixed
    title: str | None = None
    scale: dict[Id, NonNegative] = {}
    values: dict[Id, Real] = {}
    trust: Unit | None = None
    honesty: Unit | None = None
    firmness: Positive | None = None
    no_agreement: Real | None = None
    breach_cost: NonNegative | None = None
    delay_cost: NonNegative | None = None


class SignalSource(Record):
    """Who says so, graded by the Admiralty code's letters."""

    name: str
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"


def _as_source(raw: Any) -> Any:
    return {"name": raw} if isinstance(raw, str) else raw


Kind = Literal["words", "leak", "contact", "assessment", "act", "commitment"]


class Signal(Sourced):
    """A dated observation that bears on one party's types."""

    date: Date
    party: Id
    says: str
    source: Annotated[SignalSource, BeforeValidator(_as_source)]
    kind: Kind
    id: Id | None = None
    known_at: Date | None = None
    credibility: Annotated[int, Field(ge=1, le=6)] = 6
    shows: Id | None = None
    ratio: Fixed | None = None
    likelihoods: dict[Id, Fixed] | None = None
    cluster: str | None = None
    supersedes: Ids = []
    override: bool = False


class SignalFile(Record):
    """A CSV of signals beside the dossier."""

    file: str


class Bin(Record):
    """Past cases that fell into one of several tiers, it is not known which."""

    tiers: Ids
    count: Fixed


class ReferenceClass(Sourced):
    """Past cases like this one, counted by what they brought."""

    title: str
    counts: dict[Id, Fixed] | None = None
    bins: list[Bin] | None = None
    relevance: Fixed | None = None
    covers: Literal["summit", "process"] = "summit"


class Rival(Sourced):
    """Somebody else's forecast, as stated.

    `tiers` says of which outcomes a single probability speaks, or which it holds likely;
    `differs` says why it asks something else than this dossier: it is listed, not compared.
    """

    by: str
    date: Date
    probability: (
        Annotated[
            Annotated[Probability, Tag("plain")] | Annotated[dict[Id, Probability], Tag("mapping")],
            Discriminator(shape),
        ]
        | None
    ) = None
    tiers: Ids = []
    as_stated: str | None = None
    differs: str | None = None


class ResolutionRule(Record):
    """Who decides what the outcome was, by when, from which source."""

    decides: str
    by: Date
    source: str


class Resolution(Sourced):
    """What happened; no forecast reads it."""

    tier: Id
    date: Date


class KindSettings(Record):
    """How much one kind of signal may say, and for how long."""

    ratio: Annotated[float, Field(ge=1)] | None = None
    cap: Annotated[float, Field(ge=1)] | None = None
    half_life: Annotated[float, Field(gt=0)] | None = None


class Settings(Record):
    """The constants of the model that a dossier may change.

    What principals hold out for (`firm` where they know nothing of each other, `known` where they
    know all, `shape` how much alike) and choose (`floor`, `choice`); then those of the evidence.
    """

    firm: Annotated[float, Field(gt=0, le=100)] = 1.12
    known: Annotated[float, Field(gt=0, le=100)] = 0.67
    shape: Annotated[float, Field(gt=0, le=1e6)] = 16.0
    floor: Annotated[float, Field(gt=0, le=100)] = 0.12
    choice: Annotated[float, Field(ge=0, le=1000)] = 5.0
    kinds: dict[Kind, KindSettings] = {}
    reliability: dict[Literal["A", "B", "C", "D", "E", "F"], Probability] = {}
    credibility: dict[Literal[1, 2, 3, 4, 5, 6], Probability] = {}
    cluster_correlation: Probability = 0.7
    party_correlation: Probability = 0.1
    cap: Annotated[float, Field(ge=1)] = 4.0
    class_cap: Annotated[float, Field(gt=0)] = 30.0
    class_alpha: Annotated[float, Field(gt=0)] = 0.5


class Dossier(Record):
    """A negotiation as its analyst sees it."""

    title: str
    parties: Annotated[dict[Id, Party], Field(min_length=1)]
    as_of: Date | None = None
    question: str | None = None
    sources: dict[Id, Source] = {}
    commitments: dict[Id, Commitment] = {}
    values: dict[Id, dict[Id, Real]] = {}
    linkages: list[Linkage] = []
    no_agreement: dict[Id, Real] = {}
    delay_cost: dict[Id, NonNegative] = {}
    breach_cost: dict[Id, NonNegative] = {}
    trust: dict[Id, Unit] = {}
    honesty: dict[Id, Unit] = {}
    firmness: dict[Id, Positive] = {}
    knowledge: Unit | None = None
    learning: Unit | None = None
    breakdown: Unit | None = None
    momentum: Unit | None = None
    agenda: Agenda | None = None
    bargaining_power: dict[Id, NonNegative] = {}
    correlation: Fixed | None = None
    protocol: Literal["aspirations", "efficient"] = "aspirations"
    pool_weight: Fixed | None = None
    tiers: list[Tier] = []
    rounds: list[Round] = []
    types: dict[Id, dict[Id, PartyType]] = {}
    signals: list[
        Annotated[
            Annotated[Signal, Tag("signal")] | Annotated[SignalFile, Tag("file")],
            Discriminator(_signal_or_file),
        ]
    ] = []
    reference_classes: list[ReferenceClass] = []
    rivals: list[Rival] = []
    resolution_rule: ResolutionRule | None = None
    resolution: Resolution | None = None
    issues: dict[Id, Issue] = {}
    power: dict[Id, NonNegative] = {}
    stability: Stability | None = None
    settings: Settings = Settings()
