"""The command line: thin, and quick to start; every command imports what it needs itself."""

from __future__ import annotations

import click

from summitry.cli.lazy import LazyGroup

COMMANDS = {
    "check": "summitry.cli.dossiers:check",
    "expect": "summitry.cli.expect:expect",
    "new": "summitry.cli.dossiers:new",
    "schema": "summitry.cli.dossiers:schema",
    "show": "summitry.cli.dossiers:show",
}
HELP = {
    "check": "List all mistakes in dossiers, each with its place.",
    "expect": "Forecast what a negotiation will bring, and why.",
    "new": "Write a commented dossier to start from.",
    "schema": "Print the JSON Schema of a dossier or a forecast.",
    "show": "Print a dossier as a reader wants it.",
}


@click.group(cls=LazyGroup, commands_at=COMMANDS, short_help_of=HELP)
@click.version_option(package_name="summitry", message="summitry %(version)s")
def main() -> None:
    """What is to be expected of a negotiation, why, and what would change it."""
