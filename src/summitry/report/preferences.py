"""What a dossier says of stability, as a reader wants it: who prefers what, what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from summitry.analysis.telling import names_of
from summitry.dossier.schema import Dossier
from summitry.dossier.stability import Preference, Stability
from summitry.report.frame import titles
from summitry.report.style import Part, Table, plain_table


def section(dossier: Dossier) -> Iterator[Part]:
    """The parts that the dossier has: named states, orders, and what is barred."""
    told = dossier.stability
    if told is None:
        return
    names = names_of(dossier)
    if told.states:
        yield from (Text(), _states(told, titles(dossier.commitments, names)))
    if told.preferences or told.views:
        yield from (Text(), _orders(told, names))
    lines = list(_limits(told, names))
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


def _orders(told: Stability, names: Mapping[str, str]) -> Table:
    table = plain_table("Who prefers what")
    table.add_column("party")
    table.add_column("order, best or weightiest first")
    for party, preference in told.preferences.items():
        table.add_row(names[party], _order(preference))
    for viewer, views in told.views.items():
        for viewed, preference in views.items():
            table.add_row(f"{names[viewed]}, as {names[viewer]} thinks", _order(preference))
    return table


def _order(preference: Preference) -> str:
    """Places with `>` between them and `=` within; statements with a semicolon."""
    if preference.ranking is not None:
        return " > ".join(" = ".join(group) for group in preference.ranking)
    return "; ".join(preference.statements or [])


def _limits(told: Stability, names: Mapping[str, str]) -> Iterator[str]:
    if told.today is not None:
        yield f"Today: {told.today}"
    if told.infeasible:
        yield f"Cannot be: {'; '.join(told.infeasible)}"
    for barred in told.irreversible:
        yield f"{names[barred.by]} cannot move from `{barred.start}` to `{barred.to}`"
    for party, texts in told.unseen.items():
        yield f"{names[party]} does not know of: {'; '.join(texts)}"
