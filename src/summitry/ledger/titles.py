"""What the outcomes of recorded questions are called, for a reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from summitry.ledger.errors import readable
from summitry.ledger.tables import contents

MOST = 200  # questions that are read: a long list must not wait for its titles

Titles = Mapping[str, str]


def titles_of(connection: Connection, questions: Iterable[str]) -> dict[str, Titles]:
    """By question the titles of its outcomes; nothing where there are too many to read."""
    wanted = sorted(set(questions))
    if len(wanted) > MOST:
        return {}
    chosen = select(contents.c.sha256, contents.c.data).where(contents.c.sha256.in_(wanted))
    with readable():
        return {
            sha256: {tier["id"]: tier["title"] for tier in json.loads(data).get("tiers", [])}
            for sha256, data in connection.execute(chosen)
        }


def agreed(by_question: Mapping[str, Titles]) -> dict[str, str]:
    """What an outcome is called where all questions that have it call it the same."""
    found: dict[str, set[str]] = {}
    for titles in by_question.values():
        for outcome, title in titles.items():
            found.setdefault(outcome, set()).add(title)
    return {outcome: names.pop() for outcome, names in found.items() if len(names) == 1}
