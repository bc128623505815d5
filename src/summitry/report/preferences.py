"""What a dossier says of stability, as a reader wants it: who prefers what, what cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from summitry.dossier.schema import Dossier
from summitry.dossier.stability import Preference, Stability
from summitry.report.style import plain_table


def section(dossier: Dossier) -> Iterator[RenderableType]:
    """The parts that the dossier has: named states, orders, and what is barred."""
    told = dossier.stability
    if told is None:
        return
    if told.states:
        yield from (Text(), _states(told, ", ".join(dossier.commitments)))
    if told.preferences or told.views:
        yield from (Text(), _orders(told))
    lines = list(_limits(told))
    if lines:
        yield Text()
    yield from (Text(line) for line in lines)


def _states(told: Stability, options: str) -> Table:
    table = plain_table("States by name")
    table.add_column("state")
    table.add_column(options)
    for name, text in told.states.items():
        table.add_row(name, text)
    return table


def _orders(told: Stability) -> Table:
    table = plain_table("Who prefers what")
    table.add_column("party")
    table.add_column("order, best or weightiest first")
    for party, preference in told.preferences.items():
        table.add_row(party, _order(preference))
    for viewer, views in told.views.items():
        for viewed, preference in views.items():
            table.add_row(f"{viewed}, as {viewer} thinks", _order(preference))
    return table


def _order(preference: Preference) -> str:
    """Places with `>` between them and `=` within; statements with a semicolon."""
    if preference.ranking is not None:
        return " > ".join(" = ".join(group) for group in preference.ranking)
    return "; ".join(preference.statements or [])


def _limits(told: Stability) -> Iterator[str]:
    if told.today is not None:
        yield f"Today: {told.today}"
    if told.infeasible:
        yield f"Cannot be: {'; '.join(told.infeasible)}"
    for barred in told.irreversible:
        yield f"{barred.by} cannot move from `{barred.start}` to `{barred.to}`"
    for party, texts in told.unseen.items():
        yield f"{party} does not know of: {'; '.join(texts)}"
