"""What all parts of a dossier's schema share: ids, lists of ids, and the strict record."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")]
Probability = Annotated[float, Field(ge=0, le=1)]


def as_list(raw: Any) -> Any:
    """A single id as a list of one."""
    return [raw] if isinstance(raw, str) else raw


Ids = Annotated[list[Id], BeforeValidator(as_list)]


def shape(raw: Any) -> str:
    """Which reading of a part is meant: `mapping` for a mapping, else `plain`."""
    return "mapping" if isinstance(raw, dict | BaseModel) else "plain"


class Record(BaseModel):
    """A part of the dossier: strict types, unknown keys are errors."""

    model_config = ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=True)


class Sourced(Record):
    """A part that may say what it rests on."""

    because: Ids = []
    note: str | None = None
