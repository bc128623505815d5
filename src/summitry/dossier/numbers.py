"""The numbers of a dossier: plain, a range, a named distribution, each perhaps with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from summitry.estimates import (
    NONNEGATIVE,
    PARAMETERS,
    REAL,
    UNIT,
    Domain,
    Estimate,
    EstimateError,
    parse_estimate,
)


@dataclass(frozen=True)
class Number:
    """An estimate with what it rests on, and as it was written (`raw`)."""

    estimate: Estimate
    because: tuple[str, ...] = ()
    note: str | None = None
    raw: Any = None


@dataclass(frozen=True)
class FixedNumber:
    """A number that is certain, with what it rests on."""

    value: float
    because: tuple[str, ...] = ()
    note: str | None = None


def _unwrap(raw: Any) -> tuple[Any, tuple[str, ...], str | None]:
    """The bare number, its sources and its note."""
    if not isinstance(raw, dict) or "distribution" in raw:
        return raw, (), None
    if "value" not in raw:
        raise ValueError(
            "write a number, a range `3 to 8`, `{distribution: ...}` or `{value: ..., because: "
            "[...], note: ...}`"
        )
    for key in raw:
        if key not in ("value", "because", "note"):
            raise ValueError(f"`{key}` is unknown here; beside `value` come `because` and `note`")
    because = raw.get("because", [])
    because = [because] if isinstance(because, str) else because
    if not isinstance(because, list) or not all(isinstance(name, str) for name in because):
        raise ValueError("`because` is a source id or a list of them")
    note = raw.get("note")
    if note is not None and not isinstance(note, str):
        raise ValueError("`note` is a text")
    return raw["value"], tuple(because), note


def _reader(domain: Domain) -> Any:
    def read(raw: Any) -> Number:
        if isinstance(raw, Number):
            return raw
        value, because, note = _unwrap(raw)
        try:
            return Number(parse_estimate(value, domain), because, note, value)
        except EstimateError as error:
            raise ValueError(str(error)) from None

    return read


def _read_fixed(raw: Any) -> FixedNumber:
    if isinstance(raw, FixedNumber):
        return raw
    value, because, note = _unwrap(raw)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"one number is needed here, not `{value}`; a range has no meaning")
    if not -1e300 < value < 1e300:
        raise ValueError(f"{value} is not a finite number")
    return FixedNumber(float(value), because, note)


def _json(bare: list[dict[str, Any]]) -> dict[str, Any]:
    wrapped = {
        "type": "object",
        "properties": {
            "value": {"anyOf": bare},
            "because": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
            },
            "note": {"type": "string"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    return {"anyOf": [*bare, wrapped]}


_NUMBER = {"type": "number"}
_RANGE = {"type": "string", "pattern": r"^\s*[-+]?[0-9.eE+-]+\s+to\s+[-+]?[0-9.eE+-]+\s*$"}
_NAMED = {
    "type": "object",
    "properties": {
        "distribution": {"enum": list(PARAMETERS)},
        **{key: _NUMBER for keys in PARAMETERS.values() for key in keys},
    },
    "required": ["distribution"],
    "additionalProperties": False,
}
_UNCERTAIN = WithJsonSchema(_json([_NUMBER, _RANGE, _NAMED]))

Real = Annotated[Number, PlainValidator(_reader(REAL)), _UNCERTAIN]
NonNegative = Annotated[Number, PlainValidator(_reader(NONNEGATIVE)), _UNCERTAIN]
Unit = Annotated[Number, PlainValidator(_reader(UNIT)), _UNCERTAIN]
Fixed = Annotated[FixedNumber, PlainValidator(_read_fixed), WithJsonSchema(_json([_NUMBER]))]
