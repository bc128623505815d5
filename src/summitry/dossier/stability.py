"""What a dossier may say of stability: preferences in order, states, and moves that are barred."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from summitry.dossier.records import Id, Sourced, as_list

Texts = Annotated[
    list[str],
    BeforeValidator(as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Preference(Sourced):
    """A party's order of states: ranked best first (a list is a tie), or by statements."""

    ranking: Annotated[list[Texts], Field(min_length=1)] | None = None
    statements: Annotated[list[str], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Preference:
        if (self.ranking is None) == (self.statements is None):
            raise ValueError("give either a `ranking` or `statements`")
        return self


class Barred(Sourced):
    """Moves that a party cannot make: from any state of one kind to any of another."""

    by: Id
    start: Annotated[str, Field(alias="from")]
    to: str


class Stability(Sourced):
    """Preferences in order, and what can be and be done; conditions are patterns or words."""

    today: str | None = None
    states: dict[Id, str] = {}
    preferences: dict[Id, Preference] = {}
    views: dict[Id, dict[Id, Preference]] = {}
    infeasible: list[str] = []
    irreversible: list[Barred] = []
    unseen: dict[Id, Texts] = {}
