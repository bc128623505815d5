"""The commands under `backtest`, each in a file of its own."""

from __future__ import annotations

import click

from summitry.cli.lazy import LazyGroup

COMMANDS = {"positions": "summitry.cli.backtest_positions:positions"}
HELP = {"positions": "The models of positions on scales, on issues of the European Union."}


@click.group(cls=LazyGroup, commands_at=COMMANDS, short_help_of=HELP)
def backtest() -> None:
    """Measure the models on cases with a known outcome."""
