"""The command `backtest positions`."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.cli.options import SEED, SHOWN, answer, with_options


@click.command()
@click.option(
    "--deu",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder with issues.csv, positions.csv and council_weights.json.",
)
@with_options(SEED, SHOWN)
def positions(deu: Path, seed: int, as_json: bool, chart: Path | None) -> None:
    """Score all models of positions on scales on resolved issues of the European Union.

    The folder holds files of the data set Decision-making in the European Union (DEU).
    Fitted numbers never see the proposal they forecast; intervals resample whole proposals.
    """
    from summitry.analysis.positions.backtest import backtest_positions as ask
    from summitry.report.backtest_positions import page
    from summitry.report.charts.backtest import backtest_chart

    answer(lambda _: ask(deu, seed=seed), page, backtest_chart, as_json, chart)
