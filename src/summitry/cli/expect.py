"""The command `expect`."""

from __future__ import annotations

from typing import Any

import click

from summitry.cli.options import AS_OF, MODEL, SHOWN, answer, asked, with_options


@click.command()
@click.argument("dossier")
@with_options(MODEL, AS_OF)
@click.option(
    "--until-error",
    type=float,
    metavar="E",
    help="More draws until the largest standard error is E, e.g. 0.002.",
)
@click.option("--brief", is_flag=True, help="The sentence and the table alone.")
@with_options(SHOWN)
def expect(
    dossier: str, until_error: float | None, brief: bool, as_json: bool, chart: Any, **given: Any
) -> None:
    """Forecast what a negotiation will bring, and why.

    DOSSIER is the name of a bundled dossier (such as hanoi-2019) or a path.
    """
    from summitry.analysis.expect import expect as ask
    from summitry.report.charts.forecast import forecast_chart
    from summitry.report.forecast import page

    doing = "playing the draws"

    def tell(draws: int, error: float) -> None:
        nonlocal doing
        doing = f"playing the draws (largest standard error {error:.4f} after {draws:,})"

    answer(
        lambda advance: ask(
            dossier,
            until_error=until_error,
            running=tell,
            progress=lambda done, total: advance(done, total, doing),
            **asked(given),
        ),
        lambda forecast: page(forecast, brief=brief),
        forecast_chart,
        as_json,
        chart,
        doing,
    )
