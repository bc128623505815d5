"""Issues: positions on scales."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.positions import QualifiedRule
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree


def check_issues(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Positions, setters and weights belong to parties."""
    for name, issue in dossier.issues.items():
        path = ("issues", name)
        yield from unknown_names(
            tree, (*path, "positions"), issue.positions, dossier.parties, "party"
        )
        if not issue.positions:
            yield tree.problem(path, f"nobody has a position on `{name}`")
        if issue.agenda_setter is not None:
            yield from unknown_names(
                tree, (*path, "agenda_setter"), [issue.agenda_setter], dossier.parties, "party"
            )
        if isinstance(issue.rule, QualifiedRule):
            yield from unknown_names(
                tree,
                (*path, "rule", "qualified", "weights"),
                issue.rule.qualified.weights,
                dossier.parties,
                "party",
            )
        low, high = min(issue.scale), max(issue.scale)
        if issue.resolution is not None and not low <= issue.resolution.value <= high:
            message = f"{issue.resolution.value:g} is not on the scale from {low:g} to {high:g}"
            yield tree.problem((*path, "resolution"), message)
