"""From entries to what is scored: resolved questions, the forecasts that stood, the rivals'."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from summitry.ledger.chain import content, rows

AHEAD, REPLAY = "ahead", "replay"


@dataclass(frozen=True)
class Stood:
    """A forecast and the days on which it stood: from `start` to the day before `end` (ordinals).

    `p`: a probability for each outcome, lowest first; or of the outcomes `event` together.
    """

    start: int
    end: int
    p: tuple[float, ...]
    reference: tuple[float, ...] | None = None
    event: frozenset[int] | None = None


@dataclass
class Asked:
    """A resolved question: its outcomes, the one that came about on day `day`, who forecast it."""

    id: str
    title: str
    tiers: tuple[str, ...]
    outcome: int
    day: int
    ours: dict[str, list[Stood]] = field(default_factory=dict)
    rivals: dict[str, list[Stood]] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathered:
    """The resolved questions, and how many forecasts and questions there are in all."""

    asked: Sequence[Asked]
    forecasts: int
    questions: int
    corrected_late: int


@dataclass(frozen=True)
class _Said:
    position: int
    id: str
    kind: str
    told: Mapping[str, Any]


def gather(connection: Connection) -> Gathered:
    """All that is scored, from the summaries of the entries."""
    by_question: dict[str, list[_Said]] = {}
    for row in rows(connection, "position", "id", "kind", "question", "summary"):
        said = _Said(row.position, row.id, row.kind, json.loads(row.summary))
        by_question.setdefault(row.question, []).append(said)
    asked, late = [], 0
    for question, all_said in by_question.items():
        resolved = [one for one in all_said if one.kind == "resolution"]
        if resolved:
            tiers = _tiers(connection, question)
            found, dropped = _asked(question, all_said, resolved, tiers)
            asked.append(found)
            late += dropped
    forecasts = sum(one.kind == "forecast" for some in by_question.values() for one in some)
    return Gathered(asked, forecasts, len(by_question), late)


def _tiers(connection: Connection, question: str) -> tuple[str, ...]:
    """The ids of a question's outcomes, lowest first."""
    return tuple(tier["id"] for tier in json.loads(content(connection, question))["tiers"])


def _asked(
    question: str, said: Sequence[_Said], resolved: Sequence[_Said], tiers: tuple[str, ...]
) -> tuple[Asked, int]:
    outcome = _standing(resolved)[-1].told
    day = _ordinal(outcome["date"])
    ours = [one for one in said if one.kind == "forecast"]
    title = str(ours[0].told["title"]) if ours else ""
    asked = Asked(question, title, tiers, tiers.index(outcome["tier"]), day)
    in_time, late = _without_late_corrections(ours, resolved[0].position)
    for standing, some in _by_standing(in_time, day).items():
        starts = [(_start(one, standing), one) for one in some]
        asked.ours[standing] = _spans(starts, tiers, day)
    for by, some in _by_name(_standing([o for o in said if o.kind == "rival"])).items():
        spans = _spans([(_ordinal(one.told["date"]), one) for one in some], tiers, day)
        if spans:
            asked.rivals[by] = spans
    return asked, late


def _standing(said: Sequence[_Said]) -> list[_Said]:
    """Those that no later one corrects."""
    gone = {one.told.get("supersedes") for one in said}
    return [one for one in said if one.id not in gone]


def _without_late_corrections(said: Sequence[_Said], resolved_at: int) -> tuple[list[_Said], int]:
    """Forecasts as corrected before the outcome was entered; later corrections change no score."""
    late = [o for o in said if o.told.get("supersedes") and o.position > resolved_at]
    names = {one.id for one in late}
    return _standing([one for one in said if one.id not in names]), len(late)


def _by_standing(said: Iterable[_Said], day: int) -> dict[str, list[_Said]]:
    """Forecasts recorded before the day of the outcome, and the others."""
    found: dict[str, list[_Said]] = {}
    for one in said:
        ahead = _ordinal(one.told["created"][:10]) < day
        found.setdefault(AHEAD if ahead else REPLAY, []).append(one)
    return found


def _by_name(said: Iterable[_Said]) -> dict[str, list[_Said]]:
    """Rivals' forecasts by who made them and of what."""
    found: dict[str, list[_Said]] = {}
    for one in said:
        event = one.told.get("tiers")
        name = one.told["by"] + (f" ({', '.join(event)})" if event else "")
        found.setdefault(name, []).append(one)
    return found


def _start(one: _Said, standing: str) -> int:
    """The first day of a forecast: its cut-off, and not before it was recorded."""
    cut_off = _ordinal(one.told["as_of"])
    return cut_off if standing == REPLAY else max(cut_off, _ordinal(one.told["created"][:10]))


def _spans(said: list[tuple[int, _Said]], tiers: tuple[str, ...], day: int) -> list[Stood]:
    """Each forecast up to the next; those that never stood for a day are left out."""
    in_time = sorted(((start, one.position, one) for start, one in said if start < day))
    found = []
    for k, (start, _, one) in enumerate(in_time):
        end = in_time[k + 1][0] if k + 1 < len(in_time) else day
        if start < end:
            found.append(_stood(start, end, one, tiers))
    return found


def _stood(start: int, end: int, one: _Said, tiers: tuple[str, ...]) -> Stood:
    told = one.told
    given, reference = told.get("probabilities"), told.get("reference")
    if given is None:
        event = frozenset(tiers.index(tier) for tier in told["tiers"])
        return Stood(start, end, (told["probability"],), None, event)
    whole = tuple(given[tier] for tier in tiers)
    return Stood(start, end, whole, tuple(reference[t] for t in tiers) if reference else None)


def _ordinal(date: str) -> int:
    return dt.date.fromisoformat(date).toordinal()
