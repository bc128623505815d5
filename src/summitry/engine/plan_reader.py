"""Reading a plan: from YAML, CSV or Python to grids of cases, or to all mistakes with places."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.names import nearest
from summitry.dossier.source_text import KEY, Path_, Row, Tree, decode, read_bytes, read_tree
from summitry.engine.plan import Grid, Plan, Setting, Source
from summitry.engine.plan_values import Axis, dates_of, draws_of, seeds_of, settings_of, sources_of

KEYS = ("dossiers", "settings", "dates", "draws", "seeds")
COLUMNS = {
    "dossier": "dossiers",
    "set": "settings",
    "as_of": "dates",
    "draws": "draws",
    "seed": "seeds",
}
LARGEST_TABLE = 100_000_000
MOST_CASES = 100_000_000

AnyPlan = str | Path | Plan | Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Reading:
    """A plan being read: its tree, the folder its paths start from, the mistakes so far."""

    tree: Tree
    folder: Path
    problems: list[Problem]
    found: dict[str, list[Source]]
    absent: list[Problem]

    def wrong(self, path: Path_, message: str) -> None:
        """Keep a mistake with its place."""
        self.problems.append(self.tree.problem(path, message))

    def lacks(self, path: Path_, message: str) -> None:
        """Keep, with its place, that a dossier is not there."""
        self.absent.append(self.tree.problem(path, message))


def read_plan(plan: AnyPlan) -> Plan:
    """The cases of a plan: a path (.yaml, .yml, .csv), a mapping of axes, or a list of rows.

    Paths of dossiers start from the plan's folder (from the current one for a plan in
    Python). A dossier that is not there is told in `absent`, and its cases fail. Raises
    DossierError with every mistake that was found, or where none of the dossiers is there.
    """
    if isinstance(plan, Plan):
        return plan
    if isinstance(plan, str | Path):
        path = Path(plan)
        tree, folder = _read_file(path), path.absolute().parent
    else:
        data = dict(plan) if isinstance(plan, Mapping) else {"cases": [dict(row) for row in plan]}
        tree, folder = Tree("the plan", data), Path.cwd()
    reading = Reading(tree, folder, list(tree.problems), {}, [])
    rows = tree.data.get("cases") if set(tree.data) == {"cases"} else None
    if rows is None:
        grids = [_grid(reading, (), tree.data, {name: name for name in KEYS})]
    else:
        grids = [_grid(reading, ("cases", k), row, COLUMNS) for k, row in enumerate(rows)]
    if not reading.problems and not 0 < (cases := sum(grid.size for grid in grids)) <= MOST_CASES:
        reading.wrong((), f"holds {cases:,} cases; a plan has from 1 to {MOST_CASES:,}")
    if len(reading.absent) == len(reading.found):
        reading.problems.extend(reading.absent)
    if reading.problems:
        raise DossierError(reading.problems)
    return Plan(tree.file, tuple(grids), tuple(reading.absent))


def _read_file(path: Path) -> Tree:
    table = path.suffix.lower() == ".csv"
    if not table and path.suffix.lower() not in (".yaml", ".yml"):
        raise DossierError([Problem(str(path), 0, 0, "a plan is a .yaml or a .csv file")])
    if path.is_file() and not path.read_bytes().strip():
        raise DossierError([Problem(str(path), 0, 0, "is empty; a plan names `dossiers:`")])
    text = decode(read_bytes(path, str(path), LARGEST_TABLE if table else 1_000_000), str(path))
    return _read_table(text, str(path)) if table else read_tree(text, str(path))


def _read_table(text: str, shown: str) -> Tree:
    """A row a case; empty cells are as if the column were not there."""
    lines = csv.reader(text.splitlines(), strict=True)
    columns = tuple(name.strip() for name in next(lines))
    tree = Tree(shown, {"cases": []})
    for at, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            message = f"there is no column `{name}`{nearest(name, COLUMNS)}"
            tree.problems.append(Problem(shown, 1, at, message))
    if "dossier" not in columns:
        tree.problems.append(Problem(shown, 1, 1, "the column `dossier` is missing"))
    if tree.problems:
        raise DossierError(tree.problems)
    try:
        for cells in lines:
            row = Row(shown, lines.line_num, columns)
            if len(cells) > len(columns):
                message = f"{len(cells)} cells, but there are {len(columns)} columns"
                tree.problems.append(Problem(shown, lines.line_num, len(columns) + 1, message))
            if any(cell.strip() for cell in cells):
                tree.rows[("cases", len(tree.data["cases"]))] = row
                named = zip(columns, cells, strict=False)
                tree.data["cases"].append({name: c.strip() for name, c in named if c.strip()})
    except csv.Error as error:
        raise DossierError([Problem(shown, lines.line_num, 1, f"no CSV: {error}")]) from None
    return tree


def _grid(reading: Reading, path: Path_, data: Any, keys: Mapping[str, str]) -> Grid:
    """The cases of a mapping of axes, or of one row; empty where there are mistakes."""
    before, given = len(reading.problems), {}
    for key, value in data.items():
        if key in keys:
            given[keys[key]] = Axis((*path, key), value, reading)
        else:
            message = f"there is no key `{key}`{nearest(key, keys)}"
            reading.wrong((*path, key, KEY), message)
    if "dossiers" not in given:
        reading.wrong(path, f"names no dossier; give `{next(iter(keys))}`")
    sources = sources_of(given["dossiers"]) if "dossiers" in given else []
    grid = Grid(
        sources,
        settings_of(given["settings"]) if "settings" in given else [Setting()],
        draws_of(given["draws"]) if "draws" in given else [2048],
        seeds_of(given["seeds"]) if "seeds" in given else [0],
        dates_of(given["dates"]) if "dates" in given else [None],
    )
    return grid if len(reading.problems) == before else Grid([], [], [], [], [])
