"""Who gets which issue by Adjusted Winner, on one page."""

from __future__ import annotations

from rich.text import Text

from summitry.analysis.adjusted_winner import Division, Item
from summitry.report.frame import titles
from summitry.report.style import Page, Table, plain_table, sheet


def page(division: Division) -> Page:
    """The table of issues, then what each side gets."""
    first, second = division.names
    lines = [
        f"{first} gets {_points(division, 0)}, {second} {_points(division, 1)} of its own 100 "
        "points: efficient, equitable and free of envy.",
        "In the order in which it would be handed over by the side that is ahead: "
        f"{titles(division.order, {item.id: item.title for item in division.items})}.",
    ]
    if division.normalised:
        lines.append("The points were scaled so that each party's sum to 100.")
    how = "The issues divided between two parties by Adjusted Winner (Brams and Taylor 1996)"
    told = (Text(line) for line in lines)
    return sheet(
        [Text(division.title, style="bold"), Text(how), Text(), issues_table(division), *told]
    )


def issues_table(division: Division) -> Table:
    """One row an issue: the points of both, and to whom it goes."""
    table = plain_table("")
    table.add_column("issue")
    for name in division.names:
        table.add_column(name, justify="right")
    table.add_column("goes to")
    for item in division.items:
        table.add_row(item.title, *(f"{float(p):g}" for p in item.points), _owner(division, item))
    return table


def _owner(division: Division, item: Item) -> str:
    first, second = division.names
    if item.share in (0, 1):
        return first if item.share == 1 else second
    return f"{first} {item.share}, {second} {1 - item.share}"


def _points(division: Division, side: int) -> str:
    exact, value = division.points[side], division.points_value[side]
    return str(exact) if exact.denominator == 1 else f"{exact} ({value:.2f})"
