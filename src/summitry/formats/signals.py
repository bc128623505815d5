"""Dated signals from files of coded events: ICEWS, GDELT, or a plain table."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from summitry.analysis.event_signals import EventFile, EventSignal, EventSignals
from summitry.dossier.kinds import KINDS, KindOfSignal, kind_table
from summitry.dossier.reader import Document, load
from summitry.dossier.schema import Dossier
from summitry.evidence.event_classes import BUSY, name_of
from summitry.evidence.weekly import Event, WeeklySignal, distinct, weekly_signals
from summitry.formats.countries import labels_of
from summitry.formats.event_files import Reading, dyad_rows, no_events, open_events
from summitry.formats.showing import Showing, Shown, bearing_parties, parties_of, showing_of
from summitry.formats.tables import digest

# weekly updates: an event of ICEWS is in the file at most a week after its date
LAG = 7
MOST_LAG = 366
# what was added later than this after it happened is no news
OLDEST = 30
# coded by a machine from the press: fairly reliable, possibly true
RELIABILITY, CREDIBILITY = "C", 3


class SignalOptions(TypedDict, total=False):
    """How events become signals.

    `cooperation`, `conflict`: the type that such an act shows, for both parties or by party;
    `parties`: the ids in the dossier of the two actors (by default the party of the country's
    name, else its three letters, small); `lag`: days until an event counts as known where the file does not say when;
    `dossier`: to check parties and types, and for its caps; `progress` is called with (bytes
    read, bytes in all).
    """

    cooperation: Shown
    conflict: Shown
    parties: Mapping[str, str]
    lag: int
    dossier: str | Path | Document | None
    progress: Callable[[int, int], None] | None


@dataclass
class _Gathered:
    """The events between the two by data set, each with what makes two reports the same deed."""

    by_set: dict[str, list[tuple[tuple[str, ...], Event]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    files: list[EventFile] = field(default_factory=list)
    lagging: bool = False
    old: int = 0


def signals(
    *files: str | Path, dyad: Sequence[str], **options: Unpack[SignalOptions]
) -> EventSignals:
    """The dated signals that coded events between two actors make, ready for a dossier.

    One signal for each party, ISO week, kind and direction: the direction is that of the event
    class, the size the largest measured among its classes, cut to the cap of its kind.

    Raises DossierError for a file that cannot be read or that names no such dyad, ValueError
    for options that are missing or do not fit, CannotAnswer where no party has types.
    """
    lag = options.get("lag", LAG)
    if not 0 <= lag <= MOST_LAG:
        raise ValueError(f"a lag is from 0 to {MOST_LAG} days, not {lag}")
    if not files:
        raise ValueError("name a file of events: --events FILE")
    given = options.get("dossier")
    document = given if isinstance(given, Document) or given is None else load(given)
    dossier = document.dossier if document else None
    parties = parties_of(dyad, options.get("parties", {}), dossier)
    bearing = bearing_parties(parties, dossier)
    shows = showing_of(bearing, options.get("cooperation"), options.get("conflict"), dossier)
    reading = Reading(progress=options.get("progress"))
    gathered = _gather(files, (dyad[0], dyad[1]), parties, lag, reading)
    found, counts = _made(gathered, kind_table(dossier.settings) if dossier else KINDS, shows)
    silent = [party for party in parties if party not in bearing]
    return EventSignals(
        dyad=list(dyad),
        shows={p: {"cooperation": s.cooperation, "conflict": s.conflict} for p, s in shows.items()},
        signals=sorted(found, key=lambda one: (one.known_at, one.id)),
        files=gathered.files,
        lag=lag if gathered.lagging else None,
        counts={**counts, "misread": reading.left_out},
        problems=[str(problem) for problem in reading.problems],
        notes=[*_notes(shows, silent, dossier)],
    )


def _notes(
    shows: Mapping[str, Showing], silent: Sequence[str], dossier: Dossier | None
) -> Iterator[str]:
    if dossier is None:
        told = "; ".join(f"{party}: {showing.conflict}" for party, showing in shows.items())
        yield (
            f"without --dossier nobody checks that what conflict shows ({told}) is not the more "
            "cooperative of a party's types"
        )
    for party in silent:
        yield f"{party} has no types in the dossier: its acts give no signals"


def _made(
    gathered: _Gathered, kinds: Mapping[str, KindOfSignal], shows: Mapping[str, Showing]
) -> tuple[list[EventSignal], dict[str, int]]:
    """The signals of each data set, and how many events there were and gave none."""
    counts = {"events": gathered.old, "repeated": 0, "without_direction": 0, "old": gathered.old}
    found: list[EventSignal] = []
    for name, events in gathered.by_set.items():
        once = list(distinct(events))
        weekly = weekly_signals(once, kinds)
        counts["events"] += len(events)
        counts["repeated"] += len(events) - len(once)
        counts["without_direction"] += len(once) - sum(sum(w.codes.values()) for w in weekly)
        found += [_row(one, name, shows[one.party]) for one in weekly if one.party in shows]
    return found, counts


def _gather(
    files: Sequence[str | Path],
    dyad: tuple[str, str],
    parties: tuple[str, str],
    lag: int,
    reading: Reading,
) -> _Gathered:
    """All events between the two. Raises DossierError where there is none."""
    layouts = [open_events(file) for file in files]
    actors = labels_of(dyad[0]), labels_of(dyad[1])
    reading.size = sum(Path(file).stat().st_size for file in files)
    gathered = _Gathered()
    for file, layout in zip(files, layouts, strict=True):
        before = reading.rows
        events = gathered.by_set[layout.name.split()[0]]
        for side, row in dyad_rows(file, layout, actors, reading):
            if row.added and (row.added - row.date).days > OLDEST:
                gathered.old += 1
                continue
            known = row.added or row.date + dt.timedelta(days=lag)
            key = (row.date.isoformat(), *row.names, row.code)
            one = Event(parties[side], row.date, known, row.code, row.quad, row.goldstein)
            events.append((key, one))
        gathered.lagging = gathered.lagging or layout.lag
        read = EventFile(str(file), layout.name, digest(Path(file)), reading.rows - before)
        gathered.files.append(read)
    if not any(gathered.by_set.values()) and not gathered.old:
        raise no_events(", ".join(map(str, files)), dyad, actors, reading)
    return gathered


def _row(one: WeeklySignal, data_set: str, showing: Showing) -> EventSignal:
    week = f"{one.year}-W{one.week:02}"
    when = f"{one.since} to {one.date}" if one.since < one.date else str(one.date)
    named = ", ".join(f"{number} {name_of(code)}" for code, number in one.codes.items())
    return EventSignal(
        id=f"{data_set.lower()}-{one.party}-{week}-{one.kind}-{one.direction}",
        date=one.date,
        known_at=one.known_at,
        source=data_set,
        reliability=RELIABILITY,
        credibility=CREDIBILITY,
        kind=one.kind,
        party=one.party,
        shows=showing.of(one.direction),
        ratio=one.ratio,
        cluster=f"events-{one.party}-{week}",
        says=f"{one.direction}, {when}: {named}",
        note="; ".join(_basis(one)),
        direction=one.direction,
        events=sum(one.codes.values()),
        between=one.between,
    )


def _basis(one: WeeklySignal) -> Iterator[str]:
    """Where a signal's size comes from."""
    yield f"events between the two that week: {one.between}"
    basis = one.basis
    if basis is None:
        yield f"not measured: the default of {one.kind}"
        return
    weeks = f"more than {BUSY}" if basis.busy else f"3 to {BUSY}"
    yield (
        f"measured for {basis.name}: {basis.ratio:g} ({basis.low:g} to {basis.high:g}) in weeks "
        f"with {weeks} events"
    )
    if basis.size == 1:
        yield "may be chance, so it moves nothing"
    elif one.ratio is not None and one.ratio < basis.size:
        yield f"cut to the cap of {one.kind}"
