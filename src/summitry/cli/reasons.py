"""The commands that say why: deals, roadmap, obstacles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summitry.cli.options import (
    AS_OF,
    MODEL,
    PACKAGE,
    POINT,
    SHOWN,
    TIER,
    answer,
    asked,
    named_types,
    split_package,
    with_options,
)


@click.command()
@click.argument("dossier")
@with_options(PACKAGE)
@click.option(
    "--divisible", is_flag=True, help="Divide the issues between two parties by Adjusted Winner."
)
@with_options(POINT, MODEL, AS_OF, SHOWN)
def deals(
    dossier: str,
    package: str | None,
    divisible: bool,
    draw: int | None,
    types: tuple[str, ...],
    as_json: bool,
    chart: Path | None,
    **given: Any,
) -> None:
    """Which deals there are: the zone of agreement, its frontier, its solutions, one package.

    DOSSIER is the name of a bundled dossier or a path. With --package: who gains, who blocks
    and by how much, and the smallest addition that would make everyone accept.
    """
    if divisible:
        _divide(dossier, as_json, chart, given)
        return
    from summitry.analysis.deals import deals as ask
    from summitry.report.charts.frontier import frontier_chart
    from summitry.report.deals import page

    answer(
        lambda advance: ask(
            dossier,
            package=split_package(package),
            draw=draw,
            types=named_types(types),
            progress=advance,
            **asked(given),
        ),
        page,
        frontier_chart,
        as_json,
        chart,
    )


def _divide(dossier: str, as_json: bool, chart: Path | None, given: dict[str, Any]) -> None:
    from summitry.analysis.adjusted_winner import divide
    from summitry.report.charts.division import division_chart
    from summitry.report.divisible import page

    changes = given["changes"]
    answer(lambda _: divide(dossier, changes=changes), page, division_chart, as_json, chart)


@click.command()
@click.argument("dossier")
@with_options(PACKAGE)
@click.option("--tier", metavar="TIER", help="Take the best package of this tier.")
@click.option(
    "--slice", is_flag=True, help="Seek the fewest extra steps that bring it under the trust."
)
@with_options(POINT, MODEL, AS_OF, SHOWN)
def roadmap(
    dossier: str,
    package: str | None,
    tier: str | None,
    slice: bool,
    draw: int | None,
    types: tuple[str, ...],
    as_json: bool,
    chart: Path | None,
    **given: Any,
) -> None:
    """The order of moves that asks for the least trust: who moves first, and why.

    DOSSIER is the name of a bundled dossier or a path. Without --package the Nash solution
    among the packages that all accept is taken (of --tier, where given).
    """
    from summitry.analysis.roadmap import roadmap as ask
    from summitry.report.charts.ladder import ladder_chart
    from summitry.report.roadmap import page

    def run(advance: Any) -> Any:
        def tick(extra: int, most: int) -> None:
            if advance:
                advance(extra, most)

        return ask(
            dossier,
            package=split_package(package),
            tier=tier,
            slice=slice,
            draw=draw,
            types=named_types(types),
            tick=tick,
            **asked(given),
        )

    answer(run, page, ladder_chart, as_json, chart, "slicing" if slice else "searching the orders")


@click.command()
@click.argument("dossier")
@with_options(TIER, MODEL, AS_OF, SHOWN)
def obstacles(
    dossier: str, tier: str | None, as_json: bool, chart: Path | None, **given: Any
) -> None:
    """What stands in the way of each tier, and of whom, before the signature and after it.

    DOSSIER is the name of a bundled dossier or a path. Tells by round and by type how often
    interests, a veto, commitment, holding out or the end of a round keep at least a tier from being
    signed, which party that is, and why what is signed is not carried out.
    """
    from summitry.analysis.obstacles import obstacles as ask
    from summitry.report.charts.stack import stack_chart
    from summitry.report.obstacles import page

    answer(
        lambda advance: ask(dossier, tier=tier, progress=advance, **asked(given)),
        page,
        stack_chart,
        as_json,
        chart,
    )
