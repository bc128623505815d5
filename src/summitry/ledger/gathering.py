"""From entries to what is scored: resolved questions, the forecasts that stood, the rivals'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import Connection

from summitry.ledger.chain import rows
from summitry.ledger.titles import Titles, agreed, titles_of

AHEAD, REPLAY = "ahead", "replay"


class Stood(NamedTuple):
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
    """A resolved question: its outcomes, the one that came about on day `day`, who forecast it.

    `idle` forecasts of ours and `idle_rivals` of others stood on no day before the outcome.
    """

    id: str
    title: str
    tiers: tuple[str, ...]
    outcome: int
    day: int
    ours: dict[str, list[Stood]] = field(default_factory=dict)
    rivals: dict[str, list[Stood]] = field(default_factory=dict)
    idle: int = 0
    idle_rivals: int = 0


@dataclass(frozen=True)
class Gathered:
    """The resolved questions, and how many forecasts and questions there are in all.

    `titles` is what outcomes are called where all resolved questions that have them agree.
    """

    asked: Sequence[Asked]
    forecasts: int
    questions: int
    corrected_late: int
    titles: Titles


class _Said(NamedTuple):
    """An entry in short."""

    position: int
    id: str
    kind: str
    question: str
    told: Mapping[str, Any]


def gather(connection: Connection) -> Gathered:
    """All that is scored, from the summaries of the entries."""
    by_question: dict[str, list[_Said]] = {}
    for one in _said(connection):
        by_question.setdefault(one.question, []).append(one)
    known = [question for question, said in by_question.items() if _is_resolved(said)]
    titles = agreed(titles_of(connection, known))
    asked, late = [], 0
    for question in known:
        found, dropped = _asked(question, by_question[question], titles)
        asked.append(found)
        late += dropped
    forecasts = sum(one.kind == "forecast" for said in by_question.values() for one in said)
    return Gathered(asked, forecasts, len(by_question), late, titles)


def _is_resolved(said: Sequence[_Said]) -> bool:
    """Whether we forecast it and its outcome is known."""
    return {"forecast", "resolution"} <= {one.kind for one in said}


def _said(connection: Connection) -> Iterator[_Said]:
    """All entries in short. Their summaries are read as one text: it is several times faster."""
    found = list(rows(connection, "position", "id", "kind", "question", "summary"))
    told = from_json(f"[{','.join(row[4] for row in found)}]")
    for (position, id, kind, question, _), one in zip(found, told, strict=True):
        yield _Said(position, id, kind, question, one)


def _asked(question: str, said: Sequence[_Said], titles: Titles) -> tuple[Asked, int]:
    ours = [one for one in said if one.kind == "forecast"]
    resolved = [one for one in said if one.kind == "resolution"]
    outcome = _standing(resolved)[-1].told
    day, tiers = _ordinal(outcome["date"]), tuple(ours[0].told["outcomes"])
    asked = Asked(question, str(ours[0].told["title"]), tiers, tiers.index(outcome["tier"]), day)
    # whoever enters the outcome chooses its date: the day of the round holds where it is earlier
    known = min(day, *(_ordinal(one.told["round"]) for one in ours))
    in_time, late = _without_late_corrections(ours, known, resolved[0].position)
    for standing, some in _by_standing(in_time, known, resolved[0].position).items():
        spans = _spans([(_start(one, standing), one) for one in some], tiers, day)
        if spans:
            asked.ours[standing] = spans
        asked.idle += len(some) - len(spans)
    others = [one for one in said if one.kind == "rival"]
    others, late_others = _without_late_corrections(others, known, resolved[0].position)
    for by, some in _by_name(others, resolved[0].position, titles).items():
        spans = _spans([(_ordinal(one.told["date"]), one) for one in some], tiers, day)
        if spans:
            asked.rivals[by] = spans
        asked.idle_rivals += len(some) - len(spans)
    return asked, late + late_others


def _standing(said: Sequence[_Said]) -> list[_Said]:
    """Those that no later one corrects."""
    gone = {one.told.get("supersedes") for one in said}
    return [one for one in said if one.id not in gone]


def _without_late_corrections(
    said: Sequence[_Said], day: int, resolved_at: int
) -> tuple[list[_Said], int]:
    """What was said as corrected in time; a late correction changes no score.

    Late is one entered after the outcome was, or on its day or later in place of what was
    entered before: else the outcome would decide which forecasts are corrected away.
    """
    if not any("supersedes" in one.told for one in said):
        return list(said), 0
    ahead = {one.id: _ahead(one, day, resolved_at) for one in said}
    late = set[str]()
    for one in sorted(said, key=lambda one: one.position):  # what is corrected comes first
        old = one.told.get("supersedes")
        if old and not ahead[one.id]:
            if one.position > resolved_at or ahead.get(old) or old in late:
                late.add(one.id)
    return _standing([one for one in said if one.id not in late]), len(late)


def _ahead(one: _Said, day: int, resolved_at: int) -> bool:
    """Whether it was entered before the day of the outcome, and before the outcome."""
    return one.position < resolved_at and _ordinal(one.told["created"][:10]) < day


def _by_standing(said: Iterable[_Said], day: int, resolved_at: int) -> dict[str, list[_Said]]:
    """Forecasts recorded before the outcome could be known, and the others."""
    found: dict[str, list[_Said]] = {}
    for one in said:
        found.setdefault(AHEAD if _ahead(one, day, resolved_at) else REPLAY, []).append(one)
    return found


def _by_name(said: Iterable[_Said], resolved_at: int, titles: Titles) -> dict[str, list[_Said]]:
    """Rivals' forecasts by who made them and of what; those entered after the outcome apart."""
    found: dict[str, list[_Said]] = {}
    for one in said:
        event = one.told.get("tiers")
        named = "; ".join(titles.get(tier, tier) for tier in event or ())
        name = one.told["by"] + (f" ({named})" if named else "")
        if one.position > resolved_at:
            name += ", entered after the outcome"
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
    return Stood(start, end, tuple(given), tuple(reference) if reference else None)


@lru_cache(maxsize=10_000)
def _ordinal(date: str) -> int:
    return dt.date.fromisoformat(date).toordinal()
