"""How the models of positions on scales did, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.positions.backtest import Backtest
from summitry.analysis.positions.models import TITLES
from summitry.analysis.positions.scores import Difference
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

BARS = " ▁▂▃▄▅▆▇█"


def page(result: Backtest) -> Page:
    """The table of models, the paired differences, the calibration of the forecast."""
    return sheet(_parts(result))


def _parts(result: Backtest) -> Iterator[Part]:
    yield Text("Models of positions on scales, on resolved issues", style="bold")
    yield Text(
        f"{result.issues} issues of {result.proposals} proposals in {result.folder} with an "
        "outcome and at least three actors with position and salience; scales from 0 to 100"
    )
    yield Text(f"{result.resamples:,} resamples of proposals, seed {result.seed}", style="dim")
    yield Text()
    yield scores_table(result)
    yield Text(_how(result), style="dim")
    yield Text()
    yield differences_table(result)
    yield Text()
    yield Text(_calibration(result))


def scores_table(result: Backtest) -> Table:
    """A line a model, best CRPS first."""
    table = plain_table("")
    table.add_column("model")
    for title in (
        "n", "MAE", "median AE", "RMSE", "within 10", "CRPS", "in the 50 %", "in the 90 %",
        "log score",
    ):  # fmt: skip
        table.add_column(title, justify="right")
    for one in result.models:
        told = one.coverage_50 is not None and one.coverage_90 is not None
        table.add_row(
            Text(TITLES[one.model], style="bold" if one.model == "summitry" else ""),
            str(one.n),
            f"{one.mae:.2f}",
            f"{one.median_ae:.1f}",
            f"{one.rmse:.1f}",
            percent(one.within_10),
            f"{one.crps:.2f}",
            percent(one.coverage_50 or 0.0) if told else "",
            percent(one.coverage_90 or 0.0) if told else "",
            _log(one.log_score),
        )
    return table


def _log(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < float("inf") else "∞"


def _how(result: Backtest) -> str:
    seen = result.proposals - result.unseen
    left_out = f"{seen} proposals by constants fitted without them ({result.folds} folds)"
    new = f"{result.unseen} by the constants as shipped, which have not seen them"
    parts = [left_out] * (seen > 0) + [new] * (result.unseen > 0)
    return (
        f"summitry: {', '.join(parts)}; its point is the median. Models that tell a distribution "
        "have their mean as point; a bare point's CRPS is its error. Log score: minus the log of "
        "the probability of the outcome's whole point; lower is better, as everywhere but in "
        "`within 10` and the two intervals."
    )


def differences_table(result: Backtest) -> Table:
    """Each model less the one to beat, with 95 % intervals."""
    table = plain_table("Against the model to beat (below 0: better), 95 % over proposals")
    table.add_column("model")
    table.add_column("error less that of the compromise", justify="right")
    table.add_column("CRPS less that of the Markov election", justify="right")
    paired = {(one.model, one.measure): one for one in result.paired}
    for one in result.models:
        cells = [_difference(paired.get((one.model, measure))) for measure in ("mae", "crps")]
        table.add_row(TITLES[one.model], *cells)
    return table


def _difference(one: Difference | None) -> str:
    if one is None:
        return ""
    sure = " *" if one.low > 0 or one.high < 0 else "  "
    return f"{one.difference:+.2f} [{one.low:+.2f}, {one.high:+.2f}]{sure}"


def _calibration(result: Backtest) -> str:
    top = max([*result.calibration, 0.2])
    bars = "".join(BARS[round((len(BARS) - 1) * share / top)] for share in result.calibration)
    shares = ", ".join(percent(share) for share in result.calibration)
    return (
        f"Calibration of summitry {bars}: outcomes in each tenth of their forecast ({shares}); "
        "a tenth each if calibrated. * the interval excludes 0."
    )
