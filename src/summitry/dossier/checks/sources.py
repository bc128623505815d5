"""Sources that numbers, signals and other parts rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_, Tree


def check_sources(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Every `because`, wherever it stands, cites sources that exist."""
    for path, ids in _citations(tree.data, ()):
        yield from unknown_names(tree, path, ids, dossier.sources, "source")


def _citations(data: Any, path: Path_) -> Iterator[tuple[Path_, list[str]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "because" and (isinstance(value, str) or _is_list_of_text(value)):
                yield (*path, key), [value] if isinstance(value, str) else value
            else:
                yield from _citations(value, (*path, key))
    elif isinstance(data, list):
        for k, value in enumerate(data):
            yield from _citations(value, (*path, k))


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
