"""The command `expect`."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@click.command()
@click.argument("dossier")
@click.option(
    "--draws", default=2048, show_default=True, help="Draws for each combination of types."
)
@click.option("--seed", default=0, show_default=True, help="Seed of the random numbers.")
@click.option(
    "--protocol",
    type=click.Choice(["offers", "efficient"]),
    help="How the parties come to an agreement; by default the dossier's.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Forecast as of this date (YYYY-MM-DD) instead of the dossier's.",
)
@click.option("--round", type=int, help="Which round to tell in detail (1 = the next).")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change a number for this run, e.g. --set trust.usa=0.6; may be repeated.",
)
@click.option("--workers", type=click.IntRange(1, 64), help="Threads; by default one a core.")
@click.option("--json", "as_json", is_flag=True, help="Print the forecast as one JSON object.")
def expect(
    dossier: str,
    draws: int,
    seed: int,
    protocol: str | None,
    as_of: dt.datetime | None,
    round: int | None,
    changes: tuple[str, ...],
    workers: int | None,
    as_json: bool,
) -> None:
    """Forecast what a negotiation will bring, and why.

    DOSSIER is the name of a bundled dossier (such as hanoi-2019) or a path.
    """
    from summitry.analysis.expect import expect as ask

    with progress_bar() as advance:
        forecast = ask(
            dossier,
            draws=draws,
            seed=seed,
            protocol=protocol,
            as_of=as_of.date() if as_of else None,
            round=round,
            changes=changes,
            workers=workers,
            progress=advance,
        )
    if as_json:
        click.echo(json.dumps(forecast.to_dict(), indent=2, ensure_ascii=False, allow_nan=False))
        return
    from summitry.report.forecast import page
    from summitry.report.style import console

    console().print(page(forecast))


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the error stream after a second's wait; none where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    begun = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("playing the draws", total=None, visible=False)

        def advance(done: int, total: int) -> None:
            late = time.monotonic() - begun > 1
            bar.update(task, completed=done, total=total, visible=late)

        yield advance
