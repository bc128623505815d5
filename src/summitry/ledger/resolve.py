"""What happened, on record: the outcome of a question, who says so and from what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from summitry.ledger.chain import Entry, append, asked_by
from summitry.ledger.connect import adding, reading
from summitry.ledger.correcting import corrected, standing
from summitry.ledger.errors import LedgerError, Refused
from summitry.ledger.signing import now, signed


def resolve(
    name: str,
    *,
    tier: str,
    because: str,
    date: dt.date | None = None,
    author: str | None = None,
    supersedes: str | None = None,
    ledger: str | Path | None = None,
) -> Entry:
    """The outcome of a question on record; `name` is the id of a forecast of it, or its own.

    `date` is the day of the outcome, by default that of the round; `because` the source
    that it was read from; `supersedes` the id of a resolution that this one corrects.

    Raises Refused for a tier that there is not, a day still to come, or a missing reason;
    LedgerError where it is resolved already or the ledger cannot take it.
    """
    signature = signed(author)
    with adding(ledger) as connection:
        question, asked = asked_by(connection, name)
        day = date or dt.date.fromisoformat(asked["round"]["date"])
        reasons = _wrong(tier, [one["id"] for one in asked["tiers"]], day, because)
        if (by := (asked["rule"] or {}).get("by")) and str(day) > by:
            reasons.append(f"the outcome is dated {day}, but the rule decides by {by}")
        if reasons:
            raise Refused(f"the outcome of {asked['title']}", reasons)
        before = standing(connection, "resolution", question)
        if before and supersedes is None:
            raise LedgerError(
                f"this question is resolved already ({before[-1]['tier']}, by "
                f"{before[-1]['id'][:12]}); to correct that, name it as what this supersedes"
            )
        body: dict[str, Any] = {
            "kind": "resolution",
            "tier": tier,
            "date": str(day),
            "question": question,
        }
        body |= corrected(connection, body, supersedes, because)
        return append(connection, signature | body)


def too_late(outcome: Entry, ledger: str | Path | None = None) -> tuple[int, int]:
    """How many forecasts of a resolved question were cut off only on the day of the outcome or later.

    And of how many: those that no other has taken the place of.
    """
    with reading(ledger) as connection:
        forecasts = standing(connection, "forecast", str(outcome.body["question"]))
    return sum(one["as_of"] >= outcome.body["date"] for one in forecasts), len(forecasts)


def _wrong(tier: str, outcomes: list[str], day: dt.date, because: str) -> list[str]:
    reasons = []
    if tier not in outcomes:
        reasons.append(f"there is no outcome `{tier}`; there are {', '.join(outcomes)}")
    if day > now().date() + dt.timedelta(days=1):
        reasons.append(f"the outcome is dated {day}, after today; give the day it came about")
    if not because.strip():
        reasons.append("the source is missing: say `because`")
    return reasons
