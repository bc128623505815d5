"""What is left of a dossier when the parts that the schema refuses are taken out.

It is never forecast from: it only lets the checks across parts find their mistakes in
the same run as the schema's.
"""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from summitry.dossier.explain import walk
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_

ATTEMPTS = 12
NAMING = ("parties", "commitments", "sources", "tiers", "issues")


def salvage(data: Any) -> tuple[Dossier, set[str]] | None:
    """A valid remainder and the names that were lost with what was taken out; or None."""
    data = copy.deepcopy(data)
    lost: set[str] = set()
    for _ in range(ATTEMPTS):
        try:
            return Dossier.model_validate(data), lost
        except ValidationError as error:
            for details in error.errors(include_url=False):
                path = walk(details["loc"], data)
                if not path:
                    return None
                _take_out(data, path, details["type"] == "missing", lost)
    return None


def _take_out(data: Any, path: Path_, whole: bool, lost: set[str]) -> None:
    """Remove the refused part; of a list all, so that the places of its items stay true."""
    lists = [k for k in range(len(path)) if isinstance(path[k], int)]
    if lists and (whole or len(path) - 1 == lists[0]):
        path = path[: lists[0]]
    spot: Any = data
    for step in path[:-1]:
        if not isinstance(spot, dict | list) or (isinstance(spot, dict) and step not in spot):
            return
        spot = spot[step]  # type: ignore[index]
    if isinstance(spot, dict) and path[-1] in spot:
        if (len(path) <= 2 and path[0] in NAMING) or path[0] == "types":
            lost.update(str(part) for part in path)
        del spot[path[-1]]
    elif isinstance(spot, list):
        _take_out(data, path[:-1], False, lost)
