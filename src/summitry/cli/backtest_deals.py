"""The command `backtest deals`."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.cli.options import SHOWN, answer, with_options


@click.command()
@click.argument("file")
@click.option("--draws", default=128, show_default=True, help="Games played for each negotiation.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random numbers.")
@with_options(SHOWN)
def deals(file: str, draws: int, seed: int, as_json: bool, chart: Path | None) -> None:
    """How well the protocols forecast what people make of three kinds of items.

    FILE is a CSV file of negotiations as of Lewis et al. (2017): items of each kind, what an
    item is worth to each of the two, whether they agreed, and what the first took.
    """
    from summitry.analysis.human_deals.backtest import backtest_deals
    from summitry.report.charts.human_deals import human_deals_chart
    from summitry.report.human_deals import page

    answer(
        lambda advance: backtest_deals(file, draws=draws, seed=seed, progress=advance),
        page,
        human_deals_chart,
        as_json,
        chart,
    )
