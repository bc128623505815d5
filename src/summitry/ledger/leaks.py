"""Inputs that were known only after a forecast's cut-off: what counts, and what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from summitry.analysis.setup import Setup
from summitry.dossier.schema import Dossier, Signal
from summitry.evidence.bearing import known_at
from summitry.evidence.signals import signal_ids

UNREAD = {"sources", "signals", "rivals", "resolution", "resolution_rule"}
SHOWN = 4  # parts named of all that rest on one source


def leaks(setup: Setup, today: dt.date) -> Iterator[str]:
    """Every input that counts and could not be known on the cut-off, and why."""
    dossier, cut_off = setup.dossier, setup.question.as_of
    if cut_off is None:
        yield "`as_of` is missing: the day up to which what was known counts"
        return
    if cut_off > today + dt.timedelta(days=1):  # somewhere it is tomorrow already
        yield f"the cut-off {cut_off} lies after today ({today}): nobody knows yet what counts"
    if dossier.as_of and dossier.as_of > cut_off:
        yield (
            f"the dossier's numbers were written on {dossier.as_of} (`as_of`), after the cut-off "
            f"{cut_off}, and they count: record a dossier as it stood on that day"
        )
    dated = {name: source.date for name, source in dossier.sources.items() if source.date}
    yield from _later_sources(dossier, dated, cut_off)
    yield from _early_signals(setup, dated, cut_off)


def _later_sources(
    dossier: Dossier, dated: Mapping[str, dt.date], cut_off: dt.date
) -> Iterator[str]:
    """Sources of after the cut-off that parts of the forecast rest on, with those parts."""
    parts: dict[str, list[str]] = {}
    for place, names in _cited(dossier):
        for name in names:
            if name in dated and dated[name] > cut_off:
                parts.setdefault(name, []).append(f"`{place}`")
    for name, places in sorted(parts.items()):
        more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
        verb = "rests" if len(places) == 1 else "rest"
        yield (
            f"{', '.join(places[:SHOWN])}{more} {verb} on `{name}` of {dated[name]}, after the "
            f"cut-off {cut_off}"
        )


def _early_signals(setup: Setup, dated: Mapping[str, dt.date], cut_off: dt.date) -> Iterator[str]:
    """Signals said to be known by the cut-off, all of whose dated sources are later."""
    for weighed in setup.evidence.signals:
        signal = setup.dossier.signals[weighed.index]
        if not weighed.counts or not isinstance(signal, Signal):
            continue
        days = [dated[name] for name in signal.because if name in dated]
        if days and min(days) > cut_off:
            yield (
                f"the signal `{weighed.id}` counts from {known_at(signal)}, but its source is of "
                f"{min(days)}, after the cut-off {cut_off}"
            )


def _cited(dossier: Dossier) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All parts that a forecast is made of and that cite sources, with their place."""
    for section in sorted(dossier.model_fields_set - UNREAD):
        yield from _below(getattr(dossier, section), section)


def _below(part: Any, place: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    because = getattr(part, "because", ())
    if because:
        yield place, tuple(because)
    if isinstance(part, BaseModel):
        part = {name: getattr(part, name) for name in part.model_fields_set}
    if isinstance(part, dict):
        for key, inner in part.items():
            yield from _below(inner, f"{place}.{key}")
    elif isinstance(part, list):
        for k, inner in enumerate(part):
            yield from _below(inner, f"{place}[{getattr(inner, 'id', None) or k + 1}]")


def excluded(dossier: Dossier, cut_off: dt.date) -> list[dict[str, str]]:
    """The signals that became known after the cut-off: stored with the rest, and not counted."""
    return [
        {"id": name, "known_at": str(known_at(signal))}
        for name, signal in zip(signal_ids(dossier), dossier.signals, strict=True)
        if isinstance(signal, Signal) and known_at(signal) > cut_off
    ]
