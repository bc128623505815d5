"""The command line: thin, and quick to start; every command imports what it needs itself."""

from __future__ import annotations

import click

from summitry.cli.lazy import LazyGroup

COMMANDS = {
    "backtest": "summitry.cli.backtest:backtest",
    "check": "summitry.cli.dossiers:check",
    "classes": "summitry.cli.classes:classes",
    "compare": "summitry.cli.changes:compare",
    "deals": "summitry.cli.reasons:deals",
    "expect": "summitry.cli.expect:expect",
    "export": "summitry.cli.exporting:export",
    "import": "summitry.cli.importing:import_",
    "ledger": "summitry.cli.ledger:ledger",
    "levers": "summitry.cli.changes:levers",
    "new": "summitry.cli.dossiers:new",
    "obstacles": "summitry.cli.reasons:obstacles",
    "positions": "summitry.cli.positions:positions",
    "record": "summitry.cli.record:record",
    "resolve": "summitry.cli.record:resolve",
    "roadmap": "summitry.cli.reasons:roadmap",
    "schema": "summitry.cli.dossiers:schema",
    "score": "summitry.cli.record:score",
    "show": "summitry.cli.dossiers:show",
    "signals": "summitry.cli.signals:signals",
    "stability": "summitry.cli.conflicts:stability",
    "sweep": "summitry.cli.sweep:sweep",
    "timeline": "summitry.cli.changes:timeline",
}
HELP = {
    "backtest": "Measure the models on cases with a known outcome.",
    "check": "List all mistakes in dossiers, each with its place.",
    "classes": "Count what past cases brought: reference classes with intervals.",
    "compare": "Tell what differs between two dossiers, or what a change changes.",
    "deals": "Show the zone of agreement, its frontier and solutions; judge a package.",
    "expect": "Forecast what a negotiation will bring, and why.",
    "export": "Write a dossier for GMCR+, or a roadmap's game tree for Gambit.",
    "import": "Read another tool's file as a dossier.",
    "ledger": "List, show, check and carry the forecasts on record.",
    "levers": "Find which numbers matter, tip the forecast, are worth finding out.",
    "new": "Write a commented dossier to start from.",
    "obstacles": "Tell what stands in the way of each tier, and of whom.",
    "positions": "Forecast positions on scales: where, who pulls, who trades what.",
    "record": "Put a forecast on record, with all it was made of.",
    "resolve": "Put the outcome of a question on record.",
    "roadmap": "Order the moves so that they ask for the least trust.",
    "schema": "Print the JSON Schema of a dossier or an answer.",
    "score": "Score the forecasts on record, beside chance and rivals.",
    "show": "Print a dossier as a reader wants it.",
    "signals": "Turn coded events (ICEWS, GDELT) into dated signals.",
    "stability": "Tell which states would hold, for whom and why, and who would move.",
    "sweep": "Run a plan of many forecasts, on all cores or a cluster.",
    "timeline": "Replay the forecast on every date a signal became known.",
}


@click.group(cls=LazyGroup, commands_at=COMMANDS, short_help_of=HELP)
@click.version_option(package_name="summitry", message="summitry %(version)s")
def main() -> None:
    """What is to be expected of a negotiation, why, and what would change it."""
