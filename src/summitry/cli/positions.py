"""The command `positions`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summitry.cli.options import CHANGES, SEED, SHOWN, answer, with_options


@click.command()
@click.argument("dossier")
@click.option(
    "--issue", "issues", multiple=True, metavar="NAME", help="Only this issue; may be repeated."
)
@click.option("--draws", default=2048, show_default=True, help="Draws of the uncertain numbers.")
@with_options(SEED, CHANGES, SHOWN)
def positions(dossier: str, as_json: bool, chart: Path | None, **given: Any) -> None:
    """Forecast issues told as positions on scales: where, who pulls, who trades what.

    DOSSIER is the name of a bundled dossier (such as paris-2015) or a path. Each issue gets a
    distribution of the outcome, the parties' levers on it, and all models side by side with
    their measured error; several issues also the trades between them.
    """
    from summitry.analysis.positions.answer import positions as ask
    from summitry.report.charts.positions import positions_chart
    from summitry.report.positions import page

    answer(lambda _: ask(dossier, **given), page, positions_chart, as_json, chart)
