"""Positions on scales: what the challenge, exchange and KTAB models' own tools printed.

A case that names its `input` finds it beside it, else anywhere under ../shared/data/positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from oracles import challenge, exchange, ktab

Counts = dict[str, tuple[int, int]]
DATA = Path(__file__).parents[3] / "shared" / "data" / "positions"
KINDS = (challenge, exchange, ktab)


def is_mine(data: Any) -> bool:
    """Whether a parsed file is one of these."""
    return any(kind.is_mine(data) for kind in KINDS)


def read(data: Any, path: Path) -> Iterator[Callable[[], Counts]]:
    """The comparison of a file. Raises ValueError where it or its input has another shape."""
    kind = next(kind for kind in KINDS if kind.is_mine(data))
    try:
        name = kind.input_of(data)
        source = None if name is None else _found(name, path.parent)
        counts = kind.compare(data, source, path.stem)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError(f"not a case of positions: {error!r}") from None
    return iter([lambda: counts])


def _found(name: str, folder: Path) -> Path:
    for place in (folder / name, *sorted(DATA.rglob(Path(name).name))):
        if place.is_file():
            return place
    raise ValueError(f"its input `{name}` is neither beside it nor under {DATA}")
