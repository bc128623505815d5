"""The command `classes`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summitry.cli.options import SHOWN, answer, with_options
from summitry.cli.pairs import listed, pairs


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--outcome", metavar="COLUMN", help="The column that says what a case brought.")
@click.option(
    "--where",
    multiple=True,
    metavar="FILTER",
    help="Which rows count: a class of its own; may be repeated.",
)
@click.option(
    "--bin",
    "bins",
    multiple=True,
    metavar="NAME=V1,V2",
    help="An outcome, and the values that mean it; by default each value is one.",
)
@click.option("--class", "only", multiple=True, metavar="ID", help="Only the classes so named.")
@click.option("--dossier", metavar="DOSSIER", help="Write the counts for this dossier's tiers.")
@click.option(
    "--tiers",
    multiple=True,
    metavar="OUTCOME=T1+T2",
    help="The tiers that an outcome means; by default all where it is an agreement, else none.",
)
@click.option("--yaml", "as_yaml", is_flag=True, help="Print only the part for a dossier.")
@with_options(SHOWN)
def classes(
    files: tuple[str, ...], as_yaml: bool, as_json: bool, chart: Path | None, **given: Any
) -> None:
    """What past cases brought: several reference classes, with their intervals.

    FILE is a data set that is known here (icb1v14.csv, the CSIS list of US-DPRK negotiations,
    questions of the Good Judgment Project or PredictionBook), or any table with --outcome and
    --where. Without a file the counts on record are shown.

    A filter compares columns: 'yrtrig >= 1946 and viol = 1', 'forout in (1, 2)',
    '[Event Type] contains nuclear', 'forout is missing', with and, or, not and parentheses.
    """
    from summitry.formats.classes import classes as ask
    from summitry.report.charts.intervals import intervals_chart
    from summitry.report.classes import page

    bins = pairs("--bin", given.pop("bins"), "NAME=V1,V2")
    tiers = pairs("--tiers", given.pop("tiers"), "OUTCOME=TIER+TIER")
    options = {
        **given,
        "bins": {name: listed(values, ",") for name, values in bins.items()},
        "tiers": {name: listed(values, "+") for name, values in tiers.items()},
    }

    def run(_: Any) -> Any:
        found = ask(*files, **options)
        for problem in found.problems[:20]:
            click.echo(problem, err=True)
        if len(found.problems) > 20:
            click.echo(f"... and {len(found.problems) - 20} rows more left out", err=True)
        return found

    if as_yaml:
        click.echo(run(None).snippet, nl=False)
        return
    answer(run, page, intervals_chart, as_json, chart, "counting")
