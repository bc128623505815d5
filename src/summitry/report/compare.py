"""Two forecasts side by side, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.compare import Comparison, RoundComparison, Shift
from summitry.report.frame import dated, head
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

MOST = 30


def page(comparison: Comparison) -> Page:
    """What differs in the input, then in the forecast."""
    return sheet(_parts(comparison))


def _parts(comparison: Comparison) -> Iterator[Part]:
    yield from head(comparison.after, "What differs, and what does that change?")
    yield inputs_table(comparison)
    for party, kinds in comparison.types.items():
        told = ", ".join(f"{kind} {a:.1%} → {b:.1%}" for kind, (a, b) in kinds.items())
        yield Text(f"{comparison.after.names[party]}, after the signals: {told}.")
    for number, one in enumerate(comparison.rounds, start=1):
        yield Text()
        yield round_table(comparison, one, number)
    how = (
        "only the evidence differs: the same draws, weighed anew"
        if comparison.same_draws
        else "both played with the same random numbers"
    )
    yield Text(f"Differences in points of probability with their standard error; {how}.")


def inputs_table(comparison: Comparison) -> Table:
    """Path by path what stands on either side."""
    table = plain_table("In the input")
    table.add_column("what")
    table.add_column("first")
    table.add_column("second")
    for one in comparison.inputs[:MOST]:
        table.add_row(one.path, one.before, one.after)
    if len(comparison.inputs) > MOST:
        table.add_row(f"and {len(comparison.inputs) - MOST} more", "", "")
    if not comparison.inputs:
        table.add_row("nothing", "", "")
    return table


def round_table(comparison: Comparison, one: RoundComparison, number: int) -> Table:
    """How likely at least each outcome is in both, signed and carried out, and the difference."""
    named = f": {one.title}" if one.title else ""
    table = plain_table(dated(f"In the forecast of round {number}{named}", one.date))
    table.add_column("at least")
    for title in ("first", "second", "difference", "carried out, first", "second", "difference"):
        table.add_column(title, justify="right")
    titles = comparison.after.tier_titles
    for tier in reversed(list(one.at_least)):
        table.add_row(titles[tier], *_cells(one.at_least[tier]), *_cells(one.carried_out[tier]))
    table.add_row(titles["none"], *_cells(one.pooled["none"]), "", "", "")
    return table


def _cells(shift: Shift) -> tuple[str, str, str]:
    moved = f"{100 * shift.difference + 0.0:+.2f} ± {100 * shift.standard_error:.2f}"
    return percent(shift.before), percent(shift.after), moved
