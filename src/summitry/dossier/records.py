"""What all parts of a dossier's schema share: ids, dates, and the strict record."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

_ID = r"^[A-Za-z0-9_][A-Za-z0-9_-]*$"
Id = Annotated[str, Field(pattern=_ID)]
Probability = Annotated[float, Field(ge=0, le=1)]


def as_list(raw: Any) -> Any:
    """A single id as a list of one; what YAML took for something else is to be quoted."""
    if isinstance(raw, bool | int | float | dt.date):
        raise ValueError(f"an id is needed here: {quoted(raw)}")
    return [raw] if isinstance(raw, str) else raw


def quoted(raw: bool | int | float | dt.date) -> str:
    """That a word was read as something else, and how to write it."""
    word = str(raw).lower() if isinstance(raw, bool) else str(raw)
    kind = {bool: "true or false", int: "a number", float: "a number"}.get(type(raw), "a date")
    return f'`{word}` is read as {kind}; put it in quotes: "{word}"'


def as_date(raw: Any) -> Any:
    """A quoted date as the date it is; all else as it came."""
    try:
        return dt.date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == 10 else raw
    except ValueError:
        return raw


_ONE_ID = {"type": "string", "pattern": _ID}
Ids = Annotated[
    list[Id],
    BeforeValidator(as_list),
    WithJsonSchema({"anyOf": [_ONE_ID, {"type": "array", "items": _ONE_ID}]}),
]
Date = Annotated[dt.date, BeforeValidator(as_date)]


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
