"""The commands that put on record and score: record, resolve, score."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from summitry.cli.options import AS_OF, DAY, MODEL, SHOWN, answer, asked, with_options
from summitry.cli.progress import progress_bar

LEDGER = click.option(
    "--ledger",
    metavar="FILE|URL",
    help="The ledger; by default that of SUMMITRY_LEDGER, else a file of this user's.",
)
AUTHOR = click.option(
    "--author", help="Who signs; by default SUMMITRY_AUTHOR, else the login name."
)
SUPERSEDES = click.option(
    "--supersedes", metavar="ID", help="The entry that this one corrects; say why with --because."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")


@click.command()
@click.argument("dossier")
@with_options(MODEL, AS_OF, AUTHOR, SUPERSEDES)
@click.option("--because", help="The reason for a correction.")
@with_options(LEDGER, AS_JSON)
def record(dossier: str, as_json: bool, **given: Any) -> None:
    """Run the forecast and put it on record, with all it was made of; it never changes.

    DOSSIER is the name of a bundled dossier or a path. It must say what its outcomes will be
    judged by (`question`, `tiers`, `resolution_rule`, dated rounds), and nothing that counts
    may have been known only after its date (`as_of`).
    """
    from summitry.ledger.record import record as put

    with progress_bar("playing the draws") as advance:
        done = put(dossier, progress=advance, **asked(given))
    if as_json:
        click.echo(json.dumps(done.to_dict(), indent=2, ensure_ascii=False))
        return
    from summitry.report.ledger import recorded_page
    from summitry.report.style import console

    console().print(recorded_page(done))


@click.command()
@click.argument("id")
@click.option("--tier", required=True, help="The outcome that came about (`none`: no agreement).")
@click.option("--because", required=True, help="The source that it was read from.")
@click.option("--date", type=DAY, help="The day of the outcome; by default that of the round.")
@with_options(AUTHOR, SUPERSEDES, LEDGER, AS_JSON)
def resolve(id: str, date: dt.datetime | None, as_json: bool, **given: Any) -> None:
    """Put the outcome of a question on record.

    ID is the id of a forecast of that question, or of the question; its first digits do.
    """
    from summitry.ledger.resolve import resolve as put
    from summitry.ledger.resolve import too_late

    entry = put(id, date=date.date() if date else None, **given)
    if as_json:
        click.echo(json.dumps(entry.to_dict(), indent=2, ensure_ascii=False))
        return
    body = entry.body
    click.echo(f"entry {entry.position}, {entry.id}")
    click.echo(f"resolved: {body['tier']} on {body['date']}; `summitry score` counts it")
    late, forecasts = too_late(entry, given["ledger"])
    if late:
        click.echo(
            f"note: {late} of {forecasts} forecasts have their cut-off on that day or later and "
            "are not scored; is the date right?"
        )


@click.command()
@click.option("--seed", default=0, show_default=True, help="Seed of the bootstrap.")
@click.option(
    "--resamples", default=1000, show_default=True, help="How often the questions are drawn anew."
)
@with_options(LEDGER, SHOWN)
def score(seed: int, resamples: int, ledger: str | None, as_json: bool, chart: Path | None) -> None:
    """How good the forecasts on record were, beside chance, past cases and rivals."""
    from summitry.ledger.score import score as ask
    from summitry.report.charts.reliability import reliability_chart
    from summitry.report.score import page

    answer(
        lambda _: ask(ledger=ledger, seed=seed, resamples=resamples),
        page,
        reliability_chart,
        as_json,
        chart,
    )
