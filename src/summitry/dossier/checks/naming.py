"""Names that must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from summitry.dossier.errors import Problem
from summitry.dossier.names import nearest
from summitry.dossier.source_text import KEY, Path_, Tree


def unknown_names(
    tree: Tree, path: Path_, names: Iterable[str], valid: Collection[str], what: str
) -> Iterator[Problem]:
    """A problem for each name that is none of the valid ones, at its own place."""
    for k, name in enumerate(names):
        if name not in valid:
            by_name = (*path, name)
            known = by_name in tree.places or by_name in tree.changed
            at = (*by_name, KEY) if known else (*path, k)
            yield tree.problem(at, f"there is no {what} `{name}`{nearest(name, valid)}")


def repeated(tree: Tree, path: Path_, names: Iterable[str | None], what: str) -> Iterator[Problem]:
    """A problem for each id that an earlier item of the list has already."""
    seen = set()
    for k, name in enumerate(names):
        if name is not None and name in seen:
            yield tree.problem((*path, k), f"the {what} `{name}` stands here a second time")
        seen.add(name)
