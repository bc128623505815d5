"""The commands under `backtest`, each in a file of its own."""

from __future__ import annotations

import click

from summitry.cli.lazy import LazyGroup

COMMANDS = {
    "deals": "summitry.cli.backtest_deals:deals",
    "positions": "summitry.cli.backtest_positions:positions",
}
HELP = {
    "deals": "Forecast what people make of three kinds of items, and score it.",
    "positions": "The models of positions on scales, on issues of the European Union.",
}


@click.group(cls=LazyGroup, commands_at=COMMANDS, short_help_of=HELP)
def backtest() -> None:
    """Forecast what is known to have happened, and score the forecasts."""
