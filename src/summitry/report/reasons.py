"""The reasons of a forecast: obstacles, packages, reservation values, signals."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.forecast import Forecast
from summitry.report.frame import titles
from summitry.report.style import Table, percent, plain_table

SIGNALS = 6
PACKAGES = 5
OBSTACLES = {
    "interests": "interests",
    "veto": "veto",
    "commitment": "commitment",
    "holding-out": "holding out",
    "not-reached": "not reached",
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


def afterwards_lines(forecast: Forecast) -> Iterator[Text]:
    """What becomes of what is signed: who stops where, and what an outside body refuses."""
    expected = forecast.rounds[forecast.round]
    lost = []
    for tier, shares in reversed(list(expected.afterwards.items())):
        signed = expected.at_least[tier].model
        if signed > 0 and sum(shares.values()) > 0.005 * signed:
            told = ", ".join(
                f"{word} {percent(shares[name] / signed)}"
                for name, word in (("outside-consent", "refused outside"), ("stopped", "stopped"))
                if shares[name] > 0
            )
            lost.append(f"{forecast.tier_titles[tier]}: {told}")
    if lost:
        yield Text(
            f"Of what is signed at least at a tier (model), not carried out: {'; '.join(lost)}."
        )
    if forecast.stops:
        stops = "; ".join(
            f"{' and '.join(forecast.names[p] for p in stop.parties)} at "
            f"{titles(stop.step, forecast.names)} {percent(stop.probability)}"
            for stop in forecast.stops
        )
        yield Text(f"Who would stop, and before which step: {stops}.")


def commitments_table(forecast: Forecast) -> Table:
    """Each commitment's chance of being signed, and of being done."""
    table = plain_table("Each commitment: signed, and carried out")
    table.add_column("commitment")
    table.add_column("signed", justify="right")
    table.add_column("carried out", justify="right")
    ranked = sorted(forecast.commitments.items(), key=lambda item: -item[1].signed)
    for name, one in ranked:
        table.add_row(forecast.names[name], percent(one.signed), percent(one.carried_out))
    return table


def packages_table(forecast: Forecast) -> Table:
    """The most likely packages with the first steps of their roadmap."""
    table = plain_table("Most likely packages, and how they would begin")
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
