"""The command `backtest deals`."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.cli.options import SHOWN, answer, with_options


@click.command()
@click.argument("file")
@click.option("--seed", default=0, show_default=True, help="Seed of the folds.")
@click.option(
    "--level-from",
    type=float,
    metavar="SHARE",
    help="The share of no deal known of this experiment: the shipped numbers are brought to it.",
)
@with_options(SHOWN)
def deals(
    file: str, seed: int, level_from: float | None, as_json: bool, chart: Path | None
) -> None:
    """How well the protocols forecast how two people divide a few kinds of items.

    FILE is a CSV file, one negotiation a row: how many items of each kind (up to five), what one
    is worth to each of the two, whether they agreed, what the first took, and if known how many
    formal offers were made.
    """
    from summitry.analysis.human_deals.backtest import backtest_deals
    from summitry.report.charts.human_deals import human_deals_chart
    from summitry.report.human_deals import page

    answer(
        lambda advance: backtest_deals(file, seed=seed, level_from=level_from, progress=advance),
        page,
        human_deals_chart,
        as_json,
        chart,
    )
