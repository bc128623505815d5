"""A dossier's draws a span at a time, in memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator

SPAN = 16_384


def spans(draws: int) -> Iterator[tuple[int, int]]:
    """First draw and end of each span."""
    return ((first, min(first + SPAN, draws)) for first in range(0, draws, SPAN))
