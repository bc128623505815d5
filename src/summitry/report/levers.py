"""What moves the forecast, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.levers import Lever, Levers, Look
from summitry.report.frame import head, points
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

MOST = 15
FIRST = 10
QUESTIONS = 8
UNSURE = 0.2


def page(levers: Levers) -> Page:
    """A first look, the tornado as a table, sensitivities, tipping points, and what to find out."""
    return sheet([*_look(Look(levers.asked, levers.screened, levers.about)), *_rest(levers)])


def first_page(look: Look) -> Page:
    """What can be told before anything is played again: the head and a first look."""
    return sheet(_look(look))


def rest_page(levers: Levers) -> Page:
    """What follows the first look."""
    return sheet(_rest(levers))


def _look(look: Look) -> Iterator[Part]:
    yield from head(look.about, "Which numbers matter, and what is worth finding out?")
    yield look_table(look)
    yield Text(
        "From the forecast's own draws: the model's probability where the number is high (the highest "
        "sixth) less where it is low, in points; what goes with the number counts with it."
    )
    yield Text()


def look_table(look: Look) -> Table:
    """The numbers with which the model's probabilities differ most."""
    table = plain_table("A first look: what goes with high and low numbers")
    table.add_column("number")
    tiers = list(look.screened[0].apart) if look.screened else []
    for tier in tiers:
        table.add_column(look.about.tier_titles[tier], justify="right")
    for one in look.screened[:FIRST]:
        cells = [f"{points(100 * one.apart[t])} ± {100 * one.standard_error[t]:.1f}" for t in tiers]
        table.add_row(one.label, *cells)
    return table


def _rest(levers: Levers) -> Iterator[Part]:
    yield swing_table(levers)
    yield Text(_how(levers))
    yield Text()
    yield carried_table(levers)
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
    table = plain_table(
        f"Largest swing in {what} (signed, pooled), from one end of a number to the other"
    )
    table.add_column("number (from one end to the other)")
    for tier in levers.tiers:
        table.add_column(levers.about.tier_titles[tier], justify="right")
    for lever in levers.levers[:MOST]:
        table.add_row(between(lever), *(points(100 * lever.swing[tier]) for tier in levers.tiers))
    return table


def carried_table(levers: Levers) -> Table:
    """The numbers that move most what is carried out."""
    table = plain_table("Largest swing in what is carried out: at least ... (pooled, points)")
    table.add_column("number (from one end to the other)")
    tiers = levers.tiers[1:]
    for tier in tiers:
        table.add_column(levers.about.tier_titles[tier], justify="right")
    ranked = sorted(levers.levers, key=lambda one: -max(map(abs, one.carried_swing.values())))
    for lever in ranked[:FIRST]:
        table.add_row(between(lever), *(points(100 * lever.carried_swing[tier]) for tier in tiers))
    return table


def between(lever: Lever) -> str:
    """What a number is called, with its two ends."""
    return f"{lever.label} ({lever.low_value} to {lever.high_value})"


def _how(levers: Levers) -> str:
    largest = max(
        (error for lever in levers.levers[:MOST] for error in lever.swing_error.values()),
        default=0.0,
    )
    return (
        f"Points; ends: 5 % and 95 %. The change is played again on {levers.rerun_draws} draws, each "
        f"with types of its own and the same random numbers (standard errors up to {100 * largest:.1f} "
        "points), and counted from the forecast on all draws; types are weighed anew on the draws "
        "at hand, which is exact."
    )


def sensitivity_table(levers: Levers) -> Table:
    """First-order and total shares of the variance of each outcome."""
    table = plain_table("Sensitivity")
    table.add_column("number")
    for tier in levers.tiers:
        table.add_column(levers.about.tier_titles[tier], justify="right")
    for lever in levers.levers[:MOST]:
        table.add_row(
            lever.label,
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
    return f"  {lever.label}: {lever.tipping.text} → {after} ({how})"


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
            lever.label,
            f"{lever.gain:.4f} ± {lever.gain_error:.4f}",
            percent(max(lever.gain, 0.0) / levers.score) if levers.score else "-",
        )
    return table
