"""A forecast on one page of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.forecast import Forecast
from summitry.report.reasons import (
    obstacles_table,
    packages_table,
    reservation_lines,
    signals_table,
)
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet


def page(forecast: Forecast) -> Page:
    """The whole answer: probabilities first, then the reasons, then what to distrust."""
    return sheet(_parts(forecast))


def _parts(forecast: Forecast) -> Iterator[Part]:
    yield Text(forecast.title, style="bold")
    if forecast.question:
        yield Text(forecast.question)
    yield Text(_frame(forecast), style="dim")
    yield Text()
    yield rounds_table(forecast)
    yield _detail(forecast)
    yield detail_table(forecast)
    yield obstacles_table(forecast)
    yield packages_table(forecast)
    yield _commitments(forecast)
    yield _movers(forecast)
    yield from reservation_lines(forecast)
    yield signals_table(forecast)
    yield _types(forecast)
    yield _naive(forecast)
    yield _defaults(forecast)
    for assumption in forecast.assumptions:
        if assumption.startswith(("Structure", "Protocol")):
            yield Text(assumption, style="italic")
    for warning in forecast.warnings:
        yield Text(f"! {warning}", style="yellow")


def _frame(forecast: Forecast) -> str:
    changed = f", with {', '.join(forecast.changes)}" if forecast.changes else ""
    if forecast.until_error is not None:
        changed += f", until the largest error was {100 * forecast.until_error:g} %"
    return (
        f"as of {forecast.as_of}, protocol {forecast.protocol}, {forecast.draws:,} draws for each "
        f"of {forecast.strata} combinations of types, seed {forecast.seed}{changed}"
    )


def rounds_table(forecast: Forecast) -> Table:
    """The pooled probability of each outcome by the end of each round."""
    table = plain_table("What is to be expected (pooled; highest outcome by the end of the round)")
    table.add_column("outcome")
    for number, expected in enumerate(forecast.rounds, start=1):
        name = f"{number}. {expected.title or 'round'}"
        table.add_column(f"{name}\n{expected.date or ''}", justify="right")
    for tier in reversed(forecast.tiers):
        cells = []
        for expected in forecast.rounds:
            error = expected.standard_error["pooled"][tier]
            cells.append(f"{percent(expected.pooled[tier])} ± {100 * error:.1f}")
        table.add_row(forecast.tier_titles[tier], *cells)
    return table


def _detail(forecast: Forecast) -> Text:
    expected = forecast.rounds[forecast.round]
    named = f": {expected.title}" if expected.title else ""
    when = f", {expected.date}" if expected.date else ""
    return Text(f"\nRound {forecast.round + 1}{named}{when}", style="bold")


def detail_table(forecast: Forecast) -> Table:
    """Model, reference classes and pool of one round side by side, in numbers and words."""
    expected = forecast.rounds[forecast.round]
    table = plain_table("")
    table.add_column("outcome")
    for name in ("model", "classes", "linear", "pooled"):
        table.add_column(name, justify="right")
    table.add_column("ICD 203")
    for tier in reversed(forecast.tiers):
        missed = "< " if tier in expected.bounds and expected.model[tier] < 0.5 else ""
        error = expected.standard_error["model"][tier]
        model = f"{missed}{percent(error if missed else expected.model[tier])}"
        table.add_row(
            forecast.tier_titles[tier],
            model if missed else f"{model} ± {100 * error:.1f}",
            percent(expected.classes[tier]) if expected.classes else "-",
            percent(expected.linear[tier]),
            Text(percent(expected.pooled[tier]), style="bold"),
            expected.words[tier],
        )
    return table


def _commitments(forecast: Forecast) -> Text:
    ranked = sorted(forecast.commitments.items(), key=lambda item: -item[1])
    told = "; ".join(f"{forecast.names[name]} {percent(p)}" for name, p in ranked)
    return Text(f"Each commitment, in the model: {told}.")


def _movers(forecast: Forecast) -> Text:
    if not forecast.first_movers:
        return Text("Nobody moves alone: no draw agrees on more than joint steps.")
    told = ", ".join(
        f"{' and '.join(forecast.names[p] for p in movers.split(' + '))} {share:.0%}"
        for movers, share in forecast.first_movers.items()
    )
    return Text(f"Who moves first alone, by the roadmaps that ask for least trust: {told}.")


def _types(forecast: Forecast) -> Text:
    lines = []
    for party, types in forecast.types.items():
        told = ", ".join(
            f"{kind} {types.prior[kind]:.0%} → {types.posterior[kind]:.0%}" for kind in types.prior
        )
        lines.append(
            f"{forecast.names[party]}: {told}; its signals count as "
            f"{types.effective_signals:.1f} independent ones."
        )
    return Text("\n".join(lines))


def _naive(forecast: Forecast) -> Text:
    if not forecast.signals:
        return Text("No signal counts: the types are those of the prior.")
    titles = forecast.tier_titles
    told = "; ".join(f"{titles[tier]} {percent(p)}" for tier, p in forecast.independent.items())
    return Text(f"Had all signals been taken as independent and certain: {told}.")


def _defaults(forecast: Forecast) -> Text:
    if not forecast.defaults:
        return Text("Every number is the dossier's own.")
    told = ", ".join(f"{d.path} = {d.value}" for d in forecast.defaults[:8])
    more = len(forecast.defaults) - 8
    return Text(f"Defaults leaned on: {told}{f' and {more} more' if more > 0 else ''}.")
