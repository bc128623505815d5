"""Coded events to signals: one a party, week, kind and direction, known when its week has ended."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from summitry.dossier.kinds import KindOfSignal
from summitry.evidence.event_classes import Measured, direction_of, kind_of, measured


@dataclass(frozen=True)
class Event:
    """What one party did to the other. `known_at`: the day from which it could be known."""

    party: str
    date: dt.date
    known_at: dt.date
    code: str
    quad: int
    goldstein: float | None


@dataclass(frozen=True)
class WeeklySignal:
    """A week's events of one party, kind and direction, as one signal.

    `year`, `week`: the ISO week in which they became known; `since`, `date`: the days of the
    first and the last; `codes`: how many of each class; `between`: all events between the two
    that week. `ratio`: the largest measured size of its classes, cut to the cap of the kind,
    and `basis` where it comes from; both None where no class was measured: then the kind's
    default counts.
    """

    party: str
    year: int
    week: int
    kind: str
    direction: str
    since: dt.date
    date: dt.date
    known_at: dt.date
    codes: Mapping[str, int]
    between: int
    ratio: float | None
    basis: Measured | None


Key = tuple[int, int, str, str, str]


def weekly_signals(
    events: Iterable[Event], kinds: Mapping[str, KindOfSignal]
) -> list[WeeklySignal]:
    """The signals that events between two parties make, by ISO week of the day they were known.

    An event without direction makes none, but counts among the week's events. All of a week's
    signals are known when the last of its events is, for their size rests on how many there
    were.
    """
    groups: dict[Key, list[Event]] = defaultdict(list)
    weeks: dict[tuple[int, int], list[dt.date]] = defaultdict(list)
    for event in events:
        year, week, _ = event.known_at.isocalendar()
        weeks[year, week].append(event.known_at)
        direction = direction_of(event.quad, event.goldstein)
        if direction is not None:
            groups[year, week, event.party, kind_of(event.code), direction].append(event)
    return [_signal(key, group, weeks[key[:2]], kinds) for key, group in sorted(groups.items())]


def _signal(
    key: Key, group: list[Event], known: list[dt.date], kinds: Mapping[str, KindOfSignal]
) -> WeeklySignal:
    """`known`: the day on which each of the week's events was known."""
    year, week, party, kind, direction = key
    codes = Counter(event.code for event in group)
    found = [one for code in sorted(codes) if (one := measured(code, len(known)))]
    basis = max(found, key=lambda one: one.size, default=None)
    return WeeklySignal(
        party=party,
        year=year,
        week=week,
        kind=kind,
        direction=direction,
        since=min(event.date for event in group),
        date=max(event.date for event in group),
        known_at=max(known),
        codes=dict(codes.most_common()),
        between=len(known),
        ratio=None if basis is None else min(basis.size, kinds[kind].cap),
        basis=basis,
    )


def distinct(events: Iterable[tuple[tuple[str, ...], Event]]) -> Iterator[Event]:
    """Each event once, as first known: several reports of one deed on one day are one event."""
    first: dict[tuple[str, ...], Event] = {}
    for key, event in events:
        before = first.get(key)
        if before is None or event.known_at < before.known_at:
            first[key] = event
    yield from first.values()
