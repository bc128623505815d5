"""What is to be expected on each issue, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.positions.answer import Positions
from summitry.analysis.positions.issue import IssueForecast
from summitry.report.frame import head
from summitry.report.issue_forecast import issue_parts
from summitry.report.numbers import figure
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet
from summitry.report.trading import trading_parts

IN_FULL = 3
NEAR = 0.025  # of the scale
LONGEST = 32
COLUMNS = {
    "summitry": "summitry", "compromise": "compromise", "pce-markov": "PCE, Markov",
    "mean": "mean", "nash": "Nash", "ktab": "KTAB", "exchange": "exchange",
    "weighted-median": "weighted median", "challenge-replicated": "challenge",
}  # fmt: skip


def page(answer: Positions) -> Page:
    """All issues in a table, then each in full (a few) or all models side by side (many)."""
    return sheet(_parts(answer))


def _parts(answer: Positions) -> Iterator[Part]:
    run = (
        f"{answer.about.draws:,} draws of the uncertain numbers"
        if answer.uncertain
        else "no number is uncertain"
    )
    yield from head(answer.about, "What is to be expected on each issue?", run)
    yield summary_table(answer)
    yield Text(
        "Expected: the median of the forecast. Settled: the probability that the outcome is the "
        "very position of some party.",
        style="dim",
    )
    if len(answer.issues) <= IN_FULL:
        for issue in answer.issues:
            yield from issue_parts(issue, answer)
    else:
        yield Text()
        yield models_table(answer)
        yield Text("One issue in full, with who pulls it where: --issue NAME.", style="dim")
    if answer.trading is not None:
        yield from trading_parts(answer.trading, answer)
    yield Text()
    yield from _notes(answer)


def summary_table(answer: Positions) -> Table:
    """A line an issue: where, how sure, what that means."""
    resolved = any(issue.resolution is not None for issue in answer.issues)
    table = plain_table("The forecast")
    table.add_column("issue")
    for title in ("expected", "middle half", "nine of ten", "settled"):
        table.add_column(title, justify="right")
    if resolved:
        table.add_column("outcome", justify="right")
    table.add_column("meaning")
    for issue in answer.issues:
        outcome = "" if issue.resolution is None else figure(issue.resolution)
        table.add_row(
            issue.title,
            Text(figure(issue.point), style="bold"),
            span(issue.interval_50),
            span(issue.interval_90),
            percent(issue.settled),
            *([outcome] if resolved else []),
            meaning(issue, issue.point),
        )
    return table


def span(ends: tuple[float, float]) -> str:
    """Two places as `10 to 30`."""
    return f"{figure(ends[0])} to {figure(ends[1])}"


def meaning(issue: IssueForecast, place: float) -> str:
    """What the scale says at a place: the label there, or the two it lies between."""
    labels = sorted(issue.scale, key=float)
    at = min(labels, key=lambda name: abs(float(name) - place))
    if abs(float(at) - place) <= NEAR * (issue.high - issue.low):
        return f"{at}: {issue.scale[at]}"
    below = max((name for name in labels if float(name) < place), key=float)
    above = min((name for name in labels if float(name) > place), key=float)
    low, high = (_short(issue.scale[name]) for name in (below, above))
    return f"between {below} ({low}) and {above} ({high})"


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"


def models_table(answer: Positions) -> Table:
    """All issues by the models, each model with its error on resolved issues."""
    first = answer.issues[0]
    error = {one.model: one.error / (first.high - first.low) for one in first.models}
    shown = [name for name in COLUMNS if name in error]
    table = plain_table("Models side by side, with their mean error in per cent of the scale")
    table.add_column("issue")
    for name in shown:
        table.add_column(f"{COLUMNS[name]} ± {100 * error[name]:.1f}", justify="right")
    for issue in answer.issues:
        places = {one.model: figure(one.place) for one in issue.models}
        table.add_row(issue.title, *(places.get(name, "") for name in shown))
    return table


def _notes(answer: Positions) -> Iterator[Part]:
    yield Text(
        f"Errors: measured on up to {answer.measured_on} resolved issues of European Union "
        "legislation (`summitry backtest positions` measures them); the forecast's own with whole "
        "proposals left out. Other talks may be harder or easier.",
        style="dim",
    )
    if answer.uncertain:
        yield Text(
            "Levers, contests, models and trades are told at the central values.", style="dim"
        )
    for default in answer.defaults:
        yield Text(f"Taken by default: {default}.", style="dim")
