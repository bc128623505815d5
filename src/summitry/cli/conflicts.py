"""The command that asks whether a state would hold: stability."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summitry.cli.options import AS_OF, PACKAGE, SHOWN, answer, asked, split_package, with_options

RUN = (
    click.option(
        "--sanctions",
        type=click.Choice(["closure", "once", "single"]),
        default="closure",
        show_default=True,
        help="How the others may answer a move: in any sequence, each once, or by one move.",
    ),
    click.option(
        "--draws", default=256, show_default=True, help="Draws for each combination of types."
    ),
    click.option("--seed", default=0, show_default=True, help="Seed of the random numbers."),
    click.option(
        "--set",
        "changes",
        multiple=True,
        metavar="PATH=VALUE",
        help="Change a number for this run, e.g. --set values.usa.freeze=9; may be repeated.",
    ),
    click.option("--workers", type=click.IntRange(1, 64), help="Threads; by default one a core."),
)


@click.command()
@click.argument("dossier")
@with_options(PACKAGE, RUN, AS_OF, SHOWN)
def stability(
    dossier: str, package: str | None, as_json: bool, chart: Path | None, **given: Any
) -> None:
    """Which states would hold: for whom, under which concept, why, and what would change it.

    DOSSIER is the name of a bundled dossier or a path. Told are where things stand today, each
    tier's best package, the one under --package, and states that are equilibria.
    """
    from summitry.analysis.stability import stability as ask
    from summitry.report.stability import page

    def spec(result: Any) -> dict[str, Any]:
        from summitry.report.charts.stability import stability_chart

        return stability_chart(result)

    answer(
        lambda advance: ask(
            dossier, package=split_package(package), progress=advance, **asked(given)
        ),
        page,
        spec,
        as_json,
        chart,
    )
