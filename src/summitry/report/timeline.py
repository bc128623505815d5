"""The forecast date by date, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.timeline import Moment, Timeline
from summitry.report.frame import dated, head, titles
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet


def page(timeline: Timeline) -> Page:
    """The replay table, then the forecasts of others beside ours."""
    return sheet(_parts(timeline))


def _parts(timeline: Timeline) -> Iterator[Part]:
    title = timeline.round_title or "the round"
    yield from head(
        timeline.about, f"The forecast of {dated(title, timeline.round_date)}, replayed"
    )
    yield replay_table(timeline)
    largest = max(max(m.standard_error.values()) for m in timeline.moments)
    yield Text(
        "Pooled probabilities, per cent; under the news what leaving it out that day would change "
        "in the outcome it moves most. All dates share their draws: the error of each number "
        f"is up to {100 * largest:.1f} points, that of a change far less."
    )
    yield Text(
        f"Structure as of {timeline.structure_as_of}: the numbers were written then; earlier dates "
        "are a replay of the signals alone, to be scored apart.",
        style="italic",
    )
    if timeline.rivals:
        yield Text()
        yield rivals_table(timeline)
        yield from _others(timeline)


def replay_table(timeline: Timeline) -> Table:
    """One row a date: the forecast, and what became known."""
    table = plain_table("")
    table.add_column("date")
    for tier in timeline.tiers:
        table.add_column(timeline.about.tier_titles[tier], justify="right")
    table.add_column("became known")
    for moment in timeline.moments:
        cells = [f"{100 * moment.pooled[tier]:.1f}" for tier in timeline.tiers]
        table.add_row(str(moment.date), *cells, _news(timeline, moment))
    return table


def _news(timeline: Timeline, moment: Moment) -> str:
    told = []
    for news in moment.news:
        tier = max(timeline.tiers, key=lambda name: abs(news.pull[name]))
        pull = 100 * news.pull[tier]
        moved = (
            f"{timeline.about.tier_titles[tier]} {pull:+.2f}"
            if abs(pull) >= 0.005
            else "moves nothing"
        )
        told.append(f"{news.id} {news.says} [{news.grade}; {moved}]")
    return "\n".join(told)


def rivals_table(timeline: Timeline) -> Table:
    """Others' forecasts of the same question beside ours of the same date."""
    table = plain_table("What others said, where they answer the same question")
    table.add_column("date")
    table.add_column("by")
    table.add_column("as stated")
    table.add_column("speaks of")
    table.add_column("theirs", justify="right")
    table.add_column("ours", justify="right")
    for rival in timeline.rivals:
        if rival.ours is None:
            continue
        theirs = "no number" if rival.probability is None else percent(rival.probability)
        table.add_row(
            str(rival.date), rival.by, rival.as_stated or "",
            titles(rival.tiers, timeline.about.tier_titles), theirs, percent(rival.ours),
        )  # fmt: skip
    return table


def _others(timeline: Timeline) -> Iterator[Part]:
    """Those that ask something else, counted by why."""
    reasons: dict[str, int] = {}
    for rival in timeline.rivals:
        if rival.differs:
            reasons[rival.differs] = reasons.get(rival.differs, 0) + 1
    if reasons:
        total = sum(reasons.values())
        told = "; ".join(f"{why} ({number})" for why, number in reasons.items())
        yield Text(f"{total} more statements answer another question: {told}.")
