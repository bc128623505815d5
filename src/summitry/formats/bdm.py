"""Tables of the expected utility model (Bueno de Mesquita 1994): a row an actor, one issue.

A row of headings names the columns, in any order: actor, position (or x), capability (or c,
power, influence), salience (or s). The scale runs from the lowest to the highest position.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.formats.reading import Reading, rows_of
from summitry.formats.scenario import Actor, Scale, Scenario, Stand

COLUMNS = {
    "actor": ("actor", "name", "player", "stakeholder", "group", ""),
    "position": ("position", "x", "stance"),
    "capability": ("capability", "capabilities", "c", "power", "influence", "resources"),
    "salience": ("salience", "s"),
}


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds what; what is not found is left out."""
    lowered = [heading.lower() for heading in headings]
    places = {
        what: next((k for k, heading in enumerate(lowered) if heading in names), None)
        for what, names in COLUMNS.items()
    }
    return {what: k for what, k in places.items() if k is not None}


def read_bdm(text: str, title: str, reading: Reading) -> Scenario:
    """What such a table tells; the issue is called `title`. Mistakes are kept in `reading`."""
    rows = rows_of(text, reading)
    columns = columns_of(rows[0][1]) if rows else {}
    missing = [what for what in COLUMNS if what not in columns]
    if missing:
        line = rows[0][0] if rows else 0
        reading.refuse(line, f"no heading names {', '.join(missing)}; see `summitry import --help`")
    if len(rows) == 1:
        reading.refuse(rows[0][0], "holds headings only: no row tells of an actor")
    actors: dict[str, Actor] = {}
    stands: dict[str, Stand] = {}
    lines: dict[str, int] = {}
    for line, cells in rows[1:]:
        reading.fits(line, cells, len(rows[0][1]))
        told = {what: cells[k] if k < len(cells) else "" for what, k in columns.items()}
        name = told["actor"]
        if not name:
            reading.wrong(line, "the actor is missing")
        elif name in lines:
            reading.wrong(line, f"the actor `{name}` stands on line {lines[name]} already")
        lines.setdefault(name, line)
        _add(name, line, told, actors, stands, reading)
    return Scenario(title, actors, {title: Scale(title, _ends(stands, reading), stands)})


def _add(
    name: str, line: int, told: Mapping[str, str], actors: dict[str, Actor],
    stands: dict[str, Stand], reading: Reading,
) -> None:  # fmt: skip
    position = reading.number(line, told["position"], "the position")
    salience = reading.number(line, told["salience"], "the salience", 0.0, 100.0)
    power = reading.number(line, told["capability"], "the capability", 0.0)
    if position is not None and salience is not None and power is not None:
        actors[name] = Actor(name, power)
        stands[name] = Stand(position, salience)


def _ends(stands: Mapping[str, Stand], reading: Reading) -> dict[float, str]:
    places = {stand.position for stand in stands.values()}
    if len(places) < 2 and not reading.problems:
        reading.wrong(0, "all positions are the same: there is no scale, and nothing to forecast")
    if not places:
        return {}
    return {min(places): "the lowest position", max(places): "the highest position"}
