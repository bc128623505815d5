"""Corrections: an entry that takes the place of an earlier one, which stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from summitry.ledger.chain import find
from summitry.ledger.errors import LedgerError
from summitry.ledger.tables import entries


def corrected(
    connection: Connection,
    body: Mapping[str, Any],
    supersedes: str | None,
    because: str | None,
) -> dict[str, Any]:
    """What an entry says of the one that it takes the place of; nothing where it is no correction.

    Raises LedgerError where that one is missing, of another kind or question, or corrected.
    """
    if supersedes is None:
        return {"supersedes": None, "because": because}
    kind = str(body["kind"])
    if not (because or "").strip():
        raise LedgerError("a correction needs its reason: say `because`")
    old = find(connection, supersedes, kind)
    if old.body["question"] != body["question"]:
        raise LedgerError(
            f"{old.id[:12]} is about another question: a correction changes no question (its "
            "wording, tiers, round or rule); enter the new one by itself"
        )
    for other in _of_question(connection, kind, old.body["question"]):
        if other.get("supersedes") == old.id:
            raise LedgerError(f"{old.id[:12]} has been corrected already; correct its correction")
    return {"supersedes": old.id, "because": because}


def standing(connection: Connection, kind: str, question: str) -> list[dict[str, Any]]:
    """The entries of a kind on a question that no other has taken the place of."""
    found = _of_question(connection, kind, question)
    gone = {body["supersedes"] for body in found if body.get("supersedes")}
    return [body for body in found if body["id"] not in gone]


def _of_question(connection: Connection, kind: str, question: str) -> list[dict[str, Any]]:
    chosen = select(entries.c.id, entries.c.body).where(
        entries.c.kind == kind, entries.c.question == question
    )
    return [{**json.loads(body), "id": id} for id, body in connection.execute(chosen)]
