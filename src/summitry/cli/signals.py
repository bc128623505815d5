"""The command `signals`."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from summitry.cli.pairs import pairs
from summitry.cli.progress import progress_bar

SHOWN_PROBLEMS = 20


@click.command()
@click.option(
    "--events", multiple=True, required=True, metavar="FILE", help="Coded events; may be repeated."
)
@click.option("--dyad", nargs=2, required=True, metavar="A B", help="The two actors: USA PRK.")
@click.option(
    "--cooperation",
    multiple=True,
    metavar="[PARTY=]TYPE",
    help="The type that a cooperative act shows.",
)
@click.option(
    "--conflict",
    multiple=True,
    metavar="[PARTY=]TYPE",
    help="The type that a hostile act shows.",
)
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="ACTOR=PARTY",
    help="Who an actor is in the dossier.",
)
@click.option("--dossier", metavar="DOSSIER", help="Check parties and types against this dossier.")
@click.option(
    "--lag",
    default=7,
    show_default=True,
    help="Days until an event is known, where the file does not say (ICEWS).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
def signals(
    events: tuple[str, ...],
    dyad: tuple[str, str],
    cooperation: tuple[str, ...],
    conflict: tuple[str, ...],
    parties: tuple[str, ...],
    as_json: bool,
    **given: Any,
) -> None:
    """Turn coded events between two actors into dated signals, as a dossier's signal file.

    FILE holds events of ICEWS or GDELT (1.0 or 2.0), or is a CSV with the columns date,
    source_side, target_side and cameo. The signals are printed as CSV; what was read and left
    out is told on the error stream.
    """
    from summitry.formats.showing import bearing_parties, parties_of
    from summitry.formats.signals import signals as ask

    named = pairs("--party", parties, "ACTOR=PARTY")
    if given["dossier"] is not None:
        from summitry.dossier.reader import load

        given["dossier"] = load(given["dossier"])
    dossier = given["dossier"].dossier if given["dossier"] else None
    bearing = bearing_parties(parties_of(dyad, named, dossier), dossier)
    shows: dict[str, Any] = {
        direction: _confirmed(direction, texts, bearing, dossier)
        for direction, texts in (("cooperation", cooperation), ("conflict", conflict))
    }
    with progress_bar("reading events") as advance:
        found = ask(*events, dyad=dyad, parties=named, progress=advance, **shows, **given)
    _tell(found)
    if as_json:
        click.echo(json.dumps(found.to_dict(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(found.to_csv(), nl=False)


def _confirmed(
    direction: str, texts: tuple[str, ...], bearing: list[str], dossier: Any
) -> dict[str, str]:
    """By party, the type that acts in a direction show; what was not said is asked at a terminal."""
    general = [text for text in texts if "=" not in text]
    if len(general) > 1:
        raise click.UsageError(f"--{direction} names two types: {' and '.join(general)}")
    own = pairs(f"--{direction}", [text for text in texts if "=" in text], "PARTY=TYPE")
    for party in own:
        if party not in bearing:
            raise click.UsageError(f"--{direction}: `{party}` is none of {', '.join(bearing)}")
    found = {party: own.get(party) or next(iter(general), None) for party in bearing}
    if sys.stdin.isatty() and sys.stderr.isatty():
        found = {p: kind or _ask(direction, p, dossier) for p, kind in found.items()}
    return {party: kind for party, kind in found.items() if kind}


def _ask(direction: str, party: str, dossier: Any) -> str:
    types = click.Choice(list(dossier.types[party])) if dossier else None
    question = f"{direction.capitalize()} by {party} shows which of its types?"
    return str(click.prompt(question, type=types, err=True))


def _tell(found: Any) -> None:
    """What was read, what was left out, and how dates were set, on the error stream."""
    for problem in found.problems[:SHOWN_PROBLEMS]:
        click.echo(problem, err=True)
    counts = found.counts
    if counts["misread"] > SHOWN_PROBLEMS:
        click.echo(f"... {counts['misread'] - SHOWN_PROBLEMS:,} rows more left out", err=True)
    for one in found.files:
        click.echo(f"{one.name}: {one.format}, {one.rows:,} rows", err=True)
    click.echo(
        f"{counts['events']:,} events between {' and '.join(found.dyad)}: {counts['repeated']:,} "
        f"repeated, {counts['without_direction']:,} without direction, {counts['old']:,} told more "
        f"than 30 days late; {len(found.signals):,} signals",
        err=True,
    )
    for party, shows in found.shows.items():
        told = ", ".join(f"{direction} shows {kind}" for direction, kind in shows.items())
        click.echo(f"{party}: {told}", err=True)
    if found.lag is not None:
        click.echo(
            f"known {found.lag} days after the event (--lag): the file does not say", err=True
        )
    for note in found.notes:
        click.echo(note, err=True)
