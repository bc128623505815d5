"""A plan of many forecasts, each put on record in a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from summitry.engine.case import document_of
from summitry.engine.entries import make_entries
from summitry.engine.plan import Plan, fingerprint
from summitry.engine.plan_reader import AnyPlan, read_plan
from summitry.engine.sweep import Progress, Sweep, all_rows, failures_of, finished, runner_of
from summitry.ledger.chain import bodies_with
from summitry.ledger.connect import writing
from summitry.ledger.place import ledger_url, shown
from summitry.ledger.record import enter
from summitry.ledger.signing import signed

NO_CORRECTION = {"supersedes": None, "because": None}


def record_sweep(
    plan: AnyPlan,
    *,
    ledger: str | Path | None = None,
    author: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Run a plan and put every forecast on record, in the order of the plan.

    As `sweep` runs it and as `record` records it, in one piece: all entries or none. A case
    that `record` would refuse has failed. Where a ledger holds a case of the plan already,
    it is not recorded again.

    Raises what `sweep` raises, and LedgerError where the ledger cannot take it.
    """
    signature = signed(author)
    asked = read_plan(plan)
    with writing(ledger):
        pass  # a ledger that takes nothing is told before anything is run
    runner, named = runner_of(workers, cluster), fingerprint(asked)
    path = Path(asked.name).with_suffix(".ledger.journal")
    with finished(asked, named, path, runner, progress, make_entries) as (journal, resumed):
        number, failures = failures_of(journal)
        with writing(ledger) as connection:
            _enter(connection, asked, named, signature, all_rows(journal))
    place = shown(ledger_url(ledger))
    return Sweep(asked.name, named, place, asked.cases, resumed, number, failures)


def _enter(
    connection: Connection,
    plan: Plan,
    named: str,
    signature: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Add an entry for each case that is not there yet, and those of the dossiers' rivals."""
    known = bodies_with(connection, named)
    there = {body["plan"]["case"] for body in known if body.get("plan", {}).get("id") == named}
    for row in rows:
        if row["failed"] is not None or row["case"] in there:
            continue
        document = document_of(plan.case(row["case"]))
        if document.sha256 != row["dossier_sha256"]:
            raise ValueError(f"{row['dossier']}: changed while the plan was run; begin anew")
        body = {**row["body"], "plan": {"id": named, "case": row["case"]}, **NO_CORRECTION}
        contents = [text.encode() for text in row["contents"]]
        enter(connection, signature, body, contents, document)
