"""The other way to describe a negotiation: issues, with positions on scales."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Discriminator, Tag, ValidationError, model_validator
from pydantic_core import InitErrorDetails

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
        refused = []
        for name, stand in self.positions.items():
            try:
                stand.position = _again(stand.position, domain)
            except EstimateError as error:
                refused.append(_at(("positions", name, "position"), str(error), stand.position))
        if self.no_agreement is not None:
            try:
                self.no_agreement = _again(self.no_agreement, domain)
            except EstimateError as error:
                refused.append(_at(("no_agreement",), str(error), self.no_agreement))
        if refused:
            raise ValidationError.from_exception_data("issue", refused)
        return self


def _again(number: Number, domain: Domain) -> Number:
    return replace(number, estimate=parse_estimate(number.raw, domain))


def _at(place: tuple[str, ...], message: str, number: Number) -> InitErrorDetails:
    return {
        "type": "value_error",
        "loc": place,
        "input": number.raw,
        "ctx": {"error": ValueError(message)},
    }
