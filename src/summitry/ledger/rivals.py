"""Other people's forecasts of the same question: an expert's, a market's, a crowd's."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from summitry.dossier.schema import Dossier, Rival
from summitry.ledger.chain import Entry, append, asked_by
from summitry.ledger.connect import adding
from summitry.ledger.correcting import corrected, standing
from summitry.ledger.errors import Refused
from summitry.ledger.question import outcomes_of
from summitry.ledger.signing import now, signed

WHOLE = 1e-6  # how far the probabilities of all outcomes may sum from one


@dataclass(frozen=True)
class Unscored:
    """A rival that is not recorded, and the reason."""

    by: str
    reason: str


def rival(
    name: str,
    *,
    by: str,
    date: dt.date,
    probability: float | Mapping[str, float],
    tiers: Sequence[str] = (),
    because: str,
    author: str | None = None,
    supersedes: str | None = None,
    ledger: str | Path | None = None,
) -> Entry:
    """A rival's forecast on record, of the question that the forecast or question `name` asks.

    `probability` is one number for the outcomes `tiers` together, or one for each outcome;
    `because` says where it was stated.

    Raises Refused where it does not answer the question, LedgerError where the ledger
    cannot take it.
    """
    signature = signed(author)
    with adding(ledger) as connection:
        question, asked = asked_by(connection, name)
        known = [tier["id"] for tier in asked["tiers"]]
        reasons = _wrong(probability, tiers, known)
        if date > now().date() + dt.timedelta(days=1):
            reasons.append(f"it is dated {date}, after today")
        if not by.strip():
            reasons.append("whose forecast it is is missing: say `by`")
        if not because.strip():
            reasons.append("where it was stated is missing: say `because`")
        if reasons:
            raise Refused(f"the forecast of {by}", reasons)
        body = _body(by, date, probability, tiers) | {"outcomes": known, "question": question}
        body |= corrected(connection, body, supersedes, because)
        return append(connection, signature | body)


def rivals_in(
    connection: Connection, dossier: Dossier, question: str
) -> tuple[list[dict[str, Any]], list[Unscored]]:
    """The rivals of a dossier as entries that are not there yet, and the others with the reason."""
    outcomes, new, unscored = outcomes_of(dossier), [], []
    there = {_key(body) for body in standing(connection, "rival", question)}
    for one in dossier.rivals:
        reason = _unscored(one, outcomes)
        if reason:
            unscored.append(Unscored(one.by, reason))
            continue
        assert one.probability is not None
        body = _body(one.by, one.date, one.probability, one.tiers) | {"outcomes": outcomes}
        said = one.as_stated or ", ".join(one.because) or "in the dossier"
        if _key(body) not in there:
            new.append({**body, "supersedes": None, "because": said, "question": question})
    return new, unscored


def _unscored(one: Rival, outcomes: Sequence[str]) -> str | None:
    if one.differs:
        return one.differs
    if one.probability is None:
        return "no number was stated"
    wrong = _wrong(one.probability, one.tiers, outcomes)
    return wrong[0] if wrong else None


def _wrong(
    probability: float | Mapping[str, float], tiers: Sequence[str], outcomes: Sequence[str]
) -> list[str]:
    """What keeps this from being a forecast of the question."""
    reasons = []
    given = probability if isinstance(probability, Mapping) else dict.fromkeys(tiers, probability)
    unknown = [tier for tier in given if tier not in outcomes]
    if unknown:
        reasons.append(f"there is no outcome {', '.join(unknown)}; there are {', '.join(outcomes)}")
    if not all(math.isfinite(p) and 0 <= p <= 1 for p in given.values()):
        reasons.append("probabilities lie from 0 to 1")
    if not isinstance(probability, Mapping):
        if not 0 < len(set(tiers)) < len(outcomes):
            reasons.append("one number needs the outcomes it speaks of, and not all of them")
    elif not unknown:
        missing = [tier for tier in outcomes if tier not in given]
        if missing:
            reasons.append(f"there is no probability of {', '.join(missing)}")
        elif abs(sum(given.values()) - 1) > WHOLE:
            reasons.append(f"the probabilities sum to {sum(given.values()):g}, not to 1")
    return reasons


def _body(
    by: str, date: dt.date, probability: float | Mapping[str, float], tiers: Sequence[str]
) -> dict[str, Any]:
    whole = dict(probability) if isinstance(probability, Mapping) else None
    return {
        "kind": "rival",
        "by": by,
        "date": str(date),
        "probabilities": whole,
        "tiers": [] if whole else sorted(set(tiers)),
        "probability": None if whole else probability,
    }


def _key(body: Mapping[str, Any]) -> tuple[str, str, str]:
    told = json.dumps([body["probabilities"], body["tiers"], body["probability"]], sort_keys=True)
    return body["by"], body["date"], told
