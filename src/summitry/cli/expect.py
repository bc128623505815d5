"""The command `expect`."""

from __future__ import annotations

import json
from typing import Any

import click

from summitry.cli.options import AS_OF, MODEL, asked, with_options
from summitry.cli.progress import progress_bar

DRAWING = "drawing the numbers"


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

    doing = "playing the draws"

    def tell(draws: int, error: float) -> None:
        nonlocal doing
        doing = f"playing the draws (largest standard error {error:.4f} after {draws:,})"

    with progress_bar(doing) as advance:
        forecast = ask(
            dossier,
            until_error=until_error,
            running=tell,
            progress=lambda done, total: advance(done, total, doing if done else DRAWING),
            **asked(given),
        )
    if as_json:
        click.echo(json.dumps(forecast.to_dict(), indent=2, ensure_ascii=False, allow_nan=False))
        return
    from summitry.report.forecast import page
    from summitry.report.style import console

    console().print(page(forecast))
