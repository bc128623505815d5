"""What differs between two dossiers, number by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from summitry.dossier.numbers import FixedNumber, Number
from summitry.dossier.schema import Dossier

ABSENT = "(none)"


@dataclass(frozen=True)
class Difference:
    """One part that differs: its path, and what stands there on either side."""

    path: str
    before: str
    after: str


def differences(before: Dossier, after: Dossier) -> list[Difference]:
    """All parts in which two dossiers differ but for sources and notes, in the dossier's order."""
    return list(_compare("", before, after))


def _compare(path: str, a: Any, b: Any) -> Iterator[Difference]:
    if isinstance(a, BaseModel) and isinstance(b, BaseModel):
        for name in type(a).model_fields:
            if name not in ("because", "note", "sources"):
                yield from _compare(_join(path, name), getattr(a, name), getattr(b, name, None))
    elif isinstance(a, Mapping) and isinstance(b, Mapping):
        for key in dict.fromkeys([*a, *b]):
            yield from _compare(_join(path, str(key)), a.get(key), b.get(key))
    elif _is_list(a) and _is_list(b):
        left, right = _by_name(a), _by_name(b)
        for key in dict.fromkeys([*left, *right]):
            yield from _compare(_join(path, key), left.get(key), right.get(key))
    else:
        before, after = _shown(a), _shown(b)
        if before != after:
            yield Difference(path, before, after)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(item, BaseModel) for item in value)


def _by_name(items: Any) -> dict[str, Any]:
    return {str(getattr(item, "id", None) or k): item for k, item in enumerate(items)}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(value: Any) -> str:
    """A number as it was written, a list as its items."""
    if value is None or value in ([], {}):
        return ABSENT
    if isinstance(value, Number):
        raw = value.raw
        if isinstance(raw, Mapping):
            return " ".join(str(part) for part in raw.values())
        return f"{raw:g}" if isinstance(raw, int | float) else str(raw)
    if isinstance(value, FixedNumber):
        return f"{value.value:g}"
    if isinstance(value, BaseModel):
        name = getattr(value, "says", None) or getattr(value, "title", None)
        return str(name or "(given)")
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return str(value)
