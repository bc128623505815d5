"""The record's scores on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from summitry.ledger.bootstrap import Mean
from summitry.ledger.calibration import Calibration
from summitry.ledger.scores import Pair, Scores, Standing
from summitry.report.style import Page, Part, Table, plain_table, sheet

MOST = 20
STANDINGS = {
    "ahead": "Recorded before the day of the outcome",
    "replay": "Replays: recorded on the day of the outcome or later, which proves no foresight",
}
NAMES = {"ranked": "ranked probability", "brier": "Brier", "logarithmic": "logarithmic"}


def page(scores: Scores) -> Page:
    """How good the forecasts were: each standing apart, beside chance, past cases and rivals."""
    return sheet(_parts(scores))


def _parts(scores: Scores) -> Iterator[Part]:
    yield Text("The record", style="bold")
    waiting = scores.questions - scores.resolved
    yield Text(
        f"{counted(scores.entries, 'entry', 'entries')}: {counted(scores.forecasts, 'forecast')} of "
        f"{counted(scores.questions, 'question')}, {scores.resolved:,} resolved, {waiting:,} waiting"
    )
    yield Text(f"head {scores.head[:12]} of {scores.place}", style="dim")
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
        yield from _standing(standing, scores.floor, scores.titles)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 forecast, 2 forecasts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _standing(standing: Standing, floor: float, titles: Mapping[str, str]) -> Iterator[Part]:
    yield Text(STANDINGS[standing.standing], style="bold")
    yield _measures(standing)
    yield Text(f"Smaller is better; ranked in [0, 1], Brier in [0, 2], logarithmic in nats with a "
               f"floor of {floor:g} (met {counted(standing.floored, 'time')}); skill: 1 is perfect, 0 no better "
               "than that.", style="dim")  # fmt: skip
    yield Text()
    yield _thresholds(standing, titles)
    if standing.rivals:
        yield Text()
        yield _rivals(standing.rivals)
    yield Text()
    yield _calibration(standing, titles)
    if len(standing.questions) <= MOST:
        yield Text()
        yield _questions(standing, titles)


def _measures(standing: Standing) -> Table:
    table = plain_table("", grouped=1)
    for title in ("when", "score"):
        table.add_column(title)
    for title in ("n", "mean", "skill over past cases", "over chance"):
        table.add_column(title, justify="right")
    for one in standing.measures:
        table.add_row(one.when, NAMES[one.score], f"{one.mean.n:,}", _mean(one.mean),
                      _mean(one.against_reference, "+.2f"), _mean(one.against_uniform, "+.2f"))  # fmt: skip
    return table


def _mean(mean: Mean | None, form: str = ".3f") -> str:
    if mean is None:
        return "-"
    if mean.low is None or mean.high is None:
        return f"{mean.value:{form}}"
    return f"{mean.value:{form}} ({mean.low:{form}} to {mean.high:{form}})"


def threshold_names(standing: Standing, titles: Mapping[str, str]) -> dict[int, str]:
    """What "at least outcome 1, 2, ..." means; the number alone where questions differ in it."""
    return {
        one.threshold: titles.get(one.tier, one.tier) if one.tier else f"outcome {one.threshold}"
        for one in standing.thresholds
    }


def _thresholds(standing: Standing, titles: Mapping[str, str]) -> Table:
    table = plain_table("Threshold by threshold")
    table.add_column("at least")
    table.add_column("n", justify="right")
    table.add_column("Brier, averaged", justify="right")
    names = threshold_names(standing, titles)
    for one in standing.thresholds:
        table.add_row(names[one.threshold], f"{one.mean.n:,}", _mean(one.mean))
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


def _calibration(standing: Standing, titles: Mapping[str, str]) -> Table:
    table = plain_table("Calibration of each question's last forecast")
    table.add_column("at least")
    for title in ("n", "stated", "came about (90 %)", "miscalibration", "discrimination",
                  "uncertainty"):  # fmt: skip
        table.add_column(title, justify="right")
    names = threshold_names(standing, titles)
    for one in standing.calibration:
        table.add_row(names[one.threshold], *_calibrated(one))
    return table


def _calibrated(one: Calibration) -> Iterator[str]:
    yield f"{one.n:,}"
    yield f"{one.stated:.2f}"
    yield f"{one.came_about:.2f} ({one.low:.2f} to {one.high:.2f})"
    if one.miscalibration is None:
        yield from ("too few for a curve", "", "")
        return
    yield f"{one.miscalibration:.4f}"
    yield f"{one.discrimination:.4f}"
    yield f"{one.uncertainty:.4f}"


def _questions(standing: Standing, titles: Mapping[str, str]) -> Table:
    table = plain_table("Question by question: ranked probability score")
    table.add_column("question")
    table.add_column("outcome")
    leads = list(standing.questions[0].leads)
    for title in ("averaged", *leads):
        table.add_column(title, justify="right")
    for one in standing.questions:
        told = (one.leads[lead] for lead in leads)
        table.add_row(
            f"{one.title} ({one.date})", titles.get(one.outcome, one.outcome), f"{one.ranked:.3f}",
            *("-" if value is None else f"{value:.3f}" for value in told),
        )  # fmt: skip
    return table
