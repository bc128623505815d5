"""KTAB scenarios (Wise, Lester and Efird 2015), from CSV or XML: n actors on d dimensions.

Each dimension is an issue from 0 to 100; an actor's saliences add up to at most 100. CSV: a row
`name, description, actors, dimensions`, a row of headings, then a row an actor:
`actor, description, influence, position, salience, position, salience, ...`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.formats.reading import Reading, rows_of
from summitry.formats.scenario import Actor, Scale, Scenario, Stand
from summitry.formats.xml import Node, read_xml

Row = tuple[int, list[str]]
ENDS = {0.0: "", 100.0: ""}
FULL = 100.0
ROUNDING = 1e-6
LEFT_OUT = ("ModelParameters", "IdealAdjustment")


@dataclass(frozen=True)
class _Told:
    """One actor as written: texts for power, positions and saliences, and their line."""

    line: int
    name: str
    note: str
    power: str
    positions: Sequence[str]
    saliences: Sequence[str]


def read_ktab_csv(text: str, title: str, reading: Reading) -> Scenario:
    """What a KTAB CSV file tells; `title` is for one without. Mistakes are kept in `reading`."""
    rows = [(line, _stripped(cells)) for line, cells in rows_of(text, reading)]
    if len(rows) < 2:
        reading.refuse(0, "a KTAB file has a row on the scenario, one of headings, then the actors")
    (first, about), (second, headings), *body = rows
    actors, dimensions = _counts(first, about, reading)
    names = _dimensions(second, headings, dimensions, reading)
    if actors != len(body):
        reading.wrong(first, f"{actors} actors are announced and {len(body)} rows follow")
    told = [_actor(line, cells, len(names), reading) for line, cells in body]
    note = ", ".join(filter(None, about[1:-2]))
    return _scenario(about[0] or title, note, names, [t for t in told if t], reading)


def _stripped(cells: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _counts(line: int, about: list[str], reading: Reading) -> tuple[int, int]:
    """How many actors and dimensions the first row announces."""
    if len(about) < 3 or not (about[-1].isdecimal() and about[-2].isdecimal()):
        message = "the first row ends with the number of actors and the number of dimensions"
        reading.refuse(line, message)
    return int(about[-2]), int(about[-1])


def _dimensions(line: int, headings: list[str], announced: int, reading: Reading) -> list[str]:
    """The names of the dimensions, from the headings of their positions."""
    pairs = headings[3:]
    if len(pairs) != 2 * announced:
        message = f"{announced} dimensions need {2 * announced} headings after the third"
        reading.refuse(line, f"{message}, not {len(pairs)}")
    for place, heading in enumerate(pairs):
        if ("salience" in heading.lower()) != bool(place % 2):
            message = f"`{heading}` is column {place + 4}; positions and saliences take turns there"
            reading.wrong(line, message)
    return [_without(heading, "position") for heading in pairs[::2]]


def _without(heading: str, word: str) -> str:
    bare = heading[: -len(word)].strip() if heading.lower().endswith(word) else heading
    return bare or heading


def _actor(line: int, cells: list[str], dimensions: int, reading: Reading) -> _Told | None:
    wanted = 3 + 2 * dimensions
    if not reading.fits(line, cells, wanted):
        return None
    name, note, power, *numbers = cells + [""] * (wanted - len(cells))
    return _Told(line, name, note, power, numbers[::2], numbers[1::2])


def read_ktab_xml(data: bytes, title: str, reading: Reading) -> Scenario:
    """What a KTAB XML file tells; `title` is for one without. Mistakes are kept in `reading`."""
    root = read_xml(data, reading)
    if root.tag != "Scenario":
        reading.refuse(root.line, f"the root is `{root.tag}`; a KTAB file's is `Scenario`")
    for part in LEFT_OUT:
        if root.first(part):
            reading.notes.append(f"{part} is not carried over: a dossier has no place for it")
    dimensions = [n.text for n in root.inside("Dimensions", "dName")]
    told = [_from_node(node, len(dimensions), reading) for node in root.inside("Actors", "Actor")]
    name = root.text_of("name") or title
    return _scenario(name, root.text_of("desc"), dimensions, told, reading)


def _from_node(node: Node, dimensions: int, reading: Reading) -> _Told:
    columns = []
    for part, item in (("Position", "dCoord"), ("Salience", "dSal")):
        cells = [found.text for found in node.inside(part, item)]
        if len(cells) != dimensions:
            message = f"`{part}` holds {len(cells)} `{item}` for {dimensions} dimensions"
            reading.wrong(node.line, message)
        columns.append(cells[:dimensions] + [""] * (dimensions - len(cells)))
    name, note = node.text_of("name"), node.text_of("description")
    return _Told(node.line, name, note, node.text_of("capability"), *columns)


def _scenario(
    title: str, note: str, dimensions: Sequence[str], told: Sequence[_Told], reading: Reading
) -> Scenario:
    """The actors and issues, with all mistakes in their numbers."""
    if not dimensions:
        reading.wrong(0, "names no dimension")
    if not told:
        reading.wrong(0, "names no actor")
    doubles = sorted({name for name in dimensions if list(dimensions).count(name) > 1})
    if doubles:
        reading.wrong(0, f"the dimension `{doubles[0]}` is named more than once")
    actors: dict[str, Actor] = {}
    stands: dict[str, dict[str, Stand]] = {name: {} for name in dimensions}
    for one in told:
        power = reading.number(one.line, one.power, f"the influence of `{one.name}`", 0.0)
        if not one.name:
            reading.wrong(one.line, "the actor has no name")
        elif one.name in actors:
            reading.wrong(one.line, f"the actor `{one.name}` stands here a second time")
        actors[one.name] = Actor(one.name, power or 0.0, one.note or None)
        for dimension, stand in zip(dimensions, _stands(one, dimensions, reading), strict=True):
            if stand:
                stands[dimension][one.name] = stand
    issues = {name: Scale(name, ENDS, found) for name, found in stands.items()}
    return Scenario(title, actors, issues, (note,) if note else ())


def _stands(one: _Told, dimensions: Sequence[str], reading: Reading) -> list[Stand | None]:
    found: list[Stand | None] = []
    cared = 0.0
    for name, position, salience in zip(dimensions, one.positions, one.saliences, strict=True):
        if not position:
            reading.notes.append(f"{one.name} (line {one.line}) has no position on {name}")
            found.append(None)
            continue
        x = reading.number(one.line, position, f"the position of `{one.name}` on `{name}`", 0, FULL)
        s = reading.number(
            one.line, salience, f"the salience of `{name}` for `{one.name}`", 0, FULL
        )
        cared += s or 0.0
        found.append(None if x is None or s is None else Stand(x, s))
    if cared > FULL + ROUNDING:
        message = f"the saliences of `{one.name}` add up to {cared:g}; KTAB has at most 100"
        reading.wrong(one.line, message)
    return found
