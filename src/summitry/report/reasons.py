"""The reasons of a forecast: obstacles, packages, reservation values, signals."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.analysis.forecast import Forecast
from summitry.report.frame import titles
from summitry.report.style import Table, percent, plain_table

SIGNALS = 6
PACKAGES = 5
OBSTACLES = {
    "interests": "interests",
    "veto": "veto",
    "commitment": "commitment",
    "information": "information",
    "left-on-the-table": "left on the table",
    "settled-lower": "settled lower",
}


def obstacles_table(forecast: Forecast) -> Table:
    """For each tier what keeps it, or a higher one, from being reached."""
    table = plain_table("What stands in the way of at least ... (model)")
    table.add_column("outcome")
    table.add_column("reached", justify="right")
    for title in OBSTACLES.values():
        table.add_column(title, justify="right")
    for tier, shares in reversed(list(forecast.rounds[forecast.round].obstacles.items())):
        reached = 1.0 - sum(shares.values())
        table.add_row(
            forecast.tier_titles[tier],
            percent(max(reached, 0.0)),
            *(percent(shares[name]) for name in OBSTACLES),
        )
    return table


def packages_table(forecast: Forecast) -> Table:
    """The most likely packages with the first steps of their roadmap."""
    table = plain_table("Most likely packages (model), and how they would begin")
    table.add_column("probability", justify="right")
    table.add_column("package")
    table.add_column("first steps")
    names = forecast.names
    for package in forecast.packages[:PACKAGES]:
        steps = " → ".join(titles(step, names, " ⇄ ") for step in package.first_steps)
        table.add_row(percent(package.probability), titles(package.commitments, names), steps)
    return table


def reservation_lines(forecast: Forecast) -> Iterator[Table]:
    """How no agreement hangs on what each principal has without one."""
    shares = list(dict.fromkeys(row.share for row in forecast.reservation))
    table = plain_table(
        "No agreement (model), if what a principal has without one were worth more or less"
    )
    table.add_column("shift, as a share of its best package")
    for share in shares:
        table.add_column(f"{share:+.0%}" if share else "0", justify="right")
    for party in dict.fromkeys(row.party for row in forecast.reservation):
        rows = [row for row in forecast.reservation if row.party == party]
        cells = [f"{percent(row.none)} ± {100 * row.standard_error:.0f}" for row in rows]
        table.add_row(forecast.names[party], *cells)
    yield table


def signals_table(forecast: Forecast) -> Table:
    """The signals whose absence would change most."""
    table = plain_table(
        f"Signals with the largest pull, of {len(forecast.signals)} that count (points of "
        "probability, pooled)"
    )
    table.add_column("known")
    table.add_column("signal")
    table.add_column("grade")
    table.add_column("no agreement", justify="right")
    table.add_column("most moved")
    for signal in forecast.signals[:SIGNALS]:
        tier = max(forecast.tiers[1:], key=lambda name: abs(signal.pull[name]))
        table.add_row(
            str(signal.known_at),
            signal.says,
            signal.grade,
            f"{100 * signal.pull['none']:+.2f}",
            f"{forecast.tier_titles[tier]} {100 * signal.pull[tier]:+.2f}",
        )
    return table
