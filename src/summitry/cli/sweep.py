"""The command `sweep`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from summitry.cli.options import with_options
from summitry.cli.progress import progress_bar
from summitry.cli.record import AUTHOR, LEDGER


@click.command()
@click.argument("plan", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The results (.parquet or .jsonl); by default beside the plan, under its name.",
)
@click.option(
    "--record",
    is_flag=True,
    help="Put every forecast on record in the ledger, instead of writing a file of results.",
)
@with_options(AUTHOR, LEDGER)
@click.option(
    "--workers", type=click.IntRange(1, 1024), help="Processes here; by default one a core."
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask cluster, e.g. tcp://host:8786.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of it as JSON.")
def sweep(
    plan: Path,
    out: Path | None,
    record: bool,
    author: str | None,
    ledger: str | None,
    as_json: bool,
    **where: Any,
) -> None:
    """Run a plan of many forecasts, on all cores or a cluster, into one file or a ledger.

    PLAN is a .yaml (every dossier with every setting, number of draws, seed and date) or a
    .csv (a row a case). The same command goes on where a killed one stopped. Ends with 0,
    with 1 where cases failed (the others are kept), with 2 where the plan is wrong.
    """
    if record and out is not None:
        raise click.UsageError("--out names a file of results, --record a ledger: give one")
    if not record and (author or ledger):
        raise click.UsageError("--author and --ledger go with --record")
    from summitry.engine.plan_reader import read_plan

    asked = read_plan(plan)
    for lack in asked.absent:
        click.echo(f"{lack}; its cases will fail", err=True)
    try:
        with progress_bar("running the plan, cases") as advance:
            if record:
                from summitry.engine.recording import record_sweep

                done = record_sweep(asked, ledger=ledger, author=author, progress=advance, **where)
            else:
                from summitry.engine.sweep import sweep as run

                done = run(asked, out, progress=advance, **where)
    except KeyboardInterrupt:
        click.echo("what is finished is kept; the same command goes on from there", err=True)
        raise
    if as_json:
        click.echo(json.dumps(done.to_dict(), indent=2, ensure_ascii=False))
    else:
        before = f", {done.resumed:,} of them by an earlier run" if done.resumed else ""
        click.echo(f"{done.cases:,} cases in {done.out}{before}; {done.failed:,} failed")
        for failure in done.failures:
            named = f", {failure.setting}" if failure.setting else ""
            also = f" and {failure.cases - 1:,} more" if failure.cases > 1 else ""
            click.echo(f"case {failure.first}{also} ({failure.dossier}{named}): {failure.reason}")
    sys.exit(1 if done.failed else 0)
