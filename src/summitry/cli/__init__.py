"""The command line: thin, and quick to start; every command imports what it needs itself."""

from __future__ import annotations

import click

from summitry.cli.lazy import LazyGroup

COMMANDS = {
    "check": "summitry.cli.dossiers:check",
    "compare": "summitry.cli.changes:compare",
    "deals": "summitry.cli.reasons:deals",
    "expect": "summitry.cli.expect:expect",
    "levers": "summitry.cli.changes:levers",
    "new": "summitry.cli.dossiers:new",
    "obstacles": "summitry.cli.reasons:obstacles",
    "roadmap": "summitry.cli.reasons:roadmap",
    "schema": "summitry.cli.dossiers:schema",
    "show": "summitry.cli.dossiers:show",
    "sweep": "summitry.cli.sweep:sweep",
    "timeline": "summitry.cli.changes:timeline",
}
HELP = {
    "check": "List all mistakes in dossiers, each with its place.",
    "compare": "Tell what differs between two dossiers, or what a change changes.",
    "deals": "Show the zone of agreement, its frontier and solutions; judge a package.",
    "expect": "Forecast what a negotiation will bring, and why.",
    "levers": "Find which numbers matter, tip the forecast, are worth finding out.",
    "new": "Write a commented dossier to start from.",
    "obstacles": "Tell what stands in the way of each tier, and of whom.",
    "roadmap": "Order the moves so that they ask for the least trust.",
    "schema": "Print the JSON Schema of a dossier or an answer.",
    "show": "Print a dossier as a reader wants it.",
    "sweep": "Run a plan of many forecasts, on all cores or a cluster.",
    "timeline": "Replay the forecast on every date a signal became known.",
}


@click.group(cls=LazyGroup, commands_at=COMMANDS, short_help_of=HELP)
@click.version_option(package_name="summitry", message="summitry %(version)s")
def main() -> None:
    """What is to be expected of a negotiation, why, and what would change it."""
