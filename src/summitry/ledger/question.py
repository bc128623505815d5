"""What a forecast will be judged by: question, outcomes, and who decides, by when, from what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from summitry.analysis.asking import Question
from summitry.dossier.checks.record import tier_names
from summitry.dossier.reach import satisfies, smallest_with
from summitry.dossier.schema import Dossier, Round

SCHEMA = "summitry.question/1"
COUNTS = (
    "the highest tier all of whose `all` and, where given, one of whose `any` were agreed by the "
    "end of the round; what meets no tier counts as `none`"
)


def question_of(dossier: Dossier, question: Question) -> dict[str, Any]:
    """The question as its own content: whoever asks it in these words asks the same."""
    asked = round_of(dossier, question)
    rule = dossier.resolution_rule
    titles = {name: c.title or name for name, c in dossier.commitments.items()}
    tiers = [
        {
            "id": tier.id,
            "title": tier.title or tier.id,
            "all": [titles[name] for name in tier.all],
            "any": [titles[name] for name in tier.any],
        }
        for tier in dossier.tiers
    ]
    return {
        "schema": SCHEMA,
        "title": dossier.title,
        "question": dossier.question,
        "round": {"title": asked.title, "date": str(asked.date)},
        "tiers": [{"id": "none", "title": "no agreement", "all": [], "any": []}, *tiers],
        "counts": COUNTS,
        "rule": {"decides": rule.decides, "by": str(rule.by), "source": rule.source}
        if rule
        else None,
    }


def round_of(dossier: Dossier, question: Question) -> Round:
    """The round that the forecast is about."""
    rounds = dossier.rounds or [Round()]
    return rounds[question.rounds[question.detail]]


def too_loose(dossier: Dossier, question: Question) -> Iterator[str]:
    """Why the outcome could be judged one way or another: each reason with what is missing."""
    if not (dossier.question or "").strip():
        yield "`question` is missing: what exactly is asked"
    if not dossier.tiers:
        yield "`tiers` are missing: the outcomes that it will be judged by, lowest first"
    yield from _alike(dossier)
    day = round_of(dossier, question).date
    if day is None:
        yield "the round has no `date`: scores count the days before it"
    yield from _rule(dossier, day)


def _alike(dossier: Dossier) -> Iterator[str]:
    """Outcomes that a judge could not tell apart."""
    seen: dict[str, str] = {"no agreement": "none"}
    for tier in dossier.tiers:
        title = (tier.title or tier.id).strip().casefold()
        if title in seen:
            yield (
                f"the tiers `{seen[title]}` and `{tier.id}` bear the same title, so that a judge "
                "cannot tell them apart"
            )
        seen[title] = tier.id


def _rule(dossier: Dossier, day: dt.date | None) -> Iterator[str]:
    rule = dossier.resolution_rule
    if rule is None:
        yield (
            "`resolution_rule` is missing: who decides what the outcome was, by when, from which "
            "source ({decides: ..., by: YYYY-MM-DD, source: ...}); a loose rule flips a score"
        )
        return
    if not rule.decides.strip():
        yield "`resolution_rule.decides` is empty: name who decides what the outcome was"
    if not rule.source.strip():
        yield "`resolution_rule.source` is empty: name the source that it is read from"
    if day and rule.by < day:
        yield f"`resolution_rule.by` ({rule.by}) lies before the round itself ({day})"


def meets_no_tier(dossier: Dossier) -> str | None:
    """A commitment that could be agreed, with all it needs, and still meet no tier."""
    for name in dossier.commitments:
        agreed = smallest_with([name], dossier)
        if agreed and not any(satisfies(agreed, tier) for tier in dossier.tiers):
            return name
    return None


def outcomes_of(dossier: Dossier) -> list[str]:
    """The ids of all outcomes, lowest first."""
    return tier_names(dossier)
