"""The numbers of a dossier: plain, a range, a named distribution, each perhaps with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from summitry.estimates import (
    NONNEGATIVE,
    REAL,
    UNIT,
    Domain,
    Estimate,
    EstimateError,
    parse_estimate,
)


@dataclass(frozen=True)
class Number:
    """An estimate with what it rests on."""

    estimate: Estimate
    because: tuple[str, ...] = ()
    note: str | None = None
