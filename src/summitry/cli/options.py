"""Options that several commands share, and how an answer is shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from summitry.cli.progress import progress_bar

DAY = click.DateTime(["%Y-%m-%d"])

SEED = click.option("--seed", default=0, show_default=True, help="Seed of the random numbers.")
CHANGES = click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change a number for this run, e.g. --set trust.usa=0.6; may be repeated.",
)
MODEL = (
    click.option(
        "--draws", default=2048, show_default=True, help="Draws for each combination of types."
    ),
    SEED,
    click.option(
        "--protocol",
        type=click.Choice(["aspirations", "efficient"]),
        help="How the parties come to an agreement; by default the dossier's.",
    ),
    click.option("--round", type=int, help="Which round to tell in detail (1 = the next)."),
    CHANGES,
    click.option(
        "--without", multiple=True, metavar="ID", help="Leave a signal out; may be repeated."
    ),
    click.option("--workers", type=click.IntRange(1, 64), help="Threads; by default one a core."),
)
AS_OF = click.option(
    "--as-of", type=DAY, help="Ask as of this date (YYYY-MM-DD) instead of the dossier's."
)
TIER = click.option("--tier", metavar="TIER", help="The tier asked about; by default all.")
PACKAGE = click.option(
    "--package", metavar="A,B,C", help="A package, as the ids of its commitments."
)
POINT = (
    click.option(
        "--draw", type=int, metavar="N", help="The numbers of draw N instead of the medians."
    ),
    click.option(
        "--type",
        "types",
        multiple=True,
        metavar="PARTY=TYPE",
        help="Of which type a party is; by default the likeliest after the signals.",
    ),
)
SHOWN = (
    click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object."),
    click.option(
        "--chart",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Also draw it into FILE (.svg, .png, .pdf or .html).",
    ),
)


def with_options(*options: Any) -> Callable[[Any], Any]:
    """A decorator that adds options (or tuples of them) to a command, in that order."""
    flat = [
        one for option in options for one in (option if isinstance(option, tuple) else (option,))
    ]

    def add(command: Any) -> Any:
        for option in reversed(flat):
            command = option(command)
        return command

    return add


def asked(given: dict[str, Any]) -> dict[str, Any]:
    """The options of a command as the analyses want them; `given` holds only theirs."""
    if given.get("as_of") is not None:
        given["as_of"] = given["as_of"].date()
    return given


def named_types(types: tuple[str, ...]) -> dict[str, str]:
    """`PARTY=TYPE` pairs as a mapping. Raises click.UsageError for another form."""
    pairs = [pair.partition("=") for pair in types]
    for party, sign, kind in pairs:
        if not sign or not party or not kind:
            raise click.UsageError("write --type PARTY=TYPE, for example --type usa=dealmaker")
    return {party.strip(): kind.strip() for party, _, kind in pairs}


def split_package(package: str | None) -> list[str] | None:
    """The ids of a package's commitments."""
    return None if package is None else [name.strip() for name in package.split(",")]


def answer(
    ask: Callable[[Any], Any],
    page: Callable[[Any], Any],
    spec: Callable[[Any], dict[str, Any]],
    as_json: bool,
    chart: Path | None,
    doing: str = "playing the draws",
) -> None:
    """Ask with a progress bar, then print the page or the JSON, and draw the chart.

    A chart's name is checked before anything is computed.
    """
    if chart is not None:
        from summitry.report.charts.drawing import check_file

        check_file(chart)
    with progress_bar(doing) as advance:
        result = ask(advance)
    if as_json:
        click.echo(json.dumps(result.to_dict(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        show(page(result))
    if chart is not None:
        from summitry.report.charts.drawing import draw

        draw(spec(result), chart)
        click.echo(f"wrote {chart}", err=True)


def show(page: Any) -> None:
    """Print a page, at once."""
    from summitry.report.style import console

    console().print(page)
    sys.stdout.flush()
