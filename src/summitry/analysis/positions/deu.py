"""Reading the data set Decision-making in the European Union (DEU): issues with their outcomes.

A folder holds issues.csv, positions.csv and council_weights.json (Thomson et al. 2006, 2012;
Arregui and Perarnau 2021). Power: the votes in the Council before Nice and of Nice, population
since Lisbon; Commission and Parliament count as the largest member that has a position.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summitry.analysis.positions.stands import Stands
from summitry.dossier.errors import DossierError, Problem

COMMISSION, PARLIAMENT = "com", "ep"
FILES = ("issues.csv", "positions.csv", "council_weights.json")
FEWEST = 3
ISSUE_COLUMNS = (
    "issue_id", "proposal_id", "procedure", "council_vote", "regime", "reference_point", "outcome",
)  # fmt: skip
POSITION_COLUMNS = ("issue_id", "actor", "position", "salience")


@dataclass(frozen=True)
class Case:
    """One resolved issue: who stood where on a scale from 0 to 100, and what came of it."""

    issue: str
    proposal: str
    actors: tuple[str, ...]
    stands: Stands
    outcome: float
    procedure: str
    council_vote: str
    reference: float | None


def read_deu(folder: Path) -> list[Case]:
    """The issues that have an outcome and at least three actors with position and salience.

    Raises DossierError with the file and line of what cannot be read.
    """
    tables = _weights(folder / FILES[2])
    stands = _positions(folder / FILES[1])
    cases = []
    for line, row in _rows(folder / FILES[0], ISSUE_COLUMNS):
        place = (folder / FILES[0], line)
        outcome = _number(row, "outcome", place)
        reference = _number(row, "reference_point", place)
        who = stands.get(row["issue_id"], {})
        if outcome is None or len(who) < FEWEST or not any(s for _, s in who.values()):
            continue
        power = _power(tuple(who), row["regime"], tables, place)
        cases.append(_case(row, who, power, outcome, reference))
    if not cases:
        raise _wrong((folder / FILES[0], 0), "no issue has an outcome and three actors")
    return cases


def _case(
    row: Mapping[str, str],
    who: Mapping[str, tuple[float, float]],
    power: list[float],
    outcome: float,
    reference: float | None,
) -> Case:
    positions, salience = np.array(list(who.values())).T
    stands = Stands(
        positions,
        salience,
        np.array(power),
        0.0,
        100.0,
        None if reference is None else np.array(reference),
    )
    return Case(
        issue=row["issue_id"],
        proposal=row["proposal_id"],
        actors=tuple(who),
        stands=stands,
        outcome=outcome,
        procedure=row["procedure"],
        council_vote=row["council_vote"],
        reference=reference,
    )


def _power(
    actors: tuple[str, ...],
    regime: str,
    tables: Mapping[str, Mapping[str, float]],
    place: tuple[Path, int],
) -> list[float]:
    table = _table(regime, tables)
    if table is None:
        raise _wrong(place, f"regime `{regime}` has no table of weights: {', '.join(tables)}")
    unknown = [a for a in actors if a not in table and a not in (COMMISSION, PARLIAMENT)]
    if unknown:
        raise _wrong(place, f"no weight of {', '.join(unknown)} under `{regime}`")
    largest = max((table[a] for a in actors if a in table), default=1.0)
    return [table.get(a, largest) for a in actors]


def _table(regime: str, tables: Mapping[str, Mapping[str, float]]) -> Mapping[str, float] | None:
    """The weights of a regime: by its name, or the only table whose name shares a word with it."""
    if regime in tables:
        return tables[regime]
    words = set(regime.lower().split("_"))
    alike = [name for name in tables if words & set(name.lower().split("_"))]
    return tables[alike[0]] if len(alike) == 1 else None


def _weights(path: Path) -> dict[str, dict[str, float]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: {actor: float(votes) for actor, votes in table.items()}
            for name, table in data.items()
            if isinstance(table, dict)
        }
    except (ValueError, TypeError, AttributeError):
        raise _wrong((path, 0), "not tables of Council weights by regime") from None


def _positions(path: Path) -> dict[str, dict[str, tuple[float, float]]]:
    """Position and salience by issue and actor, where both are given."""
    stands: dict[str, dict[str, tuple[float, float]]] = {}
    for line, row in _rows(path, POSITION_COLUMNS):
        position = _number(row, "position", (path, line))
        salience = _number(row, "salience", (path, line))
        if position is not None and salience is not None:
            stands.setdefault(row["issue_id"], {})[row["actor"]] = (position, salience)
    return stands


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise _wrong((path, 1), f"there is no column {', '.join(missing)}")
        for row in reader:
            if None in row or None in row.values():
                raise _wrong((path, reader.line_num), "not as many cells as columns")
            yield reader.line_num, row


def _number(row: Mapping[str, str], column: str, place: tuple[Path, int]) -> float | None:
    """A cell from 0 to 100; None where it is empty."""
    text = row[column].strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.0 <= value <= 100.0:
        raise _wrong(place, f"`{column}` is a number from 0 to 100, not `{text}`")
    return value


def _wrong(place: tuple[Path, int], message: str) -> DossierError:
    path, line = place
    return DossierError([Problem(str(path), line, 1 if line else 0, message)])
