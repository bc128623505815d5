"""A forecast on one page of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.forecast import Forecast, RoundForecast
from summitry.evidence.words import icd203
from summitry.report.frame import dated
from summitry.report.reasons import (
    afterwards_lines,
    commitments_table,
    obstacles_table,
    packages_table,
    reservation_lines,
    signals_table,
)
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

DEFAULTS = 8


def page(forecast: Forecast, *, brief: bool = False) -> Page:
    """The whole answer: the sentence and the probabilities, the reasons, what to distrust.

    `brief`: the sentence and the table alone.
    """
    return sheet(_brief(forecast) if brief else _parts(forecast))


def _brief(forecast: Forecast) -> Iterator[Part]:
    yield Text(forecast.title, style="bold")
    if forecast.question:
        yield Text(forecast.question)
    yield Text()
    yield sentence(forecast)
    yield Text()
    yield rounds_table(forecast)
    yield Text(_small_print(forecast), style="dim")


def _parts(forecast: Forecast) -> Iterator[Part]:
    yield from _brief(forecast)
    yield _detail(forecast)
    yield obstacles_table(forecast)
    yield from afterwards_lines(forecast)
    yield from _movers(forecast)
    yield packages_table(forecast)
    yield commitments_table(forecast)
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


def sentence(forecast: Forecast) -> Text:
    """The answer in words: the likeliest outcome, and the next step up, with their doubt."""
    expected = forecast.rounds[forecast.round]
    likeliest = max(forecast.tiers, key=lambda tier: expected.pooled[tier])
    above = forecast.tiers[forecast.tiers.index(likeliest) + 1 :]
    nothing_more = ", nothing more" if above and likeliest != "none" else ""
    told = (
        f"Most likely: {forecast.tier_titles[likeliest]}{nothing_more} "
        f"({_doubted(expected, likeliest)})."
    )
    if above:
        at_least = expected.at_least[above[0]]
        told += (
            f" At least {forecast.tier_titles[above[0]]}: {percent(at_least.pooled)}, "
            f"{at_least.word}."
        )
    if likeliest != "none":
        none = expected.pooled["none"]
        told += f" No agreement: {_doubted(expected, 'none')}, {icd203(none)}."
    return Text(told, style="bold")


def _doubted(expected: RoundForecast, tier: str) -> str:
    told = percent(expected.pooled[tier])
    if tier not in expected.analysts:
        return told
    low, high = expected.analysts[tier]
    return f"{told}; other analysts with these ranges: {100 * low:.0f} to {100 * high:.0f}"


def rounds_table(forecast: Forecast) -> Table:
    """By round how likely at least each outcome is, by whom, and how much is carried out."""
    table = plain_table(
        "How likely at least each outcome is by the end of each round; of it, carried out",
        grouped=1,
    )
    table.add_column("by the end of")
    table.add_column("at least")
    for heading in ("history\nsays", "the model\nsays", "together", "other\nanalysts"):
        table.add_column(heading, justify="right")
    table.add_column("in words (ICD 203)")
    table.add_column("carried\nout", justify="right")
    for number, expected in enumerate(forecast.rounds, start=1):
        named = dated(f"{number}. {expected.title or 'round'}", expected.date)
        for tier in reversed(forecast.tiers[1:]):
            one = expected.at_least[tier]
            table.add_row(
                named,
                forecast.tier_titles[tier],
                "" if one.classes is None else percent(one.classes),
                _model(expected, tier, one.model),
                Text(percent(one.pooled), style="bold"),
                "" if one.low is None else f"{100 * one.low:.0f} to {100 * (one.high or 0):.0f} %",
                one.word,
                percent(one.carried_out),
            )
        none = expected.analysts.get("none")
        table.add_row(
            named,
            "(no agreement)",
            percent(expected.classes["none"]) if expected.classes else "",
            _model(expected, "none", expected.model["none"]),
            Text(percent(expected.pooled["none"]), style="bold"),
            f"{100 * none[0]:.0f} to {100 * none[1]:.0f} %" if none else "",
            expected.words["none"],
            "",
        )
    return table


def _model(expected: RoundForecast, tier: str, value: float) -> str:
    if tier in expected.bounds and value < 0.5:
        return f"< {percent(expected.standard_error['model'][tier])}"
    return percent(value)


def _small_print(forecast: Forecast) -> str:
    error = max(one.standard_error for e in forecast.rounds for one in e.at_least.values())
    changed = f", with {', '.join(forecast.changes)}" if forecast.changes else ""
    if forecast.until_error is not None:
        changed += f", until the largest error was {100 * forecast.until_error:g} %"
    when = f"as of {forecast.as_of}, " if forecast.as_of else ""
    return (
        "Other analysts: the central 80 % of 32 who take every number from the same ranges. The dice's "
        f"standard error is at most {100 * error:.1f} points. {when[:1].upper()}{when[1:]}protocol "
        f"{forecast.protocol}, {forecast.draws:,} draws for each of {forecast.strata} combinations of "
        f"types, seed {forecast.seed}{changed}."
    )


def _detail(forecast: Forecast) -> Text:
    expected = forecast.rounds[forecast.round]
    named = f": {expected.title}" if expected.title else ""
    when = f", {expected.date}" if expected.date else ""
    return Text(f"\nWhy: round {forecast.round + 1}{named}{when}", style="bold")


def _movers(forecast: Forecast) -> Iterator[Text]:
    if not forecast.first_movers:
        yield Text("Nobody moves alone: no draw agrees on more than joint steps.")
        return
    names = forecast.names
    for mover in forecast.first_movers:
        who = " and ".join(names[party] for party in mover.parties)
        doubted = ", ".join(
            f"{names[party]} ({percent(share)})" for party, share in mover.doubted.items()
        )
        trust = (
            f"; would have to trust {doubted}, who could gain by stopping later, with at least "
            f"{mover.trust_asked:.2f} (median)"
            if doubted and mover.trust_asked > 0
            else f"; could be left by {doubted}, at no loss of its own in the median"
            if doubted
            else "; nobody would gain by stopping later"
        )
        yield Text(
            f"First to move alone, where a deal takes more than joint steps: {who} in "
            f"{percent(mover.share)}{trust}."
        )


def _types(forecast: Forecast) -> Text:
    lines = []
    for party, types in forecast.types.items():
        told = ", ".join(
            f"{kind} {percent(types.prior[kind])} → {percent(types.posterior[kind])}"
            for kind in types.prior
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
    told = ", ".join(f"{d.path} = {d.value}" for d in forecast.defaults[:DEFAULTS])
    more = len(forecast.defaults) - DEFAULTS
    return Text(f"Defaults leaned on: {told}{f' and {more} more' if more > 0 else ''}.")
