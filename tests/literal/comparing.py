"""Where two results in the shape of `expected` differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CLOSE = 1e-9


def differences(ours: Any, theirs: Any, place: str = "") -> Iterator[str]:
    """The places where ours is not theirs, with both; numbers may differ by 1e-9."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            here = f"{place}/{key}"
            if key in ours and key in theirs:
                yield from differences(ours[key], theirs[key], here)
            else:
                yield f"{here}: only {'ours' if key in ours else 'theirs'} has it"
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for k, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(mine, other, f"{place}/{k}")
    elif not same(ours, theirs):
        yield f"{place}: ours {ours!r}, theirs {theirs!r}"


def same(ours: Any, theirs: Any) -> bool:
    """Equal; numbers within 1e-9."""
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return ours == theirs or abs(ours - theirs) <= CLOSE
    return bool(ours == theirs)
