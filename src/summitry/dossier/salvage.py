"""What is left of a dossier when the parts that the schema refuses are taken out.

It is never forecast from: it only lets the checks across parts find their mistakes in
the same run as the schema's.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from summitry.dossier.errors import Problem
from summitry.dossier.explain import walk
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_, Tree

ATTEMPTS = 12
MOST_REFUSED = 200
NAMING = ("parties", "commitments", "sources", "tiers", "types")

SPOKEN = {
    "commitments": ("there is no commitment",),
    "sources": ("there is no source",),
    "tiers": ("there is no tier", "` lacks "),
    "types": ("has no `types`",),
}


@dataclass
class Rest:
    """A remainder with its places, and what would be wrong with it only because it is one.

    `lost` are names that stood in what was taken out, `around` the places of what it stood in,
    `sections` the sections it was taken from, `silent` what cannot be said without them.
    """

    tree: Tree
    lost: set[str] = field(default_factory=set)
    around: set[Problem] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    def is_real(self, problem: Problem) -> bool:
        """Whether a mistake found in the remainder is one of the whole dossier too."""
        if problem.is_note or any(f"`{name}`" in problem.message for name in self.lost):
            return False
        if any(phrase in problem.message for phrase in self.silent):
            return False
        return Problem(problem.file, problem.line, problem.column, "") not in self.around


def salvage(tree: Tree) -> tuple[Dossier, Rest] | None:
    """A valid remainder of a refused dossier; None where too much would have to go."""
    rest = Rest(copy.deepcopy(tree))
    for _ in range(ATTEMPTS):
        try:
            return Dossier.model_validate(rest.tree.data), rest
        except ValidationError as error:
            details = error.errors(include_url=False)
        if any(d["loc"] == ("title",) for d in details):
            rest.tree.data["title"] = "untitled"
        paths = {walk(d["loc"], rest.tree.data) for d in details} - {("title",), ()}
        if len(paths) > MOST_REFUSED or any(d["loc"] == ("parties",) for d in details):
            return None
        for path in sorted(paths, key=_order, reverse=True):
            _take_out(rest, path)
    return None


def _order(path: Path_) -> list[tuple[bool, float, str]]:
    """So that, backwards, inner parts come before outer ones and late items before early."""
    return [(isinstance(s, str), 0 if isinstance(s, str) else s, str(s)) for s in path]


def _take_out(rest: Rest, path: Path_) -> None:
    tree = rest.tree
    rest.sections.add(str(path[0]))
    if len(path) == 1 or path[0] == "tiers":
        rest.silent |= set(SPOKEN.get(str(path[0]), ()))
    rest.around |= {tree.problem(path[:length], "") for length in range(1, len(path))}
    if len(path) == 1 or path[0] in ("commitments", "issues"):
        rest.around |= {tree.problem((), "")}
    spot = tree.data
    for step in path[:-1]:
        spot = spot[step]
    is_item, removed = isinstance(spot, list), spot.pop(path[-1])
    rest.lost |= _names(path, removed)
    if is_item:
        tree.forget(path[:-1], int(path[-1]))


def _names(path: Path_, removed: Any) -> set[str]:
    """The names by which other parts may have spoken of what was removed."""
    inside = removed if isinstance(removed, list) else [removed]
    names = {str(item["id"]) for item in inside if isinstance(item, dict) and "id" in item}
    if path[0] in NAMING and len(path) <= (3 if path[0] == "types" else 2):
        names |= {step for step in path[1:] if isinstance(step, str)}
        if isinstance(removed, dict) and len(path) < 2:
            names |= {str(key) for key in removed}
    return names
