"""DECIDE files (Stokman and Van Oosten 1994; the exchange model and its successors).

One row a fact: `#A` actor, name, description; `#P` issue, title, description; `#M` issue, place
on its scale, meaning; `#D` actor, issue, position, salience, power. `#O` titles the file, `#/`
is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summitry.dossier.names import nearest
from summitry.formats.reading import Reading, rows_of
from summitry.formats.scenario import Actor, Scale, Scenario, Stand

Row = tuple[int, list[str]]
KINDS = ("#A", "#P", "#M", "#D", "#O", "#/")
COLUMNS = {"#A": 4, "#P": 4, "#M": 4, "#D": 6}
REMARK_WORDS = 4


@dataclass
class _Told:
    """What the rows have told so far: by actor and issue, each with its first line."""

    named: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    issues: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    labels: dict[str, dict[float, str]] = field(default_factory=dict)
    stands: dict[str, dict[str, tuple[int, Stand]]] = field(default_factory=dict)
    power: dict[str, tuple[int, float]] = field(default_factory=dict)


def read_decide(text: str, title: str, reading: Reading) -> Scenario:
    """What a DECIDE file tells; `title` is for one without `#O`. Mistakes are kept in `reading`."""
    rows = _by_kind(rows_of(text, reading), reading)
    told = _Told()
    _names(rows["#A"], told.named, "actor", reading)
    _names(rows["#P"], told.issues, "issue", reading)
    _labels(rows["#M"], told, reading)
    _stands(rows["#D"], told, reading)
    for name, (line, _, _) in told.named.items():
        if name not in told.power and rows["#D"]:
            reading.notes.append(f"{name} (line {line}) has no `#D` row and is left out")
    if not rows["#D"]:
        reading.wrong(0, "holds no `#D` rows: nobody has a position")
    return Scenario(
        title=next((" ".join(filter(None, cells)) for _, cells in rows["#O"] if any(cells)), title),
        actors={
            name: Actor(told.named[name][1], power, told.named[name][2])
            for name, (_, power) in sorted(told.power.items(), key=lambda item: told.named[item[0]])
        },
        issues={
            name: Scale(
                title=called,
                labels=told.labels.get(name, {}),
                stands={actor: stand for actor, (_, stand) in told.stands[name].items()},
                note=note,
            )
            for name, (_, called, note) in told.issues.items()
            if name in told.stands
        },
        remarks=tuple(_remarks(rows["#/"])),
    )


def _by_kind(rows: Sequence[Row], reading: Reading) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    if not any(cells[0].upper() in KINDS for _, cells in rows):
        reading.refuse(0, f"holds no row of a DECIDE file; these begin with {', '.join(KINDS)}")
    for line, cells in rows:
        kind = cells[0].upper()
        if kind in COLUMNS:
            reading.fits(line, cells, COLUMNS[kind])
        if kind in found:
            found[kind].append((line, cells[1:]))
        else:
            message = f"`{cells[0][:40]}` begins no row of a DECIDE file; {', '.join(KINDS)} do"
            reading.wrong(line, message)
    return found


def _names(
    rows: Sequence[Row], known: dict[str, tuple[int, str, str | None]], what: str, reading: Reading
) -> None:
    """Actors or issues by their ids, each with line, title and description."""
    for line, cells in rows:
        name, title, note = (*cells, "", "", "")[:3]
        if not name:
            reading.wrong(line, f"the {what} has no id")
        elif name in known:
            reading.wrong(line, f"the {what} `{name}` stands on line {known[name][0]} already")
        else:
            known[name] = (line, title or name, note if note not in ("", title) else None)


def _labels(rows: Sequence[Row], told: _Told, reading: Reading) -> None:
    for line, cells in rows:
        issue, place, meaning = (*cells, "", "", "")[:3]
        if not _known(issue, told.issues, "issue", "#P", line, reading):
            continue
        value = reading.number(line, place, f"the place on the scale of `{issue}`")
        if value is None:
            continue
        labels = told.labels.setdefault(issue, {})
        if value in labels:
            reading.wrong(line, f"`{issue}` has a meaning at {value:g} already")
        labels.setdefault(value, meaning)
    for issue, (line, _, _) in told.issues.items():
        if len(told.labels.get(issue, ())) < 2:
            message = f"the scale of `{issue}` needs two `#M` rows at least: its two ends"
            reading.wrong(line, message)


def _stands(rows: Sequence[Row], told: _Told, reading: Reading) -> None:
    for line, cells in rows:
        actor, issue, *numbers = (*cells, "", "", "", "", "")[:5]
        real = _known(actor, told.named, "actor", "#A", line, reading)
        if not (_known(issue, told.issues, "issue", "#P", line, reading) and real):
            continue
        before = told.stands.get(issue, {}).get(actor)
        if before:
            message = f"`{actor}` has a position on `{issue}` already, on line {before[0]}"
            reading.wrong(line, message)
            continue
        ends = told.labels.get(issue) or {}
        low, high = (min(ends), max(ends)) if ends else (float("-inf"), float("inf"))
        position = reading.number(line, numbers[0], "the position", low, high)
        salience = reading.number(line, numbers[1], "the salience", 0.0, 100.0)
        power = reading.number(line, numbers[2], "the power", 0.0)
        if position is None or salience is None or power is None:
            continue
        told.stands.setdefault(issue, {})[actor] = (line, Stand(position, salience))
        first, usual = told.power.setdefault(actor, (line, power))
        if power != usual:
            reading.wrong(
                line,
                f"the power of `{actor}` is {power:g} here and {usual:g} on line {first}; a dossier "
                "has one power a party: split the file by issue, or make them equal",
            )


def _known(
    name: str, known: dict[str, tuple[int, str, str | None]], what: str, kind: str, line: int,
    reading: Reading,
) -> bool:  # fmt: skip
    if name not in known:
        said = f"no {what} `{name}` in the `{kind}` rows{nearest(name, known)}"
        reading.wrong(line, said if name else f"the {what} is missing")
    return name in known


def _remarks(rows: Sequence[Row]) -> Iterator[str]:
    """Remarks in words; headings of columns are left out."""
    for _, cells in rows:
        words = [cell for cell in cells if cell]
        if len(words) == 1 and len(words[0].split()) >= REMARK_WORDS:
            yield words[0]
