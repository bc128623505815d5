"""The numbers of a dossier: plain, a range, a named distribution, each perhaps with its reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

from pydantic import PlainValidator, ValidationError, WithJsonSchema

from summitry.estimates import (
    NONNEGATIVE,
    OPTIONAL,
    PARAMETERS,
    POSITIVE,
    REAL,
    UNIT,
    Domain,
    Estimate,
    EstimateError,
    fixed,
    parse_estimate,
    shown,
)

AGENDAS = {"steps": 0.0, "package": 1.0}


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


def is_zero(number: Number) -> bool:
    """Whether a number is 0 for certain."""
    return number.estimate.distribution == "fixed" and number.estimate.parameters == (0.0,)


def _refuse(message: str, raw: Any, *keys: str) -> NoReturn:
    """Raise at the part of `raw` below `keys`, so that the mistake is shown where it stands."""
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    raise ValidationError.from_exception_data(
        "number",
        [{"type": "value_error", "loc": keys, "input": raw, "ctx": {"error": ValueError(message)}}],
    )


def _unwrap(raw: Any) -> tuple[Any, tuple[str, ...], str | None]:
    """The bare number, its sources and its note."""
    if not isinstance(raw, dict) or "distribution" in raw:
        return raw, (), None
    if "value" not in raw:
        _refuse(
            "write a number, a range `3 to 8`, `{distribution: ...}` or `{value: ..., because: "
            "[...], note: ...}`",
            raw,
        )
    for key in raw:
        if key not in ("value", "because", "note"):
            message = f"`{key}` is unknown here; beside `value` come `because` and `note`"
            _refuse(message, raw, str(key))
    because = raw.get("because", [])
    because = [because] if isinstance(because, str) else because
    if not isinstance(because, list) or not all(isinstance(name, str) for name in because):
        _refuse("`because` is a source id or a list of them", raw, "because")
    note = raw.get("note")
    if note is not None and not isinstance(note, str):
        _refuse("`note` is a text", raw, "note")
    return raw["value"], tuple(because), note


def _inside(raw: Any) -> tuple[str, ...]:
    """Where the bare number stands in what was written."""
    return ("value",) if isinstance(raw, dict) and "distribution" not in raw else ()


def _reader(domain: Domain) -> Callable[[Any], Number]:
    def read(raw: Any) -> Number:
        if isinstance(raw, Number):
            return raw
        value, because, note = _unwrap(raw)
        try:
            return Number(parse_estimate(value, domain), because, note, value)
        except EstimateError as error:
            keys = _inside(raw) + ((error.key,) if error.key else ())
            _refuse(str(error), raw, *keys)

    return read


_read_share = _reader(UNIT)


def _read_agenda(raw: Any) -> Number:
    """How likely it is that all tiers are on the table at once; `steps` and `package` are its ends."""
    if isinstance(raw, Number):
        return raw
    value, because, note = _unwrap(raw)
    if isinstance(value, str) and value in AGENDAS:
        return Number(fixed(AGENDAS[value]), because, note, value)
    if isinstance(value, str) and not any(c.isdigit() for c in value):
        message = f"{shown(value)} is no agenda; write steps, package, or how likely package is"
        _refuse(message, raw, *_inside(raw))
    return _read_share(raw)


def _read_fixed(raw: Any) -> FixedNumber:
    if isinstance(raw, FixedNumber):
        return raw
    value, because, note = _unwrap(raw)
    if isinstance(value, bool) or not isinstance(value, int | float):
        given = "nothing" if value is None else f"not {shown(value)}"
        why = "; a range has no meaning here" if isinstance(value, str | dict) else ""
        _refuse(f"one number is needed, {given}{why}", raw, *_inside(raw))
    try:
        parse_estimate(value, REAL)
    except EstimateError as error:
        _refuse(str(error), raw, *_inside(raw))
    return FixedNumber(float(value), because, note)


_RANGE = {
    "type": "string",
    "pattern": r"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*to\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*$",
    "description": "the central 90 %, such as `3 to 8`",
}


def _number(domain: Domain) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "number"}
    if math.isfinite(domain.low):
        schema["exclusiveMinimum" if domain.above else "minimum"] = domain.low
    if math.isfinite(domain.high):
        schema["maximum"] = domain.high
    return schema


def _named(name: str) -> dict[str, Any]:
    keys = PARAMETERS[name]
    needed = [key for key in keys if (name, key) not in OPTIONAL]
    return {
        "type": "object",
        "properties": {"distribution": {"const": name}, **{k: {"type": "number"} for k in keys}},
        "required": ["distribution", *needed],
        "additionalProperties": False,
    }


def _json(bare: list[dict[str, Any]]) -> WithJsonSchema:
    """What an editor may complete: a bare number, or one with its sources and a note."""
    sources = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    wrapped = {
        "type": "object",
        "properties": {
            "value": {"anyOf": bare},
            "because": {**sources, "description": "ids of sources"},
            "note": {"type": "string"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    return WithJsonSchema({"anyOf": [*bare, wrapped]})


def _bare(domain: Domain) -> list[dict[str, Any]]:
    return [_number(domain), _RANGE, *(_named(name) for name in PARAMETERS)]


def _uncertain(domain: Domain) -> WithJsonSchema:
    return _json(_bare(domain))


Real = Annotated[Number, PlainValidator(_reader(REAL)), _uncertain(REAL)]
NonNegative = Annotated[Number, PlainValidator(_reader(NONNEGATIVE)), _uncertain(NONNEGATIVE)]
Positive = Annotated[Number, PlainValidator(_reader(POSITIVE)), _uncertain(POSITIVE)]
Unit = Annotated[Number, PlainValidator(_read_share), _uncertain(UNIT)]
Agenda = Annotated[
    Number, PlainValidator(_read_agenda), _json([{"enum": list(AGENDAS)}, *_bare(UNIT)])
]
Fixed = Annotated[FixedNumber, PlainValidator(_read_fixed), _json([_number(REAL)])]
