"""What moves the forecast, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from summitry.analysis.levers import Lever, Levers
from summitry.report.frame import head
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

MOST = 15
QUESTIONS = 8
UNSURE = 0.2


def page(levers: Levers) -> Page:
    """The tornado as a table, sensitivities, tipping points, and what to find out."""
    return sheet(_parts(levers))


def _parts(levers: Levers) -> Iterator[Part]:
    yield from head(levers.about, "Which numbers matter, and what is worth finding out?")
    yield swing_table(levers)
    yield Text(_how(levers))
    yield Text()
    yield sensitivity_table(levers)
    yield Text(
        "Shares of each outcome's variance in the model, per cent: first order (what the number "
        "and all that goes with it explain) / total (what would be left if all else were known); "
        "`?` where too few draws reach the outcome to tell."
    )
    yield Text()
    yield from tipping_parts(levers)
    yield Text()
    if levers.questions:
        yield questions_table(levers)
    else:
        yield Text("No single answer is worth more than the error of these draws.")


def swing_table(levers: Levers) -> Table:
    """The numbers with the largest swing between their ends."""
    what = "all outcomes" if len(levers.asked) > 1 else levers.about.tier_titles[levers.asked[0]]
    table = plain_table(f"Largest swing in {what} (pooled), from one end of a number to the other")
    table.add_column("number (from one end to the other)")
    for tier in levers.tiers:
        table.add_column(levers.about.tier_titles[tier], justify="right")
    for lever in levers.levers[:MOST]:
        cells = [
            f"{100 * lever.swing[tier]:+.1f}" if abs(lever.swing[tier]) >= 0.0005 else "0"
            for tier in levers.tiers
        ]
        table.add_row(between(lever, levers.about.names), *cells)
    return table


def between(lever: Lever, names: Mapping[str, str]) -> str:
    """What a number is called, with its two ends."""
    label = called(lever, names).removesuffix(" (or refuses)")
    return f"{label} ({lever.low_value} to {lever.high_value})"


def called(lever: Lever, names: Mapping[str, str]) -> str:
    """A number in words, the commitment that it is of by its title."""
    match lever.path.split("."):
        case (
            ["values", _, commitment]
            | ["types", *_, "scale", commitment]
            | ["commitments", commitment, *_]
        ):
            before, found, after = lever.label.rpartition(commitment)
            return f"{before}“{names[commitment]}”{after}" if found else lever.label
    return lever.label


def _how(levers: Levers) -> str:
    largest = max(
        (error for lever in levers.levers[:MOST] for error in lever.swing_error.values()),
        default=0.0,
    )
    return (
        f"Ends: 5 % and 95 %. The change is played again on {levers.rerun_draws} draws a "
        "combination of types with the same random numbers (standard errors up to "
        f"{100 * largest:.1f} points) and counted from the forecast on all draws; types are "
        "weighed anew on the draws at hand, which is exact."
    )


def sensitivity_table(levers: Levers) -> Table:
    """First-order and total shares of the variance of each outcome."""
    table = plain_table("Sensitivity")
    table.add_column("number")
    for tier in levers.tiers:
        table.add_column(levers.about.tier_titles[tier], justify="right")
    for lever in levers.levers[:MOST]:
        table.add_row(
            called(lever, levers.about.names),
            *(
                f"{_share(lever.first_order[tier], lever.first_order_error[tier])} / "
                f"{_share(lever.total[tier], lever.total_error[tier])}"
                for tier in levers.tiers
            ),
        )
    return table


def _share(share: float, error: float) -> str:
    """A share of the variance, or `?` where the draws do not tell it within some 40 points."""
    return "?" if error > UNSURE else f"{100 * min(max(share, 0.0), 1.0):.0f}"


def tipping_parts(levers: Levers) -> Iterator[Part]:
    """The numbers that would make another outcome the most likely one."""
    names = levers.about.tier_titles
    tips = [lever for lever in levers.levers if lever.tipping is not None]
    yield Text(
        f"The most likely outcome is: {names[levers.likeliest]} "
        f"({percent(levers.base[levers.likeliest])}, as in the forecast).",
        style="bold",
    )
    if not tips:
        yield Text(
            "No number alone makes another outcome the most likely, from its 5 % to its 95 %."
        )
    for lever in tips:
        yield Text(_tip(levers, lever))


def _tip(levers: Levers, lever: Lever) -> str:
    assert lever.tipping is not None
    after = levers.about.tier_titles[lever.tipping.after]
    how = "played again" if lever.rerun else "weighed anew"
    return f"  {called(lever, levers.about.names)}: {lever.tipping.text} → {after} ({how})"


def questions_table(levers: Levers) -> Table:
    """The questions whose answers would improve the forecast most."""
    table = plain_table(
        f"Worth finding out: expected fall of the ranked probability score, from {levers.score:.4f}"
    )
    table.add_column("question")
    table.add_column("fall", justify="right")
    table.add_column("of the score", justify="right")
    for lever in levers.questions[:QUESTIONS]:
        table.add_row(
            called(lever, levers.about.names),
            f"{lever.gain:.4f} ± {lever.gain_error:.4f}",
            percent(max(lever.gain, 0.0) / levers.score) if levers.score else "-",
        )
    return table
