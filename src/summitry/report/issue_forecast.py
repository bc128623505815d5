"""One issue in full: the parties and their levers, contests of places, models, the vote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from summitry.analysis.positions.answer import Positions
from summitry.analysis.positions.issue import IssueForecast
from summitry.analysis.positions.pulls import Contest
from summitry.report.numbers import figure
from summitry.report.style import Part, Table, percent, plain_table
from summitry.report.voting import voting_parts

BARS = " ▁▂▃▄▅▆▇█"


def issue_parts(issue: IssueForecast, answer: Positions) -> Iterator[Part]:
    """An issue with everything that is known of it."""
    names = answer.about.names
    yield Text()
    yield Text(issue.title, style="bold")
    yield Text(f"{figure(issue.low)} {_sparkline(issue.histogram)} {figure(issue.high)}")
    error = f" ± {issue.standard_error:.2f} (from the draws)" if issue.standard_error else ""
    yield Text(f"Expected {figure(issue.point)}; mean {figure(issue.mean)}{error}.")
    yield Text()
    yield parties_table(issue, names)
    yield Text(
        "Share: of all power x salience; the compromise moves by so much when the party moves by "
        "one. Then how the forecast's mean moves: if it took the next stated position below or above "
        "its own, if its salience doubled, if it did not care.",
        style="dim",
    )
    for contest in issue.contests:
        yield Text(_contest(contest, names))
    yield Text()
    yield models_table(issue)
    if issue.voting is not None:
        yield Text()
        yield from voting_parts(issue.voting, names)
    if issue.resolution is not None:
        yield Text(f"What came of it: {figure(issue.resolution)}.")


def parties_table(issue: IssueForecast, names: Mapping[str, str]) -> Table:
    """Who stands where, lowest first, and what each could move."""
    table = plain_table("Who pulls it where")
    table.add_column("party")
    for title in (
        "position", "salience", "power", "share", "from the forecast", "prevails",
        "step lower", "step higher", "cares twice", "cares not",
    ):  # fmt: skip
        table.add_column(title, justify="right")
    length = issue.high - issue.low
    for one in sorted(issue.parties, key=lambda party: party.position):
        table.add_row(
            names.get(one.party, one.party),
            figure(one.position),
            figure(one.salience),
            figure(one.power),
            percent(one.share),
            _signed(one.distance, length),
            percent(one.prevails),
            _signed(one.if_lower, length),
            _signed(one.if_higher, length),
            _signed(one.if_doubled, length),
            _signed(one.if_indifferent, length),
        )
    return table


def models_table(issue: IssueForecast) -> Table:
    """All models, least error first; the errors in this scale's units."""
    table = plain_table("Models side by side, with their record")
    table.add_column("model")
    for title in ("place", "mean error", "CRPS", "measured on"):
        table.add_column(title, justify="right")
    for one in issue.models:
        ours = one.model == "summitry"
        table.add_row(
            Text(one.title, style="bold" if ours else ""),
            figure(one.place),
            f"± {figure(one.error)}",
            figure(one.crps),
            f"{one.n} issues",
        )
    return table


def _signed(value: float | None, length: float) -> str:
    """A difference with its sign; what is under a two-thousandth of the scale's length is 0."""
    if value is None:
        return "-"
    if abs(value) < length / 2000:
        return "0"
    return f"{value:+.3g}" if abs(value) < 1000 else f"{value:+.0f}"


def _sparkline(histogram: Sequence[float]) -> str:
    """The distribution as a row of bars, the highest full; by roots, so that low bars show."""
    top = max(histogram) ** 0.5 or 1.0
    return "".join(BARS[round((len(BARS) - 1) * share**0.5 / top)] for share in histogram)


def _contest(contest: Contest, names: Mapping[str, str]) -> str:
    sides = (
        f"for it {_listed(contest.in_favour, names)}; for {figure(contest.other)} "
        f"{_listed(contest.against, names)}"
    )
    neither = f"; indifferent {_listed(contest.indifferent, names)}" if contest.indifferent else ""
    return (
        f"{figure(contest.place)} against {figure(contest.other)}: {percent(contest.strength)} of "
        f"the weight ({sides}{neither})."
    )


def _listed(parties: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(name, name) for name in parties) or "nobody"
