"""The record's scores on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summitry.ledger.bootstrap import Mean
from summitry.ledger.calibration import Calibration
from summitry.ledger.scores import Pair, Scores, Standing
from summitry.report.style import plain_table

MOST = 20
STANDINGS = {
    "ahead": "Recorded before the day of the outcome",
    "replay": "Replays: recorded on the day of the outcome or later, which proves no foresight",
}
NAMES = {"ranked": "ranked probability", "brier": "Brier", "logarithmic": "logarithmic"}


def page(scores: Scores) -> Group:
    """How good the forecasts were: each standing apart, beside chance, past cases and rivals."""
    return Group(*_parts(scores))


def _parts(scores: Scores) -> Iterator[RenderableType]:
    yield Text("The record", style="bold")
    waiting = scores.questions - scores.resolved
    yield Text(
        f"{counted(scores.entries, 'entry', 'entries')}: {counted(scores.forecasts, 'forecast')} of "
        f"{counted(scores.questions, 'question')}, {scores.resolved:,} resolved, {waiting:,} waiting"
    )
    yield Text(f"head {scores.head[:12]} of {scores.place}", style="dim", no_wrap=True,
               overflow="ignore")  # fmt: skip
    yield Text(f"intervals: central 95 % of {scores.resamples:,} bootstraps by question, seed "
               f"{scores.seed}", style="dim")  # fmt: skip
    if not scores.standings and not scores.idle:
        yield Text("Nothing to score yet: a question needs a forecast and `summitry resolve`.")
    if scores.idle or scores.idle_rivals:
        yield Text(f"Stood on no day before the outcome, and not scored: "
                   f"{counted(scores.idle, 'forecast')} of ours, {scores.idle_rivals:,} of "
                   "others.")  # fmt: skip
    if scores.corrected_late:
        yield Text(f"{scores.corrected_late} corrections came when the outcome could be known: they "
                   "changed no score.")  # fmt: skip
    for standing in scores.standings:
        yield Text()
        yield from _standing(standing, scores.floor)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 forecast, 2 forecasts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _standing(standing: Standing, floor: float) -> Iterator[RenderableType]:
    yield Text(STANDINGS[standing.standing], style="bold")
    yield _measures(standing)
    yield Text(f"Smaller is better; ranked in [0, 1], Brier in [0, 2], logarithmic in nats with a "
               f"floor of {floor:g} (met {counted(standing.floored, 'time')}); skill: 1 is perfect, 0 no better "
               "than that.", style="dim")  # fmt: skip
    yield Text()
    yield _thresholds(standing)
    if standing.rivals:
        yield Text()
        yield _rivals(standing.rivals)
    yield Text()
    yield _calibration(standing.calibration)
    if len(standing.questions) <= MOST:
        yield Text()
        yield _questions(standing)


def _measures(standing: Standing) -> Table:
    table = plain_table("")
    for title in ("when", "score"):
        table.add_column(title)
    for title in ("n", "mean", "skill over past cases", "over chance"):
        table.add_column(title, justify="right")
    last = ""
    for one in standing.measures:
        when = one.when if one.when != last else ""
        last = one.when
        table.add_row(when, NAMES[one.score], f"{one.mean.n:,}", _mean(one.mean),
                      _mean(one.against_reference, "+.2f"), _mean(one.against_uniform, "+.2f"))  # fmt: skip
    return table


def _mean(mean: Mean | None, form: str = ".3f") -> str:
    if mean is None:
        return "-"
    if mean.low is None or mean.high is None:
        return f"{mean.value:{form}}"
    return f"{mean.value:{form}} ({mean.low:{form}} to {mean.high:{form}})"


def _thresholds(standing: Standing) -> Table:
    table = plain_table("Threshold by threshold")
    table.add_column("at least outcome")
    table.add_column("n", justify="right")
    table.add_column("Brier, averaged", justify="right")
    for one in standing.thresholds:
        named = f" ({one.tier})" if one.tier else ""
        table.add_row(f"{one.threshold}{named}", f"{one.mean.n:,}", _mean(one.mean))
    return table


def _rivals(rivals: Sequence[Pair]) -> Table:
    table = plain_table("Beside rivals, on the same questions and days")
    table.add_column("rival")
    table.add_column("score")
    for title in ("n", "ours", "theirs", "difference (below 0: ours better)"):
        table.add_column(title, justify="right")
    for pair in rivals[:MOST]:
        table.add_row(pair.by, pair.score, str(pair.difference.n), f"{pair.ours:.3f}",
                      f"{pair.theirs:.3f}", _mean(pair.difference, "+.3f"))  # fmt: skip
    return table


def _calibration(found: Sequence[Calibration]) -> Table:
    table = plain_table("Calibration of each question's last forecast")
    table.add_column("at least outcome")
    for title in ("n", "stated", "came about (90 %)", "miscalibration", "discrimination",
                  "uncertainty"):  # fmt: skip
        table.add_column(title, justify="right")
    for one in found:
        table.add_row(*_calibrated(one))
    return table


def _calibrated(one: Calibration) -> Iterator[str]:
    yield str(one.threshold)
    yield f"{one.n:,}"
    yield f"{one.stated:.2f}"
    yield f"{one.came_about:.2f} ({one.low:.2f} to {one.high:.2f})"
    if one.miscalibration is None:
        yield "too few for a curve"
        return
    yield f"{one.miscalibration:.4f}"
    yield f"{one.discrimination:.4f}"
    yield f"{one.uncertainty:.4f}"


def _questions(standing: Standing) -> Table:
    table = plain_table("Question by question: ranked probability score")
    table.add_column("question", ratio=1)
    table.add_column("outcome")
    leads = list(standing.questions[0].leads)
    for title in ("averaged", *leads):
        table.add_column(title, justify="right")
    for one in standing.questions:
        told = (one.leads[lead] for lead in leads)
        table.add_row(
            f"{one.title} ({one.date})", one.outcome, f"{one.ranked:.3f}",
            *("-" if value is None else f"{value:.3f}" for value in told),
        )  # fmt: skip
    return table
