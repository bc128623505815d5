"""The commands that say what would change a forecast: levers, timeline, compare."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from summitry.cli.options import AS_OF, DAY, MODEL, SHOWN, TIER, answer, asked, show, with_options


@click.command()
@click.argument("dossier")
@with_options(TIER, MODEL, AS_OF, SHOWN)
def levers(dossier: str, tier: str | None, as_json: bool, chart: Path | None, **given: Any) -> None:
    """Which number matters, where the forecast would tip, and what is worth finding out.

    DOSSIER is the name of a bundled dossier or a path. A first look comes with the forecast; then
    every number is played again at its ends, which takes some seconds.
    """
    from summitry.analysis.levers import levers as ask
    from summitry.report.charts.tornado import tornado_chart
    from summitry.report.levers import first_page, rest_page

    def look(seen: Any) -> None:
        if not as_json:
            show(first_page(seen))

    def run(advance: Any) -> Any:
        return ask(dossier, tier=tier, look=look, tick=advance, **asked(given))

    answer(run, rest_page, tornado_chart, as_json, chart, "playing each number's ends")


@click.command()
@click.argument("dossier")
@click.option("--since", type=DAY, help="From this date (YYYY-MM-DD) on.")
@click.option("--until", type=DAY, help="Up to this date; by default the day of the round.")
@with_options(MODEL, SHOWN)
def timeline(
    dossier: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    as_json: bool,
    chart: Path | None,
    **given: Any,
) -> None:
    """The forecast on every date a signal became known, and what moved it.

    DOSSIER is the name of a bundled dossier or a path.
    """
    from summitry.analysis.timeline import timeline as ask
    from summitry.report.charts.timeline import timeline_chart
    from summitry.report.timeline import page

    answer(
        lambda advance: ask(
            dossier,
            since=since.date() if since else None,
            until=until.date() if until else None,
            progress=advance,
            **asked(given),
        ),
        page,
        timeline_chart,
        as_json,
        chart,
    )


@click.command()
@click.argument("before")
@click.argument("after", required=False)
@with_options(MODEL, AS_OF, SHOWN)
def compare(
    before: str, after: str | None, as_json: bool, chart: Path | None, **given: Any
) -> None:
    """What differs between two dossiers, in input and forecast; or what a change changes.

    BEFORE and AFTER are names of bundled dossiers or paths. Without AFTER say what to change:
    --set trust.usa=0.6, or --without S41 to leave a signal out.
    """
    from summitry.analysis.compare import compare as ask
    from summitry.report.charts.dumbbell import dumbbell_chart
    from summitry.report.compare import page

    answer(
        lambda advance: ask(before, after, progress=advance, **asked(given)),
        page,
        dumbbell_chart,
        as_json,
        chart,
    )
