"""The shelf of reference classes: which there are, what they count, and what was counted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from summitry.evidence.counting import Outcomes
from summitry.evidence.filters import Filter, parse_filter
from summitry.formats.library import FOLDER


@dataclass(frozen=True)
class NamedRate:
    """The share of some outcomes under a name, and (k, n) as it was counted before, if it was."""

    title: str
    outcomes: tuple[str, ...]
    counted: tuple[int, int] | None


@dataclass(frozen=True)
class Definition:
    """A reference class: which rows belong to it, what they can bring, which shares are told.

    Without `outcomes` it cannot be counted anew: its rates are recorded only. `agreement`:
    the outcomes that are one.
    """

    id: str
    title: str
    source: str
    where: Filter | None
    outcomes: Outcomes | None
    agreement: tuple[str, ...]
    rates: tuple[NamedRate, ...]


@dataclass(frozen=True)
class Source:
    """A data set: who made it, the columns by which its file is known, its classes."""

    id: str
    title: str
    author: str
    columns: tuple[str, ...]
    classes: tuple[Definition, ...]


@cache
def sources() -> tuple[Source, ...]:
    """All data sets on the shelf."""
    yaml = YAML(typ="safe", pure=True)
    return tuple(
        _source(path.stem, yaml.load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    )


def recognise(columns: Sequence[str]) -> Source | None:
    """The data set whose columns a file has; None where it is another file."""
    known = [one for one in sources() if one.columns and set(one.columns) <= set(columns)]
    return max(known, key=lambda one: len(one.columns), default=None)


def _source(name: str, raw: Mapping[str, Any]) -> Source:
    shared = {key: raw[key] for key in ("outcomes", "agreement") if key in raw}
    classes = tuple(_definition(name, {**shared, **one}) for one in raw["classes"])
    return Source(name, raw["title"], raw["author"], tuple(raw.get("columns", ())), classes)


def _definition(source: str, raw: Mapping[str, Any]) -> Definition:
    bins = {name: parse_filter(_joined(text)) for name, text in raw.get("outcomes", {}).items()}
    return Definition(
        id=raw["id"],
        title=raw["title"],
        source=source,
        where=parse_filter(raw["where"]) if "where" in raw else None,
        outcomes=Outcomes(bins) if bins else None,
        agreement=tuple(raw.get("agreement", ())),
        rates=tuple(
            NamedRate(one["title"], tuple(one.get("of", ())), tuple(one["counted"]))
            for one in raw.get("rates", ())
        ),
    )


def _joined(text: str | list[str]) -> str:
    """One condition, or several of which one is to hold."""
    return text if isinstance(text, str) else " or ".join(text)
