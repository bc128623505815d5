"""The group `backtest`: forecasts of what is known to have happened, scored."""

from __future__ import annotations

import click

from summitry.cli.lazy import LazyGroup

COMMANDS = {"deals": "summitry.cli.backtest_deals:deals"}
HELP = {"deals": "Forecast what people make of three kinds of items, and score it."}


@click.group(cls=LazyGroup, commands_at=COMMANDS, short_help_of=HELP)
def backtest() -> None:
    """Forecast what is known to have happened, and score the forecasts."""
