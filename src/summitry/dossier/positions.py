"""The other way to describe a negotiation: issues, with positions on scales."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Discriminator, Tag, model_validator

from summitry.dossier.numbers import Fixed, NonNegative, Number, Real
from summitry.dossier.records import Id, Record, Sourced, shape
from summitry.estimates import Domain, EstimateError, parse_estimate, scale_domain


class Stand(Sourced):
    """A party's position on a scale and how much it cares."""

    position: Real
    salience: NonNegative


class QualifiedMajority(Record):
    """Votes that an agreement needs; without weights each party has one."""

    quota: Fixed
    weights: dict[Id, Fixed] = {}


class QualifiedRule(Record):
    """The voting rule `qualified`, with its quota."""

    qualified: QualifiedMajority


class Issue(Sourced):
    """A question told as positions on a scale."""

    scale: dict[float, str]
    positions: dict[Id, Stand]
    title: str | None = None
    no_agreement: Real | None = None
    rule: (
        Annotated[
            Annotated[Literal["unanimity", "simple"], Tag("plain")]
            | Annotated[QualifiedRule, Tag("mapping")],
            Discriminator(shape),
        ]
        | None
    ) = None
    agenda_setter: Id | None = None
    resolution: Fixed | None = None

    @model_validator(mode="after")
    def _on_the_scale(self) -> Issue:
        """Positions are read again as positions on this scale."""
        if len(self.scale) < 2:
            raise ValueError("a scale names at least its two ends")
        domain = scale_domain(min(self.scale), max(self.scale))
        stands = {f"the position of {name}": stand for name, stand in self.positions.items()}
        try:
            for what, stand in stands.items():
                stand.position = _again(stand.position, domain, what)
            if self.no_agreement is not None:
                self.no_agreement = _again(self.no_agreement, domain, "no_agreement")
        except EstimateError as error:
            raise ValueError(str(error)) from None
        return self


def _again(number: Number, domain: Domain, what: str) -> Number:
    try:
        return replace(number, estimate=parse_estimate(number.raw, domain))
    except EstimateError as error:
        raise EstimateError(f"{what}: {error}") from None
